"""What messages and diaries say of photographs, recordings and documents: the records that name them."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from desist_chronicle.corpus import KINDS
from desist_chronicle.course import Course
from desist_chronicle.records import Flag, Kind
from desist_chronicle.things import Thing

_NAME = re.compile(r"[^\s<>\"“”|/\\]+\.[A-Za-z0-9]{2,5}")


def naming(*, course: Course, things: Sequence[Thing]) -> dict[str, list[int]]:
    """Return, by a thing's reference, the records in scope that name its file: attachments and diary entries."""
    named = course.corpus.flagged(frozenset({Flag.ATTACHMENT}))
    named |= course.corpus.rows["kind"] == KINDS.index(Kind.INCIDENT)
    by_name: dict[str, list[str]] = {}
    for thing in things:
        by_name.setdefault(thing.base.casefold(), []).append(thing.reference)
    spaced = [name for name in by_name if " " in name]
    reader = course.corpus.reader()
    found: dict[str, list[int]] = {}
    for position in np.flatnonzero(named & course.shown).tolist():
        text = reader.text(position).casefold()
        for name in {*_names(text), *(name for name in spaced if name in text)} & by_name.keys():
            for reference in by_name[name]:
                found.setdefault(reference, []).append(position)
    return found


def _names(text: str) -> Iterator[str]:
    yield from _NAME.findall(text)
