"""./desist up serves a deployment that is ready, says in words what keeps one from being it, and takes all with it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from tests import tables
from tests.processes import alive, below, free_port, printed_to, title, until
from tests.running.window import Window

from desist import sites
from desist.cli.plain import DEMO
from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.running import deploy, handover, supervisor
from desist.running.children import Nursery
from desist.sites import Site, Zone
from tools.cli import demo
from tools.synthetic import area

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROOT = Path(__file__).parents[2]
NOTHING_STARTED = "Nothing was started, because of Northmere service: the reasons stand above."


class Pilot:
    """A programme in a folder of its own, as an organisation tries it out: on the embedded database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", free_port())

    @contextmanager
    def running(self, command: str, *more: str) -> Iterator[subprocess.Popen[str]]:
        """A command that serves until it is told to stop."""
        with subprocess.Popen(
            [sys.executable, "-m", "tools", command, "--data", str(self.folder), *more],
            env={**os.environ, "DESIST_EMBEDDED": "pilot"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.terminate()

    def run(self, command: str, *more: str) -> tuple[int, str]:
        """A command that ends by itself: its exit code, and what it said that it cannot."""
        with self.running(command, *more) as process:
            said = process.communicate(timeout=120)[1]
            return process.returncode, said

    def answers(self) -> bool:
        return supervisor._answers(self.site, "programme.localhost")

    @contextmanager
    def without_keys(self) -> Iterator[None]:
        place = keyfile.path(folder=self.folder, site=self.site.name)
        away = place.rename(place.with_suffix(".away"))
        try:
            yield
        finally:
            away.rename(place)


@pytest.fixture(scope="module")
def unmade() -> Iterator[Pilot]:
    """A pilot whose database is there, and empty."""
    with throwaway_cluster() as cluster:
        pilot = Pilot(cluster.folder)
        deploy.found(pilot.folder, [pilot.site], on=date(2026, 3, 2))
        cluster.stop()  # every command starts it for itself
        yield pilot


@pytest.fixture(scope="module")
def pilot(unmade: Pilot) -> Pilot:
    """The same once it has its tables and is migrated."""
    with Cluster(unmade.folder).serving():
        tables.founded(unmade.folder, [unmade.site], on=date(2026, 3, 2))
    assert unmade.run("migrate") == (0, "")
    return unmade


def test_a_folder_without_sites_is_not_served(tmp_path: Path) -> None:
    code, said = Pilot(tmp_path).run("up")

    assert (code, said) == (
        1,
        f"desist: {tmp_path} holds no sites. docs/howto/go-to-production.md says how to make them.\n",
    )


def test_a_pilot_that_is_not_migrated_is_not_served(unmade: Pilot) -> None:
    code, said = unmade.run("up")

    assert code == 1
    assert "- The database of northmere-programme is empty. Run `./desist migrate` first.\n" in said
    assert said.endswith(f"desist: {NOTHING_STARTED}\n")
    assert not unmade.answers()


def test_a_pilot_that_is_migrated_answers_until_ctrl_c_and_leaves_nobody_behind(pilot: Pilot) -> None:
    with pilot.running("up") as process:
        assert process.stdout is not None
        said = process.stdout.readline()  # once every site answers
        children = below(process.pid)
        answered = pilot.answers()

        process.send_signal(signal.SIGINT)

        assert process.communicate(timeout=60) == ("", "")
        assert process.returncode == 0
    assert said == f"Northmere service: http://programme.localhost:{pilot.site.port}/\n"
    assert answered
    assert (
        len(children) >= 5
    )  # PostgreSQL, the courier, the site, and below it the web process and the worker
    assert alive(children) == set()
    assert not pilot.answers()


@pytest.mark.parametrize("log", ["courier.log", "northmere-programme-web.log"])
def test_ctrl_c_is_heard_while_the_sites_still_start(pilot: Pilot, log: str) -> None:
    begun = pilot.folder / "log" / log
    begun.unlink(missing_ok=True)
    with pilot.running("up") as process:
        until(begun.exists, 60)
        children = below(process.pid)

        process.send_signal(signal.SIGINT)

        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode == 0
    assert alive(children) == set()
    with Cluster(pilot.folder).unused():  # nor does anybody else still hold the folder
        assert not pilot.answers()


def test_each_process_has_a_name_of_its_own_and_shows_no_password(
    pilot: Pilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_WEB_PROCESSES", "2")
    monkeypatch.setenv("DESIST_EMAIL_USER", "planted-secret")
    with pilot.running("up") as process:
        assert process.stdout is not None
        process.stdout.readline()
        ours = {
            pid: title(pid) for pid in {process.pid, *below(process.pid)} if title(pid).startswith("desist")
        }
        shown = [
            name for pid, name in ours.items() if b"planted" in Path(f"/proc/{pid}/environ").read_bytes()
        ]
        others = [title(pid) for pid in below(process.pid) - set(ours)]

    assert sorted(ours.values()) == [
        "desist courier",
        "desist northmere-programme",
        "desist northmere-programme web",
        "desist northmere-programme web 1",
        "desist northmere-programme web 2",
        "desist northmere-programme worker",
        "desist supervisor",
    ]
    assert shown == []
    assert not [name for name in others if "postgres" not in name]


def test_a_pilot_that_is_asked_whether_it_would_start_starts_nothing(pilot: Pilot) -> None:
    assert pilot.run("up", "--check") == (0, "")
    with pilot.without_keys():
        code, said = pilot.run("up", "--check")

    assert code == 1
    assert said.endswith(f"desist: {NOTHING_STARTED}\n")
    assert not pilot.answers()


def test_a_pilot_is_not_restarted_in_place_because_its_database_would_end(pilot: Pilot) -> None:
    with pilot.running("up") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        children = below(process.pid)

        process.send_signal(signal.SIGUSR2)

        assert process.stderr.readline() == supervisor.NOT_HERE
        assert alive(children) == children
        assert pilot.answers()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")


def test_a_port_that_another_program_has_is_named_and_nothing_starts(pilot: Pilot) -> None:
    with socket.socket() as other:
        other.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEPORT, 1
        )  # as the web server does, so both would listen
        other.bind(("127.0.0.1", pilot.site.port or 0))
        other.listen()

        code, said = pilot.run("up")

    assert code == 1
    assert said == (
        f"desist: Nothing was started. Port {pilot.site.port} of 127.0.0.1, for Northmere service, is in use by another "
        "program. Stop that program, or give the site another port in sites.toml.\n"
    )


def test_a_folder_that_is_served_already_is_named_and_nothing_else_starts(pilot: Pilot) -> None:
    with pilot.running("up") as process:
        assert process.stdout is not None
        process.stdout.readline()

        code, said = pilot.run("up")

        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert code == 1
    assert said.startswith(f"desist: Another Desist is using the data in {pilot.folder}. Stop it first")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    code, said = Pilot(tmp_path / "file" / "data").run("demo")

    assert (code, said) == (
        1,
        f"desist: {tmp_path / 'file' / 'data'}: Not a directory. A part of this path is a file. Name another folder.\n",
    )


def test_while_postgresql_says_nothing_a_probe_is_answered_and_all_goes_on_afterwards(
    pilot: Pilot,
) -> None:
    with pilot.running("up") as process:
        assert process.stdout is not None
        process.stdout.readline()
        postmaster = int((pilot.folder / "pg" / "postmaster.pid").read_text("ascii").split()[0])
        frozen = {postmaster, *below(postmaster)}
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        try:
            window = Window(pilot.site.port or 0, cookies={"programme_session": "x" * 32})
            with ThreadPoolExecutor(8) as people:  # twice as many as there are threads for the database
                begun = time.monotonic()
                answers = [people.submit(window.ask, "GET", "/people/") for _ in range(8)]
                probed = Window(pilot.site.port or 0).ask("GET", "/health")
                led = Window(pilot.site.port or 0).ask("GET", "/")
                entrance = Window(pilot.site.port or 0).ask("GET", "/account/sign-in/")
                soon = time.monotonic() - begun
                pages = [answer.result() for answer in answers]
                late = time.monotonic() - begun
                told = Window(pilot.site.port or 0).ask("GET", "/account/sign-in/")
        finally:
            for pid in alive(frozen):
                os.kill(pid, signal.SIGCONT)
        back = Window(pilot.site.port or 0, cookies={"programme_session": "x" * 32})
        until(lambda: back.ask("GET", "/people/")[0] < 500, 20)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    assert (probed[0], led[0], entrance[0]) == (200, 302, 200)
    assert "data-passkey-question" in entrance[1]
    assert soon < 3
    assert "While that lasts, nobody can sign in." in told[1]
    assert {status for status, _ in pages} == {503}
    assert all("Desist cannot reach its records" in page for _, page in pages)
    assert late < 15


def web_processes(pid: int) -> tuple[int, set[int]]:
    """Below a deployment: the web process, and those below it that answer."""
    found = {one for one in below(pid) if printed_to(one).endswith("-web.log")}
    web = next(one for one in found if below(one) & found)
    return web, below(web) & found


def test_a_web_process_that_is_killed_leaves_nobody_who_answers_and_comes_back(pilot: Pilot) -> None:
    with pilot.running("up") as process:
        assert process.stdout is not None
        process.stdout.readline()
        web, answering = web_processes(process.pid)

        os.kill(web, signal.SIGKILL)

        until(lambda: not alive(answering), 20)
        until(pilot.answers, 60)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")


def test_of_two_that_answer_one_that_is_killed_is_replaced_and_all_end_together(
    pilot: Pilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_WEB_PROCESSES", "2")
    with pilot.running("up") as process:
        assert process.stdout is not None
        process.stdout.readline()
        web, (killed, other) = web_processes(process.pid)

        os.kill(killed, signal.SIGKILL)

        until(lambda: not alive({killed}) and len(alive(below(web))) == 2, 30)
        assert alive({web, other}) == {web, other}
        assert pilot.answers()
        answering = below(web)
        os.kill(web, signal.SIGKILL)
        until(lambda: not alive(answering), 20)
        until(pilot.answers, 60)
        children = below(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")
    assert alive(children) == set()
    assert not pilot.answers()


def test_a_pilot_without_its_keys_says_so_at_once_and_starts_nothing(pilot: Pilot) -> None:
    with pilot.without_keys():
        code, said = pilot.run("up")

    assert code == 1
    assert "northmere-programme does not start:\nThe key file" in said
    assert "keys recover northmere-programme" in said
    assert said.endswith(f"desist: {NOTHING_STARTED}\n")


@contextmanager
def as_a_later_version_left_it(pilot: Pilot) -> Iterator[None]:
    """The pilot's database after the migrations of a version to come."""
    cluster = Cluster(pilot.folder)
    with cluster.serving(), cluster.connect(pilot.site.database) as superuser:
        superuser.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('programme', '0099_later', '2026-12-01')"
        )
    try:
        yield
    finally:
        with cluster.serving(), cluster.connect(pilot.site.database) as superuser:
            superuser.execute("DELETE FROM django_migrations WHERE name = '0099_later'")


def test_a_pilot_of_a_later_version_is_neither_served_nor_migrated_and_says_so_at_once(pilot: Pilot) -> None:
    with as_a_later_version_left_it(pilot):
        up, migrate = pilot.run("up"), pilot.run("migrate")

    assert up[0] == migrate[0] == 1
    assert "is newer than this program: it has programme.0099_later" in up[1]
    assert "Run the version of Desist that migrated it, or a newer one." in up[1]
    assert up[1].endswith(f"desist: {NOTHING_STARTED}\n")
    assert "northmere-programme-migrate.log says why" in migrate[1]


def test_a_demo_with_a_key_file_that_cannot_be_read_says_so_at_once_and_starts_nothing(pilot: Pilot) -> None:
    (pilot.folder / DEMO).touch()
    deploy.note(demo._loaded(pilot.folder, pilot.site))  # its people are there already, and its tables
    sites.write_sites(folder=pilot.folder, sites=(pilot.site, area.phones(pilot.site.port or 0)))
    deploy.note_tables(pilot.folder)
    place = keyfile.path(folder=pilot.folder, site=pilot.site.name)
    kept = place.read_bytes()
    place.write_bytes(kept[:10])
    try:
        code, said = pilot.run("demo", "--only", "programme", "--port-base", str(pilot.site.port))
    finally:
        place.write_bytes(kept)

    assert code == 1
    assert f"northmere-programme does not start:\n{place}" in said
    assert said.endswith(
        "desist: Nothing was started, because of Northmere service, My week: the reasons stand above. "
        "`./desist demo --fresh` throws the demo's data away and begins anew.\n"
    )


def test_a_site_that_does_not_answer_is_named_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    site = Pilot(tmp_path).site
    nobody_started = supervisor.Supervisor(supervisor.Deployment(tmp_path, [site]), None)

    with pytest.raises(supervisor.DoesNotAnswer) as failed:
        nobody_started._wait_for(site)

    log = tmp_path / "log" / "northmere-programme-web.log"
    assert str(failed.value) == f"Northmere service does not answer on port {site.port}. {log} says why."


def test_a_new_version_that_does_not_answer_leaves_the_work_to_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE", 0.2)
    monkeypatch.setenv(handover.BEFORE, f"{os.getpid()}")
    site = Pilot(tmp_path).site
    new = supervisor.Supervisor(supervisor.Deployment(tmp_path, [site]), None)
    new.nursery = Nursery([])
    told_to_stop = threading.Timer(0.6, new._stop, [signal.SIGTERM, None])
    told_to_stop.start()

    new._wait_for(site)

    told_to_stop.join()
    log = tmp_path / "log" / "northmere-programme-web.log"
    assert capsys.readouterr().err == (
        f"desist: The new version of Northmere service does not answer on port {site.port}. {log} says why. "
        "The version before goes on answering.\n"
    )
