"""Google Chat in a Takeout: `messages.json` of one conversation."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import (
    MESSAGES,
    Found,
    entries,
    named,
    records_of,
    words,
)
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.table_times import MONTHS
from desist_chronicle.records import Flag, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Google Chat (JSON)"
ENTRY = re.compile(rb'(?<!\\)"created_date"\s*:')
LIST = re.compile(rb'(?<!\\)"messages"\s*:\s*\[')
#: "Tuesday, March 3, 2026 at 2:15:07 PM UTC", and with the day first and the clock of 24 hours
MOMENT = re.compile(
    r"(?:[A-Za-z]+, )?(?:(?P<month>[A-Za-z]+) (?P<day>[0-9]{1,2}),?|(?P<first>[0-9]{1,2}) (?P<second>[A-Za-z]+)),? "
    r"(?P<year>[0-9]{4})(?: at|,) (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<seconds>[0-9]{2})"
    r"(?:[ \u202f](?P<half>AM|PM|am|pm))? UTC"
)
ADVICE = "Ask Google's Takeout for “Google Chat” once more, or make a table (CSV) of them."


def recognises(head: bytes) -> bool:
    """Whether the JSON has a list of messages and Google's name for a message's time."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return begins and LIST.search(head) is not None and ENTRY.search(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order."""
    chat = _Chat(source, options)
    yield from in_lists(
        records_of(
            source=source, ledger=ledger, make=chat.make, opening=MESSAGES, record=chat.record, advice=ADVICE
        )
    )
    chat.names.tell(ledger)


class _Chat:
    """The records of one conversation, and the address of each name in it."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self.names = OtherNames()

    def record(self, found: Found) -> Record | None:
        """The record of one entry; None where it is none of Google's."""
        fields = found.fields
        if "created_date" not in fields:
            return None
        creator = fields.get("creator")
        sender = named(creator, "name", "email")
        self.names.add(named(creator, "email"), sender)
        written = words(fields.get("created_date"))
        return self.make.record(
            when=_when(self._clock, written),
            found=written,
            sender=sender,
            text="\n".join(filter(None, (words(fields.get("text")), _files(fields), _reactions(fields)))),
            flags=_flags(fields),
            place=found.place,
        )


def _when(clock: LocalClock, written: str) -> Instant | None:
    """The instant, which Google writes in English and in UTC; a time in another form is left unread."""
    found = MOMENT.fullmatch(written)
    if found is None:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").upper()
    if half:
        # an hour of a half day that is none ends as no time of day
        hour = hour % 12 + 12 * (half == "PM") if 1 <= hour <= 12 else 99
    try:
        utc = datetime(
            int(found["year"]),
            MONTHS.get((found["month"] or found["second"]).casefold(), 0),
            int(found["day"] or found["first"]),
            *(hour, int(found["minute"]), int(found["seconds"])),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return clock.at(utc) if FIRST_YEAR <= utc.year <= LAST_YEAR else None


def _files(fields: dict[str, Any]) -> str:
    names = [named(one, "original_name", "export_name") for one in entries(fields.get("attached_files"))]
    return f"[{', '.join(filter(None, names))}]" if any(names) else ""


def _reactions(fields: dict[str, Any]) -> str:
    """Each reaction, and the addresses of those who gave it."""
    shown = []
    for one in entries(fields.get("reactions")):
        people = one.get("reactor_emails")
        given = map(words, people if isinstance(people, list) else [])
        shown.append(" ".join(filter(None, (named(one.get("emoji"), "unicode"), *given))))
    return f"[reactions: {', '.join(filter(None, shown))}]" if any(shown) else ""


def _flags(fields: dict[str, Any]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: bool(fields.get("attached_files")),
        Flag.DELETED: fields.get("message_state") == "DELETED",
        Flag.EDITED: bool(fields.get("updated_date")),
        Flag.REACTED_TO: bool(fields.get("reactions")),
    }
    return tuple(flag for flag, holds in tests.items() if holds)
