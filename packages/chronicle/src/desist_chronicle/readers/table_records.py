"""The records of a table's rows: messages and calls, or a person's own notes where it is a diary."""

from collections.abc import Sequence

from desist_chronicle.readers.record_maker import RecordMaker
from desist_chronicle.readers.table_columns import HEADINGS, Columns
from desist_chronicle.readers.table_times import TableTimes
from desist_chronicle.records import Direction, Flag, Kind, Record

#: values in the column of kinds that are no call, whatever the duration
WRITTEN = ("text", "sms", "mms", "message")
SENT_WORDS = {"outgoing", "sent", "out", "outbound", "made", "mo"}
RECEIVED_WORDS = {"incoming", "received", "in", "inbound", "mt", "missed"}


#: a row in which no column has words
NO_WORDS = dict.fromkeys(HEADINGS, "")
#: what a cell says where nothing was deleted
NOT_DELETED = {"", "no", "false", "intact"}


class TableRecords:
    """Makes the records of one table."""

    def __init__(self, *, make: RecordMaker, columns: Columns, times: TableTimes) -> None:
        self._make = make
        self._columns = columns
        self._times = times

    def of(self, row: Sequence[object], *, place: tuple[int, int], line: int) -> Record:
        """The record of one row."""
        if self._columns.diary:
            return self._entry(row, place=place, line=line)
        when, found, precision = self._times.read(row)
        words = NO_WORDS | {field: self._columns.words(row, field) for field in self._columns.positions}
        direction = _direction(words["direction"])
        sender = words["sender"] or words["sender number"]
        return self._make.record(
            kind=_kind(words),
            when=when,
            found=found,
            sender=sender or (self._make.owner if direction == Direction.SENT else ""),
            recipients=(words["recipient"],) if words["recipient"] not in {"", sender} else (),
            direction=direction if direction != Direction.UNKNOWN else None,
            text=_text(words),
            flags=_flags(words),
            place=place,
            line=line,
            precision=precision,
        )

    def _entry(self, row: Sequence[object], *, place: tuple[int, int], line: int) -> Record:
        """Return a diary's entry: a person's note about another, who did not send it."""
        when, found, precision = self._times.read(row)
        cells = zip(self._columns.diary, row, strict=False)
        dated = {self._columns.positions.get(field) for field in ("time", "date", "clock")}
        told = [
            f"{heading}: {cell}" if heading else str(cell)
            for position, (heading, cell) in enumerate(cells)
            if position not in dated and cell not in (None, "")
        ]
        about = self._columns.words(row, "sender")
        return self._make.record(
            kind=Kind.INCIDENT,
            when=when,
            found=found,
            recipients=(about,) if about else (),
            direction=Direction.UNKNOWN,
            text="\n".join(told),
            place=place,
            line=line,
            precision=precision,
        )


def _text(words: dict[str, str]) -> str:
    """What a row says, with what it answers, the name of its file, and who reacted, in brackets."""
    said, reply, file, reactions = (words[field] for field in ("text", "reply", "attachment", "reactions"))
    if not said and words["duration"]:
        said = f"[call, duration {words['duration']}]"
    if not (reply or file or reactions):
        return said
    before = f"[in reply to: {reply}]" if reply else ""
    after = f"[reactions: {reactions}]" if reactions else ""
    return "\n".join(filter(None, (before, said, f"[{file}]" if file not in said else "", after)))


def _flags(words: dict[str, str]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: words["attachment"],
        Flag.DELETED: words["deleted"].casefold() not in NOT_DELETED,
        Flag.EDITED: words["edited"],
        Flag.REACTED_TO: words["reactions"],
    }
    return tuple(flag for flag, holds in tests.items() if holds)


def _direction(words: str) -> Direction:
    said = words.casefold()
    if said in SENT_WORDS:
        return Direction.SENT
    return Direction.RECEIVED if said in RECEIVED_WORDS else Direction.UNKNOWN


def _kind(words: dict[str, str]) -> Kind:
    said = f"{words['kind']} {words['direction']}".casefold()
    if "missed" in said:
        return Kind.MISSED_CALL
    if "voicemail" in said:
        return Kind.VOICEMAIL
    if "notification" in said:
        return Kind.SYSTEM
    if any(word in said for word in WRITTEN):
        return Kind.MESSAGE
    return Kind.CALL if "call" in said or (words["duration"] and not words["text"]) else Kind.MESSAGE
