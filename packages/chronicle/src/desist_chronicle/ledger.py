"""The arithmetic of a reading: the records found, their totals, and the warnings for a person."""

from collections import Counter
from itertools import compress, repeat
from operator import ne

from desist_chronicle.columns import Columns
from desist_chronicle.digest import Digest
from desist_chronicle.records import Batch, Direction, Kind

#: how many line numbers are listed before only their count is given
LISTED_LINES = 20
#: kinds of record that have a sender
MADE_BY_SOMEBODY = frozenset({Kind.MESSAGE, Kind.EMAIL, Kind.CALL, Kind.MISSED_CALL, Kind.VOICEMAIL})


class Ledger:
    """What a reader says about one source beside its records."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.notes: list[str] = []
        self.stopped = ""
        self.declared: dict[str, int] = {}
        #: each file in an archive, what it looks like, and whether it was read
        self.members: list[list[str]] = []
        #: files that may hold messages and were not read, each with what it looks like
        self.not_read: list[str] = []
        self.date_like_lines: list[int] = []
        self.date_like_count = 0
        #: bytes of lines after a message's first, a part of the bytes of messages
        self.continued_bytes = 0
        #: how many bytes the records must add up to; None where a source has no byte order
        self.accountable_bytes: int | None = None

    def fact(self, name: str, value: str) -> None:
        """State how the source was read: its style, encoding, date order."""
        self.facts[name] = value

    def note(self, sentence: str) -> None:
        """Record once a warning for a person."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def declare(self, what: str, count: int) -> None:
        """Keep a count that the source states about itself, to compare with what was read."""
        self.declared[what] = count

    def stop(self, where: str) -> None:
        """Record where reading stopped; the records before it are kept and marked partial."""
        self.stopped = self.stopped or where
        self.note(where)

    def member(self, name: str, looks: str, *, read: bool) -> None:
        """Name a file in an archive."""
        self.members.append([name, looks, "read" if read else "not read"])

    def leave(self, name: str, looks: str, sentence: str) -> None:
        """Record a file that may hold messages and stays unread: the reading is then not whole."""
        self.member(name, looks, read=False)
        self.not_read.append(f"{name} ({looks})")
        self.stop(sentence)

    def date_like(self, line: int) -> None:
        """Keep the number of a line that looks dated but is no header of this source."""
        self.date_like_count += 1
        if len(self.date_like_lines) < LISTED_LINES:
            self.date_like_lines.append(line)


class Tally:
    """Counts, bytes and digest of the records of one source."""

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()
        self.bytes: Counter[Kind] = Counter()
        self.flags: Counter[str] = Counter()
        #: messages, mails and calls of which the source does not say who made them
        self.nameless = 0
        #: of these, those of which it is not known whether they were sent or received
        self.undirected = 0
        self.digest = Digest()
        self.end = 0
        self.gaps = 0

    def add(self, records: Batch) -> None:
        """Take the next records in, in source order."""
        if not len(records):
            return
        self.digest.add(records)
        if isinstance(records, Columns):
            kinds, flags, senders = records.kinds, records.flags, records.senders
            directions = records.directions
            starts, ends = records.starts[:-1], records.starts[1:]
        else:
            _, _, starts, ends, _, kinds, _, _, _, senders, _, directions, _, flags, _ = map(
                list, zip(*records, strict=True)
            )
        self.counts.update(kinds)
        if senders.count("") > kinds.count(Kind.SYSTEM):
            self.nameless += sum(
                not who and kind in MADE_BY_SOMEBODY for who, kind in zip(senders, kinds, strict=True)
            )
        if directions.count(Direction.UNKNOWN) > kinds.count(Kind.SYSTEM):
            self.undirected += sum(
                way is Direction.UNKNOWN and kind in MADE_BY_SOMEBODY
                for way, kind in zip(directions, kinds, strict=True)
            )
        for some in filter(None, flags):
            self.flags.update(some)
        if starts[0] >= 0:
            self._weigh(starts, ends, kinds)

    def _weigh(self, starts: list[int], ends: list[int], kinds: list[Kind]) -> None:
        """Add up bytes, and count every place where a record does not begin where the last one ended."""
        self.gaps += sum(map(ne, starts, (self.end, *ends)))
        self.end = ends[-1]
        messages = sum(ends) - sum(starts)
        for index in compress(range(len(kinds)), map(ne, kinds, repeat(Kind.MESSAGE))):
            size = ends[index] - starts[index]
            self.bytes[kinds[index]] += size
            messages -= size
        self.bytes[Kind.MESSAGE] += messages
