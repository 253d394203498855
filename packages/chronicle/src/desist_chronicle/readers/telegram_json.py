"""Telegram Desktop's `result.json`: one chat, or a whole account."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, JsonMessages, whole_number, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Telegram (JSON)"
MESSAGE = re.compile(
    rb'"(?:date_unixtime|from_id)"\s*:|"type"\s*:\s*"(?:message|service|personal_chat|private_group)"'
)
CHAT = re.compile(r'"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
ATTACHED = ("photo", "file", "media_type", "contact_information", "location_information", "poll")
MISSED = {"missed", "busy"}


def recognises(head: bytes) -> bool:
    """Whether the JSON has Telegram's names for a message's time or kind."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and MESSAGE.search(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages of every chat in file order; old exports without an instant are read in the assumed zone."""
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    clock = clock_of(options.zone)
    with source.open(ledger) as stream:
        messages = JsonMessages(stream=stream, ledger=ledger)
        for found in messages:
            yield _record(make, clock, found)
        if messages.unread:
            yield make.unread(place=messages.unread)


def _record(make: RecordMaker, clock: LocalClock, found: Found) -> Record:
    fields = found.fields
    chat = CHAT.findall(found.context)
    sender = next(filter(None, map(words, map(fields.get, ("from", "actor", "from_id")))), "")
    other = (chat[-1],) if chat and chat[-1] != sender else ()
    return make.record(
        kind=_kind(fields),
        when=_when(clock, fields),
        found=words(fields.get("date")) or str(fields.get("date_unixtime", "")),
        sender=sender,
        recipients=other,
        text="\n".join(filter(None, (_text(fields.get("text")) or _in_brackets(fields), _reactions(fields)))),
        flags=_flags(fields),
        place=found.place,
    )


def _when(clock: LocalClock, fields: dict[str, Any]) -> Instant | None:
    seconds = whole_number(fields.get("date_unixtime"))
    if seconds is not None:
        return clock.at_epoch(seconds * 1000)
    try:
        return clock.instant(datetime.fromisoformat(words(fields.get("date"))).replace(tzinfo=None))
    except (ValueError, OverflowError):
        return None


def _text(value: object) -> str:
    """Return a text that is a string, or a list of strings and formatted pieces, joined without a space."""
    if isinstance(value, list):
        return "".join(_text(one.get("text") if isinstance(one, dict) else one) for one in value)
    return words(value)


def _kind(fields: dict[str, Any]) -> Kind:
    if fields.get("type") != "service":
        return Kind.MESSAGE
    if fields.get("action") != "phone_call":
        return Kind.SYSTEM
    return Kind.MISSED_CALL if fields.get("discard_reason") in MISSED else Kind.CALL


def _in_brackets(fields: dict[str, Any]) -> str:
    if fields.get("action") == "phone_call":
        return f"[call, {fields.get('duration_seconds', 0)} seconds]"
    shown = [words(fields.get(name)) for name in ("action", "photo", "file", "sticker_emoji")]
    return f"[{', '.join(filter(None, shown))}]" if any(shown) else ""


def _reactions(fields: dict[str, Any]) -> str:
    """Return each reaction, and its sender as far as the export says."""
    given = fields.get("reactions")
    shown = [
        " ".join(filter(None, (words(one.get("emoji")), *_people(one))))
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, dict)
    ]
    return f"[reactions: {', '.join(filter(None, shown))}]" if any(shown) else ""


def _people(reaction: dict[str, Any]) -> list[str]:
    recent = reaction.get("recent")
    return [
        words(one.get("from"))
        for one in (recent if isinstance(recent, list) else [])
        if isinstance(one, dict)
    ]


def _flags(fields: dict[str, Any]) -> tuple[Flag, ...]:
    edited = words(fields.get("edited"))
    tests = {
        Flag.ATTACHMENT: any(fields.get(name) for name in ATTACHED),
        # Old exports write 1970 where nothing was edited.
        Flag.EDITED: bool(edited) and not edited.startswith("1970"),
        Flag.REACTED_TO: bool(fields.get("reactions")),
        Flag.STICKER: fields.get("media_type") == "sticker",
    }
    return tuple(sorted(flag for flag, holds in tests.items() if holds))
