"""Signal as Signal Desktop keeps it and sigtop writes it (`-f json`): a list of one conversation's messages.

sigtop (https://github.com/tbvdm/sigtop) writes each message as Signal Desktop's own JSON, in which people are numbers.
"""

import re
from collections.abc import Iterator
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, entries, named, records_of, whole_number, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Signal messages (Signal Desktop's JSON)"
LIST = re.compile(r"\A\ufeff?\s*\[")
HOLDS = tuple(
    re.compile(rb'(?<!\\)"' + name + rb'"\s*:') for name in (b"conversationId", b"sent_at", b"type")
)
DIRECTIONS = {"outgoing": Direction.SENT, "incoming": Direction.RECEIVED}
ADVICE = "Export the conversation once more, or make a table (CSV) of it."


def recognises(head: bytes) -> bool:
    """Whether it is a list with Signal Desktop's names for a message's conversation, time and type."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") and all(one.search(head) for one in HOLDS)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order; a number is all that is known of who wrote one."""
    ledger.note(
        "Signal Desktop names people by number: say whose a number is with --subject. What had vanished is not in it."
    )
    chat = _Chat(source, options)
    yield from in_lists(
        records_of(
            source=source, ledger=ledger, make=chat.make, opening=LIST, record=chat.record, advice=ADVICE
        )
    )


class _Chat:
    """The records of one conversation."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
        self._clock = clock_of(options.zone)

    def record(self, found: Found) -> Record | None:
        """The record of one entry; None where it is none of Signal's."""
        fields = found.fields
        kind = words(fields.get("type"))
        written = fields.get("sent_at") or fields.get("timestamp")
        if not kind or "conversationId" not in fields:
            return None
        moment = whole_number(written)
        direction = DIRECTIONS.get(kind, Direction.UNKNOWN)
        call = fields.get("callHistory") or fields.get("callHistoryDetails")
        sent = direction is Direction.SENT
        return self.make.record(
            kind=_kind(kind, call),
            when=None if moment is None else self._clock.at_epoch(moment),
            found="" if written is None else str(written),
            sender=self.make.owner if sent else named(fields, "source", "sourceServiceId", "sourceUuid"),
            direction=direction,
            text="\n".join(filter(None, (words(fields.get("body")), *_shown(fields, kind, call)))),
            flags=_flags(fields),
            place=found.place,
        )


def _kind(kind: str, call: object) -> Kind:
    if kind in DIRECTIONS:
        return Kind.MESSAGE
    if kind != "call-history":
        return Kind.SYSTEM
    return Kind.MISSED_CALL if named(call, "status") in {"Missed", "Declined"} else Kind.CALL


def _shown(fields: dict[str, Any], kind: str, call: object) -> Iterator[str]:
    """What a message is beside its words, in brackets."""
    if said := named(fields.get("quote"), "text"):
        yield f"[in reply to: {said}]"
    for one in entries(fields.get("attachments")):
        yield f"[{named(one, 'fileName', 'contentType') or 'file'}]"
    if isinstance(fields.get("sticker"), dict):
        yield "[sticker]"
    if shown := [
        " ".join((words(one.get("emoji")), named(one, "fromId"))) for one in entries(fields.get("reactions"))
    ]:
        yield f"[reactions: {', '.join(shown)}]"
    for one in entries(fields.get("editHistory"))[1:]:
        yield f"[before: {words(one.get('body'))}]"
    if kind not in DIRECTIONS:
        yield f"[{' '.join(filter(None, (kind, named(call, 'direction'), named(call, 'status'))))}]"


def _flags(fields: dict[str, Any]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: bool(fields.get("attachments")),
        Flag.DELETED: bool(fields.get("deletedForEveryone") or fields.get("isErased")),
        Flag.EDITED: bool(fields.get("editHistory")),
        Flag.REACTED_TO: bool(fields.get("reactions")),
        Flag.STICKER: bool(fields.get("sticker")),
    }
    return tuple(flag for flag, holds in tests.items() if holds)
