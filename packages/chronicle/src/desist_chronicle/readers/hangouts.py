"""Hangouts in a Google Takeout (`Hangouts.json`): every conversation of an account, older layout and newer."""

import json
import re
from collections.abc import Iterator
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, entries, named, records_of, whole_number, words
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Google Hangouts (JSON)"
#: the list of a conversation's events: "event" in Takeouts before 2017
LIST = re.compile(r'(?<!\\)"events?"\s*:\s*\[')
PEOPLE = re.compile(r'(?<!\\)"participant_data"\s*:\s*(?=\[)')
HOLDS = (re.compile(rb'(?<!\\)"participant_data"\s*:'), re.compile(rb'(?<!\\)"conversation_id"\s*:'))
ADVICE = "Ask Google's Takeout for “Hangouts” once more, or make a table (CSV) of them."
_decode = json.JSONDecoder().raw_decode


def recognises(head: bytes) -> bool:
    """Whether the JSON has Google's names for the people and the number of a conversation."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and all(one.search(head) for one in HOLDS)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The events of every conversation in the file's order."""
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
    account.names.tell(ledger)


class _Account:
    """The records of one account, whose people are told by numbers that stand before each list with their names."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.MILLISECOND)
        self._clock = clock_of(options.zone)
        self.names = OtherNames()
        self._context = ""
        self._people: dict[str, str] = {}

    def record(self, found: Found) -> Record | None:
        """The record of one event; None where it is none of Hangouts'."""
        fields = found.fields
        written = words(fields.get("timestamp"))
        if not written or "sender_id" not in fields:
            return None
        self._meet(found.context)
        moment = whole_number(written)
        sender = _number(fields.get("sender_id"))
        content = fields.get("chat_message")
        return self.make.record(
            kind=_kind(fields),
            when=None if moment is None else self._clock.at_epoch(moment // 1000),
            found=written,
            sender=self._people.get(sender, sender),
            recipients=tuple(name for number, name in self._people.items() if number != sender),
            direction=_direction(fields, sender),
            text="\n".join(filter(None, (_text(content), _shown(fields)))),
            flags=(Flag.ATTACHMENT,) if _files(content) else (),
            place=found.place,
        )

    def _meet(self, context: str) -> None:
        """Take the people of a conversation from what stands before its list; a name is its number where there is none."""
        if context is self._context:
            return
        self._context = context
        at = list(PEOPLE.finditer(context))
        self._people = {}
        if at:
            try:
                listed, _ = _decode(context, at[-1].end())
            except ValueError:
                return
            for one in entries(listed):
                number = _number(one.get("id"))
                name = words(one.get("fallback_name"))
                self.names.add(number, name)
                self._people[number] = name or number


def _number(value: object) -> str:
    return named(value, "gaia_id", "chat_id")


def _kind(fields: dict[str, Any]) -> Kind:
    if "chat_message" in fields:
        return Kind.MESSAGE
    call = fields.get("hangout_event")
    return Kind.CALL if named(call, "event_type") == "START_HANGOUT" else Kind.SYSTEM


def _direction(fields: dict[str, Any], sender: str) -> Direction | None:
    """The direction, as an event says whose account it is in; None where it does not."""
    state = fields.get("self_event_state")
    me = _number(state.get("user_id")) if isinstance(state, dict) else ""
    if not me or not sender:
        return None
    return Direction.SENT if me == sender else Direction.RECEIVED


def _content(value: object) -> dict[str, Any]:
    held = value.get("message_content") if isinstance(value, dict) else None
    return held if isinstance(held, dict) else {}


def _text(value: object) -> str:
    pieces = entries(_content(value).get("segment"))
    return "".join("\n" if one.get("type") == "LINE_BREAK" else words(one.get("text")) for one in pieces)


def _files(value: object) -> list[dict[str, Any]]:
    return entries(_content(value).get("attachment"))


def _shown(fields: dict[str, Any]) -> str:
    """What an event is where it has no words: its files, or its kind."""
    names = [_photo(one.get("embed_item")) for one in _files(fields.get("chat_message"))]
    if "chat_message" not in fields:
        call = fields.get("hangout_event")
        names = [named(call, "event_type") or words(fields.get("event_type"))]
    return f"[{', '.join(names)}]" if any(names) else ""


def _photo(item: object) -> str:
    photo = item.get("plus_photo") if isinstance(item, dict) else None
    return named(photo, "url", "photo_id") or "file"
