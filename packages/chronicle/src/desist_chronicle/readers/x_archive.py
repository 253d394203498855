"""Direct messages in an archive of X (Twitter): `direct-messages.js` and `direct-messages-group.js`. People are numbers in them."""

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
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "X (Twitter) direct messages"
BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.direct_messages?(?:_group)?\.part[0-9]+\s*=\s*\[")
CONVERSATION = re.compile(r'"conversationId"\s*:\s*"([0-9-]{1,60})"')
MESSAGE = "messageCreate"
#: what happened to a conversation
EVENTS = ("joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate")
ADVICE = "Ask X for the archive once more, or make a table (CSV) of them."


def recognises(head: bytes) -> bool:
    """Whether the file begins as X's direct messages do."""
    return BEGINNING.match(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order, which is newest first in each conversation."""
    ledger.note(
        "X names people by numbers. The account's own number is “accountId” in account.js of the same archive: give it "
        "with --owner, and the subject's with --subject."
    )
    account = _Account(source, options)
    yield from in_lists(
        records_of(
            source=source,
            ledger=ledger,
            make=account.make,
            opening=MESSAGES,
            record=account.record,
            advice=ADVICE,
        )
    )


class _Account:
    """The records of one archive's conversations."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
        self._clock = clock_of(options.zone)

    def record(self, found: Found) -> Record | None:
        """The record of one entry; None where it is none of X's."""
        message = found.fields.get(MESSAGE)
        if isinstance(message, dict) and "createdAt" in message:
            return self._message(message, found)
        for name in EVENTS:
            event = found.fields.get(name)
            if isinstance(event, dict) and "createdAt" in event:
                return self._event(name, event, found)
        return None

    def _message(self, message: dict[str, Any], found: Found) -> Record:
        written = words(message.get("createdAt"))
        # in a group nobody is named as the recipient: the conversation stands for them
        to = words(message.get("recipientId")) or _conversation(found.context)
        return self.make.record(
            when=in_utc(self._clock, written),
            found=written,
            sender=words(message.get("senderId")),
            recipients=(to,) if to else (),
            text="\n".join(filter(None, (words(message.get("text")), _media(message), _reactions(message)))),
            flags=_flags(message),
            place=found.place,
        )

    def _event(self, name: str, event: dict[str, Any], found: Found) -> Record:
        written = words(event.get("createdAt"))
        room = _conversation(found.context)
        return self.make.record(
            kind=Kind.SYSTEM,
            when=in_utc(self._clock, written),
            found=written,
            sender=words(event.get("initiatingUserId")),
            recipients=(room,) if room else (),
            text=f"[{name}: {json.dumps(event, ensure_ascii=False)}]",
            place=found.place,
        )


def _conversation(context: str) -> str:
    """The number of the conversation, which stands before its messages."""
    found = CONVERSATION.findall(context)
    return str(found[-1]) if found else ""


def _media(message: dict[str, Any]) -> str:
    """The addresses of pictures, and the full addresses of links that the text shortens."""
    media = message.get("mediaUrls")
    shown = [
        *map(words, media if isinstance(media, list) else []),
        *(named(one, "expanded") for one in entries(message.get("urls"))),
    ]
    return f"[{', '.join(filter(None, shown))}]" if any(shown) else ""


def _reactions(message: dict[str, Any]) -> str:
    shown = [
        " ".join(filter(None, (named(one, "reactionKey"), named(one, "senderId"))))
        for one in entries(message.get("reactions"))
    ]
    return f"[reactions: {', '.join(filter(None, shown))}]" if any(shown) else ""


def _flags(message: dict[str, Any]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: bool(message.get("mediaUrls")),
        Flag.EDITED: bool(message.get("editHistory")),
        Flag.REACTED_TO: bool(message.get("reactions")),
    }
    return tuple(flag for flag, holds in tests.items() if holds)
