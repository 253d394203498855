"""Check a bag again: every file, the custody log, the originals, and what a new reading of them gives."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desist_chronicle import bag, custody

#: reads a file again with the options in the report, and gives the digest of all its records
Reread = Callable[[Path, Mapping[str, Any]], str]


@dataclass(frozen=True)
class Verdict:
    """The checks that held, and those that did not."""

    held: tuple[str, ...]
    faults: tuple[str, ...]
    #: SHA-256 of the tag manifest, to compare with the one told when the bag was made
    seal: str


def verify(*, folder: Path, reread: Reread | None = None, seal: str = "") -> Verdict:
    """Check a bag. Raises NotABagError.

    Without `reread` originals are only compared by hash. `seal` is the seal that was told when the bag was made.
    """
    held: list[str] = []
    faults = [f"{fault.path} {fault.what}." for fault in bag.check(folder=folder)]
    found = bag.hash_file(folder / bag.TAG_MANIFEST)
    if not faults:
        held.append("Every file is listed and is as it was.")
    if seal and seal != found:
        faults.append("The bag is whole, but is not the one that had this seal: it was made anew.")
    data = folder / "data"
    if (data / "custody.csv").is_file():
        _custody(data, held, faults)
    else:
        held.append("This edition carries no custody log.")
    if (data / "originals").is_dir():
        _report(data, reread, held, faults)
    return Verdict(held=tuple(held), faults=tuple(faults), seal=found)


def _custody(data: Path, held: list[str], faults: list[str]) -> None:
    """Check the chain itself, and every file that it records as written."""
    try:
        chain = custody.read(text=(data / "custody.csv").read_bytes().decode("utf-8", "backslashreplace"))
    except custody.BrokenChainError as broken:
        faults.append(str(broken))
        return
    wrong = [link.what for link in chain if link.action == "wrote" and not _is(data / link.what, link.sha256)]
    faults.extend(f"{name} is not what the custody log says was written." for name in wrong)
    if not wrong:
        held.append(f"The custody log is unbroken over {len(chain):,} rows and agrees with the files.")


def _report(data: Path, reread: Reread | None, held: list[str], faults: list[str]) -> None:
    try:
        facts = json.loads((data / "report.json").read_bytes())
        _originals(data, facts, reread, held, faults)
    except (OSError, KeyError, TypeError, ValueError):
        faults.append(
            "report.json is missing, or is not one that this program writes: the originals were not read."
        )


def _originals(
    data: Path, facts: Mapping[str, Any], reread: Reread | None, held: list[str], faults: list[str]
) -> None:
    """Check each original against the hash in the report, and against a new reading of it."""
    for original in facts["originals"]:
        path, name = data / original["path"], original["name"]
        if not _is(path, original["sha256"]):
            faults.append(f"The original {name} is not the file that was read.")
        elif reread is None:
            held.append(f"The original {name} is the file that was read.")
        elif reread(path, facts["options"]) != original["digest"]:
            faults.append(f"Reading {name} again gives other records than are in the report.")
        else:
            held.append(f"Reading {name} again gives the same records.")


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and bag.hash_file(path) == digest
