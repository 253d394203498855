"""Data at rest: databases, logs, messages, backups, the server's own files, and what lies in memory."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from desist.advocacy.evidence import scratch
from desist.sites import Site, Zone
from tools.leaks import kept, running
from tools.leaks.crawl import Seen
from tools.leaks.findings import Place
from tools.leaks.rules import Medium
from tools.leaks.running import Area
from tools.leaks.search import Hit, Search

#: top of the data folder -> the medium of its content. Anything not named is an ordinary file.
MEDIA = {"log": Medium.LOG, "mail": Medium.MAIL, "pg": Medium.DISK}
#: sockets, and the folder where the running server keeps what only it can read
PASSED_OVER = frozenset({"s", "static"})


def databases(area: Area, search: Search) -> Seen:
    """Search every database, dumped by the server's superuser."""
    seen = Seen()
    for site in area.staffed:
        with area.cluster.connect(site.database) as connection:
            for table, piece in kept.dump(connection):
                place = Place(site.zone, Medium.DATABASE, table)
                _look(seen, place, search.hits(piece))
    return seen


def folder(area: Area, search: Search) -> Seen:
    """Search every file of the data folder; the server's own files as they lie on the disk."""
    seen = Seen()
    for path in kept.files(area.folder):
        top = path.relative_to(area.folder).parts[0]
        if top in PASSED_OVER:
            continue
        medium = MEDIA.get(top, Medium.FILE)
        place = Place(_zone(area, path), medium, str(path.relative_to(area.folder)))
        for piece in kept.read(path):
            _look(seen, place, search.raw(piece) if medium is Medium.DISK else search.hits(piece))
    return seen


def memory(area: Area, search: Search) -> Seen:
    """Search what a worker that was killed left in memory, and uploads that the web server put aside: both stay empty."""
    seen = Seen()
    left = [path for site in area.staffed for path in scratch.PLACE.glob(f"{_prefix(area, site)}*")]
    paths = [path for folder in left for path in kept.files(folder)]
    for path in (*paths, *Path(tempfile.gettempdir()).glob("*.upload*")):
        for piece in kept.read(path):
            _look(seen, Place(None, Medium.FILE, str(path)), search.hits(piece))
    return seen


def backups(area: Area, search: Search) -> Seen:
    """Search a fresh backup of every site, which must be unreadable."""
    seen = Seen()
    with running.temporary() as name:
        running.back_up(area, Path(name))
        for path in kept.files(Path(name)):
            for piece in kept.read(path):
                _look(seen, Place(None, Medium.BACKUP, path.name), search.hits(piece, text=False))
    return seen


def _look(seen: Seen, place: Place, hits: set[Hit]) -> None:
    seen.answers += 1
    leaks = set(place.leaks(hits))
    seen.leaks |= leaks
    seen.kinds |= {hit.secret.kind for hit in hits} - {leak.kind for leak in leaks}


def _prefix(area: Area, site: Site) -> str:
    return scratch.prefix_of(site=site.name, data=area.folder)


def _zone(area: Area, path: Path) -> Zone | None:
    """Return the zone of a file, by its name."""
    named: Iterator[Zone] = (site.zone for site in area.listed if path.name.startswith(site.name))
    return next(named, None)
