"""Messages of an iPhone as imessage-exporter writes them as text: a file for each conversation, every byte in a record.

The layout is that of https://github.com/ReagentX/imessage-exporter (`txt`): time, sender, words, and a blank line. Answers
stand twice, indented below what they answer and by themselves; the indented ones stay in the text above them.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.encodings import windows_1252
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.table_times import MONTHS
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "iMessages as text (imessage-exporter)"
TIME = (
    rb"(?P<month>[A-Z][a-z]{2}) (?P<day>[0-9]{2}), (?P<year>[0-9]{4}) {1,2}"
    rb"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}) (?P<half>[AP])M"
)
#: a message begins after a blank line with its time, alone or with when it was read, and then its sender
HEADER = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))(?:\xef\xbb\xbf)?(?P<when>%s)"
    rb"(?:(?: \([^\n]*\))?\r?\n(?P<who>[^\s][^\n]*)\n| (?P<news>[^\n(][^\n]*)\n)" % TIME
)
TIMES = (
    "Times are by the clock of the computer that made this file: state its zone with --zone. The database that it was "
    "made from (chat.db or sms.db) has instants."
)
#: how the exporter names the owner
ME = "Me"
FILE = re.compile(
    r"^(?:\S*/)?attachments/\S|/Attachments/|^Attachment missing!$", re.MULTILINE | re.IGNORECASE
)
REACTED = re.compile(r"^(?:Tapbacks|Reactions):$", re.MULTILINE)
EDITED = re.compile(r"^Edited [^\n]{1,80} later: ", re.MULTILINE)


def recognises(head: bytes) -> bool:
    """Whether it begins with a time and a sender as the exporter writes them."""
    return HEADER.match(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order; the time zone is that of the computer that made the file."""
    ledger.note(TIMES)
    with source.open(ledger) as stream:
        chat = _Chat(source, options)
        yield from in_lists(chat.records(iter(stream.read, b"")))
        ledger.accountable_bytes = stream.size


class _Chat:
    """The records of one file, cut out of its bytes as they come."""

    def __init__(self, source: Source, options: Options) -> None:
        self._make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self._at, self._line = 0, 1

    def records(self, pieces: Iterator[bytes]) -> Iterator[Record]:
        """Every record; the last one of what has come waits for its end."""
        held = b""
        for piece in pieces:
            held += piece
            starts = [found.start() for found in HEADER.finditer(held)]
            last = starts[-1] if starts else 0
            if not last and len(held) > MAXIMUM_RECORD_BYTES:
                last = len(held)
            yield from self._cut(held[:last])
            held = held[last:]
        yield from self._cut(held)

    def _cut(self, whole: bytes) -> Iterator[Record]:
        starts = [found.start() for found in HEADER.finditer(whole)]
        bounds = sorted({0, *starts, len(whole)})
        for start, end in pairwise(bounds):
            yield self._record(whole[start:end])

    def _record(self, raw: bytes) -> Record:
        place = (self._at, self._at + len(raw))
        line, self._line, self._at = self._line, self._line + raw.count(b"\n"), place[1]
        found = HEADER.match(raw)
        if found is None:
            # the rest of a text that was too long to hold
            rest = self._make.unread(place=place, line=line, text=_text(raw)[0])
            return rest._replace(kind=Kind.CONTINUATION)
        written = found["when"].decode()
        who = _text(found["who"] or b"")[0].strip()
        text, flags = _text(raw[found.end() :] if found["who"] else found["news"])
        return self._make.record(
            kind=Kind.MESSAGE if who else Kind.SYSTEM,
            when=when_of(self._clock, found),
            found=written,
            sender=(self._make.owner or ME) if who == ME else who,
            direction=_direction(who),
            text=text,
            flags=flags + _flags(text),
            place=place,
            line=line,
        )


def _direction(who: str) -> Direction:
    if not who:
        return Direction.UNKNOWN
    return Direction.SENT if who == ME else Direction.RECEIVED


def _text(raw: bytes) -> tuple[str, tuple[Flag, ...]]:
    """Return bytes as text without the blank line at their end, and whether they are no UTF-8."""
    try:
        return raw.decode().rstrip("\r\n"), ()
    except UnicodeDecodeError:
        return windows_1252(raw).rstrip("\r\n"), (Flag.MALFORMED,)


def when_of(clock: LocalClock, found: re.Match[bytes]) -> Instant | None:
    """The instant of a time in the form `TIME`; None where there is no such time."""
    # an hour of a half day that is none ends as no time of day
    hour = int(found["hour"])
    hour = hour % 12 + 12 * (found["half"] == b"P") if 1 <= hour <= 12 else 99
    try:
        local = datetime(  # noqa: DTZ001 - a wall clock has no zone
            *(int(found["year"]), MONTHS.get(found["month"].decode().casefold(), 0), int(found["day"])),
            *(hour, int(found["minute"]), int(found["second"])),
        )
    except ValueError:
        return None
    return clock.instant(local) if FIRST_YEAR <= local.year <= LAST_YEAR else None


def _flags(text: str) -> tuple[Flag, ...]:
    tests = {Flag.ATTACHMENT: FILE, Flag.REACTED_TO: REACTED, Flag.EDITED: EDITED}
    return tuple(flag for flag, pattern in tests.items() if pattern.search(text))
