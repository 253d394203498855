"""WhatsApp on an iPhone, from a backup: `ChatStorage.sqlite`, which has seconds and identifiers that exports lack."""

from collections.abc import Iterator
from sqlite3 import Row

from desist.chronicle.ledger import Ledger
from desist.chronicle.local_time import clock_of
from desist.chronicle.options import Options
from desist.chronicle.readers.record_maker import RecordMaker, in_lists
from desist.chronicle.readers.sqlite_source import apple_milliseconds, has_table, rows, words
from desist.chronicle.records import Direction, Flag, Kind, Precision, Record
from desist.chronicle.sources import Source

FORMAT = "WhatsApp database (iPhone)"
QUERY = """
    SELECT ZWAMESSAGE.*, ZWACHATSESSION.ZPARTNERNAME AS partner, ZWACHATSESSION.ZCONTACTJID AS chat,
           ZWAGROUPMEMBER.ZMEMBERJID AS member
      FROM ZWAMESSAGE
      LEFT JOIN ZWACHATSESSION ON ZWACHATSESSION.Z_PK = ZWAMESSAGE.ZCHATSESSION
      LEFT JOIN ZWAGROUPMEMBER ON ZWAGROUPMEMBER.Z_PK = ZWAMESSAGE.ZGROUPMEMBER
     ORDER BY ZWAMESSAGE.Z_PK
"""
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
        to = _number(fields.get("ZTOJID") or fields.get("chat"))
        return make.record(
            kind=_kind(kind),
            when=None if moment is None else clock.at_epoch(moment),
            found=str(fields.get("ZMESSAGEDATE")),
            sender=make.owner if sent else other,
            recipients=tuple(filter(None, (to if sent else make.owner,))),
            direction=Direction.SENT if sent else Direction.RECEIVED,
            text=words(fields.get("ZTEXT")),
            flags=_flags(kind),
            line=fields["Z_PK"],
        )

    yield from in_lists(map(record, rows(source, ledger, QUERY)))


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
