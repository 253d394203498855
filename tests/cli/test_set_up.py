"""`./desist set-up`: a site is made from nothing or checked, on both kinds of database, and every refusal is a sentence."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.servers import Server, own_server

from desist import sites
from desist.embedded.throwaway import throwaway_cluster

SITE = "northmere-programme"
NEW = (SITE, "--zone", "programme", "--title", "Northmere service")
DATABASE = "northmere_programme"
LOGINS = ("courier", "backup", f"{DATABASE}_owner", f"{DATABASE}_app")

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as server:
        yield server


def set_up(folder: Path, *asked: str, **told: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a clean environment."""
    environment = {
        name: value for name, value in os.environ.items() if not re.match("DESIST_(?!TESTS_)", name)
    }
    command = [sys.executable, "-m", "desist.cli", "set-up", *asked, "--data", str(folder)]
    return subprocess.run(
        command, env={**environment, **told}, capture_output=True, text=True, check=False, timeout=120
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.rpartition(": ")[2] for line in done.stderr.splitlines()]


def test_a_pilot_is_made_from_nothing_and_a_second_time_everything_is_there() -> None:
    with throwaway_cluster() as cluster:
        cluster.stop()  # the command starts it for itself
        first, second = set_up(cluster.folder, *NEW), set_up(cluster.folder, SITE)

        assert (first.returncode, first.stdout) == (0, ""), first.stderr
        assert (second.returncode, second.stdout) == (0, "")
        assert f"Database {DATABASE}, embedded, with its logins and rights: made" in first.stderr
        assert "made" not in " ".join(lines(second)[:4])
        assert "set DESIST_EMBEDDED=pilot" in second.stderr
        modes = {
            name: stat.S_IMODE((cluster.folder / name).stat().st_mode)
            for name in ("log", "keys", "mail", "passwords", "heads")
        }
        assert set(modes.values()) == {0o700}


def test_an_administrators_address_makes_everything_on_a_server_of_ones_own(
    server: Server, tmp_path: Path
) -> None:
    word = tmp_path / "administrator"
    word.write_text(server.administrator)
    word.chmod(0o600)

    asked = (*NEW, "--host", "programme.northmere.example", "--server", server.address)
    done = set_up(tmp_path / "data", *asked, DESIST_ADMIN_DATABASE_URL_FILE=str(word))
    again = set_up(tmp_path / "data", SITE)

    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "its four logins reach it with the rights they need and no others" in again.stderr
    assert (
        "Northmere service: https://programme.northmere.example/ once it runs, on port 8701" in again.stderr
    )
    for name in LOGINS:
        kept = tmp_path / "data" / "passwords" / name
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert kept.read_text() not in done.stdout + done.stderr
        with psycopg.connect(f"{server.address}/{DATABASE}", user=name, password=kept.read_text()):
            pass
    listed = sites.read_sites(folder=tmp_path / "data")[0]
    assert (listed.host, listed.server) == ("programme.northmere.example", server.address)


def test_without_one_it_prints_the_statements_that_are_missing_and_then_finds_nothing_missing(
    tmp_path: Path,
) -> None:
    with own_server() as server:
        asked = (*NEW, "--server", server.address)
        first = set_up(tmp_path, *asked)
        assert first.returncode == 1
        assert f"Missing: {DATABASE}_app cannot log in" in first.stderr
        assert not any((tmp_path / "passwords" / name).read_text() in first.stdout for name in LOGINS)

        psql(server, first.stdout)
        psql(server, first.stdout)  # a second time changes nothing
        second = set_up(tmp_path, SITE)

        assert (second.returncode, second.stdout) == (0, ""), second.stderr

        with server.connect() as administrator:
            administrator.execute("CREATE DATABASE another")
        with server.connect(DATABASE) as administrator:
            administrator.execute("DROP EXTENSION unaccent")
        third = set_up(tmp_path, SITE)

    assert third.returncode == 1
    assert "Missing: The extension unaccent is not in the database." in third.stderr
    assert f"Missing: The database login {DATABASE}_app may connect to another as well." in third.stderr
    assert "CREATE EXTENSION IF NOT EXISTS" in third.stdout


def psql(server: Server, script: str) -> None:
    """Run statements as the administrator does."""
    command = [str(server.programs / "bin" / "psql"), "--quiet", "--no-psqlrc", server.administrator]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((SITE,), "There is no site named northmere-programme yet. Say which side it is"),
        ((SITE, "--zone", "participant", "--title", "x"), "live in the database of their programme"),
        ((*NEW, "--shares", "another-site"), "live in the database of their programme"),
        ((*NEW, "--host", "https://northmere.example"), "is no host name"),
        ((*NEW, "--server", "postgresql://app:word@db.internal"), "names the PostgreSQL alone"),
        ((*NEW, "--server", "db.internal"), "names the PostgreSQL alone"),
        ((*NEW, "--server", "postgresql://db.internal?sslmodus=x"), "cannot be read"),
        (("Northmere", *NEW[1:]), "cannot be the name of a site"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_makes_no_entry(
    asked: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = set_up(tmp_path, *asked)

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sites.read_sites(folder=tmp_path) == ()


def test_a_site_stays_on_its_side_and_a_port_belongs_to_one_site(server: Server, tmp_path: Path) -> None:
    site = sites.Site("northmere-police", sites.Zone.PARTNERSHIP, "Northmere Police", 8701)
    sites.write_sites(folder=tmp_path, sites=[site])

    moved = set_up(tmp_path, site.name, "--zone", "programme")
    taken = set_up(tmp_path, *NEW, "--port", "8701")
    refused = set_up(
        tmp_path,
        *(*NEW, "--server", server.address),
        DESIST_ADMIN_DATABASE_URL=server.administrator.replace("postgres:", "nobody:"),
    )
    garbled = set_up(tmp_path, SITE, DESIST_ADMIN_DATABASE_URL="postgresql://x?word=s3cret")
    named = set_up(
        tmp_path, SITE, DESIST_PROGRAMME_DATABASE_URL=f"postgresql://app:s3cret@127.0.0.1:{server.port}/x"
    )

    assert "northmere-police is of the zone partnership, and a site stays on its side" in moved.stderr
    assert "Port 8701 belongs to northmere-police" in taken.stderr
    assert "DESIST_ADMIN_DATABASE_URL" in refused.stderr
    assert "could not do it" in refused.stderr
    assert "cannot be read" in garbled.stderr
    assert "names a login" in named.stderr
    assert "s3cret" not in garbled.stderr + named.stderr
    assert sites.read_sites(folder=tmp_path)[1].port == 8702


@pytest.mark.parametrize("command", [("set-up", *NEW), ("demo",)])
def test_a_folder_that_cannot_be_made_is_a_sentence(command: tuple[str, ...]) -> None:
    folder = "/sys/desist"  # not even root makes a folder there
    asked = [sys.executable, "-m", "tools", *command, "--data", folder]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 1
    assert f"desist: {folder}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["up", "migrate"])
def test_a_folder_of_somebody_else_is_a_sentence(command: str, tmp_path: Path) -> None:
    site = sites.Site(SITE, sites.Zone.PROGRAMME, "Northmere service", 8701)
    sites.write_sites(folder=tmp_path, sites=[site])
    (tmp_path / "log").write_text("a file where a folder belongs")

    asked = [sys.executable, "-m", "desist.cli", command, "--data", str(tmp_path)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 1
    assert f"desist: {tmp_path / 'log'} cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
