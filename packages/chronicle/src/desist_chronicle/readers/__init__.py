"""The readers, one module a format, asked in this order whether they recognise a source."""

import importlib
from collections.abc import Iterator
from typing import Protocol, cast

from desist_chronicle.ledger import Ledger
from desist_chronicle.options import Options
from desist_chronicle.records import Batch
from desist_chronicle.sources import Source


class Reader(Protocol):
    """What a module in this package provides; `docs/methods/reading.md` shows how to write one."""

    #: the format in words, as the summary prints it
    FORMAT: str

    def recognises(self, head: bytes) -> bool:
        """Whether a source that begins with these bytes (at most 64 KiB) is of this format."""

    def read(self, *, source: Source, options: Options, ledger: Ledger) -> Iterator[Batch]:
        """The records in source order, in batches of any length; everything else goes to the ledger.

        Raises only `ChronicleError`. Damage is told to the ledger with `stop` and ends the records.
        """


#: binary and marked-up formats first: a reader recognises them with certainty
MODULES = (
    "imessage_database",
    "whatsapp_database",
    "kik_database",
    "outlook_msg",
    "spreadsheet",
    "sms_backup",
    "cellebrite_xml",
    "telegram_html",
    "imessage_html",
    "google_voice",
    "case_uco",
    "google_places",
    "telegram_json",
    "meta_json",
    "x_account",
    "x_archive",
    "tiktok_json",
    "snapchat_json",
    "google_chat",
    "hangouts",
    "discord_exporter",
    "discord_package",
    "signal_messages",
    "signal_lines",
    "meta_html",
    "mailbox",
    "imessage_text",
    "chat_text",
    "delimited",
)


def reader_for(head: bytes) -> Reader | None:
    """Return the first reader that recognises a source with this beginning."""
    for name in MODULES:
        reader = cast("Reader", importlib.import_module(f"desist_chronicle.readers.{name}"))
        if reader.recognises(head):
            return reader
    return None
