"""Records of one source that follow one another, held as columns: a record is made only for those who ask for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat

from desist.chronicle.local_time import EPOCH
from desist.chronicle.records import Direction, Flag, Kind, Precision, Record

_WALL_CLOCK = EPOCH.replace(tzinfo=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """As many records as `kinds` has entries, in source order and without a gap between them.

    `starts` has one entry more: where the last record ends. Times are seconds since 1970, by the wall clock in
    `local`, None where they are not known. `texts` and `found` are UTF-8.
    """

    source: str
    seq: int
    starts: list[int]
    lines: list[int]
    kinds: list[Kind]
    local: list[int | None]
    utc: list[int | None]
    precision: Precision
    senders: list[str]
    directions: list[Direction]
    texts: list[bytes]
    flags: list[tuple[Flag, ...]]
    found: list[bytes]

    def __len__(self) -> int:
        return len(self.kinds)

    def __iter__(self) -> Iterator[Record]:
        columns = (
            *(repeat(self.source), range(self.seq, self.seq + len(self)), self.starts, self.starts[1:]),
            *(self.lines, self.kinds, _datetimes(self.local, _WALL_CLOCK), _datetimes(self.utc, EPOCH)),
            *(repeat(self.precision), self.senders, repeat(()), self.directions),
            *(map(bytes.decode, self.texts), self.flags, map(bytes.decode, self.found)),
        )
        # Calling `Record` does the same, and takes three times as long.
        return map(tuple.__new__, repeat(Record), zip(*columns, strict=False))


def _datetimes(seconds: list[int | None], epoch: datetime) -> list[datetime | None]:
    return [None if one is None else epoch + timedelta(seconds=one) for one in seconds]
