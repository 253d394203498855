"""The tables of sites, made once by `./desist migrate` and kept: tests that start sites begin from a copy of them.

The copy has the owners, grants and comments of the original. Tests of migrating itself make their tables anew.
"""

import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from desist.cli.plain import DEMO
from desist.embedded import Cluster, binaries
from desist.embedded.cluster import SUPERUSER
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site, Zone
from tests import database
from tools.synthetic import area

#: the zones that have tables of their own
ZONES = (Zone.PROGRAMME, Zone.ADVOCACY, Zone.PARTNERSHIP, Zone.COMMISSION)
#: in the names of the kept tables' database and logins, and nowhere else
MADE_ONCE = "tables-made-once"
FOUNDED = date(2026, 3, 2)


def founded(folder: Path, listed: Iterable[Site], *, on: date = FOUNDED) -> None:
    """Found sites in the folder of a running server and give each its tables, as `./desist migrate` does."""
    sites = tuple(listed)
    deploy.found(folder, sites, on=on)
    cluster = Cluster(folder)
    for site in sites:
        if site.zone in ZONES:
            _load(cluster, site)


def before_a_demo(folder: Path, *only: Zone, on: date = FOUNDED) -> None:
    """Lay out a demo's folder whose sites have tables and nobody; the demo migrates them and invents the people."""
    listed = [site for site in area.sites(area.PORT_BASE) if not only or site.zone in only]
    with Cluster(folder).serving():
        founded(folder, listed, on=on)
    (folder / DEMO).touch()


def _load(cluster: Cluster, site: Site) -> None:
    like, script = _like(site.zone), _kept(site.zone).read_bytes()
    for made, own in ((like.owner, site.owner), (like.app, site.app)):
        script = script.replace(made.encode(), own.encode())
    _run(cluster, site, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", given=script)


def _kept(zone: Zone) -> Path:
    """Return the script that makes a zone's tables; who asks first makes it, and others wait for it."""
    path = database.kept("tables") / f"{zone}.sql"
    with database.alone(zone):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_suffix(".new")
            new.write_bytes(_made(_like(zone)))
            new.rename(path)
            database.forget_others(path.parent)
    return path


def _made(site: Site) -> bytes:
    with throwaway_cluster() as cluster:
        deploy.found(cluster.folder, [site], on=FOUNDED)
        deploy.migrate(cluster.folder, [site])
        return _run(cluster, site, "pg_dump", "--exclude-schema=pg_catalog")


def _like(zone: Zone) -> Site:
    return Site(f"{MADE_ONCE}-{zone}", zone, "Made once")


def _run(cluster: Cluster, site: Site, program: str, *options: str, given: bytes = b"") -> bytes:
    """Run a program of PostgreSQL on a site's database as its superuser; return what it wrote."""
    command = cluster.programs.command(program, *options, f"--dbname={cluster.url(SUPERUSER, site.database)}")
    done = subprocess.run(command, env=binaries.environment(), input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
