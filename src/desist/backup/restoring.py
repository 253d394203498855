"""Restoring sites from their archives: everything is checked first, and each site changes in one step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desist.backup import archive, dump, erasures
from desist.backup.archive import ArchiveError, Cover, Manifest
from desist.backup.dump import DumpError
from desist.backup.saving import head_path
from desist.embedded import Cluster, create_site, databases
from desist.embedded.cluster import SUPERUSER
from desist.keys import keyfile
from desist.keys.sitekeys import KeysError, SiteKeys
from desist.sites import Site, read_sites, write_sites

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Found:
    """An archive that was read to its end with its site's keys."""

    path: Path
    cover: Cover
    manifest: Manifest
    keys: SiteKeys


def find(*, source: Path, folder: Path, only: str | None, progress: Progress) -> list[Found]:
    """Every archive in `source` (or the one of site `only`), read to its end; changes nothing.

    Raises ArchiveError, or KeysError where a site's key file is missing or does not open its archive.
    """
    paths = sorted(source.glob(f"{only or '*'}{archive.SUFFIX}"))
    if not paths:
        raise ArchiveError(
            f"There is no {only or 'SITE'}{archive.SUFFIX} in {source}. Name the folder that `./desist backup` wrote."
        )
    covers = [(path, archive.read_cover(path=path)) for path in paths]
    keys = {cover.site: _keys(folder, path, cover) for path, cover in covers}
    return [_read_through(path, keys[cover.site], progress) for path, cover in covers]


def check_free(*, cluster: Cluster, found: list[Found], replacing: bool) -> None:
    """Refuse to touch an existing database unless the caller asked for it; raises ArchiveError."""
    with cluster.connect() as connection:
        taken = [
            row.manifest.site for row in found if databases.exists(connection, row.manifest.site.database)
        ]
    if taken and not replacing:
        raise ArchiveError(
            f"There is a database of {', '.join(site.name for site in taken)} already. Nothing was changed. To put "
            "the backup in its place (the old one is kept under another name), add --replace."
        )


def restore(*, cluster: Cluster, found: Found, at: datetime, progress: Progress) -> str | None:
    """Restore one site; return the name of its earlier database, if there was one.

    Raises ArchiveError, which leaves the site as it was.
    """
    site = found.manifest.site
    fresh, kept = f"{site.database}_restoring", f"{site.database}_{at:%Y%m%d%H%M%S}"
    for row in found.manifest.sites:
        databases.create_logins(cluster, row)
    # Before all else: this only adds lines, and a site must not come back without them.
    erasures.put_back(cluster.folder, found.manifest)
    with cluster.connect() as connection:
        databases.drop_database(connection, fresh)
        databases.create_database(connection, fresh, site)
        try:
            _load(cluster, fresh, found, progress)
        except BaseException:
            databases.drop_database(connection, fresh)
            raise
        replaced = databases.exists(connection, site.database)
        if replaced:
            for row in found.manifest.sites:
                databases.close_to(connection, site.database, row)
            databases.rename_database(connection, site.database, kept)
        databases.rename_database(connection, fresh, site.database)
    for row in found.manifest.sites:
        create_site(cluster, row)
    _put_back_head(cluster.folder, found.manifest, at)
    _list_sites(cluster.folder, found.manifest)
    return kept if replaced else None


def extract(*, found: Found, into: Path) -> Path:
    """Write the dump in clear for `pg_restore` elsewhere, beside the audit's head and the list of erased people."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = into / f"{found.cover.site}.dump"
    with archive.opened(path=found.path, keys=found.keys) as (_, manifest, chunks), target.open("xb") as file:
        target.chmod(0o600)
        for chunk in chunks:
            file.write(chunk)
    if manifest.head is not None:
        (into / f"{found.cover.site}.head").write_text(manifest.head, "utf-8")
    if manifest.erased:
        (into / f"{found.cover.site}.erased").write_text(
            "".join(f"{line}\n" for line in manifest.erased), "ascii"
        )
    return target


def _keys(folder: Path, path: Path, cover: Cover) -> SiteKeys:
    try:
        keys = keyfile.read(folder=folder, site=cover.site)
        keys.find(cover.key)
    except KeysError as error:
        raise KeysError(f"Nothing was changed: {path.name} cannot be opened. {error}") from None
    return keys


def _read_through(path: Path, keys: SiteKeys, progress: Progress) -> Found:
    with archive.opened(path=path, keys=keys) as (cover, manifest, chunks):
        for chunk in chunks:
            progress(cover.site, len(chunk))
    return Found(path, cover, manifest, keys)


def _load(cluster: Cluster, database: str, found: Found, progress: Progress) -> None:
    def counted(chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            progress(found.cover.site, len(chunk))
            yield chunk

    site = found.cover.site
    try:
        with archive.opened(path=found.path, keys=found.keys) as (_, _, chunks):
            dump.load(url=cluster.url(SUPERUSER, database), chunks=counted(chunks))
    except DumpError as error:
        raise ArchiveError(
            f"PostgreSQL did not take the backup of {site}: {error}. The site is as it was."
        ) from error


def _put_back_head(folder: Path, manifest: Manifest, at: datetime) -> None:
    """Write the head of the restored audit; a later head would make `verify` report a cut-off tail."""
    path = head_path(folder, manifest.site)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(path.with_name(f"{path.name}.{at:%Y%m%d%H%M%S}"))
    if manifest.head is not None:
        path.write_text(manifest.head, "utf-8")


def _list_sites(folder: Path, manifest: Manifest) -> None:
    listed = read_sites(folder=folder)
    names, ports = {site.name for site in listed}, {site.port for site in listed}
    missing = tuple(_free_port(site, ports) for site in manifest.sites if site.name not in names)
    if missing:
        write_sites(folder=folder, sites=(*listed, *missing))


def _free_port(site: Site, taken: set[int | None]) -> Site:
    """The site as the embedded server has it from now on."""
    return replace(site, server=None, port=None if site.port in taken else site.port)
