"""One mail as Outlook saves it (.msg): properties as [MS-OXMSG] lays them out in a compound file, which olefile opens."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import olefile

from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR, Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.encodings import windows_1252
from desist_chronicle.readers.mail_text import without_markup
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Outlook mail (.msg)"
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROPERTIES = "__properties_version1.0"
#: the stream of properties begins with so many bytes in a mail, and has entries of so many
HEADER_BYTES, ENTRY_BYTES = 32, 16
#: properties by their numbers in [MS-OXPROPS]
SUBJECT, BODY, HTML, RTF = "0037", "1000", "1013", "1009"
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = "0C1A", "0C1F", "5D01"
NAME, ADDRESS, SMTP = "3001", "3003", "39FE"
LONG_FILE, FILE = "3707", "3704"
SUBMITTED, DELIVERED = 0x00390040, 0x0E060040
MESSAGE_FLAGS, UNSENT = 0x0E070003, 0x8
#: Windows counts hundreds of nanoseconds since then
WINDOWS_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)


def described(source: Source, head: bytes) -> bytes:
    """Return the beginning of a source; for a compound file, its first bytes and the names of its streams."""
    if not head.startswith(MAGIC):
        return head
    with _opened(source, Ledger()) as container:
        names = ["/".join(one) for one in container.listdir()]
    return MAGIC + "\n".join(("", *names, "")).encode("utf-8", "replace")


def _opened(source: Source, ledger: Ledger) -> olefile.OleFileIO:
    with source.open(ledger) as stream:
        data = b"".join(iter(stream.read, b""))
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
        # a ring of folders is found here, and not later
        container.listdir(streams=True, storages=True)
    except Exception as error:
        raise RefusedSourceError(
            f"{source.name} is an Outlook mail or older office document that could not be opened ({error}). Ask for it "
            "again, or save the mail as .eml and read that."
        ) from error
    return container


def recognises(head: bytes) -> bool:
    """Whether it is a compound file with the properties of a mail."""
    return head.startswith(MAGIC) and f"\n{PROPERTIES}\n".encode() in head


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The one mail."""
    make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
    names = OtherNames()
    with _opened(source, ledger) as container:
        mail = _Mail(container, ledger)
        yield [mail.record(make, clock_of(options.zone), names)]
        if container.parsing_issues:
            said = "; ".join(dict.fromkeys(str(words) for _, words in container.parsing_issues))
            ledger.stop(
                f"{source.name} is damaged ({said}). What it still holds is kept. Ask for the mail again, as .eml."
            )
    names.tell(ledger)


class _Mail:
    """The properties of one mail, its recipients and its attachments."""

    def __init__(self, container: olefile.OleFileIO, ledger: Ledger) -> None:
        self._container = container
        self._ledger = ledger
        self._numbers = self._fixed()

    def record(self, make: RecordMaker, clock: LocalClock, names: OtherNames) -> Record:
        """The mail as a record; its words are the plain ones where it has them."""
        when = self._when(clock, SUBMITTED) or self._when(clock, DELIVERED)
        address = self._text(SENDER_SMTP) or self._text(SENDER_ADDRESS)
        if "@" not in address:
            # inside a firm Outlook keeps the place in its directory and not the address
            address = self._text(SENDER_NAME) or address
        names.add(address, self._text(SENDER_NAME))
        files = [
            self._text(LONG_FILE, one) or self._text(FILE, one) or "file"
            for one in self._boxes("__attach_version1.0_")
        ]
        return make.record(
            kind=Kind.EMAIL,
            when=when,
            found=when.utc.isoformat() if when else "",
            sender=address,
            recipients=self._recipients(names),
            text="\n\n".join(
                filter(None, (self._text(SUBJECT), self._words(), f"[{', '.join(files)}]" if files else ""))
            ),
            flags=self._flags(bool(files)),
        )

    def _fixed(self) -> dict[int, bytes]:
        """The properties that are numbers and times, by kind and number."""
        data = self._bytes(PROPERTIES)
        found = {}
        for at in range(HEADER_BYTES, len(data) - ENTRY_BYTES + 1, ENTRY_BYTES):
            entry = data[at : at + ENTRY_BYTES]
            found[int.from_bytes(entry[:4], "little")] = entry[8:]
        return found

    def _flags(self, files: bool) -> tuple[Flag, ...]:  # noqa: FBT001  a test of its own
        marks = int.from_bytes(self._numbers.get(MESSAGE_FLAGS, b"")[:4], "little")
        tests = {Flag.ATTACHMENT: files, Flag.DRAFT: bool(marks & UNSENT)}
        return tuple(flag for flag, holds in tests.items() if holds)

    def _when(self, clock: LocalClock, name: int) -> Instant | None:
        ticks = int.from_bytes(self._numbers.get(name, b""), "little")
        try:
            utc = WINDOWS_EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None
        return clock.at(utc) if FIRST_YEAR < utc.year <= LAST_YEAR else None

    def _recipients(self, names: OtherNames) -> tuple[str, ...]:
        found = []
        for one in self._boxes("__recip_version1.0_"):
            name, address = self._text(NAME, one), self._text(SMTP, one) or self._text(ADDRESS, one)
            known = address if "@" in address else name or address
            names.add(known, name)
            found.append(known)
        return tuple(dict.fromkeys(filter(None, found)))

    def _boxes(self, begins: str) -> list[str]:
        """The folders of the recipients or of the attachments, in order."""
        listed = self._container.listdir(streams=False, storages=True)
        return sorted(one[0] for one in listed if len(one) == 1 and one[0].startswith(begins))

    def _words(self) -> str:
        plain = self._text(BODY).replace("\r\n", "\n").strip()
        if plain:
            return plain
        if page := self._bytes(f"__substg1.0_{HTML}0102"):
            return without_markup(_decoded(page))
        if self._container.exists(f"__substg1.0_{RTF}0102"):
            self._ledger.stop(
                "The words of this mail are only in packed RTF, which is not read. Save it as .eml and read that."
            )
        return ""

    def _text(self, name: str, box: str = "") -> str:
        """A property of words, in either of the two forms; "" where there is none."""
        place = f"{box}/" if box else ""
        wide = self._bytes(f"{place}__substg1.0_{name}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        return _decoded(self._bytes(f"{place}__substg1.0_{name}001E")).rstrip("\x00")

    def _bytes(self, place: str) -> bytes:
        if not self._container.exists(place):
            return b""
        try:
            with self._container.openstream(place) as stream:
                return bytes(stream.read(MAXIMUM_RECORD_BYTES))
        except Exception as error:  # noqa: BLE001  olefile raises whatever a damaged file makes it meet
            self._ledger.stop(
                f"{place} could not be read: the mail is damaged there ({error}). What else it holds is kept."
            )
            return b""


def _decoded(data: bytes) -> str:
    """Bytes as UTF-8, and as Windows-1252 where they are none."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return windows_1252(data)
