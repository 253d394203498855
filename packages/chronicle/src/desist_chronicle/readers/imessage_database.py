"""An iPhone's or Mac's `chat.db` (`sms.db`): iMessages and SMS.

The tables are described at https://jachimo.github.io/research/imessage-chatdb-reference. Newer systems leave the text
column empty and keep the words in a serialised attributed string.
"""

from collections.abc import Iterator
from sqlite3 import Row

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.sqlite_source import apple_milliseconds, has_table, rows, words
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "iMessage database"
QUERY = """
    SELECT message.ROWID AS number, message.*, handle.id AS handle,
           (SELECT group_concat(other.id, char(10)) FROM chat_message_join
             JOIN chat_handle_join USING (chat_id) JOIN handle AS other ON other.ROWID = chat_handle_join.handle_id
            WHERE chat_message_join.message_id = message.ROWID) AS people
      FROM message LEFT JOIN handle ON handle.ROWID = message.handle_id
     ORDER BY message.ROWID
"""
#: reactions ("tapbacks") and their withdrawals
REACTIONS = range(2000, 4000)
STRING_CLASS = b"NSString"
#: how a serialised string states a length that does not fit its one byte
WIDE_LENGTH = {0x81: 2, 0x82: 4}


def recognises(head: bytes) -> bool:
    """Whether it is a database with a table of this name."""
    return has_table(head, "chat_message_join")


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the order in which the database numbers them."""
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    clock = clock_of(options.zone)

    def record(row: Row) -> Record:
        fields = dict(row)
        moment = apple_milliseconds(fields.get("date"))
        sent = bool(fields.get("is_from_me"))
        handle, people = words(fields.get("handle")), tuple(words(fields.get("people")).split("\n"))
        others = tuple(filter(None, people)) or tuple(filter(None, (handle,)))
        return make.record(
            kind=Kind.SYSTEM if fields.get("item_type") else Kind.MESSAGE,
            when=None if moment is None else clock.at_epoch(moment),
            found=str(fields.get("date")),
            sender=make.owner if sent else handle,
            recipients=others if sent else tuple(filter(None, (make.owner,))),
            direction=Direction.SENT if sent else Direction.RECEIVED,
            text=words(fields.get("text")) or attributed_text(fields.get("attributedBody")),
            flags=_flags(fields),
            line=fields["number"],
        )

    yield from in_lists(map(record, rows(source, ledger, QUERY)))


def _flags(fields: dict[str, object]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: bool(fields.get("cache_has_attachments")),
        Flag.EDITED: bool(fields.get("date_edited")),
        Flag.DELETED: bool(fields.get("date_retracted")),
        Flag.FAILED: bool(fields.get("is_from_me")) and bool(fields.get("error")),
        Flag.REACTION: fields.get("associated_message_type") in REACTIONS,
    }
    return tuple(flag for flag, holds in tests.items() if holds)


def attributed_text(blob: object) -> str:
    """The words in a serialised attributed string; nothing when there are none.

    After the name of the class come five bytes of type, then the length (one byte, or a mark and two or four bytes,
    the lowest first) and the text in UTF-8.
    """
    if not isinstance(blob, bytes) or (place := blob.find(STRING_CLASS)) < 0:
        return ""
    start = place + len(STRING_CLASS) + 5
    length, width = (blob[start] if start < len(blob) else 0), 0
    if length in WIDE_LENGTH:
        width = WIDE_LENGTH[length]
        length = int.from_bytes(blob[start + 1 : start + 1 + width], "little")
    return blob[start + 1 + width : start + 1 + width + length].decode("utf-8", "replace")
