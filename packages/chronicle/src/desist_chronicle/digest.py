"""A digest of the records, so that a second reading of the source can be shown to be the same."""

import hashlib
import json
import sys
from array import array
from collections.abc import Sequence
from datetime import datetime
from itertools import compress, repeat

from desist_chronicle.columns import Columns
from desist_chronicle.records import Batch, Flag

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

    def add(self, records: Batch) -> None:
        """Take the next records in; how they are grouped into calls makes no difference."""
        if isinstance(records, Columns):
            self._add_columns(records)
        elif len(records):
            self._add_records(records)

    def hexdigest(self) -> str:
        """The digest of everything taken in so far."""
        return hashlib.sha256(b"".join(column.digest() for column in self._columns)).hexdigest()

    def _add_columns(self, records: Columns) -> None:
        self._add_numbers(0, array("q", records.starts[:-1]))
        self._add_numbers(1, array("q", records.starts[1:]))
        self._add_numbers(2, array("d", _in_seconds(records.utc, records.ticks)))
        self._add_words(3, records.kinds)
        self._columns[4].update(f"{records.precision}\n".encode() * len(records))
        self._add_words(5, records.directions)
        encoded = {sender: sender.encode() for sender in set(records.senders)}
        for index, texts in enumerate(
            (list(map(encoded.__getitem__, records.senders)), records.texts, records.found), start=6
        ):
            self._add_texts(index, texts)
        self._add_lists(records.recipients, records.flags)

    def _add_records(self, records: Batch) -> None:
        _, _, starts, ends, _, kinds, _, instants, precisions, *rest = zip(*records, strict=True)
        senders, recipients, directions, texts, flags, found = rest
        self._add_numbers(0, array("q", starts))
        self._add_numbers(1, array("q", ends))
        self._add_numbers(2, array("d", map(_seconds, instants)))
        for index, words in enumerate((kinds, precisions, directions), start=3):
            self._add_words(index, words)
        for index, words in enumerate((senders, texts, found), start=6):
            self._add_texts(index, list(map(str.encode, words, repeat("utf-8"), repeat("surrogatepass"))))
        self._add_lists(recipients, flags)

    def _add_numbers(self, index: int, numbers: "array[int] | array[float]") -> None:
        if sys.byteorder == "big":
            numbers.byteswap()
        self._columns[index].update(numbers)

    def _add_words(self, index: int, words: Sequence[str]) -> None:
        self._columns[index].update("\n".join((*words, "")).encode())

    def _add_texts(self, index: int, texts: list[bytes]) -> None:
        self._columns[index].update(b"".join(texts))
        self._add_numbers(index + 4, array("q", map(len, texts)))

    def _add_lists(self, recipients: Sequence[tuple[str, ...]], flags: Sequence[tuple[Flag, ...]]) -> None:
        everyone = range(len(flags))
        marked = sorted({*compress(everyone, recipients), *compress(everyone, flags)})
        rows = (
            b"%d %b\n" % (self._count + index, self._lists[recipients[index], flags[index]])
            for index in marked
        )
        self._columns[9].update(b"".join(rows))
        self._count += len(flags)


class _Lists(dict[tuple[tuple[str, ...], tuple[str, ...]], bytes]):
    """Recipients and flags as JSON, which few records of a source have alone."""

    def __missing__(self, lists: tuple[tuple[str, ...], tuple[str, ...]]) -> bytes:
        self[lists] = written = json.dumps(lists).encode()
        return written


def _in_seconds(counts: list[int | None], ticks: int) -> list[float]:
    if None not in counts and ticks == 1:
        return counts  # type: ignore[return-value]  # none of them is None
    return [NO_INSTANT if one is None else one / ticks for one in counts]


def _seconds(instant: datetime | None) -> float:
    return NO_INSTANT if instant is None else instant.timestamp()
