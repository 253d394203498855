"""Messages from "Download your information" of Facebook and Instagram, end-to-end encrypted ones included.

Meta writes the bytes of UTF-8 as if they were Latin-1, so that "é" arrives as two characters. A text is repaired only
when it can be nothing else: every character fits a byte, the bytes are valid UTF-8, and the file's beginning holds no
character that such a file cannot hold.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, JsonMessages, whole_number, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Meta messages (JSON)"
SENDER = re.compile(rb'"(?:sender_name|senderName)"\s*:')
PEOPLE = re.compile(r'"participants"\s*:\s*(\[[^\[\]]*\])')
BEYOND_BYTE = re.compile(rb"\\u(?!00)[0-9a-fA-F]{4}")
ATTACHED = ("photos", "videos", "audio_files", "gifs", "files", "media")
SYSTEM_TYPES = {"Subscribe", "Unsubscribe"}


def recognises(head: bytes) -> bool:
    """Whether the JSON has Meta's names for a message's sender, or its people and an empty list."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (
        SENDER.search(head) is not None or (b'"participants"' in head and b'"messages"' in head)
    )


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order, which is newest first."""
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    thread = _Thread(source, options, repairs=_writes_bytes(source.head()))
    with source.open(ledger) as stream:
        messages = JsonMessages(stream=stream, ledger=ledger)
        for found in messages:
            yield thread.record(found)
        if messages.unread:
            yield thread.make.unread(place=messages.unread)


def _writes_bytes(head: bytes) -> bool:
    text = head.decode("utf-8", "replace").replace("\ufffd", "")
    return not any(ord(character) > 0xFF for character in text) and BEYOND_BYTE.search(head) is None


def repaired(text: str) -> str:
    """The text whose UTF-8 bytes these characters are; the text itself when they are not."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


class _Thread:
    """One conversation: its people, and how its texts are written."""

    def __init__(self, source: Source, options: Options, *, repairs: bool) -> None:
        self._clock: LocalClock = clock_of(options.zone)
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
        self._repairs = repairs
        self._context = ""
        self._people: tuple[str, ...] = ()

    def record(self, found: Found) -> Record:
        """The record of one message object."""
        fields = found.fields
        if found.context != self._context:
            self._context, self._people = found.context, self._named(found.context)
        sender = self._text(fields.get("sender_name", fields.get("senderName")))
        raw = words(fields.get("content", fields.get("text")))
        text = self._text(raw)
        written = fields.get("timestamp_ms", fields.get("timestamp"))
        moment = whole_number(written)
        flags = _flags(fields) | ({Flag.MOJIBAKE_REPAIRED} if text != raw else set())
        return self.make.record(
            kind=_kind(fields),
            when=None if moment is None else self._clock.at_epoch(moment),
            found=str(written),
            sender=sender,
            recipients=tuple(person for person in self._people if person != sender),
            text="\n".join(filter(None, (text or self._in_brackets(fields), self._reactions(fields)))),
            flags=tuple(sorted(flags)),
            place=found.place,
        )

    def _text(self, value: object) -> str:
        text = words(value)
        return repaired(text) if self._repairs else text

    def _named(self, context: str) -> tuple[str, ...]:
        found = PEOPLE.search(context)
        try:
            people = json.loads(found[1]) if found else []
        except ValueError:
            return ()
        return tuple(self._text(one.get("name") if isinstance(one, dict) else one) for one in people)

    def _reactions(self, fields: dict[str, Any]) -> str:
        """Return who reacted with what."""
        given = [one for one in _list(fields.get("reactions")) if isinstance(one, dict)]
        shown = [f"{self._text(one.get('reaction'))} {self._text(one.get('actor'))}".strip() for one in given]
        return f"[reactions: {', '.join(filter(None, shown))}]" if any(shown) else ""

    def _in_brackets(self, fields: dict[str, Any]) -> str:
        """Return the stand-in for absent words: the names of the files, the link, the length of a call."""
        if "call_duration" in fields:
            return f"[call, {fields['call_duration']} seconds]"
        sticker, share = fields.get("sticker"), fields.get("share")
        things = [sticker] if isinstance(sticker, dict) else []
        things += [one for name in ATTACHED for one in _list(fields.get(name)) if isinstance(one, dict)]
        link = [words(share.get("link"))] if isinstance(share, dict) else []
        shown = [*(words(one.get("uri")) for one in things), *link]
        return f"[{', '.join(filter(None, shown))}]" if any(shown) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _kind(fields: dict[str, Any]) -> Kind:
    if fields.get("missed") is True:
        return Kind.MISSED_CALL
    if "call_duration" in fields:
        return Kind.CALL
    return Kind.SYSTEM if fields.get("type") in SYSTEM_TYPES else Kind.MESSAGE


def _flags(fields: dict[str, Any]) -> set[Flag]:
    tests = {
        Flag.STICKER: bool(fields.get("sticker")),
        Flag.ATTACHMENT: any(fields.get(name) for name in ATTACHED),
        Flag.DELETED: bool(fields.get("is_unsent") or fields.get("isUnsent")),
        Flag.REACTED_TO: bool(fields.get("reactions")),
    }
    return {flag for flag, holds in tests.items() if holds}
