"""Snapchat's "My Data": `chat_history.json` by direction (older) or by conversation (newer), and `snap_history.json`."""

import json
import re
from collections.abc import Iterator
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, in_utc, records_of, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Snapchat (JSON)"
#: every list of the file: its name is a direction or a conversation
LIST = re.compile(r'(?<!\\)"((?:[^"\\]|\\.)*)"\s*:\s*\[')
ENTRY = (re.compile(rb'(?<!\\)"Media Type"\s*:'), re.compile(rb'(?<!\\)"Created"\s*:'))
MEDIA = {"MEDIA", "IMAGE", "VIDEO", "NOTE"}
ADVICE = "Ask Snapchat's “My Data” for the chat history as JSON once more, or make a table (CSV) of them."


def recognises(head: bytes) -> bool:
    """Whether the JSON has Snapchat's names for a message's kind and time."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and all(one.search(head) for one in ENTRY)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order, which is newest first in each list."""
    ledger.note("Snapchat gives only what was saved or not yet deleted; snaps come without what they show.")
    account = _Account(source, options)
    yield from in_lists(
        records_of(
            source=source,
            ledger=ledger,
            make=account.make,
            opening=LIST,
            record=account.record,
            advice=ADVICE,
        )
    )


class _Account:
    """The records of one account's file."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self._owners = frozenset(options.owners)

    def record(self, found: Found) -> Record | None:
        """The record of one entry; None where it is none of Snapchat's."""
        fields = found.fields
        if "Created" not in fields or not {"From", "To", "IsSender"} & fields.keys():
            return None
        direction = _direction(found)
        sender = words(fields.get("From"))
        if direction == Direction.SENT and sender not in self._owners:
            sender = self.make.owner or sender
        kind = words(fields.get("Media Type"))
        written = words(fields.get("Created"))
        return self.make.record(
            kind=_kind(kind),
            when=in_utc(self._clock, written),
            found=written,
            sender=sender,
            recipients=self._recipients(found, sender, direction),
            direction=direction,
            text="\n".join(
                filter(None, (words(fields.get("Text", fields.get("Content"))), _media(fields, kind)))
            ),
            flags=_flags(kind),
            place=found.place,
        )

    def _recipients(self, found: Found, sender: str, direction: Direction | None) -> tuple[str, ...]:
        """The person named, or the conversation where it has a title or another name than the sender's."""
        if "IsSender" in found.fields:
            room = words(found.fields.get("Conversation Title")) or _plain(found.key)
            return (room,) if room not in {"", sender} else ()
        to = words(found.fields.get("To")) or (self.make.owner if direction == Direction.RECEIVED else "")
        return (to,) if to else ()


def _plain(key: str) -> str:
    try:
        return words(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _direction(found: Found) -> Direction | None:
    """The direction that the entry states, or its list's name; None where nothing states it."""
    stated = found.fields.get("IsSender")
    if isinstance(stated, bool):
        return Direction.SENT if stated else Direction.RECEIVED
    if found.key.startswith(("Received", "Sent")):
        return Direction.SENT if found.key.startswith("Sent") else Direction.RECEIVED
    return None


def _kind(kind: str) -> Kind:
    if not kind.startswith("STATUS"):
        return Kind.MESSAGE
    return Kind.MISSED_CALL if "CALLMISSED" in kind else Kind.SYSTEM


def _media(fields: dict[str, Any], kind: str) -> str:
    shown = " ".join(filter(None, (kind, words(fields.get("Media IDs")))))
    return f"[{shown}]" if shown not in {"", "TEXT"} else ""


def _flags(kind: str) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: kind in MEDIA,
        Flag.DELETED: "ERASED" in kind,
        Flag.STICKER: kind == "STICKER",
    }
    return tuple(flag for flag, holds in tests.items() if holds)
