"""A process of a site is told its own database's address, with its password, and nobody else's."""

import os
from functools import partial
from pathlib import Path

import pytest

from desist import addresses
from desist.running import deploy
from desist.running.children import Child, fork, keep
from desist.running.errands import Errand, run
from desist.running.supervisor import Deployment
from desist.sites import Site, Zone

pytestmark = pytest.mark.processes

PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8701)
NORTH = Site("northmere-police", Zone.PARTNERSHIP, "Northmere Police", 8702)
SOUTH = Site("southmere-police", Zone.PARTNERSHIP, "Southmere Police", 8703)
PUBLIC = Site("northmere-public", Zone.PUBLIC, "Northmere", 8705)
LISTED = (PROGRAMME, NORTH, SOUTH, PUBLIC)
OWN = {
    PROGRAMME: "DESIST_PROGRAMME_DATABASE_URL",
    NORTH: "DESIST_NORTHMERE_POLICE_DATABASE_URL",
    SOUTH: "DESIST_SOUTHMERE_POLICE_DATABASE_URL",
}
COURIER = {addresses.courier_variable(site) for site in OWN}
OTHERS = {"DESIST_NORTHMERE_POLICE_BACKUP_URL", *COURIER}


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every site's database is elsewhere, with a login for the backup and for the courier."""
    (tmp_path / "log").mkdir()
    for name in {*OWN.values(), *OTHERS}:
        monkeypatch.setenv(name, "postgresql://somebody:s3cret@db.example/some")


def leave(path: Path) -> None:
    path.write_text("\n".join(sorted(name for name in os.environ if name.endswith("_URL"))))


def told(folder: Path, child: Child) -> set[str]:
    """Which addresses a child of this deployment finds in its environment, once it is forked."""
    mark = folder / f"told-{child.name}"
    pid = fork(Child(child.name, partial(leave, mark), child.environment, child.log, child.knows))
    os.waitpid(pid, 0)
    return set(mark.read_text().split())


def everybody(child: Child) -> list[Child]:
    """A child, and those whom it will fork."""
    below = child.run.args[0] if isinstance(child.run, partial) and child.run.func is keep else []
    return [child, *below]


def test_every_process_of_a_deployment_knows_its_own_database_alone(tmp_path: Path) -> None:
    children = Deployment(tmp_path, LISTED).children()

    found = {one.name: told(tmp_path, one) for child in children for one in everybody(child)}

    sites = {f"{site.name}{part}": {name} for site, name in OWN.items() for part in ("", "-web", "-worker")}
    assert found == {**sites, "northmere-public-web": set(), "courier": COURIER}


def test_what_is_done_once_for_a_site_is_told_no_more(tmp_path: Path) -> None:
    run(tmp_path, [Errand(site, "tests.running.errand_told") for site in OWN])
    forked = {site: (tmp_path / f"told-{site.name}").read_text() for site in OWN}
    for site in OWN:
        deploy.run_in(site, tmp_path, "tests.running.errand_told")
    run_in = {site: (tmp_path / f"told-{site.name}").read_text() for site in OWN}
    for site in OWN:
        assert deploy.ask(site, tmp_path, "tests.running.errand_told")
    asked = {site: (tmp_path / f"told-{site.name}").read_text() for site in OWN}

    assert forked == run_in == asked == OWN
