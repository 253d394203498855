"""The JSON of DiscordChatExporter: one channel with everybody's messages."""

import json
import re
from collections.abc import Iterator
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import (
    MESSAGES,
    Found,
    entries,
    in_utc,
    named,
    records_of,
    words,
)
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "DiscordChatExporter (JSON)"
PARTS = tuple(
    re.compile(rb'(?<!\\)"' + part)
    for part in (rb'channel"\s*:\s*\{', rb'dateRange"\s*:', rb'messages"\s*:\s*\[')
)
CHANNEL = re.compile(r'"channel"\s*:\s*(\{[^{}]*\})')
COUNT = re.compile(r'(?<!\\)"messageCount"\s*:\s*([0-9]{1,12})')
SYSTEM = {
    *("RecipientAdd", "RecipientRemove", "ChannelNameChange", "ChannelIconChange", "ChannelPinnedMessage"),
    *("GuildMemberJoin", "ThreadCreated"),
}
ADVICE = "Ask for the export as JSON once more, or make a table (CSV) of them."


def recognises(head: bytes) -> bool:
    """Whether the JSON has a channel, a range of dates and a list of messages."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and all(one.search(head) for one in PARTS)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order, which is oldest first."""
    channel = _Channel(source, options)

    def declare(tail: str) -> None:
        if count := COUNT.search(tail):
            ledger.declare("messages", int(count[1]))

    yield from in_lists(
        records_of(
            source=source,
            ledger=ledger,
            make=channel.make,
            opening=MESSAGES,
            record=channel.record,
            advice=ADVICE,
            ending=declare,
        )
    )
    channel.names.tell(ledger)


class _Channel:
    """The records of one channel, and the other names of the people in it."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
        self._clock = clock_of(options.zone)
        self._context = ""
        self._name = ""
        self.names = OtherNames()

    def record(self, found: Found) -> Record | None:
        """The record of one entry; None where it is no message of the exporter's."""
        fields = found.fields
        if not {"timestamp", "author"} <= fields.keys():
            return None
        if found.context != self._context:
            self._context, self._name = found.context, _channel_name(found.context)
        author = fields.get("author")
        sender = named(author, "name", "nickname", "id")
        for other in ("nickname", "id"):
            self.names.add(named(author, other), sender)
        written = words(fields.get("timestamp"))
        return self.make.record(
            kind=_kind(words(fields.get("type"))),
            when=in_utc(self._clock, written),
            found=written,
            sender=sender,
            recipients=(self._name,) if self._name not in {"", sender} else (),
            text="\n".join(filter(None, _parts(fields))),
            flags=_flags(fields),
            place=found.place,
            precision=None if "." in written else Precision.SECOND,
        )


def _channel_name(context: str) -> str:
    found = CHANNEL.search(context)
    try:
        return named(json.loads(found[1]) if found else {}, "name")
    except ValueError:
        return ""


def _kind(written: str) -> Kind:
    if written == "Call":
        return Kind.CALL
    return Kind.SYSTEM if written in SYSTEM else Kind.MESSAGE


def _parts(fields: dict[str, Any]) -> tuple[str, ...]:
    """The words, and in brackets what belongs to them."""
    shown = [
        *(named(one, "fileName", "url") for one in entries(fields.get("attachments"))),
        *(named(one, "title", "url", "description") for one in entries(fields.get("embeds"))),
        *(named(one, "name") for one in entries(fields.get("stickers"))),
    ]
    answered = named(fields.get("reference"), "messageId")
    forwarded = named(fields.get("forwardedMessage"), "content")
    return (
        f"[in reply to message {answered}]" if answered else "",
        words(fields.get("content")),
        f"[forwarded] {forwarded}" if forwarded else "",
        f"[{', '.join(filter(None, shown))}]" if any(shown) else "",
        _reactions(fields),
    )


def _reactions(fields: dict[str, Any]) -> str:
    """Each reaction, and the people who gave it as far as the export names them."""
    shown = [
        " ".join(
            filter(
                None,
                (named(one.get("emoji"), "name"), *(named(who, "name") for who in entries(one.get("users")))),
            )
        )
        for one in entries(fields.get("reactions"))
    ]
    return f"[reactions: {', '.join(filter(None, shown))}]" if any(shown) else ""


def _flags(fields: dict[str, Any]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: bool(fields.get("attachments")),
        Flag.EDITED: bool(fields.get("timestampEdited")),
        Flag.REACTED_TO: bool(fields.get("reactions")),
        Flag.STICKER: bool(fields.get("stickers")),
    }
    return tuple(flag for flag, holds in tests.items() if holds)
