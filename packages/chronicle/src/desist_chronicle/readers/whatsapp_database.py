"""WhatsApp on an iPhone, from a backup: `ChatStorage.sqlite`, which has seconds and identifiers that exports lack."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from sqlite3 import Row

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.sqlite_source import (
    apple_milliseconds,
    columns_of,
    has_table,
    listed,
    rows,
    words,
)
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "WhatsApp database (iPhone)"
QUERY = """
    SELECT {message}, {media}, chat.ZPARTNERNAME, chat.ZCONTACTJID, member.ZMEMBERJID
      FROM ZWAMESSAGE
      LEFT JOIN ZWACHATSESSION AS chat ON chat.Z_PK = ZWAMESSAGE.ZCHATSESSION
      LEFT JOIN ZWAGROUPMEMBER AS member ON member.Z_PK = ZWAMESSAGE.ZGROUPMEMBER {join}
     ORDER BY ZWAMESSAGE.Z_PK
"""
MESSAGE = ("Z_PK", "ZTEXT", "ZMESSAGEDATE", "ZISFROMME", "ZFROMJID", "ZTOJID", "ZMESSAGETYPE")
#: a place or a file that was sent
MEDIA = ("ZTITLE", "ZMEDIALOCALPATH", "ZLATITUDE", "ZLONGITUDE")
JOIN = "LEFT JOIN ZWAMEDIAITEM ON ZWAMEDIAITEM.Z_PK = ZWAMESSAGE.ZMEDIAITEM"
NAMES = "SELECT ZCONTACTJID, ZPARTNERNAME FROM ZWACHATSESSION WHERE ZPARTNERNAME <> '' ORDER BY Z_PK"
PLACE = 5
GROUP_EVENT, SYSTEM_NOTICE, DELETED, STICKER, CALL = 6, 10, 14, 15, 59
ATTACHED = {1, 2, 3, 4, 5, 8, 11, 38}
KINDS: dict[object, Kind] = {GROUP_EVENT: Kind.SYSTEM, SYSTEM_NOTICE: Kind.SYSTEM, CALL: Kind.CALL}
FLAGS: dict[object, tuple[Flag, ...]] = {
    **dict.fromkeys(ATTACHED, (Flag.ATTACHMENT,)),
    DELETED: (Flag.DELETED,),
    STICKER: (Flag.STICKER,),
}


def recognises(head: bytes) -> bool:
    """Whether it is a database with a table of this name."""
    return has_table(head, "ZWAMESSAGE")


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the order in which the database numbers them."""
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    clock = clock_of(options.zone)

    def record(row: Row) -> Record:
        number, text, date, sent, sender, receiver, kind, *media, partner, chat, member = row
        moment = apple_milliseconds(date)
        to = _number(receiver or chat) if sent else make.owner
        return make.record(
            kind=KINDS.get(kind, Kind.MESSAGE),
            when=None if moment is None else clock.at_epoch(moment),
            found=str(date),
            sender=make.owner if sent else _number(member or sender or chat) or words(partner),
            recipients=(to,) if to else (),
            direction=Direction.SENT if sent else Direction.RECEIVED,
            text=_text(kind, text, media) if any(media) or kind == PLACE else words(text),
            flags=FLAGS.get(kind, ()),
            line=number,
        )

    names = [
        f"{_number(row['ZCONTACTJID'])} is {row['ZPARTNERNAME']}" for row in rows(source, Ledger(), NAMES)
    ]
    if names:
        ledger.fact("names in the database", "; ".join(names))
    yield from in_lists(map(record, rows(source, ledger, _query(source))))


def _query(source: Source) -> str:
    """Return the query for the database, with the media where it has any."""
    joined = columns_of(source, "ZWAMEDIAITEM") and "ZMEDIAITEM" in columns_of(source, "ZWAMESSAGE")
    return QUERY.format(
        message=listed(source, "ZWAMESSAGE", MESSAGE),
        media=listed(source, "ZWAMEDIAITEM", MEDIA) if joined else ", ".join(["NULL"] * len(MEDIA)),
        join=JOIN if joined else "",
    )


def _text(kind: object, text: object, media: Sequence[object]) -> str:
    """Return the words, the title and name of a file, and the place that was sent."""
    title, file, latitude, longitude = media
    said = [words(text) or words(title)]
    if kind == PLACE and latitude is not None:
        said.append(f"[place {latitude}, {longitude}]")
    if file:
        said.append(f"[{words(file).rpartition('/')[2]}]")
    return "\n".join(filter(None, said))


@lru_cache(maxsize=4096)
def _number(identifier: object) -> str:
    """The telephone number in an identifier such as 447700900123@s.whatsapp.net; the identifier of a group."""
    name, _, host = words(identifier).partition("@")
    return f"+{name}" if host == "s.whatsapp.net" else words(identifier)
