"""Direct messages in TikTok's data (`user_data.json`, `user_data_tiktok.json`)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, in_utc, records_of, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Precision, Record
from desist_chronicle.sources import Source

FORMAT = "TikTok direct messages (JSON)"
#: names of lists that only TikTok's data have: the messages may stand far behind them
LISTS = re.compile(
    rb'(?<!\\)"(?:Chat History with [^"]*|ChatHistory|FavoriteEffectsList|FavoriteVideoList)"\s*:'
)
#: a conversation by TikTok's name for it; and any list whose first object names a sender, whatever it is called
LIST = re.compile(
    r'(?<!\\)"(?:(Chat History with (?:[^"\\]|\\.)*)"\s*:\s*\[|'
    r'((?:[^"\\]|\\.)*)"\s*:\s*\[(?=\s*\{[^{}]{0,400}?(?<!\\)"From"\s*:))'
)
WITH = "Chat History with "
KNOWN = {"Date", "From", "Content"}
ADVICE = "Ask TikTok for the data as JSON once more, with direct messages among them, or make a table (CSV) of them."


def recognises(head: bytes) -> bool:
    """Whether the JSON has lists that only TikTok's data have."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and LISTS.search(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the file's order, conversation by conversation."""
    ledger.note(
        "TikTok writes times without a zone; they are read as UTC. Compare one message whose time is known from elsewhere."
    )
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
    """The records of one account's conversations."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)

    def record(self, found: Found) -> Record | None:
        """The record of one entry; None where it is none of TikTok's messages."""
        fields = found.fields
        if not {"Date", "From"} <= fields.keys():
            return None
        written, sender, room = words(fields.get("Date")), words(fields.get("From")), _room(found.key)
        return self.make.record(
            when=in_utc(self._clock, written),
            found=written,
            sender=sender,
            recipients=(room,) if room not in {"", sender} else (),
            text="\n".join(filter(None, (words(fields.get("Content")), _more(fields)))),
            place=found.place,
        )


def _room(key: str) -> str:
    """The person or group that the list's name names."""
    try:
        name = words(json.loads(f'"{key}"'))
    except ValueError:
        name = key
    return name.removeprefix(WITH).removesuffix(":")


def _more(fields: dict[str, Any]) -> str:
    """What an entry holds beside its words, under TikTok's names."""
    shown = [
        f"{name}: {words(value)}" for name, value in fields.items() if name not in KNOWN and words(value)
    ]
    return f"[{', '.join(shown)}]" if shown else ""
