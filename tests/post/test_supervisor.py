"""Two sites of a running area write to each other by files."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests import tables
from tests.processes import ctrl_c, free_ports, until

from desist import sites
from desist.embedded import Cluster
from desist.running import deploy
from desist.sites import Zone

pytestmark = [pytest.mark.processes, pytest.mark.slow]

ROOT = Path(__file__).parents[2]


class Area:
    """The demo's processes in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder.parent / "output.log"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until every zone answers."""
        with self.output.open("wb") as output:
            self.running = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tools",
                    "demo",
                    "--data",
                    self.folder,
                    "--port-base",
                    free_ports(),
                ],
                stdout=output,
                stderr=output,
                cwd=ROOT,
            )
        until(lambda: "Everybody is invented" in self.said() or self.running_out(), 120)
        assert "Everybody is invented" in self.said(), self.said()

    def said(self) -> str:
        return self.output.read_text("utf-8", "replace")

    def running_out(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def refer(self, count: int) -> subprocess.Popen[bytes]:
        """Let the police refer people, one after the other, without waiting for the end."""
        police, programme = self.site(Zone.PARTNERSHIP), self.site(Zone.PROGRAMME)
        command = [sys.executable, "-m", "tests.post.town.refer", programme.name, str(count)]
        environment = {**os.environ, **deploy.environment(police, self.folder)}
        return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command of the product."""
        environment = {**os.environ, "DESIST_DATA": str(self.folder)}
        return subprocess.run(
            [sys.executable, "-m", "desist.cli", *arguments],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def site(self, zone: Zone) -> sites.Site:
        return next(site for site in sites.read_sites(folder=self.folder) if site.zone is zone)

    def ask(self, zone: Zone, query: str) -> int:
        """One number; -1 while the database does not answer."""
        try:
            with Cluster(self.folder).connect(self.site(zone).database) as connection:
                row = connection.execute(query.encode()).fetchone()
        except psycopg.OperationalError:
            return -1
        return int(row[0]) if row else -1

    def referred(self) -> int:
        """How many of those people the programme has."""
        query = "SELECT count(DISTINCT thread) FROM programme_referral WHERE given_names LIKE 'Number %'"
        return self.ask(Zone.PROGRAMME, query)


@pytest.fixture
def area(tmp_path: Path) -> Iterator[Area]:
    area = Area(tmp_path / "data")
    yield area
    if area.running is not None and area.running.poll() is None:
        ctrl_c(area.running)


def test_envelopes_go_as_files_between_two_sites(area: Area, tmp_path: Path) -> None:
    tables.before_a_demo(area.folder)
    area.start()
    police, programme = area.site(Zone.PARTNERSHIP).name, area.site(Zone.PROGRAMME).name
    with Cluster(area.folder).connect(area.site(Zone.PARTNERSHIP).database) as connection:
        connection.execute("UPDATE post_partner SET transport = 'file'")
        # Nobody carries while the files do: the outbox cannot tell who took an envelope along.
        connection.execute("REVOKE ALL ON post_outbox FROM courier")
    assert area.refer(3).wait(60) == 0

    exported = area.command("post", "export", police)
    files = list((area.folder / "post" / police / "out" / programme).glob("*.envelope"))
    arrivals = tmp_path / "carried" / "in"
    arrivals.mkdir(parents=True)
    for path in files:
        path.rename(arrivals / path.name)
    (arrivals / "torn.envelope").write_text("{")
    imported = area.command("post", "import", programme, "--folder", str(arrivals.parent))

    assert exported.stdout.startswith("3 envelopes are in"), exported.stderr
    assert len(files) == 3
    assert imported.stdout == f"3 envelopes are in the inbox of {programme}.\n"
    assert imported.stderr.startswith("Refused: torn.envelope is not an envelope")
    assert imported.returncode == 1
    until(lambda: area.referred() == 3, 60)
    assert area.command("post", "export", "nowhere").returncode == 1
