"""Signal as sigexport writes it (`data.json`): one message on a line, every byte in a record.

The layout is that of https://github.com/carderne/signal-export: no zone, so by the clock of the computer that wrote it.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import entries, named, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source, Stream

FORMAT = "Signal messages (sigexport)"
FIELDS = frozenset({"date", "sender", "body", "quote", "sticker", "reactions", "attachments"})
#: how the exporter names the owner
ME = "Me"
#: how it begins the words of a call
CALLS = (("Missed ", Kind.MISSED_CALL), ("Incoming ", Kind.CALL), ("Outgoing ", Kind.CALL))


def recognises(head: bytes) -> bool:
    """Whether the first line is an object with the exporter's fields."""
    return _fields(head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]).keys() >= FIELDS


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order."""
    ledger.note(
        "Times are by the clock of the computer that made this file: state its zone with --zone. Messages that had "
        "vanished from Signal before are not in it."
    )
    chat = _Chat(source, options)
    with source.open(ledger) as stream:
        yield from in_lists(map(chat.record, _lines(stream)))
        ledger.accountable_bytes = stream.size
    if chat.unknown:
        ledger.stop(
            f"{chat.unknown:,} lines of {source.name} are in no layout that is known; they are kept. Export the "
            "conversation once more, or make a table (CSV) of it."
        )


def _lines(stream: Stream) -> Iterator[bytes]:
    """Every line with its end; one that is too long to hold comes in pieces."""
    held = b""
    while piece := stream.read():
        *whole, held = (held + piece).splitlines(keepends=True) or [b""]
        yield from whole
        if held.endswith(b"\n") or len(held) > MAXIMUM_RECORD_BYTES:
            yield held
            held = b""
    if held:
        yield held


class _Chat:
    """The records of one conversation."""

    def __init__(self, source: Source, options: Options) -> None:
        self._make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
        self._clock = clock_of(options.zone)
        self._at = self._line = self.unknown = 0

    def record(self, raw: bytes) -> Record:
        """The record of a line; one that is no message of Signal's is kept as unread."""
        place = (self._at, self._at + len(raw))
        self._at, self._line = place[1], self._line + 1
        fields = _fields(raw.removeprefix(b"\xef\xbb\xbf"))
        if not {"date", "sender", "body"} <= fields.keys():
            self.unknown += bool(raw.strip())
            unread = self._make.unread(
                place=place, line=self._line, text=raw.decode("utf-8", "replace").strip()
            )
            return unread if raw.strip() else unread._replace(kind=Kind.SYSTEM, flags=())
        sender, written = words(fields["sender"]), words(fields["date"])
        # the exporter adds two spaces to each text, which break the line in its pages
        body = words(fields["body"]).removesuffix("  ")
        return self._make.record(
            kind=_kind(fields, body),
            when=_when(self._clock, written),
            found=written,
            sender=(self._make.owner or ME) if sender == ME else sender.replace("No-Sender", ""),
            direction=_direction(sender),
            text="\n".join(filter(None, (_quote(fields), body, *_shown(fields)))),
            flags=_flags(fields),
            place=place,
            line=self._line,
        )


def _fields(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _when(clock: LocalClock, written: str) -> Instant | None:
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        return None
    if ":" not in written or local.tzinfo or not FIRST_YEAR < local.year <= LAST_YEAR:
        # the exporter writes 1970 where Signal has no time
        return None
    return clock.instant(local)


def _direction(sender: str) -> Direction:
    if sender in {"", "No-Sender"}:
        return Direction.UNKNOWN
    return Direction.SENT if sender == ME else Direction.RECEIVED


def _kind(fields: dict[str, Any], body: str) -> Kind:
    """A call where the exporter says so; older ones say it in the words alone, which anyone can type."""
    if fields.get("call") is not True:
        return Kind.MESSAGE
    return next((kind for begins, kind in CALLS if body.startswith(begins)), Kind.CALL)


def _quote(fields: dict[str, Any]) -> str:
    """The words that are answered, in brackets: another person wrote them."""
    lines = [line.removeprefix("> ") for line in words(fields.get("quote")).strip().split("\n")]
    said = "\n".join(lines).strip()
    return f"[in reply to: {said}]" if said else ""


def _shown(fields: dict[str, Any]) -> Iterator[str]:
    sticker = fields.get("sticker")
    if sticker:
        yield f"[sticker {words(sticker) or named(sticker, 'emoji', 'id')}]"
    for one in entries(fields.get("attachments")):
        yield f"[{named(one, 'name', 'path') or 'file'}]"
    reactions = fields.get("reactions")
    shown = (
        [" ".join(map(str, one)) for one in reactions if isinstance(one, list)]
        if isinstance(reactions, list)
        else []
    )
    if shown:
        yield f"[reactions: {', '.join(shown)}]"


def _flags(fields: dict[str, Any]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: bool(fields.get("attachments")),
        Flag.DELETED: fields.get("deleted") is True,
        Flag.REACTED_TO: bool(fields.get("reactions")),
        Flag.STICKER: bool(fields.get("sticker")),
    }
    return tuple(flag for flag, holds in tests.items() if holds)
