"""The archive of a finished exhibit, read from its locked pieces, and the files in it that can be saved alone."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from desist.advocacy.exhibits.keeping import PIECE, UNREADABLE, open_piece
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.exhibits.states import State
from desist.advocacy.vault.cipher import Box

#: last part of a member's path -> the code under which it is saved, and what it is called
OFFERED = {
    "chronology.html": ("page.html", "As one page for a browser (HTML)"),
    "chronology.csv": ("table.csv", "As a table for a spreadsheet (CSV)"),
    "case.jsonld": ("case.jsonld", "For crime systems (CASE, JSON-LD)"),
    "unused-material.csv": ("unused.csv", "The schedule of what is not on it (CSV)"),
}


@dataclass(frozen=True)
class Member:
    """A file in the archive that can be saved alone."""

    code: str
    label: str


class Archive(io.RawIOBase):
    """The archive of a finished exhibit as a file that is read from any place, with few pieces in memory."""

    def __init__(self, row: Exhibit, box: Box) -> None:
        """`row` is finished."""
        self._size, self._at = row.size, 0
        self._piece = lru_cache(maxsize=2)(lambda number: open_piece(box, row, number))

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # it takes these two
        """Read into a buffer; return how many bytes, at most to the end of a piece."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE)
        content = self._piece(number)[start : start + len(buffer)]
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The files that can be saved alone: code and path."""
    for path in sorted(archive.namelist()):
        name = path.rsplit("/", 1)[-1]
        if name.startswith("chronology-") and name.endswith(".pdf"):
            yield name.removeprefix("chronology-"), path
        elif name in OFFERED:
            yield OFFERED[name][0], path


def offered(row: Exhibit, box: Box | None) -> Iterator[Member]:
    """The files in a finished exhibit that can be saved alone; none where its archive cannot be opened."""
    if row.state != State.MADE or box is None:
        return
    labels = dict(OFFERED.values())
    with suppress(*UNREADABLE), zipfile.ZipFile(Archive(row, box)) as archive:
        for code, _ in members(archive):
            volume = code.partition(".")[0].lstrip("0")
            yield Member(code, labels.get(code) or f"To print (PDF), volume {volume}")
