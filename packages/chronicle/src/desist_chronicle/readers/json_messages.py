"""Message objects out of JSON of any size, one at a time, each with its bytes; for every export that lists messages."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock
from desist_chronicle.readers.record_maker import RecordMaker
from desist_chronicle.records import Record
from desist_chronicle.sources import Source, Stream

PIECE_BYTES = 1 << 18
#: a key: inside a text its quotation marks would be escaped
MESSAGES = re.compile(r'(?<!\\)"messages"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
#: room for the key with the spaces that may follow it
LONGEST_KEY = 1024
#: how much of what stands before a list of messages is kept, for the conversation's name and people
CONTEXT_LENGTH = 1 << 16
#: the sign that ends the outermost list or object
OPENING = re.compile(r"[\[{]")
CLOSING = {"{": "}", "[": "]"}
_decode = json.JSONDecoder().raw_decode


class Found(NamedTuple):
    """One object of a list of messages, what stood before the list, the object's bytes in the source, the list's name."""

    fields: dict[str, Any]
    context: str
    place: tuple[int, int]
    key: str = ""


class JsonMessages:
    """A reader of a stream to its end. After damage `unread` is the stretch that could not be read.

    `opening` finds the lists of messages; a group of it, if it has one, is the name of the list. After the last
    message, `lists` is how many lists were found and `tail` what stands behind the last of them.
    """

    def __init__(self, *, stream: Stream, ledger: Ledger, opening: re.Pattern[str] = MESSAGES) -> None:
        self._stream = stream
        self._ledger = ledger
        self._opening = opening
        self._key = ""
        self._first = ""
        self._odd = 0
        self.lists = 0
        self._text = ""
        self._offset = 0
        self._context = ""
        self._at = 0
        self._codec = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.unread: tuple[int, int] | None = None

    def __iter__(self) -> Iterator[Found]:
        while self._seek_list():
            while (found := self._object()) is not None:
                yield found
            if self.unread is not None:
                return
        self._check_end()
        if self._odd:
            self._ledger.note(f"{self._odd:,} entries among the messages are no messages and were left out.")

    @property
    def tail(self) -> str:
        """What stands behind the last list of messages."""
        return self._context

    def _seek_list(self) -> bool:
        """Move behind the opening of the next list of messages; False when there is none."""
        self._context = ""
        while True:
            found = self._opening.search(self._text, self._at)
            end = found.start() if found else max(self._at, len(self._text) - LONGEST_KEY)
            if not self._first and (sign := OPENING.search(self._text, self._at)):
                self._first = sign[0]
            self._context = (self._context + self._text[self._at : end])[-CONTEXT_LENGTH:]
            self._pass(found.end() if found else end)
            if found:
                self.lists += 1
                self._key = found[found.lastindex] if found.lastindex else ""
                return True
            if not self._more():
                self._context += self._text[self._at :]
                self._pass(len(self._text))
                return False

    def _object(self) -> Found | None:
        """The next object; None at the end of the list or where the source is damaged."""
        while True:
            self._pass(BETWEEN.match(self._text, self._at).end())  # type: ignore[union-attr]  # matches nothing too
            if self._text.startswith("]", self._at):
                return None
            try:
                value, end = _decode(self._text, self._at)
            except ValueError:
                if len(self._text) - self._at < MAXIMUM_RECORD_BYTES and self._more():
                    continue
                self._stop()
                return None
            start = self._offset
            self._pass(end)
            if isinstance(value, dict):
                return Found(value, self._context, (start, self._offset), self._key)
            self._odd += 1

    def _check_end(self) -> None:
        """Tell that the end is missing where the last sign does not close the first."""
        if not self._context.rstrip("; \t\r\n").endswith(CLOSING.get(self._first, "")):
            self._ledger.stop(
                f"Reading stopped at byte {self._stream.size:,}: the JSON is cut short there. What came before is kept."
            )

    def _stop(self) -> None:
        start = self._offset
        self._pass(len(self._text))
        while self._more():
            self._pass(len(self._text))
        self.unread = (start, self._stream.size)
        self._ledger.stop(
            f"Reading stopped at byte {start:,}: the JSON is damaged or cut short there. What came before is kept."
        )

    def _more(self) -> bool:
        # A message that does not fit is asked for in ever larger pieces, so that it is not parsed too often.
        piece = self._stream.read(max(PIECE_BYTES, len(self._text) - self._at))
        self._text = self._text[self._at :] + self._codec.decode(piece, final=not piece)
        self._at = 0
        return bool(piece)

    def _pass(self, end: int) -> None:
        gone = self._text[self._at : end]
        self._at = end
        self._offset += len(gone) if gone.isascii() else len(gone.encode("utf-8", "surrogateescape"))


def whole_number(value: object) -> int | None:
    """Return a number that JSON writes as one or as digits; None for anything else."""
    if isinstance(value, int | float) and abs(value) < 1e18:
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    return None


def words(value: object) -> str:
    """Return a text, or "" where the export has another type; half characters are kept as they are."""
    return value if isinstance(value, str) else ""


def records_of(
    *,
    source: Source,
    ledger: Ledger,
    make: RecordMaker,
    opening: re.Pattern[str],
    record: Callable[[Found], Record | None],
    advice: str,
    ending: Callable[[str], None] = lambda _: None,
) -> Iterator[Record]:
    """The records of a source's messages; an entry in no layout that is known is kept as unread and told.

    A source that holds something, and no list of messages, is refused: its layout is not known.
    `ending` is given what stands behind the last list of messages.
    """
    unknown = 0
    with source.open(ledger) as stream:
        messages = JsonMessages(stream=stream, ledger=ledger, opening=opening)
        for found in messages:
            made = record(found)
            unknown += made is None
            yield made or make.unread(place=found.place)
        if messages.unread:
            yield make.unread(place=messages.unread)
        ending(messages.tail)
    if not messages.lists and "{" in messages.tail:
        raise UnrecognisedSourceError(
            f"{source.name} has no list of messages in a layout that is known. Nothing was read. {advice}"
        )
    if unknown:
        ledger.stop(
            f"{unknown:,} entries of {source.name} are in no layout that is known; they are kept. {advice}"
        )


def in_utc(clock: LocalClock, written: str) -> Instant | None:
    """The instant of a time in the form 2024-03-12 21:05:07, which is UTC unless it states its own offset."""
    try:
        stated = datetime.fromisoformat(written.removesuffix(" UTC"))
        utc = stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)
        when = clock.at(utc) if ":" in written and FIRST_YEAR <= utc.year <= LAST_YEAR else None
    except (ValueError, OverflowError):
        return None
    return when


def named(value: object, *names: str) -> str:
    """The first of these fields of an object that holds words."""
    fields = value if isinstance(value, dict) else {}
    return next(filter(None, (words(fields.get(name)) for name in names)), "")


def entries(value: object) -> list[dict[str, Any]]:
    """The objects in a list; none where the export has another type."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
