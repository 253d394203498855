"""Make the dumps of this version in a folder beside this file, a backup of its police, and envelopes that they wrote.

    .venv/bin/python -m tests.upgrades.make

Each site is migrated and filled as the demo was, without the envelopes that its courier had carried, as after the 100
days for which a site keeps them. The people are invented around the same moment on every run.
"""

import base64
import json
import lzma
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from tests import clock
from tests.rules.code import ROOT
from tests.upgrades.area import (
    BACKUP,
    DUMP,
    ENVELOPES,
    HOME,
    MADE,
    SUPERUSER,
    make_keys,
    note_moment,
    staffed,
    stored,
)

from desist.backup import archive
from desist.embedded import Cluster, binaries
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.running import deploy
from desist.sites import Site, Zone
from tools.release.making import version_of

#: how many referrals the police write to the programme
REFERRED = 12


def main() -> None:
    """Make an area in a temporary folder, and keep the dump of each of its databases."""
    clock.start(MADE)
    folder = HOME / version_of(ROOT)
    folder.mkdir(exist_ok=True)
    with throwaway_cluster() as cluster:
        os.environ["DESIST_DATA"] = str(cluster.folder)
        make_keys(cluster.folder, staffed())
        note_moment(cluster.folder)
        deploy.found(cluster.folder, staffed(), on=date(2026, 3, 2))
        deploy.migrate(cluster.folder, staffed())
        for site in staffed():
            deploy.run_in(site, cluster.folder, "tools.synthetic.load")
            with cluster.connect(site.database) as superuser:
                superuser.execute("DELETE FROM post_outbox")
            keep(stored(site, folder=folder), dumped(cluster, site))
            if site.zone is Zone.PARTNERSHIP:
                keep(folder / BACKUP, backed_up(cluster, site))
                keep(folder / ENVELOPES, json.dumps(written(cluster, site)).encode())


def keep(path: Path, content: bytes) -> None:
    """Keep a packed file."""
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


def backed_up(cluster: Cluster, site: Site) -> bytes:
    """Return an archive of a site as a backup of it begins, with a few words in the place of the dump."""
    path = cluster.folder / "one.backup"
    keys = keyfile.read(folder=cluster.folder, site=site.name)
    manifest = archive.Manifest((site,), '{"position": 0, "link": "00"}')
    archive.write(path=path, keys=keys, manifest=manifest, dump=[DUMP], at=MADE)
    return path.read_bytes()


def written(cluster: Cluster, police: Site) -> list[dict[str, str]]:
    """Return the envelopes that the police's code writes about invented people."""
    programme = next(site.name for site in staffed() if site.zone is Zone.PROGRAMME)
    command = [sys.executable, "-m", "tests.post.town.refer", programme, str(REFERRED)]
    told = {**os.environ, **deploy.environment(police, cluster.folder, demo=True)}
    subprocess.run(command, env=told, check=True)
    with cluster.connect(police.database) as superuser:
        rows = superuser.execute("SELECT ref::text, sealed FROM post_outbox ORDER BY id").fetchall()
    return [{"ref": ref, "sealed": base64.b64encode(sealed).decode("ascii")} for ref, sealed in rows]


def dumped(cluster: Cluster, site: Site) -> bytes:
    """Return a dump of the whole database, uncompressed: it is compressed better as one."""
    command = cluster.programs.command(
        "pg_dump",
        *("--format=custom", "--compress=0", "--exclude-schema=pg_catalog"),
        f"--dbname={cluster.url(SUPERUSER, site.database)}",
    )
    return subprocess.run(command, env=binaries.environment(), capture_output=True, check=True).stdout


if __name__ == "__main__":
    main()
