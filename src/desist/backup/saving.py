"""Making the archive of one site from its running database."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from psycopg.conninfo import make_conninfo

from desist import addresses
from desist.backup import archive, dump, erasures
from desist.backup.archive import ArchiveError, Manifest
from desist.backup.dump import DumpError
from desist.databases import BACKUP
from desist.embedded import Cluster
from desist.keys import keyfile
from desist.sites import Site, Zone


def sites_to_save(sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The sites with a database of their own; the participants' pages are saved with their programme."""
    return tuple(site for site in sites if site.shares is None and site.zone is not Zone.PUBLIC)


def save(
    *,
    folder: Path,
    into: Path,
    site: Site,
    sites: tuple[Site, ...],
    at: datetime,
    progress: Callable[[int], None],
) -> Path:
    """Write the archive of `site` into a folder, calling `progress` with the bytes of each chunk.

    Raises ArchiveError (the disk, an older archive in the way, the database) or KeysError.
    """
    target = into / f"{site.name}{archive.SUFFIX}"
    if target.exists():
        raise ArchiveError(f"{target} exists already and is not overwritten. Name a new, empty folder.")
    keys = keyfile.read(folder=folder, site=site.name)
    # The head is read before the dump begins, so that the dump holds every event the head has sealed.
    sharing = (row for row in sites if row.shares == site.name)
    head, erased = read_head(folder, site), erasures.read(folder, site)
    manifest = Manifest((site, *sharing), head, erased, version("desist"))
    try:
        with closing(dump.dump(url=_url(folder, site, sites))) as chunks:
            archive.write(path=target, keys=keys, manifest=manifest, dump=_counted(chunks, progress), at=at)
    except OSError as error:
        raise ArchiveError(
            f"{target} could not be written: {error.strerror}. Nothing of it was kept. Free some space, or name a "
            "folder on another disk, and run the same command again."
        ) from error
    except DumpError as error:
        raise ArchiveError(
            f"The database of {site.name} could not be read: {error}. Is it running, and was it made "
            "(`./desist migrate`)? Nothing was written for this site."
        ) from error
    _note(folder, site, at)
    return target


def _note(folder: Path, site: Site, at: datetime) -> None:
    """Note the moment, for those who watch the site; an archive is whole without it."""
    with suppress(OSError):
        note = folder / "backed-up" / site.name
        note.parent.mkdir(exist_ok=True)
        note.write_text(json.dumps({"at": at.isoformat()}), "utf-8")


def head_path(folder: Path, site: Site) -> Path:
    """The path of a site's audit head, outside its database."""
    return folder / "heads" / site.name


def read_head(folder: Path, site: Site) -> str | None:
    """The audit's head of a site as it is written; None where no event was sealed yet."""
    path = head_path(folder, site)
    return path.read_text("utf-8") if path.exists() else None


def _url(folder: Path, site: Site, listed: tuple[Site, ...]) -> str:
    if url := addresses.given(site, listed=listed, what="BACKUP_URL"):
        return url
    if address := addresses.given(site, listed=listed):
        said = addresses.with_login(addresses.read(site, address), login=BACKUP, folder=folder)
        if said["user"] == BACKUP and "password" in said:
            return make_conninfo(**said)
        raise ArchiveError(
            f"{site.name} has its database elsewhere, and its app login may not read all of it. Name a login in "
            f"pg_read_all_data: {addresses.variable(site, what='BACKUP_URL')}="
            f"postgresql://backup:...@host/{site.database}"
        )
    return Cluster(folder).url(BACKUP, site.database)


def _counted(chunks: Iterator[bytes], progress: Callable[[int], None]) -> Iterator[bytes]:
    for chunk in chunks:
        progress(len(chunk))
        yield chunk
