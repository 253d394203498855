"""Android's "SMS Backup & Restore": messages, picture messages and calls as XML.

The format is described at https://synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from xml.parsers import expat  # reading from a sandbox, with entities forbidden below

from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.record_maker import RecordMaker
from desist_chronicle.readers.sms_plain import PlainMessages, Run, is_plain_after, is_plain_until, runs
from desist_chronicle.readers.surrogates import Repair, repaired
from desist_chronicle.records import Batch, Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "SMS Backup & Restore"
ROOT = re.compile(rb"<(?:smses|calls)[\s>]")
DIRECTIONS = {
    "1": Direction.RECEIVED,
    "2": Direction.SENT,
    "4": Direction.SENT,
    "5": Direction.SENT,
    "6": Direction.SENT,
}
STATES = {"3": (Flag.DRAFT,), "4": (Flag.QUEUED,), "5": (Flag.FAILED,), "6": (Flag.QUEUED,)}
CALLS = {
    "1": (Kind.CALL, Direction.RECEIVED, ()),
    "2": (Kind.CALL, Direction.SENT, ()),
    "3": (Kind.MISSED_CALL, Direction.RECEIVED, ()),
    "4": (Kind.VOICEMAIL, Direction.RECEIVED, ()),
    "5": (Kind.MISSED_CALL, Direction.RECEIVED, (Flag.REJECTED,)),
    "6": (Kind.MISSED_CALL, Direction.RECEIVED, (Flag.REJECTED,)),
}
FROM = "137"
NOT_CONTENT = {"application/smil", "text/plain"}


def recognises(head: bytes) -> bool:
    """Whether the XML's first element is this app's."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and ROOT.search(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[Batch]:
    """The messages and calls in file order; the file's own count is set beside them."""
    backup = _Backup(source.name, options, ledger)
    with source.open(ledger) as stream:
        for piece, final in repaired(stream.read, backup.repairs):
            if not backup.feed(piece, final=final):
                break
            yield from backup.take()
    yield from backup.take()


class _Backup:
    """The listener to the parser. An element's record is made when the next one begins, which is where it ends."""

    def __init__(self, source: str, options: Options, ledger: Ledger) -> None:
        self.repairs: deque[Repair] = deque()
        self._clock: LocalClock = clock_of(options.zone)
        self._make = RecordMaker(source=source, options=options, precision=Precision.MILLISECOND)
        self._ledger = ledger
        self._plain = PlainMessages(
            source=source, owner=self._make.owner, clock=self._clock, directions=DIRECTIONS, states=STATES
        )
        #: None until the root's tag has been seen
        self._is_plain: bool | None = None
        self._depth = self._fed = self._hidden_bytes = self._hidden_lines = 0
        self._line, self._last_byte = 1, b""
        self._batches: list[Batch] = []
        self._records: list[Record] = []
        self._waiting: tuple[str, dict[str, str], int, int] | None = None
        self._parts: list[dict[str, str]] = []
        self._addresses: list[dict[str, str]] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def take(self) -> list[Batch]:
        """Return the records made since the last call."""
        taken, self._batches, self._records = [*self._batches, self._records], [], []
        return taken

    def feed(self, piece: bytes, *, final: bool) -> bool:
        """Read the next piece; return False, and tell the ledger, where the file is damaged."""
        found = self._runs(piece)
        try:
            self._answer_at_once(asked=len(found) > 1)
            for run in found:
                if run.elements and self._depth == 1:
                    self._keep(run)
                else:
                    self._parse(run.raw)
            self._parser.Parse(b"", final)
        except (expat.ExpatError, LookupError, ValueError):
            place = self._parser.ErrorByteIndex + self._hidden_bytes
            self._flush(place)
            line = self._parser.ErrorLineNumber + self._hidden_lines
            self._ledger.stop(
                f"Reading stopped at byte {place:,}, line {line:,}: the XML is damaged or "
                f"cut short there. The {self._make.made:,} messages before it are kept."
            )
            return False
        return True

    def _answer_at_once(self, *, asked: bool) -> None:
        """Whether the parser must tell of an element as soon as it has ended, since others are read past it.

        Parsers from 2.6 on wait for more when an element was cut by the end of a piece, lest a large one be looked
        through again and again.
        """
        # Older parsers have no such setting, and never wait.
        getattr(self._parser, "SetReparseDeferralEnabled", bool)(not asked)

    def _parse(self, raw: bytes) -> None:
        self._parser.Parse(raw)
        self._fed += len(raw)
        self._line += raw.count(b"\n")

    def _runs(self, piece: bytes) -> list[Run]:
        """A piece as runs of messages: all of it for the parser before the root's tag, and once anything odd was seen."""
        begin = 0
        if self._is_plain is None and (root := ROOT.search(piece)):
            self._is_plain = is_plain_until(piece[: root.start()])
            begin = piece.find(b">", root.end() - 1) + 1 or len(piece)
        found = list(runs(piece[begin:])) if self._is_plain else []
        seam, self._last_byte = self._last_byte + piece[:1], piece[-1:]
        if self._is_plain and all(map(is_plain_after, (seam, *(run.other for run in found)))):
            return [Run.of(piece[:begin]), *found] if begin else found
        self._is_plain = None if self._is_plain is None else False
        return [Run.of(piece)]

    def _keep(self, run: Run) -> None:
        """Make the records of a run; the parser gets one empty byte in its place, and never sees its line breaks."""
        self._flush(self._fed)
        columns = self._plain.columns(run, seq=self._make.made, start=self._fed, line=self._line)
        while self.repairs and self.repairs[0].place < columns.starts[-1]:
            index = bisect_right(columns.starts, self.repairs[0].place) - 1
            columns.flags[index] += self._repairs_before(columns.starts[index + 1])
        self._make.made += len(columns)
        self._batches += [self._records, columns]
        self._records = []
        size, line = columns.starts[-1] - self._fed, columns.lines[-1] + run.elements[-1].count(b"\n")
        self._hidden_bytes += size - 1
        self._hidden_lines += line - self._line
        self._fed, self._line = columns.starts[-1], line
        self._parser.Parse(b" ")

    def _entity(self, *_: object) -> None:
        raise RefusedSourceError("The file defines XML entities, which no backup does and a bomb needs.")

    def _start(self, name: str, fields: dict[str, str]) -> None:
        self._depth += 1
        if name in {"part", "addr"}:
            (self._parts if name == "part" else self._addresses).append(fields)
            return
        if name in {"sms", "mms", "call"}:
            place = self._parser.CurrentByteIndex + self._hidden_bytes
            self._flush(place)
            self._waiting = (name, fields, place, self._parser.CurrentLineNumber + self._hidden_lines)
        elif name in {"smses", "calls"} and fields.get("count", "").isdecimal():
            self._ledger.declare("messages" if name == "smses" else "calls", int(fields["count"]))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name in {"smses", "calls"}:
            self._flush(self._parser.CurrentByteIndex + self._hidden_bytes)

    def _flush(self, end: int) -> None:
        """Make the record of the element that waits, which ends here."""
        if self._waiting is None:
            return
        (name, fields, start, line), self._waiting = self._waiting, None
        make = {"sms": self._sms, "mms": self._mms, "call": self._call}[name]
        record = make(fields, (start, end), line)
        repaired_here = self._repairs_before(end)
        self._records.append(
            record._replace(flags=(*record.flags, *repaired_here)) if repaired_here else record
        )
        self._parts, self._addresses = [], []

    def _repairs_before(self, end: int) -> tuple[Flag, ...]:
        flags: tuple[Flag, ...] = ()
        while self.repairs and self.repairs[0].place < end:
            repair = self.repairs.popleft()
            flags = tuple({*flags, Flag.MALFORMED if repair.alone else Flag.SURROGATE_REPAIRED})
        return tuple(sorted(flags))

    def _sms(self, fields: dict[str, str], place: tuple[int, int], line: int) -> Record:
        return self._contact(
            fields, fields.get("type", ""), text=fields.get("body", ""), flags=(), place=place, line=line
        )

    def _mms(self, fields: dict[str, str], place: tuple[int, int], line: int) -> Record:
        text = "\n".join(part.get("text", "") for part in self._parts if part.get("ct") == "text/plain")
        attached = any(part.get("ct") not in NOT_CONTENT for part in self._parts)
        state = fields.get("msg_box", "")
        flags = (Flag.ATTACHMENT,) if attached else ()
        record = self._contact(fields, state, text=text, flags=flags, place=place, line=line)
        senders = [one.get("address", "") for one in self._addresses if one.get("type") == FROM]
        others = tuple(one.get("address", "") for one in self._addresses if one.get("type") != FROM)
        if record.direction == Direction.SENT:
            return record._replace(recipients=others or record.recipients)
        return record._replace(
            sender=senders[0] if senders else record.sender, recipients=others or record.recipients
        )

    def _contact(
        self,
        fields: dict[str, str],
        state: str,
        *,
        text: str,
        flags: tuple[Flag, ...],
        place: tuple[int, int],
        line: int,
    ) -> Record:
        direction = DIRECTIONS.get(state, Direction.UNKNOWN)
        return self._record(fields, direction, place, line, text=text, flags=(*flags, *STATES.get(state, ())))

    def _call(self, fields: dict[str, str], place: tuple[int, int], line: int) -> Record:
        kind, direction, flags = CALLS.get(fields.get("type", ""), (Kind.CALL, Direction.UNKNOWN, ()))
        text = f"{fields.get('duration', '0')} seconds"
        fields = {**fields, "address": fields.get("number", "")}
        return self._record(fields, direction, place, line, text=text, flags=flags, kind=kind)

    def _record(
        self,
        fields: dict[str, str],
        direction: Direction,
        place: tuple[int, int],
        line: int,
        *,
        text: str,
        flags: tuple[Flag, ...],
        kind: Kind = Kind.MESSAGE,
    ) -> Record:
        other, found = fields.get("address", ""), fields.get("date", "")
        when = self._clock.at_epoch(int(found)) if found.isascii() and found.isdecimal() else None
        received = direction == Direction.RECEIVED
        owner = (self._make.owner,) if self._make.owner else ()
        return self._make.record(
            kind=kind,
            when=when,
            found=found,
            sender=other if received else self._make.owner,
            recipients=owner if received else (other,),
            direction=direction,
            text=text,
            flags=flags,
            place=place,
            line=line,
        )
