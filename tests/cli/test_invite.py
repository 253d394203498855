"""`./desist invite`: the first administrator of a site, on a real site with its real tables."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from tests import tables

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.sites import Site, Zone

SITE = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=8701)
ADA = ["--name", "Ada Linnet", "--email", "ada@service.example", "--area", "North"]

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        tables.founded(cluster.folder, [SITE], on=date(2026, 3, 2))
        yield cluster


def invite(cluster: Cluster, *asked: str, given: str = "") -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "DESIST_DATA": str(cluster.folder)}
    command = [sys.executable, "-m", "desist.cli", "invite", SITE.name, *asked]
    return subprocess.run(command, env=told, input=given, capture_output=True, text=True, check=False)


def links(cluster: Cluster) -> list[tuple[str, str, bool]]:
    """The role each link is for, why it was made, and whether it still opens."""
    with cluster.connect(SITE.database) as connection:
        return connection.execute(
            "SELECT role, purpose, cancelled_at IS NULL FROM accounts_invitation i "
            "JOIN accounts_rolegrant g ON g.account_id = i.account_id ORDER BY i.id"
        ).fetchall()


def test_a_link_is_printed_and_a_second_one_ends_the_first(cluster: Cluster) -> None:
    first, second = invite(cluster, *ADA), invite(cluster, *ADA)

    for done in (first, second):
        assert done.returncode == 0, done.stderr
        assert re.search(r"^http://programme\.localhost:8701/account/accept/\S{43}/$", done.stdout, re.M)
        assert "No e-mail went out." in done.stdout
    assert links(cluster) == [("administrator", "join", False), ("administrator", "reset", True)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([*ADA, "--role", "advocate"], "There is no role 'advocate' here. It is one of: Behaviour change"),
        ([*ADA[:3], "nobody", *ADA[4:]], "That is no e-mail address"),
        ([*ADA[:5], "Nrth"], "There is no area 'Nrth' here. It is one of: North. An administrator adds one"),
    ],
)
def test_what_cannot_be_is_a_sentence(cluster: Cluster, asked: list[str], said: str) -> None:
    asked = [text.replace("ada@", "sam@") for text in asked]

    done = invite(cluster, *asked)

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_roles_and_areas_are_listed_and_given_by_the_names_that_pages_show(cluster: Cluster) -> None:
    invite(cluster, *ADA)
    listed = invite(cluster, "--list")

    sam = ["--name", "Sam Lowe", "--email", "sam.lowe@service.example"]
    done = invite(cluster, *sam, "--role", "programme manager", given="north\n")

    assert listed.returncode == 0
    assert "Roles: Behaviour change practitioner, Programme manager, " in listed.stdout
    assert "Areas: North\n" in listed.stdout
    assert done.returncode == 0, done.stderr
    assert "Areas: North\n" in done.stdout  # before the question
    with cluster.connect(SITE.database) as connection:
        held = connection.execute(
            "SELECT role, area FROM accounts_rolegrant g JOIN accounts_account a ON a.id = g.account_id "
            "WHERE email = 'sam.lowe@service.example'"
        ).fetchall()
        areas = connection.execute("SELECT code, name FROM accounts_area").fetchall()
    assert held == [("manager", "North")]
    assert areas == [("North", "North")]
