"""WhatsApp on an iPhone, from a backup: `ChatStorage.sqlite`, which has seconds and identifiers that exports lack."""

from collections.abc import Iterator
from sqlite3 import Row

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.sqlite_source import apple_milliseconds, columns_of, has_table, rows, words
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "WhatsApp database (iPhone)"
QUERY = """
    SELECT ZWAMESSAGE.*, ZWACHATSESSION.ZPARTNERNAME AS partner, ZWACHATSESSION.ZCONTACTJID AS chat,
           ZWAGROUPMEMBER.ZMEMBERJID AS member {media}
      FROM ZWAMESSAGE
      LEFT JOIN ZWACHATSESSION ON ZWACHATSESSION.Z_PK = ZWAMESSAGE.ZCHATSESSION
      LEFT JOIN ZWAGROUPMEMBER ON ZWAGROUPMEMBER.Z_PK = ZWAMESSAGE.ZGROUPMEMBER {join}
     ORDER BY ZWAMESSAGE.Z_PK
"""
#: column of a place or a file that was sent -> its name here
MEDIA = {"ZLATITUDE": "latitude", "ZLONGITUDE": "longitude", "ZMEDIALOCALPATH": "file", "ZTITLE": "title"}
JOIN = "LEFT JOIN ZWAMEDIAITEM ON ZWAMEDIAITEM.Z_PK = ZWAMESSAGE.ZMEDIAITEM"
NAMES = "SELECT ZCONTACTJID, ZPARTNERNAME FROM ZWACHATSESSION WHERE ZPARTNERNAME <> '' ORDER BY Z_PK"
PLACE = 5
GROUP_EVENT, SYSTEM_NOTICE, DELETED, STICKER, CALL = 6, 10, 14, 15, 59
ATTACHED = {1, 2, 3, 4, 5, 8, 11, 38}


def recognises(head: bytes) -> bool:
    """Whether it is a database with a table of this name."""
    return has_table(head, "ZWAMESSAGE")


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the order in which the database numbers them."""
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    clock = clock_of(options.zone)

    def record(row: Row) -> Record:
        fields = dict(row)
        moment = apple_milliseconds(fields.get("ZMESSAGEDATE"))
        sent, kind = bool(fields.get("ZISFROMME")), fields.get("ZMESSAGETYPE")
        other = _number(fields.get("member") or fields.get("ZFROMJID") or fields.get("chat"))
        other = other or words(fields.get("partner"))
        to = _number(fields.get("ZTOJID") or fields.get("chat"))
        return make.record(
            kind=_kind(kind),
            when=None if moment is None else clock.at_epoch(moment),
            found=str(fields.get("ZMESSAGEDATE")),
            sender=make.owner if sent else other,
            recipients=tuple(filter(None, (to if sent else make.owner,))),
            direction=Direction.SENT if sent else Direction.RECEIVED,
            text=_text(fields),
            flags=_flags(kind),
            line=fields["Z_PK"],
        )

    names = [
        f"{_number(row['ZCONTACTJID'])} is {row['ZPARTNERNAME']}" for row in rows(source, Ledger(), NAMES)
    ]
    if names:
        ledger.fact("names in the database", "; ".join(names))
    yield from in_lists(map(record, rows(source, ledger, _query(source))))


def _query(source: Source) -> str:
    """Return the query for the database, with the media where it has any."""
    there = [name for name in MEDIA if name in columns_of(source, "ZWAMEDIAITEM")]
    if not there or "ZMEDIAITEM" not in columns_of(source, "ZWAMESSAGE"):
        return QUERY.format(media="", join="")
    listed = "".join(f", ZWAMEDIAITEM.{name} AS {MEDIA[name]}" for name in there)
    return QUERY.format(media=listed, join=JOIN)


def _text(fields: dict[str, object]) -> str:
    """Return the words, the title and name of a file, and the place that was sent."""
    said = [words(fields.get("ZTEXT")) or words(fields.get("title"))]
    if fields.get("ZMESSAGETYPE") == PLACE and fields.get("latitude") is not None:
        said.append(f"[place {fields['latitude']}, {fields.get('longitude')}]")
    if file := words(fields.get("file")):
        said.append(f"[{file.rpartition('/')[2]}]")
    return "\n".join(filter(None, said))


def _number(identifier: object) -> str:
    """The telephone number in an identifier such as 447700900123@s.whatsapp.net; the identifier of a group."""
    name, _, host = words(identifier).partition("@")
    return f"+{name}" if host == "s.whatsapp.net" else words(identifier)


def _kind(kind: object) -> Kind:
    return {GROUP_EVENT: Kind.SYSTEM, SYSTEM_NOTICE: Kind.SYSTEM, CALL: Kind.CALL}.get(kind, Kind.MESSAGE)  # type: ignore[call-overload, no-any-return]  # any key may be asked for


def _flags(kind: object) -> tuple[Flag, ...]:
    if kind in ATTACHED:
        return (Flag.ATTACHMENT,)
    flags = {DELETED: (Flag.DELETED,), STICKER: (Flag.STICKER,)}
    return flags.get(kind, ()) if isinstance(kind, int) else ()
