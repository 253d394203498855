"""Makes the records of one source one after the other, for readers that do not work in columns."""

from collections.abc import Iterable, Iterator
from itertools import islice

from desist_chronicle.local_time import Instant
from desist_chronicle.options import Options
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

LIST_LENGTH = 2048


def in_lists(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in lists, as readers yield them."""
    left = iter(records)
    while block := list(islice(left, LIST_LENGTH)):
        yield block


class RecordMaker:
    """Numbers the records of a source and fills in what most of them share."""

    def __init__(self, *, source: str, options: Options, precision: Precision) -> None:
        self._source = source
        self._owners = frozenset(options.owners)
        #: the name of the owner where a source only says "sent"
        self.owner = options.owners[0] if options.owners else ""
        self._precision = precision
        self.made = 0

    def record(
        self,
        *,
        kind: Kind = Kind.MESSAGE,
        when: Instant | None,
        found: str,
        sender: str = "",
        recipients: tuple[str, ...] = (),
        direction: Direction | None = None,
        text: str = "",
        flags: tuple[Flag, ...] = (),
        place: tuple[int, int] = (-1, -1),
        line: int = 0,
        precision: Precision | None = None,
    ) -> Record:
        """Return the next record; `place` is its first byte and the one after its last."""
        seq, self.made = self.made, self.made + 1
        if when is None:
            local, utc, precision = None, None, Precision.UNKNOWN
            flags = (*flags, Flag.TIME_UNREADABLE)
        else:
            local, utc = when.local, when.utc
            flags = (*flags, *when.flags)
        return Record(
            *(
                self._source,
                seq,
                *place,
                line,
                kind,
                local,
                utc,
                precision or self._precision,
                sender,
                recipients,
            ),
            *(direction or self._direction(sender), text, flags, found),
        )

    def unread(self, *, place: tuple[int, int], line: int = 0, text: str = "") -> Record:
        """Return a stretch that could not be read, kept so that nothing is lost."""
        seq, self.made = self.made, self.made + 1
        return Record(
            *(self._source, seq, *place, line, Kind.UNREAD, None, None, Precision.UNKNOWN, "", ()),
            *(Direction.UNKNOWN, text, (Flag.PARTIAL,), ""),
        )

    def _direction(self, sender: str) -> Direction:
        if not sender or not self._owners:
            return Direction.UNKNOWN
        return Direction.SENT if sender in self._owners else Direction.RECEIVED
