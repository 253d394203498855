"""An iPhone's or Mac's `chat.db` (`sms.db`): iMessages and SMS.

The tables are described at https://jachimo.github.io/research/imessage-chatdb-reference. Newer systems leave the text
column empty and keep the words in a serialised attributed string.
"""

from collections.abc import Iterator, Sequence
from sqlite3 import Row

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.sqlite_source import apple_milliseconds, has_table, listed, rows, words
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "iMessage database"
QUERY = """
    SELECT message.ROWID, {columns}, handle.id,
           (SELECT group_concat(other.id, char(10)) FROM chat_message_join
             JOIN chat_handle_join USING (chat_id) JOIN handle AS other ON other.ROWID = chat_handle_join.handle_id
            WHERE chat_message_join.message_id = message.ROWID)
      FROM message LEFT JOIN handle ON handle.ROWID = message.handle_id
     ORDER BY message.ROWID
"""
#: what is read of a message: words, time, direction, and what its flags come from
COLUMNS = (
    "text", "attributedBody", "date", "is_from_me", "item_type", "cache_has_attachments", "date_edited", "date_retracted",
    "error", "associated_message_type",
)  # fmt: skip
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
        number, text, attributed, date, sent, item, *marks, handle, people = row
        moment = apple_milliseconds(date)
        others = tuple(filter(None, words(people).split("\n"))) or tuple(filter(None, (words(handle),)))
        return make.record(
            kind=Kind.SYSTEM if item else Kind.MESSAGE,
            when=None if moment is None else clock.at_epoch(moment),
            found=str(date),
            sender=make.owner if sent else words(handle),
            recipients=others if sent else owner,
            direction=Direction.SENT if sent else Direction.RECEIVED,
            text=words(text) or attributed_text(attributed),
            flags=_flags(sent, marks) if any(marks) else (),
            line=number,
        )

    owner = tuple(filter(None, (make.owner,)))
    query = QUERY.format(columns=listed(source, "message", COLUMNS))
    yield from in_lists(map(record, rows(source, ledger, query)))


def _flags(sent: object, marks: Sequence[object]) -> tuple[Flag, ...]:
    attachments, edited, retracted, error, kind = marks
    tests = (
        (Flag.ATTACHMENT, attachments),
        (Flag.EDITED, edited),
        (Flag.DELETED, retracted),
        (Flag.FAILED, sent and error),
        # asked of anything but a number, a range compares one by one
        (Flag.REACTION, isinstance(kind, int) and kind in REACTIONS),
    )
    return tuple([flag for flag, holds in tests if holds])


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
