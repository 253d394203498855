"""The list of destroyed keys, DATA/erased/SITE: a backup copies it and a restore requires it.

A backup is older than later erasures. A restore brings the wrapped keys back, and destroys them again by this list
alone; on a machine without the newest list, erased people would come back and stay.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from desist.backup.archive import ArchiveError, Manifest
from desist.sites import Site, Zone


class ErasuresMissing(ArchiveError):
    """A person whose key was destroyed could come back: the list is missing, or older than the backup."""


def path(folder: Path, site: Site) -> Path:
    """The path of the list, outside the database."""
    return folder / "erased" / site.name


def read(folder: Path, site: Site) -> tuple[str, ...]:
    """The lines of the list, one a person whose key was destroyed, with the moment."""
    kept = path(folder, site)
    return tuple(kept.read_text("ascii").splitlines()) if kept.exists() else ()


def check(folder: Path, manifests: Iterable[Manifest]) -> None:
    """Raise ErasuresMissing where the restore of a site that erases people would lack its newest list."""
    for manifest in manifests:
        site = manifest.site
        if site.zone is not Zone.ADVOCACY:
            continue
        kept = path(folder, site)
        lacking = set(manifest.erased) - set(read(folder, site))
        if kept.exists() and not lacking:
            continue
        why = f"{kept} is older than the backup" if kept.exists() else f"{kept} is not there"
        raise ErasuresMissing(
            f"Nothing was changed: {why}. It lists the people of {site.name} whose data was destroyed; without it "
            "those who were erased since the backup come back. Copy the newest one from the machine that served the "
            "site, or from where its folder erased/ is kept. Only if it is lost for good, add --without-erasures, "
            "and have everybody who was erased since the backup erased again."
        )


def put_back(folder: Path, manifest: Manifest) -> None:
    """Add the lines of the backup's own list, so that a later restore of an older backup obeys them too."""
    lacking = [line for line in manifest.erased if line not in read(folder, manifest.site)]
    if not lacking:
        return
    kept = path(folder, manifest.site)
    kept.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(kept, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("".join(f"{line}\n" for line in lacking))
        file.flush()
        os.fsync(file.fileno())
