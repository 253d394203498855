"""Rows of an export and their words, which are locked in blocks: a search reads two thousand of them and no million."""

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Any

from django.db import connection

from desist.advocacy.evidence.models import Block, Original
from desist.advocacy.vault.cipher import Box
from desist_chronicle.records import Direction, Flag, Kind, Precision
from desist_chronicle.records import Record as Read

#: rows of one block
ROWS = 500
FIELD = "evidence words"
COLUMNS = (
    *("at", "minutes_ahead", "precision", "kind", "direction", "sent", "sender", "conversation", "line"),
    *("byte_start", "byte_end"),
)
COUNTED = ("sender", "kind", "timed", "minutes_ahead", "first", "last", "count")
_COPY = f"COPY advocacy_record (victim_id, original_id, number, {', '.join(COLUMNS)}) FROM STDIN"
_COUNT = f"COPY advocacy_hourcount (victim_id, original_id, {', '.join(COUNTED)}) FROM STDIN"


@dataclass(frozen=True)
class Said:
    """The words of one row: its text, the time as it was written, and the library's warnings as codes."""

    text: str
    found: str
    flags: tuple[str, ...]


def keep(row: Original, box: Box, start: int, words: Sequence[tuple[bytes, int, Sequence[str]]]) -> None:
    """Lock (text and time as written, bytes of the text, flags) of the rows from `start` on, in blocks."""
    made = (
        Block(original=row, number=first // ROWS, sealed=_lock(box, row, first // ROWS, part))
        for first in range(start, start + len(words), ROWS)
        if (part := words[first - start : first - start + ROWS])
    )
    row.blocks.bulk_create(made, batch_size=20)


def copy(row: Original, start: int, columns: Iterable[Sequence[Any]]) -> None:
    """Keep the plain columns of the rows from `start` on."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as writer:
        both = f"{row.victim_id}\t{row.pk}"
        for number, values in enumerate(columns, start=start):
            writer.write(f"{both}\t{number}\t{chr(9).join(map(str, values))}\n")


def count(row: Original, columns: Iterable[Sequence[Any]]) -> None:
    """Keep the counts by hour of the kept rows: the values of COUNTED, an empty time as None."""
    with connection.cursor() as cursor, cursor.copy(_COUNT) as writer:
        for values in columns:
            writer.write_row((row.victim_id, row.pk, *values))


def opened(box: Box, row: Original, number: int, sealed: bytes | memoryview) -> list[Said]:
    """The words of a block, in the order of its rows. Raises CannotOpen."""
    return _said(box.open_bytes(field=FIELD, row=f"{row.ref} {number}", sealed=bytes(sealed)))


def holding(box: Box, row: Original, words: str) -> Iterator[int]:
    """The numbers of the rows whose text holds these words, in capitals or small letters."""
    wanted = words.lower()
    needle = (
        wanted.encode() if wanted.isascii() else b""
    )  # of other letters the bytes do not know the small ones
    for number, sealed in (
        row.blocks.order_by("number").values_list("number", "sealed").iterator(chunk_size=50)
    ):
        content = box.open_bytes(field=FIELD, row=f"{row.ref} {number}", sealed=bytes(sealed))
        for place in _places(content, wanted, needle):
            yield number * ROWS + place


def _places(content: bytes, wanted: str, needle: bytes) -> Iterator[int]:
    """The places of the rows whose text holds the words; only those are read whose bytes hold `needle`."""
    small = content.lower()  # of the same length
    start = 4 + int.from_bytes(content[:4])
    found = small.find(needle, start)
    if found < 0:
        return
    head = json.loads(content[4:start])
    begins = list(accumulate((length for length, _, _ in head), initial=start))
    while 0 <= found < begins[-1]:
        place = bisect_right(begins, found) - 1
        text = content[begins[place] : begins[place] + head[place][1]].decode("utf-8", "replace")
        if wanted in text.lower():
            yield place
        found = small.find(needle, begins[place + 1])


def _said(content: bytes) -> list[Said]:
    at = 4 + int.from_bytes(content[:4])
    said = []
    for length, size, flags in json.loads(content[4:at]):
        both, at = content[at : at + length], at + length
        text, found = (part.decode("utf-8", "replace") for part in (both[:size], both[size:]))
        said.append(Said(text, found, tuple(flags)))
    return said


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
    head = json.dumps([(len(both), size, flags) for both, size, flags in words]).encode()
    content = len(head).to_bytes(4) + head + b"".join(both for both, _, _ in words)
    return box.lock_bytes(field=FIELD, row=f"{row.ref} {number}", content=content)
