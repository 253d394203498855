"""The archive of one site: its origin and moment, then the database's dump, all encrypted.

    b"DESIST-BACKUP-1\\n" | a line of JSON: site, key id, moment, salt | the encrypted stream (stream.py)

The stream holds a manifest (its length in 4 bytes, then JSON) and the dump. The key is drawn from the site's key set,
the salt and the clear line, so that only a holder of the key file can make, change or read an archive.
"""

import itertools
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desist.backup import stream
from desist.keys.sitekeys import KeySet, SiteKeys
from desist.sites import Site, Zone

MAGIC = b"DESIST-BACKUP-1\n"
ANY_MAGIC = b"DESIST-BACKUP-"
SUFFIX = ".backup"


class ArchiveError(Exception):
    """The archive cannot be written or read; the message gives the reason and the way out."""


class DamagedArchive(ArchiveError):
    """The archive is not as it was written."""


@dataclass(frozen=True)
class Cover:
    """The part of an archive that is readable without a key."""

    site: str
    key: str
    made: datetime
    salt: str


@dataclass(frozen=True)
class Manifest:
    """The archive's content beside the database: the site, those that share it, and the audit's head.

    `erased`: the lines of the list of destroyed keys at the time. `version`: the program's; 0.1.0 wrote none.
    """

    sites: tuple[Site, ...]
    head: str | None
    erased: tuple[str, ...] = ()
    version: str = ""

    @property
    def site(self) -> Site:
        """The site whose database it is."""
        return self.sites[0]


def write(*, path: Path, keys: SiteKeys, manifest: Manifest, dump: Iterable[bytes], at: datetime) -> int:
    """Write an archive, whole or not at all; returns its size in bytes."""
    cover = Cover(keys.site, keys.current.id, at, secrets.token_hex(32))
    line = json.dumps({**asdict(cover), "made": at.isoformat()}).encode() + b"\n"
    fresh = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(MAGIC + line)
            for block in stream.lock(
                itertools.chain([_pack(manifest)], dump), key=_key(keys.current, line, cover)
            ):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return path.stat().st_size


def read_cover(*, path: Path) -> Cover:
    """Return the part that is readable without a key; raises ArchiveError."""
    with path.open("rb") as file:
        return _read_cover(path, file)[0]


@contextmanager
def opened(*, path: Path, keys: SiteKeys) -> Iterator[tuple[Cover, Manifest, Iterator[bytes]]]:
    """The cover, the manifest and the dump's chunks; raises DamagedArchive, also later between chunks."""
    with path.open("rb") as file:
        cover, line = _read_cover(path, file)
        chunks = _readable(path, stream.unlock(file, key=_key(keys.find(cover.key), line, cover)))
        first = next(chunks)
        end = 4 + int.from_bytes(first[:4])
        yield cover, _unpack(path, first[4:end]), itertools.chain([first[end:]], chunks)


def _readable(path: Path, chunks: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from chunks
    except stream.DamagedStream as error:
        raise DamagedArchive(
            f"{path} was changed or cut off after it was written ({error}). Use another copy of it."
        ) from error


def _read_cover(path: Path, file: IO[bytes]) -> tuple[Cover, bytes]:
    magic = file.read(len(MAGIC))
    if magic != MAGIC and magic.startswith(ANY_MAGIC):
        raise ArchiveError(f"{path} was written by a newer Desist. Restore it with that one.")
    line = file.readline(10_000) if magic == MAGIC else b""
    try:
        row = json.loads(line)
        cover = Cover(row["site"], row["key"], datetime.fromisoformat(row["made"]), row["salt"])
        bytes.fromhex(cover.salt)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedArchive(f"{path} is not a backup, or it is damaged. Use another copy of it.") from error
    return cover, line


def _key(key_set: KeySet, line: bytes, cover: Cover) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=bytes.fromhex(cover.salt), info=MAGIC + line)
    return hkdf.derive(key_set.derive("backup"))


def _pack(manifest: Manifest) -> bytes:
    raw = json.dumps(asdict(manifest)).encode()
    return len(raw).to_bytes(4) + raw


def _unpack(path: Path, raw: bytes) -> Manifest:
    content: dict[str, Any] = json.loads(raw)
    theirs, ours = content.get("version", ""), version("desist")
    if _numbers(theirs) > _numbers(ours):
        raise ArchiveError(
            f"{path} was written by Desist {theirs}, and this is {ours}. Nothing was changed. Restore it with that version or "
            "a newer one."
        )
    sites = tuple(Site(**{**row, "zone": Zone(row["zone"])}) for row in content["sites"])
    return Manifest(sites, content["head"], tuple(content.get("erased", ())), theirs)


def _numbers(written: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", written)]
