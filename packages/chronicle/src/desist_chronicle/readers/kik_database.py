"""Kik's databases of a telephone: `kik.sqlite` of an iPhone, `kikDatabase.db` of an Android phone."""

from collections.abc import Iterator
from sqlite3 import Row
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import Instant, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import whole_number
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.sqlite_source import apple_milliseconds, columns_of, has_table, rows, words
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Kik database"
#: the queries give each message as number, time, whether it was sent, the other's name, shown name, words, notice, file, group
IPHONE = """
    SELECT m.Z_PK AS number, m.ZRECEIVEDTIMESTAMP AS moment, m.ZTYPE AS kind, u.ZUSERNAME AS who,
           u.ZDISPLAYNAME AS shown, m.ZBODY AS said, NULL AS notice, {files} AS file, NULL AS room
      FROM ZKIKMESSAGE AS m LEFT JOIN ZKIKUSER AS u ON u.Z_PK = m.ZUSER
     ORDER BY m.Z_PK
"""
FILES = "(SELECT GROUP_CONCAT(a.ZCONTENT, ', ') FROM ZKIKATTACHMENT AS a WHERE a.ZMESSAGE = m.Z_PK)"
ANDROID = """
    SELECT m.rowid AS number, m.timestamp AS moment, m.was_me AS kind, m.partner_jid AS who,
           c.display_name AS shown, m.body AS said, COALESCE(m.sys_msg, m.stat_msg) AS notice, m.content_id AS file, {room} AS room
      FROM messagesTable AS m LEFT JOIN KIKcontactsTable AS c ON c.jid = m.partner_jid
     GROUP BY m.rowid ORDER BY m.rowid
"""
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
#: the kind of an iPhone's message -> its direction: received, sent, in a group; any other is a notice
IPHONE_DIRECTIONS = {1: Direction.RECEIVED, 2: Direction.SENT, 4: Direction.RECEIVED}


def recognises(head: bytes) -> bool:
    """Whether it is a database with Kik's tables."""
    return _is_iphone(head) or (has_table(head, "messagesTable") and has_table(head, "KIKcontactsTable"))


def _is_iphone(head: bytes) -> bool:
    return has_table(head, "ZKIKMESSAGE") and has_table(head, "ZKIKUSER")


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in the order in which the database numbers them."""
    kik = _Kik(source, options)
    tables = {words(row["name"]) for row in rows(source, Ledger(), TABLES)}
    iphone = "ZKIKMESSAGE" in tables
    files = FILES if "ZKIKATTACHMENT" in tables else "NULL"
    room = "m.bin_id" if "bin_id" in columns_of(source, "messagesTable") else "NULL"
    query = IPHONE.format(files=files) if iphone else ANDROID.format(room=room)
    found = rows(source, ledger, query)
    yield from in_lists(kik.record(row, iphone=iphone) for row in found)
    kik.names.tell(ledger)


class _Kik:
    """The records of one account."""

    def __init__(self, source: Source, options: Options) -> None:
        self._make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self.names = OtherNames()

    def record(self, row: Row, *, iphone: bool) -> Record:
        """The record of one message."""
        fields = dict(row)
        who = _user(words(fields["who"]))
        self.names.add(who, words(fields["shown"]))
        direction = _direction(fields["kind"], iphone=iphone)
        sent = direction is Direction.SENT
        notice, file = words(fields["notice"]), words(fields["file"])
        is_notice = bool(notice) or (iphone and direction is Direction.UNKNOWN)
        room = _user(words(fields["room"]))
        others = (room,) if room not in {"", who} else (who if sent else self._make.owner,)
        return self._make.record(
            kind=Kind.SYSTEM if is_notice else Kind.MESSAGE,
            when=self._when(fields["moment"], iphone=iphone),
            found=words(fields["moment"]),
            sender="" if is_notice else (self._make.owner if sent else who),
            recipients=tuple(filter(None, others)),
            direction=Direction.UNKNOWN if is_notice else direction,
            text="\n".join(filter(None, (words(fields["said"]), notice, f"[{file}]" if file else ""))),
            flags=(Flag.ATTACHMENT,) if file else (),
            line=fields["number"],
        )

    def _when(self, value: Any, *, iphone: bool) -> Instant | None:  # noqa: ANN401  a database holds anything
        moment = apple_milliseconds(value) if iphone else whole_number(value)
        return None if moment is None else self._clock.at_epoch(moment)


def _user(identifier: str) -> str:
    """The user's name in an identifier such as bob_x1y@talk.kik.com; the identifier of a group."""
    name, _, host = identifier.partition("@")
    return name.rpartition("_")[0] or name if host == "talk.kik.com" else identifier


def _direction(kind: object, *, iphone: bool) -> Direction:
    if iphone:
        return IPHONE_DIRECTIONS.get(kind, Direction.UNKNOWN) if isinstance(kind, int) else Direction.UNKNOWN
    return Direction.SENT if kind == 1 else Direction.RECEIVED
