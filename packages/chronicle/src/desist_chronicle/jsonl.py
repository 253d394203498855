"""Records as lines of JSON, and back again: one object a record, its fields in the order of `Record`."""

import json
from datetime import datetime
from typing import Any

from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: for half a character, which JSON can escape and UTF-8 cannot hold
_encode_escaped = json.JSONEncoder(separators=(",", ":")).encode


def to_line(record: Record) -> bytes:
    """One record as one line, without its line break; instants end in Z."""
    fields = record._asdict()
    if record.sent_local is not None:
        fields["sent_local"] = record.sent_local.isoformat()
    if record.sent_utc is not None:
        fields["sent_utc"] = record.sent_utc.isoformat().replace("+00:00", "Z")
    try:
        return _encode(fields).encode()
    except UnicodeEncodeError:
        return _encode_escaped(fields).encode()


def from_line(line: str | bytes) -> Record:
    """The record that a line holds."""
    fields: dict[str, Any] = json.loads(line)
    return Record(
        **{
            **fields,
            "kind": Kind(fields["kind"]),
            "sent_local": _time(fields["sent_local"]),
            "sent_utc": _time(fields["sent_utc"]),
            "precision": Precision(fields["precision"]),
            "recipients": tuple(fields["recipients"]),
            "direction": Direction(fields["direction"]),
            "flags": tuple(map(Flag, fields["flags"])),
        }
    )


def _time(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
