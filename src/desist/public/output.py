"""Puts the built files in place all at once: a reader sees the whole old site or the whole new one."""

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path

#: marks a folder that this program may replace
MARK = ".built-by-desist"
#: kinds of file that shrink when they are packed
PACKED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".txt"}


class NotOurs(Exception):
    """The folder holds files that this program did not write; they stay as they are."""


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """Replace the folder `out` by the files. Raises NotOurs when it holds anything else."""
    if out.exists() and not ours(out):
        raise NotOurs(
            f"{out} holds files that were not built by this command. Nothing was changed. "
            "Name a folder that does not exist yet, or empty this one yourself."
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = beside(out, "new"), beside(out, "old")
    for name, content in {**files, MARK: b""}.items():
        put(fresh / name, content)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def ours(folder: Path) -> bool:
    """Whether this program built the folder, or it is empty."""
    return folder.is_dir() and ((folder / MARK).exists() or not any(folder.iterdir()))


def beside(out: Path, word: str) -> Path:
    """An empty place next to `out`, on the same disk."""
    place = out.with_name(f".{out.name}.{word}")
    shutil.rmtree(place, ignore_errors=True)
    return place


def put(path: Path, content: bytes) -> None:
    """Write one file, and its packed twin for servers that look for one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if path.suffix in PACKED and len(content) > 1000:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
