"""Kept records of exports as lines of a page, for a client whom the gate let through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q

from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.evidence.models import Original, Record
from desist.advocacy.evidence.states import State
from desist.advocacy.evidence.texts import Answers, Found
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist_chronicle.contacts import CONTACT_KINDS, FIRST_TEXT

#: the library's codes of kinds, in words
KINDS = {
    "message": "Message",
    "email": "E-mail",
    "call": "Call",
    "missed_call": "Missed call",
    "voicemail": "Voicemail",
    "system": "Note of the app",
    "continuation": "More of the record before",
    "unread": "Could not be read",
    "incident": "Note in a diary",
    "location": "Place",
}
#: channel -> the kinds that it takes
CHANNELS = {
    "messages": ("message",),
    "calls": ("call", "missed_call", "voicemail"),
    "mails": ("email",),
}
#: what the library counts as a contact, if it was sent
CONTACTS = tuple(kind.value for kind in CONTACT_KINDS)
#: no phone's clock is farther from UTC
FARTHEST = timedelta(hours=15)
PERSON, CLIENT, OTHER = "person", "client", "other"


@dataclass(frozen=True)
class File:
    """An export of which records are kept, opened."""

    row: Original
    box: Box
    found: Found
    answers: Answers


@dataclass(frozen=True)
class Line:
    """One record. `clock` is the wall clock of the phone, without zone; `side` says whose it is."""

    pk: int
    file: str
    number: int
    at: datetime | None
    clock: datetime | None
    precision: str
    kind: str
    sender: str
    side: str
    conversation: str
    text: str
    found: str
    flags: tuple[str, ...]


def files(victim: Victim, box: Box | None) -> dict[int, File]:
    """The client's exports of which records are kept, by key; none once the client's key was destroyed."""
    if box is None:
        return {}
    kept = victim.originals.filter(state=State.KEPT, counts__kept__gt=0)
    return {row.pk: File(row, box, keeping.found(box, row), keeping.answers(box, row)) for row in kept}


def of_side(opened: Mapping[int, File], side: str) -> Q:
    """The records of the client, of the person who stalks them, or of others."""
    sides = Q(pk__in=[])
    for pk, file in opened.items():
        named = {CLIENT: file.answers.client, PERSON: file.answers.person}
        if side in named:
            sides |= Q(original=pk, sender__in=named[side])
        else:
            sides |= Q(original=pk) & ~Q(sender__in=[*file.answers.client, *file.answers.person])
    return sides


def of_channel(channel: str) -> Q:
    """The records of a channel, of "contacts" which are those of all channels, or of "rest" which is what no channel takes."""
    if channel == "rest":
        return ~Q(kind__in=CONTACTS) | Q(sent=False)
    return Q(kind__in=CHANNELS.get(channel, CONTACTS), sent=True)


def can_be(at: datetime) -> tuple[datetime, datetime]:
    """From when on, and before when, a time can be right: an earlier or later one is that of a clock that was not set."""
    return datetime.combine(FIRST_TEXT, time(), tzinfo=UTC), at + timedelta(days=2)


def side_of(answers: Answers, sender: int) -> str:
    """The side of a sender of an export."""
    return CLIENT if sender in answers.client else PERSON if sender in answers.person else OTHER


def lines(opened: Mapping[int, File], rows: Sequence[Record]) -> list[Line]:
    """The rows with their words; each block is opened once. Raises CannotOpen."""
    wanted: dict[int, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.original_id, set()).add(row.number // blocks.ROWS)
    words = {
        (pk, number): blocks.opened(opened[pk].box, opened[pk].row, number, sealed)
        for pk, numbers in wanted.items()
        for number, sealed in opened[pk].row.blocks.filter(number__in=numbers).values_list("number", "sealed")
    }
    return [
        _line(
            opened[row.original_id],
            row,
            words[row.original_id, row.number // blocks.ROWS][row.number % blocks.ROWS],
        )
        for row in rows
    ]


def search(opened: Mapping[int, File], words: str) -> Iterator[tuple[int, int]]:
    """The (file, number) of each record whose text holds these words, however written large or small."""
    for pk, file in opened.items():
        for number in blocks.holding(file.box, file.row, words):
            yield pk, number


def _line(file: File, row: Record, said: blocks.Said) -> Line:
    answers, found = file.answers, file.found
    return Line(
        pk=row.pk,
        file=file.row.ref,
        number=row.number,
        at=row.at,
        clock=row.at and (row.at + timedelta(minutes=row.minutes_ahead)).replace(tzinfo=None),
        precision=row.precision,
        kind=KINDS[row.kind],
        sender=found.names[row.sender] or "The phone’s owner",
        side=side_of(answers, row.sender),
        conversation=str(found.conversations[row.conversation][0]),
        text=said.text,
        found=said.found,
        flags=said.flags,
    )
