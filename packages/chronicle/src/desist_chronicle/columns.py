"""Records of one source in a row, held as columns; a record is made only when it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat

from desist_chronicle.local_time import EPOCH, WALL_CLOCK_EPOCH
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """As many records as `kinds` has entries, in source order and without a gap between them.

    `starts` has one entry more: where the last record ends. Times are counted since 1970, `ticks` to the second, by the
    wall clock in `local`; None where they are not known. `texts` and `found` are UTF-8.
    """

    source: str
    seq: int
    starts: list[int]
    lines: list[int]
    kinds: list[Kind]
    ticks: int
    local: list[int | None]
    utc: list[int | None]
    precision: Precision
    senders: list[str]
    recipients: list[tuple[str, ...]]
    directions: list[Direction]
    texts: list[bytes]
    flags: list[tuple[Flag, ...]]
    found: list[bytes]

    def __len__(self) -> int:
        return len(self.kinds)

    def __iter__(self) -> Iterator[Record]:
        local, utc = self._datetimes(self.local, WALL_CLOCK_EPOCH), self._datetimes(self.utc, EPOCH)
        columns = (
            *(repeat(self.source), range(self.seq, self.seq + len(self)), self.starts, self.starts[1:]),
            *(self.lines, self.kinds, local, utc),
            *(repeat(self.precision), self.senders, self.recipients, self.directions),
            *(map(bytes.decode, self.texts), self.flags, map(bytes.decode, self.found)),
        )
        # Calling `Record` does the same, and takes three times as long.
        return map(tuple.__new__, repeat(Record), zip(*columns, strict=False))

    def _datetimes(self, counts: list[int | None], epoch: datetime) -> list[datetime | None]:
        tick = 1_000_000 // self.ticks
        return [None if one is None else epoch + timedelta(microseconds=one * tick) for one in counts]
