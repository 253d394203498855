"""Rows of an export and their words, which are locked in blocks: a search reads two thousand of them and no million."""

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import accumulate, chain
from typing import Any

import numpy as np
from django.db import connection

from desist.advocacy.evidence.models import Block, Original
from desist.advocacy.vault.cipher import Box
from desist_chronicle.corpus import NO_TIME
from desist_chronicle.records import Direction, Flag, Kind, Precision
from desist_chronicle.records import Record as Read

#: rows of one block
ROWS = 500
FIELD = "evidence words"
#: plain columns of a row and their bytes: numbers, of which `at` is empty in some rows and comes last; and words
NUMBERS = {
    "minutes_ahead": 2,
    "sender": 4,
    "conversation": 4,
    "line": 4,
    "byte_start": 8,
    "byte_end": 8,
    "at": 8,
}
WORDS = ("precision", "kind", "direction", "sent")
_OWN = {"victim_id": 8, "original_id": 8, "number": 4}
COUNTED = ("sender", "kind", "timed", "minutes_ahead", "first", "last", "count")
_COPY = f"COPY advocacy_record ({', '.join((*_OWN, *NUMBERS, *WORDS))}) FROM STDIN (FORMAT BINARY)"
#: how a binary copy begins and ends, and the head of a row in it: the number of columns, then size and value of each
_BEGIN, _END, _NONE = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff", -1
_HEAD = np.dtype(
    [("columns", ">i2")]
    + [
        field
        for name, size in (_OWN | NUMBERS).items()
        for field in ((f"{name} size", ">i4"), (name, f">i{size}"))
    ]
)
#: microseconds from 1970 to 2000, from which the database counts
_FROM_2000 = 946_684_800_000_000
#: how a head of numbers begins
_NUMBERS = b"#"
_BLOCKS = "SELECT number, sealed FROM advocacy_block WHERE original_id = %s ORDER BY number"
_COUNT = f"COPY advocacy_hourcount (victim_id, original_id, {', '.join(COUNTED)}) FROM STDIN"


@dataclass(frozen=True)
class Said:
    """The words of one row: its text, the time as it was written, and the library's warnings as codes."""

    text: str
    found: str
    flags: tuple[str, ...]


class Words:
    """The words of a block, in the order of its rows; a row is read when it is asked for."""

    def __init__(self, content: bytes) -> None:
        self._content, start = content, _begin(content)
        lengths, self._sizes, self._flags = _read_head(content[4:start])
        self._begins = list(accumulate(lengths, initial=start))

    def __iter__(self) -> Iterator[Said]:
        return map(self.__getitem__, range(len(self._sizes)))

    def __getitem__(self, place: int) -> Said:
        start, end = self._begins[place : place + 2]
        middle = start + self._sizes[place]
        text, found = (
            self._content[one].decode("utf-8", "replace")
            for one in (slice(start, middle), slice(middle, end))
        )
        return Said(text, found, tuple(self._flags.get(str(place), ())))

    def holding(self, wanted: str, small: bytes, needle: bytes) -> Iterator[int]:
        """The places of the rows whose text holds `wanted`, of those whose bytes in `small` letters hold `needle`."""
        found = small.find(needle, self._begins[0])
        while 0 <= found < self._begins[-1]:
            place = bisect_right(self._begins, found) - 1
            if wanted in self[place].text.lower():
                yield place
            found = small.find(needle, self._begins[place + 1])


def locked(
    row: Original, box: Box, start: int, words: Sequence[tuple[bytes, int, Sequence[str]]]
) -> list[Block]:
    """The (text and time as written, bytes of the text, flags) of the rows from `start` on, in blocks that `keep` keeps."""
    return [
        Block(original=row, number=first // ROWS, sealed=_lock(box, row, first // ROWS, part))
        for first in range(start, start + len(words), ROWS)
        if (part := words[first - start : first - start + ROWS])
    ]


def keep(row: Original, made: Iterable[Block]) -> None:
    """Keep blocks that `locked` made."""
    row.blocks.bulk_create(made, batch_size=20)


def lines(row: Original, start: int, numbers: Mapping[str, Any], words: Iterable[tuple[Any, ...]]) -> bytes:
    """The plain columns of the rows from `start` on: a value or an array for each of NUMBERS, a tuple of WORDS a row.

    `copy` keeps them. `at` is in microseconds from 1970, NO_TIME where there is none.
    """
    said, at = list(map(_packed, words)), np.asarray(numbers["at"], dtype="<i8")
    heads = np.zeros(len(said), dtype=_HEAD)
    heads["columns"] = len(_OWN | NUMBERS) + len(WORDS)
    own = {"victim_id": row.victim_id, "original_id": row.pk, "number": np.arange(start, start + len(said))}
    for name, values in (own | dict(numbers) | {"at": at - _FROM_2000}).items():
        heads[name], heads[f"{name} size"] = values, _HEAD[name].itemsize
    heads["at size"][at == NO_TIME] = _NONE
    made = heads.view(f"V{_HEAD.itemsize}").tolist()
    for place in np.flatnonzero(at == NO_TIME).tolist():
        made[place] = made[place][: -NUMBERS["at"]]
    return b"".join((_BEGIN, *chain.from_iterable(zip(made, said, strict=True)), _END))


def copy(content: bytes) -> None:
    """Keep plain columns that `lines` made."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as writer:
        writer.write(content)  # at once: each call speaks to the database


@cache
def _packed(words: tuple[Any, ...]) -> bytes:
    """The words of a row, as a binary copy has them; few differ."""
    values = (bytes([one]) if isinstance(one, bool) else one.encode() for one in words)
    return b"".join(len(one).to_bytes(4) + one for one in values)


def count(row: Original, columns: Iterable[Sequence[Any]]) -> None:
    """Keep the counts by hour of the kept rows: the values of COUNTED, an empty time as None."""
    with connection.cursor() as cursor, cursor.copy(_COUNT) as writer:
        for values in columns:
            writer.write_row((row.victim_id, row.pk, *values))


def opened(box: Box, row: Original, number: int, sealed: bytes | memoryview) -> Words:
    """The words of a block. Raises CannotOpen."""
    return Words(_bytes(box, row, number, sealed))


def holding(box: Box, row: Original, words: str) -> Iterator[int]:
    """The numbers of the rows whose text holds these words, in capitals or small letters."""
    wanted = words.lower()
    # of other letters the bytes do not know the small ones
    needle = wanted.encode() if wanted.isascii() else b""
    with connection.connection.cursor(binary=True) as cursor:  # a block is half as long on its way
        for number, sealed in cursor.stream(_BLOCKS, [row.pk], size=50):
            content = _bytes(box, row, number, sealed)
            small = content.lower()  # of the same length
            if small.find(needle, _begin(content)) >= 0:
                for place in Words(content).holding(wanted, small, needle):
                    yield number * ROWS + place


def _bytes(box: Box, row: Original, number: int, sealed: bytes | memoryview) -> bytes:
    return box.open_bytes(field=FIELD, row=f"{row.ref} {number}", sealed=bytes(sealed))


def records(
    box: Box, row: Original, names: Sequence[str], *, only: Collection[int] | None = None
) -> Iterator[Read]:
    """The kept rows of an export, all or `only` those of these numbers, as the library's records.

    Each conversation is a source of its own.
    """
    wanted = row.blocks.order_by("number")
    if only is not None:
        wanted = wanted.filter(number__in={number // ROWS for number in only})
    for block in wanted.iterator(chunk_size=20):
        first = block.number * ROWS
        rows = row.records.filter(number__gte=first, number__lt=first + ROWS)
        for one, said in zip(
            rows.order_by("number"), opened(box, row, block.number, block.sealed), strict=True
        ):
            if only is not None and one.number not in only:
                continue
            ahead = timedelta(minutes=one.minutes_ahead)
            yield Read(
                source=f"{row.ref} {one.conversation}",
                seq=one.number,
                byte_start=one.byte_start,
                byte_end=one.byte_end,
                line=one.line,
                kind=Kind(one.kind),
                sent_local=one.at and (one.at + ahead).replace(tzinfo=None),
                sent_utc=one.at,
                precision=Precision(one.precision),
                sender=names[one.sender],
                recipients=(),
                direction=Direction(one.direction),
                text=said.text,
                flags=tuple(map(Flag, said.flags)),
                sent_found=said.found,
            )


def _lock(box: Box, row: Original, number: int, words: Sequence[tuple[bytes, int, Sequence[str]]]) -> bytes:
    head = _head(words)
    content = len(head).to_bytes(4) + head + b"".join(both for both, _, _ in words)
    return box.lock_bytes(field=FIELD, row=f"{row.ref} {number}", content=content)


def _begin(content: bytes) -> int:
    """The place of the first byte of the words, after the length of the head and the head."""
    return 4 + int.from_bytes(content[:4])


def _head(words: Sequence[tuple[bytes, int, Sequence[str]]]) -> bytes:
    """The number of rows, the length of each with its time and without it, and the flags of those that have any."""
    numbers = [len(words), *(len(both) for both, _, _ in words), *(size for _, size, _ in words)]
    flags = {place: flags for place, (_, _, flags) in enumerate(words) if flags}
    return b"".join((_NUMBERS, np.array(numbers, dtype="<u4").tobytes(), json.dumps(flags).encode()))


def _read_head(head: bytes) -> tuple[list[int], list[int], dict[str, list[str]]]:
    """The lengths of the rows with their times and without them, and flags by place."""
    if (
        head[:1] != _NUMBERS
    ):  # as blocks were kept at first: a JSON list of (length, length without the time, flags)
        rows = json.loads(head)
        return (
            [one[0] for one in rows],
            [one[1] for one in rows],
            {str(at): one[2] for at, one in enumerate(rows)},
        )
    count = int.from_bytes(head[1:5], "little")
    numbers = np.frombuffer(head, dtype="<u4", count=2 * count, offset=5).tolist()
    return numbers[:count], numbers[count:], json.loads(head[5 + 8 * count :])
