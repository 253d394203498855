"""The files inside a zip archive, read by their own headers, so that an archive cut short gives what it still holds.

The layout is PKWARE's APPNOTE 6.3.10: before each file stands a header (section 4.3.7); a table of contents stands at
the end, where a broken download has lost it. Sizes that an archive states about itself are never trusted.
"""

import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO

from desist_chronicle.limits import MAXIMUM_EXPANSION, MAXIMUM_MEMBERS

_HEADER = struct.Struct("<4s5H3I2H")
_SIGNATURE = b"PK\x03\x04"
#: the signatures after the last file: table of contents, or records that announce it
_ENDS = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
ENCRYPTED, _SIZES_FOLLOW, _UTF8_NAME = 0x1, 0x8, 0x800
_PIECE = 1 << 16
#: the bytes that may follow a file: a descriptor of at most 24 bytes (sections 4.3.9 and 4.3.9.2)
_LONGEST_DESCRIPTOR = 24
_UNKNOWN = 0xFFFFFFFF


class CutShortError(EOFError):
    """The archive ends inside a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file in an archive: its bytes begin at `start`; `size` (packed) and `checksum` are None where not stated."""

    name: str
    start: int
    size: int | None
    checksum: int | None
    method: int
    encrypted: bool


def listed(path: Path, entry: zipfile.ZipInfo) -> Member:
    """The file that an entry of the table of contents names. Raises `zipfile.BadZipFile` where there is none."""
    with path.open("rb") as archive:
        archive.seek(entry.header_offset)
        found = _member(archive)
    if found is None:
        raise zipfile.BadZipFile("the table of contents names a file that is not there")
    return replace(found, name=entry.filename, size=entry.compress_size, checksum=entry.CRC)


def found_without_contents(path: Path) -> tuple[list[Member], str]:
    """Every file from the first byte on, for an archive without its table of contents; and where that ended, in words."""
    found: list[Member] = []
    size = path.stat().st_size
    with path.open("rb") as archive:
        while len(found) < MAXIMUM_MEMBERS:
            place = archive.tell()
            member = _member(archive)
            if member is None:
                archive.seek(place)
                whole = archive.read(4) in _ENDS
                where = "its table of contents is damaged" if whole else "it is cut short or damaged there"
                return found, f"Reading stopped at byte {place:,}: {where}."
            found.append(member)
            try:
                archive.seek(_end(path, archive, member, size))
            except (CutShortError, zlib.error, zipfile.BadZipFile) as error:
                return found, f"Reading stopped inside {member.name!r}, before byte {size:,}: {error}."
    return found, f"Reading stopped after {MAXIMUM_MEMBERS:,} files."


def _member(archive: BinaryIO) -> Member | None:
    """The file whose header stands here; None where there is no header."""
    head = archive.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_SIGNATURE):
        return None
    _, _, flags, method, _, _, checksum, packed, _, name_size, extra_size = _HEADER.unpack(head)
    name, extra = archive.read(name_size), archive.read(extra_size)
    if len(name) + len(extra) < name_size + extra_size:
        return None
    unstated = flags & _SIZES_FOLLOW or packed == _UNKNOWN
    return Member(
        name=name.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace"),
        start=archive.tell(),
        size=None if unstated else packed,
        checksum=None if unstated else checksum,
        method=method,
        encrypted=bool(flags & ENCRYPTED),
    )


def _end(path: Path, archive: BinaryIO, member: Member, size: int) -> int:
    """Where the header after this file stands; after the file's bytes there may be a descriptor of sizes."""
    end = member.start + member.size if member.size is not None else _unpacked_end(path, member)
    if end > size:
        raise CutShortError("the archive ends inside it")
    archive.seek(end)
    near = archive.read(_LONGEST_DESCRIPTOR + len(_SIGNATURE))
    places = [near.find(mark) for mark in (_SIGNATURE, *_ENDS)]
    return end + min((place for place in places if place >= 0), default=0)


def _unpacked_end(path: Path, member: Member) -> int:
    """Where the bytes of a file end that does not say how many it has: only unpacking shows it."""
    with Unpacked(path, member) as unpacked:
        while unpacked.read(_PIECE):
            pass
        return unpacked.place


class Unpacked(BufferedIOBase):
    """A file's bytes, never more at once than asked for; what can be unpacked comes before the error that ends it."""

    def __init__(self, path: Path, member: Member) -> None:
        super().__init__()
        if member.method not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile(
                "it is packed in a way that is not known; unpack it and read what comes out"
            )
        if member.method == zipfile.ZIP_STORED and member.size is None:
            raise zipfile.BadZipFile("it does not say where it ends")
        self._member = member
        self._archive = path.open("rb")
        self._archive.seek(member.start)
        self._left = member.size
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.method else None
        self._packed = b""
        self._taken = self._given = self._checksum = 0
        self._fault: Exception | None = None

    @property
    def place(self) -> int:
        """The byte of the archive after the last one that was needed."""
        unused = len(self._inflate.unused_data) if self._inflate else 0
        return self._member.start + self._taken - unused

    def close(self) -> None:
        """Close the archive too."""
        self._archive.close()
        super().close()

    def read(self, size: int | None = -1, /) -> bytes:
        """As many bytes as asked for, fewer before the end; an error is raised after the bytes before it."""
        wanted = _PIECE if size is None or size < 0 else size
        found = bytearray()
        while self._fault is None and len(found) < wanted and not self._is_finished():
            try:
                found += self._more(wanted - len(found))
            except (EOFError, zlib.error, zipfile.BadZipFile) as error:
                self._fault = error
        self._check(found)
        if self._fault and not found:
            raise self._fault
        return bytes(found)

    def _check(self, found: bytearray) -> None:
        self._checksum = zlib.crc32(found, self._checksum)
        self._given += len(found)
        if self._given > MAXIMUM_EXPANSION * max(self._taken, _PIECE):
            self._fault = zipfile.BadZipFile(
                f"it unpacks to more than {MAXIMUM_EXPANSION} times its size, as a zip bomb does"
            )
        elif self._is_finished() and self._member.checksum not in {None, self._checksum}:
            self._fault = self._fault or zipfile.BadZipFile("its checksum shows that it was altered")

    def _is_finished(self) -> bool:
        return self._inflate.eof if self._inflate else self._left == 0

    def _more(self, most: int) -> bytes:
        if self._inflate is None:
            return self._next(most)
        packed = self._packed or self._next(_PIECE)
        before = self._inflate.copy()
        try:
            found = self._inflate.decompress(packed, most)
        except zlib.error as error:
            self._fault = error
            return _until_damage(before, packed)
        self._packed = self._inflate.unconsumed_tail
        return found

    def _next(self, most: int) -> bytes:
        piece = self._archive.read(most if self._left is None else min(most, self._left))
        if not piece:
            raise CutShortError("the archive ends inside it")
        self._taken += len(piece)
        if self._left is not None:
            self._left -= len(piece)
        return piece


def _until_damage(inflate: "zlib._Decompress", packed: bytes) -> bytes:
    """Return the bytes that come out before the damaged one."""
    found = b""
    with suppress(zlib.error):
        for number in range(len(packed)):  # pragma: no branch  # the damage is in these bytes
            found += inflate.decompress(packed[number : number + 1])
    return found
