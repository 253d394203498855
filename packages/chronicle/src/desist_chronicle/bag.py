"""A BagIt bag (RFC 8493): a folder whose every file is listed with its SHA-256.

The library of that name reads the clock and is published without a wheel, so the few lines it takes are here.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PIECE = 1 << 20
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one file of a bag."""

    path: str
    what: str


class NotABagError(Exception):
    """The folder is not a BagIt bag."""


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def close(*, folder: Path, bagged_on: date, description: str) -> None:
    """Make a bag of the files in `folder`/data."""
    payload = _files(folder / "data")
    size = sum(path.stat().st_size for path in payload)
    info = (
        f"Bagging-Date: {bagged_on.isoformat()}\n"
        f"Payload-Oxum: {size}.{len(payload)}\n"
        f"External-Description: {' '.join(description.split())}\n"
    )
    _write(folder / "bagit.txt", _DECLARATION)
    _write(folder / "bag-info.txt", info)
    _write(folder / MANIFEST, _manifest(folder, payload))
    tags = [folder / name for name in ("bag-info.txt", "bagit.txt", MANIFEST)]
    _write(folder / TAG_MANIFEST, _manifest(folder, tags))


def check(*, folder: Path) -> list[Fault]:
    """Return every file that is missing, altered or not listed; none means the bag is whole. Raises NotABagError."""
    for name in ("bagit.txt", MANIFEST, TAG_MANIFEST):
        if not (folder / name).is_file():
            raise NotABagError(f"{folder.name} has no {name}, so it is not a bag that this program made.")
    faults = []
    listed: set[str] = set()
    for manifest in (MANIFEST, TAG_MANIFEST):
        lines = (
            (folder / manifest).read_bytes().decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
        )
        for number, line in enumerate(lines, start=1):
            expected, _, written = line.partition("  ")
            path = _decode(written)
            listed.add(path)
            if not _inside(folder, path):
                faults.append(Fault(path, f"line {number} of {manifest} points outside the bag"))
            elif not (folder / path).is_file():
                faults.append(Fault(path, "is missing"))
            elif hash_file(folder / path) != expected:
                faults.append(Fault(path, "was altered"))
    present = {path.relative_to(folder).as_posix() for path in _files(folder)} - {TAG_MANIFEST}
    return faults + [Fault(path, "is not listed") for path in sorted(present - listed)]


def _inside(folder: Path, path: str) -> bool:
    return bool(path) and "\0" not in path and (folder / path).resolve().is_relative_to(folder.resolve())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _manifest(folder: Path, paths: list[Path]) -> str:
    return "".join(f"{hash_file(path)}  {_encode(path.relative_to(folder).as_posix())}\n" for path in paths)


def _encode(path: str) -> str:
    """RFC 8493, 2.1.3: only line ends and the sign that escapes them are escaped."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _decode(path: str) -> str:
    return path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
