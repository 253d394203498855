"""A channel of Discord's own package: `messages.json`, or `messages.csv` in older packages. The others' messages are not in it."""

import re
from collections.abc import Iterator
from datetime import timedelta

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.delimited import rows
from desist_chronicle.readers.encodings import encoding_of
from desist_chronicle.readers.json_messages import Found, in_utc, records_of, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Discord package"
HEADINGS = "ID,Timestamp,Contents,Attachments"
TABLE = re.compile(rb"(?:\xef\xbb\xbf)?" + HEADINGS.encode() + rb"\r?(?:\n|\Z)")
#: an entry with any other field is not Discord's, and not surely the owner's
FIELDS = frozenset(HEADINGS.split(","))
ENTRY = tuple(re.compile(rb'(?<!\\)"' + name.encode() + rb'"\s*:') for name in sorted(FIELDS))
LIST = re.compile(r"\A\ufeff?\s*\[")
#: Discord's numbers hold their time in milliseconds since 2015, above the lowest bits
LOWEST_BITS, DISCORD_EPOCH = 22, 1_420_070_400_000
LONGEST_NUMBER = 20
LONGEST_DIFFERENCE = timedelta(seconds=2)
ADVICE = "Ask Discord for the package (“Request all of my data”) once more, or make a table (CSV) of them."


def recognises(head: bytes) -> bool:
    """Whether it is a list in JSON, or a table, with Discord's names for a message's time and words."""
    if TABLE.match(head):
        return True
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") and all(one.search(head) for one in ENTRY)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The account's own messages in the file's order."""
    ledger.note(
        "Discord's package holds only what the account's own user wrote: what others wrote to them is NOT in it. To whom "
        "it went stands in channel.json beside it. For both sides, ask for an export of the conversation."
    )
    channel = _Channel(source, options)
    is_table = TABLE.match(source.head()) is not None
    yield from in_lists(channel.rows(source, ledger) if is_table else channel.entries(source, ledger))
    if channel.differ:
        ledger.note(
            f"{channel.differ:,} messages of {source.name} have another time than their numbers hold. Look at them, and ask "
            "Discord for the package again."
        )


class _Channel:
    """The records of one channel, all written by the account's owner."""

    def __init__(self, source: Source, options: Options) -> None:
        self._make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self.differ = 0

    def entries(self, source: Source, ledger: Ledger) -> Iterator[Record]:
        """The records of the present layout."""
        yield from records_of(
            source=source, ledger=ledger, make=self._make, opening=LIST, record=self._entry, advice=ADVICE
        )

    def rows(self, source: Source, ledger: Ledger) -> Iterator[Record]:
        """The records of the older layout, with one for every byte."""
        with source.open(ledger) as stream:
            for row in rows(stream, encoding_of(source.head()), ",", ledger):
                if not row.damaged and len(row.cells) == HEADINGS.count(",") + 1 and self._make.made:
                    number, written, text, files = row.cells
                    yield self._record(number, written, text, files, place=row.place, line=row.line)
                    continue
                kind = Kind.HEADING if self._make.made == 0 else Kind.UNREAD
                unread = self._make.unread(place=row.place, line=row.line, text=",".join(row.cells))
                yield unread._replace(kind=kind, flags=unread.flags if kind == Kind.UNREAD else ())
            ledger.accountable_bytes = stream.size

    def _entry(self, found: Found) -> Record | None:
        fields = found.fields
        if fields.keys() != FIELDS:
            return None
        text, files = words(fields.get("Contents")), words(fields.get("Attachments"))
        return self._record(fields.get("ID"), words(fields.get("Timestamp")), text, files, place=found.place)

    def _record(
        self, number: object, written: str, text: str, files: str, *, place: tuple[int, int], line: int = 0
    ) -> Record:
        when = in_utc(self._clock, written)
        stated = self._clock.at_epoch(_milliseconds(number))
        if when and stated:
            self.differ += abs(when.utc - stated.utc) > LONGEST_DIFFERENCE
        return self._make.record(
            when=when,
            found=written,
            sender=self._make.owner,
            direction=Direction.SENT,
            text="\n".join(filter(None, (text, f"[{files}]" if files else ""))),
            flags=(Flag.ATTACHMENT,) if files else (),
            place=place,
            line=line,
        )


def _milliseconds(number: object) -> int:
    """The time that a message's number holds; one before telephones where it is no number of Discord's."""
    written = str(number)
    known = written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER
    return (int(written) >> LOWEST_BITS) + DISCORD_EPOCH if known else -1
