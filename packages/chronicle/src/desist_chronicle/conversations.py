"""Which conversation a record belongs to: its source and, where the source says so, the people in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.corpus import KINDS, Corpus
from desist_chronicle.people import OWNER, Identities
from desist_chronicle.records import Kind


@dataclass(frozen=True)
class Conversation:
    """One thread of one source."""

    source: str
    #: person numbers beside the owner, or the room; empty where the source is one conversation
    people: frozenset[int]
    #: for a person to recognise the conversation by
    name: str


@dataclass(frozen=True)
class Conversations:
    """Per record, the number of its conversation; and the conversations at their numbers."""

    of: NDArray[np.int32]
    all: tuple[Conversation, ...]
    #: per conversation, every person that sent anything in it or is listed in it
    present: tuple[frozenset[int], ...]


def converse(*, corpus: Corpus, identities: Identities) -> Conversations:
    """Sort the records into conversations.

    A source in which no record has a recipient is one conversation, as a chat export is. In any other, a
    conversation is told by who is in it beside the owner of the export; or by its room, where messages go to
    one name that never writes itself.
    """
    rows = corpus.rows
    # one number for all that tells conversations apart: sorting it is far cheaper than sorting rows of four
    senders, groups = len(identities.names), max(len(identities.recipients), 1)
    mail = (rows["kind"] == KINDS.index(Kind.EMAIL)).astype(np.int64)
    mixed = ((rows["source"] * 2 + mail) * senders + identities.sender) * groups + rows["recipients"]
    kinds, which = np.unique(mixed, return_inverse=True)
    records = [_unmix(kind, senders, groups, identities) for kind in kinds.tolist()]
    addressed = {record.source for record in records if record.listed}
    writers = {(record.source, record.sender) for record in records}
    sources = corpus.sources
    numbers: dict[tuple[str, frozenset[int]], int] = {}
    present: list[set[int]] = []
    place = np.empty(len(kinds), dtype=np.int32)
    for position, record in enumerate(records):
        people = _told_by(record, writers) if record.source in addressed else frozenset[int]()
        number = numbers.setdefault((sources[record.source], people), len(numbers))
        if number == len(present):
            present.append(set())
        present[number] |= record.listed | record.known
        place[position] = number
    conversations = tuple(
        Conversation(source=source, people=people, name=_name(source, people, identities.names))
        for source, people in numbers
    )
    return Conversations(
        of=place[which], all=conversations, present=tuple(frozenset(people) for people in present)
    )


@dataclass(frozen=True)
class _Kind:
    """All records of one source that agree in sender and recipients."""

    source: int
    mail: bool
    sender: int
    #: the sender, where there is one
    known: frozenset[int]
    listed: frozenset[int]


def _unmix(kind: int, senders: int, groups: int, identities: Identities) -> _Kind:
    rest, group = divmod(kind, groups)
    rest, sender = divmod(rest, senders)
    return _Kind(
        source=rest // 2,
        mail=bool(rest % 2),
        sender=sender,
        known=frozenset({sender} if identities.names[sender] else ()),
        listed=identities.recipients[group],
    )


def _told_by(record: _Kind, writers: set[tuple[int, int]]) -> frozenset[int]:
    """Return the people or the room by which a record's conversation is told."""
    rooms = {name for name in record.listed if (record.source, name) not in writers}
    if len(record.listed) == 1 and rooms and not record.mail:
        return record.listed - {OWNER} or record.known
    return (record.listed | record.known) - {OWNER}


def _name(source: str, people: frozenset[int], names: tuple[str, ...]) -> str:
    listed = ", ".join(names[person] for person in sorted(people) if names[person])
    return f"{source}: {listed}" if listed else source
