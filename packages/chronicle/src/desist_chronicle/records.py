"""One record of a source: a message, a call, a system line, or bytes that could not be read."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Kind(StrEnum):
    """The kind of a record."""

    MESSAGE = "message"
    EMAIL = "email"
    CALL = "call"
    MISSED_CALL = "missed_call"
    VOICEMAIL = "voicemail"
    SYSTEM = "system"
    #: more of the record before it, which was too long to hold as one
    CONTINUATION = "continuation"
    UNREAD = "unread"
    #: a person's own note of an event, as in a diary, which has no sender
    INCIDENT = "incident"
    #: a table's row of headings
    HEADING = "heading"
    #: a place that a telephone reported, which nobody sent
    LOCATION = "location"


class Precision(StrEnum):
    """The finest step the source states; order inside a step is not known across sources."""

    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """The direction, seen from the owner of the phone or account of the export."""

    SENT = "sent"
    RECEIVED = "received"
    UNKNOWN = "unknown"


class Flag(StrEnum):
    """A warning that a person needs before relying on a record."""

    EDITED = "edited"
    DELETED = "deleted"
    MEDIA_OMITTED = "media_omitted"
    ATTACHMENT = "attachment"
    STICKER = "sticker"
    REACTION = "reaction"
    DRAFT = "draft"
    FAILED = "failed"
    #: waits to be sent: not a contact yet
    QUEUED = "queued"
    REJECTED = "rejected"
    #: a line inside the text looks like another message's header; it was not split
    QUOTED_HEADER = "quoted_header"
    #: its own header may have been typed by the sender of the record before
    POSSIBLY_FORGED = "possibly_forged_header"
    #: earlier than the record before it in the same source
    TIME_BACKWARDS = "time_backwards"
    #: the clock passed this time twice, and which pass it was is not stated
    CLOCK_FOLD = "clock_change_fold"
    #: the clock never showed this time in the assumed zone
    CLOCK_GAP = "clock_change_gap"
    TIME_UNREADABLE = "time_unreadable"
    SENDER_AMBIGUOUS = "sender_ambiguous"
    MOJIBAKE_REPAIRED = "mojibake_repaired"
    SURROGATE_REPAIRED = "surrogate_repaired"
    MALFORMED = "malformed"
    #: reading stopped inside this record
    PARTIAL = "partial"
    #: a person reacted to this message; its text names them and the reaction
    REACTED_TO = "reacted_to"
    #: the source writes "null", which is read as a missed call
    NULL_AS_CALL = "null_taken_for_a_call"


class Record(NamedTuple):
    """One thing a source holds, in source order.

    A named tuple and not a dataclass: a million are made in a read, and a frozen dataclass takes six
    times as long to make. `byte_start` and `byte_end` are the record's bytes in the source (for a
    compressed source, in its unpacked member), -1 where the format has no byte order (databases,
    spreadsheets). `line` counts from 1 (row number for tables, 0 where there are no lines).
    `sent_local` is the wall clock of the assumed zone, without zone; `sent_utc` is aware, in UTC.
    """

    source: str
    seq: int
    byte_start: int
    byte_end: int
    line: int
    kind: Kind
    sent_local: datetime | None
    sent_utc: datetime | None
    precision: Precision
    sender: str
    recipients: tuple[str, ...]
    direction: Direction
    text: str
    flags: tuple[Flag, ...]
    #: the time exactly as the source writes it
    sent_found: str


class Batch(Protocol):
    """Records of one source that follow one another: a list of them, or columns that make them when asked."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Record]: ...
