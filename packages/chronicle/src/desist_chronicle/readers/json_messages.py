"""Message objects out of JSON of any size, one at a time, each with its bytes; for Meta's and Telegram's exports."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.sources import Stream

PIECE_BYTES = 1 << 18
#: a key: inside a text its quotation marks would be escaped
MESSAGES = re.compile(r'(?<!\\)"messages"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
#: room for the key with the spaces that may follow it
LONGEST_KEY = 64
#: how much of what stands before a list of messages is kept, for the conversation's name and people
CONTEXT_LENGTH = 1 << 16
_decode = json.JSONDecoder().raw_decode


class Found(NamedTuple):
    """One object of a list of messages, what stood before the list, and the object's bytes in the source."""

    fields: dict[str, Any]
    context: str
    place: tuple[int, int]


class JsonMessages:
    """A reader of a stream to its end. After damage `unread` is the stretch that could not be read."""

    def __init__(self, *, stream: Stream, ledger: Ledger) -> None:
        self._stream = stream
        self._ledger = ledger
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

    def _seek_list(self) -> bool:
        """Move behind the opening of the next list of messages; False when there is none."""
        self._context = ""
        while True:
            found = MESSAGES.search(self._text, self._at)
            end = found.start() if found else max(self._at, len(self._text) - LONGEST_KEY)
            self._context = (self._context + self._text[self._at : end])[-CONTEXT_LENGTH:]
            self._pass(found.end() if found else end)
            if found:
                return True
            if not self._more():
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
                return Found(value, self._context, (start, self._offset))

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
