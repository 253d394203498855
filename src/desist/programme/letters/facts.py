"""The known facts that a letter may hold, by the words in braces that stand for them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime
from django.conf import settings

from desist.accounts import queries as accounts
from desist.letters import Variant
from desist.programme.agreement.commands import current_words
from desist.programme.agreement.models import NoticeWords
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State
from desist.programme.letters.states import Kind, Way
from desist.programme.sessions.models import Session
from desist.programme.sessions.progress import attended
from desist.programme.sessions.states import State as SessionState
from desist.references import spoken
from desist.referral.lists import ContactBy
from desist.refusals import Refused
from desist.ui import dates

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
#: words in braces -> what they stand for
NAMES: Mapping[str, str] = {
    "name": "The reader of the letter",
    "service": "This service",
    "telephone": "Its telephone number, which a manager sets for the information notice",
    "practitioner": "The person’s practitioner",
    "appointment": "Day and time of the next session",
    "place": "Building and address of the next session",
    "missed": "Day of the last session that was missed",
    "person": "The person on the programme",
    "reference": "The person’s reference here",
    "stage": "How far the person is",
    "attended": "Number of sessions attended",
}
#: facts that only the referrer reads
OF_REFERRER = frozenset({"person", "reference", "stage", "attended"})
REMOTE = {
    Variant.PLAIN: "By telephone or video",
    Variant.EASY: "By telephone or video",
    Variant.WELSH: "Dros y ffôn neu fideo",
}


def names(kind: Kind) -> dict[str, str]:
    """Return the words in braces of a kind of letter, each with what it stands for."""
    return {name: what for name, what in NAMES.items() if kind is Kind.REFERRER or name not in OF_REFERRER}


def unknown(text: str, *, kind: Kind) -> tuple[str, ...]:
    """Return the words in braces that stand for nothing in this kind of letter, each once."""
    return tuple(dict.fromkeys(one for one in PLACEHOLDER.findall(text) if one not in names(kind)))


def filled(text: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paragraphs of a letter with its facts. Raises Refused, which names a fact that nobody knows."""
    for name in PLACEHOLDER.findall(text):
        if not facts.get(name):
            what = NAMES[name]
            raise Refused(f"{{{name}}} is not known here ({what[:1].lower()}{what[1:]})")
    return paragraphs(PLACEHOLDER.sub(lambda found: facts[found[1]], text))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: an empty line ends one."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


@dataclass(frozen=True)
class Read:
    """What is read about a person for their letters, whatever their kind and form."""

    episode: Episode
    words: NoticeWords | None
    practitioner: str
    following: Session | None
    missed: Session | None
    attended: int


def read(episode: Episode, *, at: datetime) -> Read:
    """Read what the letters about a person may hold at a moment."""
    practitioner = next(iter(_practitioners(episode)), "")
    return Read(
        episode=episode,
        words=current_words(episode.area),
        practitioner=accounts.name(ref=practitioner) if practitioner else "",
        following=_session(episode, SessionState.PLANNED, at),
        missed=_session(episode, SessionState.MISSED, at),
        attended=len(attended(episode)),
    )


def of(known: Read, *, kind: Kind, variant: Variant) -> dict[str, str]:
    """Return every known fact for a kind of letter in one of its forms; "" where it is not known."""
    episode, words, referral = known.episode, known.words, known.episode.referral
    to_referrer = kind is Kind.REFERRER
    return {
        "name": referral.referrer_name if to_referrer else referral.name,
        "service": words.controller if words else str(settings.DESIST_SITE_NAME),
        "telephone": words.telephone if words else "",
        "practitioner": known.practitioner,
        "appointment": _when(known.following, variant),
        "place": _place(known.following, variant),
        "missed": _when(known.missed, variant),
        "person": referral.name,
        "reference": spoken(episode.ref),
        "stage": str(State(episode.state).label),
        "attended": str(known.attended),
    }


def ways(episode: Episode, *, kind: Kind) -> dict[Way, str]:
    """Return where a letter goes in each way that has an address; "" where none may be used."""
    referral = episode.referral
    if kind is Kind.REFERRER:
        return {Way.POST: referral.referrer_organisation, Way.EMAIL: referral.referrer_email}
    if referral.known("contact_by") == ContactBy.THROUGH_REFERRER:
        return {Way.POST: "", Way.EMAIL: ""}
    where = referral.known("own_address")
    post = "\n".join(filter(None, (where, referral.known("own_postcode")))) if where else ""
    return {Way.POST: post, Way.EMAIL: referral.known("own_email")}


def _practitioners(episode: Episode) -> Iterator[str]:
    now = episode.allocations.filter(ended_at=None, leave=None)
    yield from now.values_list("practitioner__ref", flat=True)


def _session(episode: Episode, state: SessionState, at: datetime) -> Session | None:
    rows: list[Session] = list(episode.sessions.filter(state=state).select_related("room__premises"))
    if state is SessionState.PLANNED:
        ahead = [one for one in rows if one.period.lower > at]
        return min(ahead, key=lambda one: one.period.lower, default=None)
    return max(rows, key=lambda one: one.period.lower, default=None)


def _when(session: Session | None, variant: Variant) -> str:
    if session is None:
        return ""
    begins = dates.local(session.period.lower)
    return (
        format_datetime(begins, "EEEE d MMMM y, HH:mm", locale="cy")
        if variant is Variant.WELSH
        else dates.at(begins)
    )


def _place(session: Session | None, variant: Variant) -> str:
    """Return where a session is; "" where its room can no longer be booked."""
    if session is None or (session.room and session.room.barred_at):
        return ""
    if session.room is None:
        return REMOTE[variant]
    building = session.room.premises
    return ", ".join(filter(None, (building.name, building.address)))
