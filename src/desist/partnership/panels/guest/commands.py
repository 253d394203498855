"""A guest's link to one paper: its token and its code are shown once, and kept as digests by a key of the site."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from desist.partnership.panels.commands import refuse_ended, refuse_off
from desist.partnership.panels.models import PanelLink, PanelPaper
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import State
from desist.post import own
from desist.references import ALPHABET, typed
from desist.refusals import Refused
from desist.ui.dates import day_of, moment
from desist.wall import actors, gate
from desist.wall.actors import Actor
from desist.wall.models import Restriction

PURPOSE = "links for guests of panels"
#: 37 bits, for five tries of one day
LENGTH, TRIES = 8, 5
NOT_FOR_A_GUEST = "Only a paper for a guest, once it is released, can be opened by a link"
OVER = "The day of the meeting is over: no link can be made any more"
CLOSED = "This link and this code open nothing. Ring the person who invited you, and ask for a new link and a new code"


@dataclass(frozen=True)
class Shown:
    """What a guest reads."""

    guest: str
    words: str
    fingerprint: str
    number: int


def make(*, actor: Actor, paper: str, submission: str, at: datetime) -> tuple[str, str]:
    """Make a link for a guest until the end of the meeting's day; return its token and its code, which are not kept.

    An earlier link to the paper ends. A form that is sent twice gets two empty texts. Raises Refused.
    """
    with gate.change(actor, Action.MAKE_GUEST_LINK, PanelPaper, paper, at=at) as row:
        if PanelLink.objects.filter(submission=submission).exists():
            return "", ""
        refuse_off(row.item)
        refuse_ended(row.item.meeting)
        if not row.guest or row.state != State.RELEASED:
            raise Refused(NOT_FOR_A_GUEST)
        if row.item.meeting.on < day_of(at):
            raise Refused(OVER)
        row.links.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)
        token = secrets.token_urlsafe(24)
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)).lower()
        PanelLink.objects.create(
            paper=row,
            digest=_digests(token)[0],
            code=_digests(f"{token} {code}")[0],
            until=moment(row.item.meeting.on + timedelta(days=1), time(0)),
            made_by=actor.who,
            made_at=at,
            submission=submission,
        )
        return token, code


def end(*, actor: Actor, paper: str, at: datetime) -> None:
    """End every link to a paper at once."""
    with gate.change(actor, Action.MAKE_GUEST_LINK, PanelPaper, paper, at=at) as row:
        row.links.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)


def read(*, token: str, code: str, at: datetime) -> Shown | None:
    """What a guest reads with a link and its code, once; None where they open nothing. A wrong code is counted."""
    link = PanelLink.objects.filter(digest__in=_digests(token[:64])).first()
    if link is None:
        return None
    hand = actors.entrance("a guest of a panel")
    with gate.change(hand, Action.READ_AS_GUEST, PanelLink, link.ref, at=at) as row:
        if not _stands(row, at):
            return None
        if row.code not in _digests(f"{token[:64]} {typed(code)[:40]}"):
            row.wrong += 1
            row.save(update_fields=["wrong"])
            return None
        row.opened_at = row.opened_at or at
        row.save(update_fields=["opened_at"])
        return Shown(row.paper.guest, row.paper.words, row.paper.fingerprint, row.paper.number)


def spoken(code: str) -> str:
    """A code as it is read out and typed: "K7F2 M9PX"."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4)).upper()


def _stands(row: PanelLink, at: datetime) -> bool:
    """Whether a link opens now: in time, with tries left, not used before, about a case that is still heard."""
    item = row.paper.item
    used = row.opened_at is not None and at - row.opened_at > gate.SECOND_CLICK
    over = row.ended_at is not None or at >= row.until or used or row.wrong >= TRIES
    off = item.ended_at is not None or item.meeting.ended_at is not None or row.paper.state != State.RELEASED
    return (
        not over
        and not off
        and not Restriction.objects.filter(case=item.referral.ref, ended_at=None).exists()
    )


def _digests(text: str) -> list[str]:
    """The digests under which a text may be kept, by every key set of the site."""
    plain = text.encode("utf-8", "replace")
    return [hmac.digest(keys.derive(PURPOSE), plain, "sha256").hex() for keys in own.keys().sets]
