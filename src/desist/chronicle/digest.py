"""A digest of what was read, so that whoever reads the source again can show that they read the same."""

import hashlib
import json
import sys
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import compress
from typing import Any

from desist.chronicle.records import Record

#: stands for "no instant" among seconds since 1970
NO_INSTANT = -1e300


class Digest:
    """SHA-256 over what the records say, column by column, so that a million take half a second.

    Each column has its own running hash, of its values and, where they are text, of their lengths; the
    digest is the hash of the columns' hashes in order. `source` is left out so that a renamed file keeps
    its digest; `seq`, `line` and `sent_local` follow from the rest and the zone.
    """

    def __init__(self) -> None:
        self._columns = [hashlib.sha256() for _ in range(13)]
        self._count = 0
        self._lists = _Lists()

    def add(self, records: Sequence[Record]) -> None:
        """Take the next records in; how they are grouped into calls makes no difference."""
        if records:
            self.add_columns(tuple(zip(*records, strict=True)))

    def add_columns(self, columns: Sequence[Sequence[Any]]) -> None:
        """Take the next records in, given as their columns."""
        starts, ends, kinds, instants, precisions = (columns[index] for index in (2, 3, 5, 7, 8))
        senders, recipients, directions, texts, flags, found = columns[9:]
        self._add_numbers(0, array("q", starts))
        self._add_numbers(1, array("q", ends))
        self._add_numbers(2, array("d", _seconds(instants)))
        for index, words in enumerate((kinds, precisions, directions), start=3):
            self._columns[index].update("\n".join((*words, "")).encode())
        for index, words in enumerate((senders, texts, found), start=6):
            self._columns[index].update("".join(words).encode("utf-8", "surrogatepass"))
            self._add_numbers(index + 4, array("q", map(len, words)))
        self._add_lists(recipients, flags)
        self._count += len(texts)

    def hexdigest(self) -> str:
        """The digest of everything taken in so far."""
        return hashlib.sha256(b"".join(column.digest() for column in self._columns)).hexdigest()

    def _add_numbers(self, index: int, numbers: "array[int] | array[float]") -> None:
        if sys.byteorder == "big":  # pragma: no cover  no machine of ours
            numbers.byteswap()
        self._columns[index].update(numbers)

    def _add_lists(self, recipients: Sequence[tuple[str, ...]], flags: Sequence[tuple[str, ...]]) -> None:
        everyone = range(len(flags))
        marked = sorted({*compress(everyone, recipients), *compress(everyone, flags)})
        rows = (
            b"%d %b\n" % (self._count + index, self._lists[recipients[index], flags[index]])
            for index in marked
        )
        self._columns[9].update(b"".join(rows))


class _Lists(dict[tuple[tuple[str, ...], tuple[str, ...]], bytes]):
    """Recipients and flags as JSON, which few records of a source have alone."""

    def __missing__(self, lists: tuple[tuple[str, ...], tuple[str, ...]]) -> bytes:
        self[lists] = written = json.dumps(lists).encode()
        return written


def _seconds(instants: Sequence[datetime | None]) -> Iterable[float]:
    if None in instants:
        return (NO_INSTANT if instant is None else instant.timestamp() for instant in instants)
    return map(datetime.timestamp, instants)  # type: ignore[arg-type]  # none of them is None
