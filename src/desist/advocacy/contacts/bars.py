"""Whether an advocate can contact a client at a moment, from the rows about contact."""

from collections.abc import Sequence
from datetime import datetime

from desist.advocacy.contacts import windows as pure
from desist.advocacy.contacts.models import Arrangement
from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.windows import Bar, Heard, Window
from desist.advocacy.contacts.words import FIELD, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import WayIn
from desist.ui import dates


def arrangement(*, victim: Victim) -> Arrangement | None:
    """The arrangement with the client; None until an advocate has asked."""
    try:
        found: Arrangement = victim.arrangement
    except Arrangement.DoesNotExist:
        return None
    return found


def flagged(*, victim: Victim) -> bool:
    """Whether contact is marked as not safe now."""
    found = arrangement(victim=victim)
    return found is not None and found.not_safe_since is not None


def windows(*, victim: Victim) -> tuple[Window, ...]:
    """The safe hours of the week, in order."""
    rows = sorted(victim.safe_times.all(), key=lambda row: (row.channel, row.start, row.pk))
    return tuple(
        Window(Channel(row.channel), tuple(row.days), row.start, row.end)
        for row in rows
        if row.ended_at is None
    )


def words(*, victim: Victim, box: Box) -> Words:
    """The agreed words to use; empty until words were agreed."""
    found = arrangement(victim=victim)
    return boxes.unlock(box, FIELD, victim.ref, found.words, Words) if found else Words()


def bar(
    *, victim: Victim, at: datetime, hours: Sequence[Window], box: Box | None = None, heard: str = ""
) -> Bar:
    """The bar at the top of the client's pages, from their safe hours. Without `box` it leaves out the words to use.

    `heard` is what the referral said about contacting them safely when they came.
    """
    known = pure.bar(
        windows=hours,
        flagged=flagged(victim=victim),
        at=at,
        heard=_heard(victim, heard) if heard.strip() else None,
    )
    if box is None:
        return known
    said = words(victim=victim, box=box)
    return Bar(
        channels=known.channels,
        sentence=known.sentence,
        flagged=known.flagged,
        heard=known.heard,
        timed=known.timed,
        say=said.say,
        if_other=said.if_other,
        code_word=said.code_word,
    )


def _heard(victim: Victim, words: str) -> Heard:
    by = "the officer wrote" if victim.way_in == WayIn.POLICE else "was said"
    return Heard(words, by, dates.day_of(victim.received_at))
