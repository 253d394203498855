"""Make the dumps beside this file with the code of 0.1.0.

    git worktree add ../desist-0.1.0 b8db0e5b
    PYTHONPATH=../desist-0.1.0/src .venv/bin/python -m tests.upgrades.make

Each site is migrated and filled as the demo was, without the envelopes that its courier had carried, as after the 100
days for which a site keeps them. The people are invented around the same moment on every run.
"""

import lzma
import os
import subprocess
from datetime import date

from tests import clock
from tests.upgrades.area import MADE, STORED, SUPERUSER, make_keys, note_moment, staffed, stored

from desist.embedded import Cluster, binaries
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site


def main() -> None:
    """Make an area in a temporary folder, and keep the dump of each of its databases."""
    clock.start(MADE)
    STORED.mkdir(exist_ok=True)
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
            stored(site).write_bytes(lzma.compress(dumped(cluster, site), preset=9 | lzma.PRESET_EXTREME))


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
