"""Which conversation a record belongs to: its source and, where the source says so, the people in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist.chronicle.corpus import Corpus
from desist.chronicle.people import Identities


@dataclass(frozen=True)
class Conversation:
    """One thread of one source."""

    source: str
    #: person numbers; empty where the source is one conversation and does not list who is in it
    people: frozenset[int]
    #: for a person to recognise it by
    name: str


@dataclass(frozen=True)
class Conversations:
    """Per record, the number of its conversation; and the conversations at their numbers."""

    of: NDArray[np.int32]
    all: tuple[Conversation, ...]
    #: per conversation, every person that sent anything in it or is listed in it
    present: tuple[frozenset[int], ...]


def converse(*, corpus: Corpus, identities: Identities) -> Conversations:
    """Sort the records into conversations."""
    rows = corpus.rows
    # one number for (source, sender, recipients): sorting it is far cheaper than sorting rows of three
    senders, groups = len(identities.names), max(len(identities.recipients), 1)
    mixed = (rows["source"].astype(np.int64) * senders + identities.sender) * groups + rows["recipients"]
    kinds, which = np.unique(mixed, return_inverse=True)
    sources = corpus.sources
    numbers: dict[tuple[str, frozenset[int]], int] = {}
    present: list[set[int]] = []
    place = np.empty(len(kinds), dtype=np.int32)
    for position, kind in enumerate(kinds.tolist()):
        rest, group = divmod(kind, groups)
        source, sender = divmod(rest, senders)
        listed = identities.recipients[group]
        known = frozenset({sender}) if identities.names[sender] else frozenset[int]()
        key = (sources[source], listed | known if listed else listed)
        number = numbers.setdefault(key, len(numbers))
        if number == len(present):
            present.append(set(listed))
        present[number] |= known
        place[position] = number
    conversations = tuple(
        Conversation(source=source, people=people, name=_name(source, people, identities.names))
        for source, people in numbers
    )
    return Conversations(
        of=place[which], all=conversations, present=tuple(frozenset(people) for people in present)
    )


def _name(source: str, people: frozenset[int], names: tuple[str, ...]) -> str:
    listed = ", ".join(names[person] for person in sorted(people) if names[person])
    return f"{source}: {listed}" if listed else source
