"""Files, folders and zip archives as sources of bytes, each bounded and none trusted."""

import hashlib
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from desist_chronicle import zip_members
from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import (
    MAXIMUM_EXPANSION,
    MAXIMUM_MEMBERS,
    MAXIMUM_PACKAGE_BYTES,
    MAXIMUM_SOURCE_BYTES,
)

#: the size of the beginning that shows the kind of a source
HEAD_BYTES = 1 << 16
PIECE = 1 << 20
#: how the journal of a database begins from which something must still be rolled back
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


class Stream:
    """A source's bytes: counted, bounded; damage ends it with a note instead of an exception."""

    def __init__(self, raw: BinaryIO, ledger: Ledger, limit: int) -> None:
        self._raw = raw
        self._ledger = ledger
        self._limit = limit
        self.size = 0

    def read(self, size: int = PIECE) -> bytes:
        """The next bytes, empty at the end; never more than `size`."""
        try:
            piece = self._raw.read(min(size, self._limit - self.size + 1))
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            self._ledger.stop(f"Reading stopped at byte {self.size:,}: the file is damaged there ({error}).")
            return b""
        if self.size + len(piece) > self._limit:
            self._ledger.stop(
                f"Reading stopped at byte {self._limit:,}: the source is larger than it may be."
            )
            piece = piece[: self._limit - self.size]
        self.size += len(piece)
        return piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to read: a file, or a file inside a zip archive. `name` is how records refer to it."""

    name: str
    size: int
    limit: int
    opener: Callable[[], BinaryIO] = field(repr=False)
    path: Path | None = None

    @contextmanager
    def open(self, ledger: Ledger) -> Iterator[Stream]:
        """The source from its first byte; a source may be opened more than once."""
        try:
            raw = self.opener()
        except (OSError, RuntimeError, zipfile.BadZipFile) as error:
            raise RefusedSourceError(
                f"{self.name} could not be opened ({error}). Ask for the file again."
            ) from error
        with raw:
            yield Stream(raw, ledger, self.limit)

    @contextmanager
    def on_disk(self, ledger: Ledger) -> Iterator[Path]:
        """The source as a file, for readers that must jump about in it."""
        if self.path is not None:
            yield self.path
            return
        with tempfile.TemporaryDirectory() as folder, self.open(ledger) as stream:
            copy = Path(folder) / "source"
            with copy.open("wb") as written:
                while piece := stream.read():
                    written.write(piece)
            yield copy

    def sha256(self) -> str:
        """The hash of the whole source; of what can be read where it is damaged."""
        whole = hashlib.sha256()
        with self.open(Ledger()) as stream:
            while piece := stream.read():
                whole.update(piece)
        return whole.hexdigest()

    def readable_bytes(self) -> int:
        """How many bytes can be read, for a source that does not say how many it has."""
        with self.open(Ledger()) as stream:
            while stream.read():
                pass
            return stream.size

    def head(self) -> bytes:
        """The first bytes, enough to tell what it is; fewer when the source is damaged."""
        with self.open(Ledger()) as stream:
            return stream.read(HEAD_BYTES)


def natural(path: str) -> list[tuple[int, str]]:
    """Sort `message_10` after `message_2`."""
    parts = re.split(r"([0-9]+)", path)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def files(paths: list[Path]) -> list[Path]:
    """Every regular file that the paths name, folders walked, in natural order; links are refused."""
    found: list[Path] = []
    for path in paths:
        if path.is_symlink():
            raise RefusedSourceError(f"{path.name} is a link to another file. Give the file itself.")
        if not path.exists():
            raise RefusedSourceError(f"There is no file {path}. Check the name and the folder.")
        # the newest messages of a database may be in the log beside it, or be half written while a journal is there
        beside = [path.with_name(f"{path.name}-wal"), *_hot(path.with_name(f"{path.name}-journal"))]
        inside = path.rglob("*") if path.is_dir() else [path, *beside]
        found += [one for one in inside if one.is_file() and not one.is_symlink()]
    return sorted(dict.fromkeys(found), key=lambda one: natural(one.as_posix()))


def _hot(journal: Path) -> list[Path]:
    """The rollback journal of a database that was copied while it was written; none where it was closed."""
    if not journal.is_file() or journal.is_symlink():
        return []
    with journal.open("rb") as opened:
        return [journal] if opened.read(len(JOURNAL)) == JOURNAL else []


def of_file(path: Path, *, name: str) -> Source:
    """Return a file on disk as a source."""
    size = path.stat().st_size
    if size > MAXIMUM_SOURCE_BYTES:
        raise RefusedSourceError(
            f"{name} has {size:,} bytes; at most {MAXIMUM_SOURCE_BYTES:,} are read from one file. "
            "Ask for the export in parts, by conversation or by year."
        )
    return Source(name=name, size=size, limit=MAXIMUM_SOURCE_BYTES, opener=lambda: path.open("rb"), path=path)


def archive(path: Path, ledger: Ledger, *, name: str) -> list[Source]:
    """Return the files in a zip archive as sources, in natural order; unsafe ones are left out with a note."""
    try:
        with zipfile.ZipFile(path) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        return _salvaged(path, ledger, name, error)
    _check_package(name, entries)
    safe = [entry for entry in entries if _is_safe(name, entry, ledger)]
    found = [
        Source(
            name=f"{name}/{entry.filename}",
            size=entry.file_size,
            limit=MAXIMUM_SOURCE_BYTES,
            opener=partial(_listed, path, entry),
        )
        for entry in safe
    ]
    return sorted(found, key=lambda source: natural(source.name))


def _listed(path: Path, entry: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", zip_members.Unpacked(path, zip_members.listed(path, entry)))


def _salvaged(path: Path, ledger: Ledger, name: str, error: Exception) -> list[Source]:
    """Return what an archive without its table of contents still holds."""
    members, where = zip_members.found_without_contents(path)
    if not members:
        raise RefusedSourceError(
            f"{name} is a zip archive that is damaged ({error}). Nothing in it could be read. "
            "Ask for the file again, or unpack what can be unpacked and read the unpacked files."
        ) from error
    ledger.stop(where)
    ledger.note(
        f"{name} has lost its table of contents, as a download that broke off has. {len(members):,} files were found "
        "in it one after the other, and what they still hold was read. Ask for the file again."
    )
    found = []
    for member in members:
        if member.name.endswith("/") or not _is_safe_member(name, member, ledger):
            continue
        source = Source(
            name=f"{name}/{member.name}",
            size=0,
            limit=MAXIMUM_SOURCE_BYTES,
            opener=cast("Callable[[], BinaryIO]", partial(zip_members.Unpacked, path, member)),
        )
        found.append(replace(source, size=source.readable_bytes()))
    return sorted(found, key=lambda source: natural(source.name))


def _check_package(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAXIMUM_MEMBERS:
        raise RefusedSourceError(
            f"{name} holds {len(members):,} files; at most {MAXIMUM_MEMBERS:,} are read from one archive. "
            "Unpack it and read the folders one by one."
        )
    size = sum(member.file_size for member in members)
    if size > MAXIMUM_PACKAGE_BYTES:
        raise RefusedSourceError(
            f"{name} would unpack to {size:,} bytes; at most {MAXIMUM_PACKAGE_BYTES:,} are read. "
            "Ask for the export in parts."
        )


def _is_safe(archive_name: str, entry: zipfile.ZipInfo, ledger: Ledger) -> bool:
    """Return whether a listed file may be read; a refused one is named in the ledger."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        why = "it is a link and not a file"
    elif entry.file_size > MAXIMUM_EXPANSION * max(entry.compress_size, PIECE // MAXIMUM_EXPANSION):
        why = f"it would unpack to more than {MAXIMUM_EXPANSION} times its size, as a zip bomb does"
    else:
        why = _why_closed(encrypted=bool(entry.flag_bits & zip_members.ENCRYPTED))
    return _is_without_fault(archive_name, entry.filename, why, ledger)


def _is_safe_member(archive_name: str, member: zip_members.Member, ledger: Ledger) -> bool:
    why = _why_closed(encrypted=member.encrypted)
    return _is_without_fault(archive_name, member.name, why, ledger)


def _why_closed(*, encrypted: bool) -> str:
    """Return why a file cannot be opened. The sentence never has its name, under which nothing is written."""
    return "it is encrypted; unpack it with its password and read the unpacked file" if encrypted else ""


def _is_without_fault(archive_name: str, filename: str, why: str, ledger: Ledger) -> bool:
    if why:
        sentence = f"{filename!r} in {archive_name} was not read: {why}."
        ledger.leave(f"{archive_name}/{filename}", why, sentence)
    return not why
