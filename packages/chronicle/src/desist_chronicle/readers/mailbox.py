"""E-mail: a mailbox (mbox) or one message (.eml), read with the standard library's quick policy.

Every byte of a mailbox belongs to one message: from its "From " line to the next one after an empty line.
"""

import re
from collections.abc import Iterator
from datetime import UTC
from email.errors import MissingHeaderBodySeparatorDefect
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime

from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.encodings import windows_1252
from desist_chronicle.readers.mail_text import contents_of, decoded
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source, Stream

FORMAT = "e-mail"
PIECE_BYTES = 1 << 18
FROM_LINE = re.compile(rb"\n\r?\nFrom (?=[^\n]*[0-9]{2}:[0-9]{2})")
MBOX = re.compile(rb"From [^\n]*[0-9]{2}:[0-9]{2}")
HEADER = re.compile(rb"[!-9;-~]+:")
END_OF_HEADERS = re.compile(rb"\n\r?\n")
#: a line among the headers that is not one: mail programs and scanners leave such lines
NO_HEADER = re.compile(rb"^(?![!-9;-~]+:|[ \t])(?=[^\r\n])", re.M)
MAIL_HEADERS = re.compile(
    rb"^(?:From|Received|Return-Path|Message-ID|Date|MIME-Version|Subject|To):", re.I | re.M
)
#: an address; no space, sign of punctuation or quotation mark is in one
ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")
#: an instant without a place (RFC 5322, 3.3): UTC, and not the clock of any zone
NOWHERE = re.compile(r"-0000\b")


class _AsWritten(Compat32):
    """The standard library's quick policy, with headers as they stand: bytes beyond ASCII are not thrown away."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  the library calls it so
        """A header's value: bytes beyond ASCII as UTF-8, or as Windows-1252 where they are none."""
        if value.isascii():
            return value
        data = value.encode("utf-8", "surrogateescape")
        try:
            return data.decode()
        except UnicodeDecodeError:
            return windows_1252(data)


_parser = BytesParser(policy=_AsWritten())


def recognises(head: bytes) -> bool:
    """Return whether it begins like a mailbox, or with headers that only mail has."""
    if MBOX.match(head):
        return True
    block = END_OF_HEADERS.split(head.lstrip(b"\r\n"), 1)[0]
    named = {found.lower() for found in MAIL_HEADERS.findall(block)}
    return HEADER.match(block) is not None and len(named) >= 2


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages in file order, with subject, text and the names of attachments."""
    ledger.accountable_bytes = source.size
    yield from in_lists(_records(source, options, ledger))


def _records(source: Source, options: Options, ledger: Ledger) -> Iterator[Record]:
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    clock = clock_of(options.zone)
    names = OtherNames()
    line = 1
    with source.open(ledger) as stream:
        pieces = split(stream) if MBOX.match(source.head()) else _whole(stream)
        place = 0
        for raw in pieces:
            yield _kept(
                *(raw, names),
                make=make,
                clock=clock,
                ledger=ledger,
                place=(place, place + len(raw)),
                line=line,
            )
            place += len(raw)
            line += raw.count(b"\n")
        ledger.accountable_bytes = stream.size
    names.tell(ledger)


def split(stream: Stream) -> Iterator[bytes]:
    """The messages of a mailbox, each with its "From " line and the empty lines after it."""
    buffer = b""
    while piece := stream.read(PIECE_BYTES):
        searched = max(len(buffer) - 512, 0)
        buffer += piece
        start = 0
        for found in FROM_LINE.finditer(buffer, searched):
            cut = found.end() - len("From ")
            yield buffer[start:cut]
            start = cut
        buffer = buffer[start:]
        while len(buffer) > MAXIMUM_RECORD_BYTES * 4:
            yield buffer[: MAXIMUM_RECORD_BYTES * 4]
            buffer = buffer[MAXIMUM_RECORD_BYTES * 4 :]
    yield buffer


def _whole(stream: Stream) -> Iterator[bytes]:
    yield b"".join(iter(lambda: stream.read(PIECE_BYTES), b""))


def _kept(
    raw: bytes,
    names: OtherNames,
    *,
    make: RecordMaker,
    clock: LocalClock,
    ledger: Ledger,
    place: tuple[int, int],
    line: int,
) -> Record:
    """The record of a mail; an unread one where the mail is too damaged for the standard library."""
    made = make.made
    try:
        return _record(raw, names, make=make, clock=clock, ledger=ledger, place=place, line=line)
    except Exception:  # noqa: BLE001  the library raises what its many decoders raise
        make.made = made
        return make.unread(place=place, line=line)


def _record(
    raw: bytes,
    names: OtherNames,
    *,
    make: RecordMaker,
    clock: LocalClock,
    ledger: Ledger,
    place: tuple[int, int],
    line: int,
) -> Record:
    if raw.startswith(b"From "):
        # The "From " line and the empty line before the next one are the mailbox's, not the mail's.
        raw = raw.partition(b"\n")[2]
        raw = raw[:-1] if raw.endswith((b"\n\n", b"\n\r\n")) else raw
    mail = _parsed(raw.lstrip(b"\r\n"))
    text, damaged, attached = contents_of(mail)
    found, received = _words(mail, "date"), _words(mail, "received").rpartition(";")[2].strip()
    when = _when(clock, found)
    if when is None and (when := _when(clock, received)):
        ledger.note("Mails without a readable Date have the time at which the last server received them.")
        found = received
    senders = _people(mail, "from")
    _keep_names(mail, names)
    flags = {Flag.ATTACHMENT: bool(attached), Flag.MALFORMED: damaged or bool(mail.defects)}
    parts = (_words(mail, "subject"), text, f"[{', '.join(attached)}]" if attached else "")
    return make.record(
        kind=Kind.EMAIL,
        when=when,
        found=found,
        sender=senders[0] if senders else "",
        recipients=(*_people(mail, "to"), *_people(mail, "cc"), *_people(mail, "bcc")),
        text="\n\n".join(filter(None, parts)),
        flags=tuple(flag for flag, holds in flags.items() if holds),
        place=place,
        line=line,
    )


def _parsed(raw: bytes) -> Message:
    """Return the mail; a line among its headers that is not one becomes one, or all after it would become text."""
    mail = _parser.parsebytes(raw)
    if not any(isinstance(defect, MissingHeaderBodySeparatorDefect) for defect in mail.defects):
        return mail
    end = END_OF_HEADERS.search(raw)
    headers, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    healed = _parser.parsebytes(NO_HEADER.sub(b"X-Unreadable: ", headers) + rest)
    healed.defects += mail.defects
    return healed


def _words(mail: Message, name: str) -> str:
    """A header on one line, its encoded words decoded."""
    return " ".join(decoded(str(mail.get(name, ""))).split())


def _people(mail: Message, name: str) -> tuple[str, ...]:
    """The addresses in a header; where the library joins two to one that does not exist, each as it stands."""
    written = [str(one) for one in mail.get_all(name, [])]
    found = [address for _, address in getaddresses(written) if address]
    plain = ADDRESS.findall(" ".join(written))
    made_up = any("@" in address and address not in plain for address in found)
    return tuple(plain if made_up or (plain and not found) else found)


def _keep_names(mail: Message, names: OtherNames) -> None:
    """Keep the name that a header writes beside an address, encoded words decoded."""
    for header in ("from", "to", "cc", "bcc"):
        written = [str(one) for one in mail.get_all(header, [])]
        plain = ADDRESS.findall(" ".join(written))
        for name, address in getaddresses(written):
            if address in plain:
                names.add(address, " ".join(decoded(name).split()))


def _when(clock: LocalClock, found: str) -> Instant | None:
    """The instant that the header states; without an offset, the wall clock of the assumed zone."""
    try:
        stated = parsedate_to_datetime(found)
        if stated.tzinfo is None and NOWHERE.search(found):
            stated = stated.replace(tzinfo=UTC)
        when = clock.instant(stated) if stated.tzinfo is None else clock.at(stated.astimezone(UTC))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return when if FIRST_YEAR <= when.utc.year <= LAST_YEAR else None
