"""Kept records of exports as lines of a page, for a client whom the gate let through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.evidence.models import Original, Record
from desist.advocacy.evidence.states import State
from desist.advocacy.evidence.texts import Answers, Found
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim

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
    "messages": ("message", "continuation"),
    "calls": ("call", "missed_call", "voicemail"),
    "mails": ("email",),
    "rest": ("system", "unread", "incident", "location"),
}
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
    side = CLIENT if row.sender in answers.client else PERSON if row.sender in answers.person else OTHER
    return Line(
        pk=row.pk,
        file=file.row.ref,
        number=row.number,
        at=row.at,
        clock=row.at and (row.at + timedelta(minutes=row.minutes_ahead)).replace(tzinfo=None),
        precision=row.precision,
        kind=KINDS[row.kind],
        sender=found.names[row.sender] or "The phone’s owner",
        side=side,
        conversation=str(found.conversations[row.conversation][0]),
        text=said.text,
        found=said.found,
        flags=said.flags,
    )
