"""The embedded server: made once, found again, killed, restarted, refused in words."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from desist.embedded import AlreadyRunning, Cluster, ClusterError, binaries
from desist.embedded.binaries import Mode, Programs
from desist.embedded.logins import Login

NAME = "Ada Plainly-Invented"


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="desist-"))  # pytest's own temporary folder is private to root
    yield folder
    shutil.rmtree(folder)


def test_the_log_holds_no_word_of_any_statement(cluster: Cluster) -> None:
    with cluster.connect() as connection:
        for statement in (
            f"SELECT '{NAME}'::integer",
            f'TABLE "{NAME}"',
            f"SELECT pg_sleep('{NAME}')",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement.encode())
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::integer", [NAME])

    assert "ready to accept connections" in cluster.log.read_text()
    assert NAME not in cluster.log.read_text()


def test_only_their_owner_reads_the_passwords(cluster: Cluster) -> None:
    folder = cluster.folder / "passwords"

    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes == {0o600}


def test_a_printed_login_hides_its_password(cluster: Cluster) -> None:
    login = cluster.login("courier")

    assert isinstance(login, Login)
    assert login.password not in repr(login)


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    right = cluster.url("courier", "northmere_programme")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(right.replace(cluster.login("courier").password, "guess"))


def test_the_server_never_runs_as_root(cluster: Cluster) -> None:
    pid = int((cluster.data / "postmaster.pid").read_text().split()[0])

    owner = Path(f"/proc/{pid}").stat().st_uid

    assert owner != 0 or cluster.programs.mode is Mode.NAMESPACE


def test_a_second_start_on_the_same_folder_is_refused_in_words(cluster: Cluster) -> None:
    second = Cluster(cluster.folder, durable=False)

    with pytest.raises(AlreadyRunning, match="Stop it first"):
        second.start()

    assert cluster.running


def test_serving_uses_the_server_that_runs(cluster: Cluster) -> None:
    with Cluster(cluster.folder).serving():
        assert cluster.running

    assert cluster.running


def test_a_long_path_gets_its_socket_in_a_temporary_folder(tmp_path: Path) -> None:
    short, long = Cluster(Path("/srv/desist")), Cluster(tmp_path / ("long" * 25))

    assert short.socket_folder == Path("/srv/desist/s")
    assert len(str(long.socket_folder).encode()) < 60
    assert long.socket_folder == Cluster(tmp_path / ("long" * 25)).socket_folder


def test_data_of_another_major_version_are_refused_and_the_way_out_is_named(folder: Path) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "PG_VERSION").write_text("17\n")

    with pytest.raises(ClusterError, match=r"written by PostgreSQL 17; .*desist restore DIR"):
        Cluster(folder).start()


def test_a_folder_that_cannot_be_made_is_an_error_in_words(folder: Path) -> None:
    (folder / "file").write_text("")

    with pytest.raises(ClusterError, match="mend the permissions, then try again"):
        Cluster(folder / "file" / "data").create()


def test_a_socket_folder_of_someone_else_is_refused(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.socket_folder.symlink_to("/var")

    with pytest.raises(ClusterError, match="belongs to someone else"):
        cluster.create()


@pytest.mark.processes
def test_after_kill_9_of_the_server_nothing_that_was_committed_is_lost(folder: Path) -> None:
    cluster = Cluster(folder)
    cluster.start()
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
        pid = int((cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while not cluster.died():
            time.sleep(0.01)

        cluster.start()

    with cluster.connect() as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    cluster.stop()
    assert not cluster.running


@pytest.mark.processes
def test_the_server_ends_with_a_supervisor_that_was_killed(folder: Path) -> None:
    supervisor = (
        "import sys, time; from pathlib import Path; from desist.embedded import Cluster;"
        f"Cluster(Path({str(folder)!r}), durable=False).start(); print('up', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", supervisor], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    pid = int((folder / "pg" / "postmaster.pid").read_text().split()[0])

    process.kill()
    process.wait()
    process.stdout.close()

    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()
    assert not Cluster(folder).running


@pytest.mark.processes
def test_stopped_data_are_served_again(folder: Path) -> None:
    with Cluster(folder).serving(), Cluster(folder).connect() as connection:
        connection.execute("CREATE TABLE kept (n int)")

    with Cluster(folder).serving(), Cluster(folder).connect() as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


@pytest.mark.processes
@pytest.mark.parametrize("mode", [Mode.NAMESPACE, Mode.NOBODY])
def test_root_runs_the_server_in_either_way(folder: Path, mode: Mode) -> None:
    """Also one after the other: the files change hands."""
    if os.geteuid() != 0:
        mode = Mode.DIRECT
    first = Cluster(folder)
    first.start()
    first.stop()
    cluster = Cluster(folder)
    cluster.__dict__["programs"] = Programs(binaries.installed(), mode)

    cluster.start()

    assert cluster.running
    cluster.stop()


@pytest.mark.processes
def test_programs_are_copied_whole_and_once_and_still_run(folder: Path) -> None:
    place = folder / "programs"

    first = binaries.copied(binaries.installed(), place)
    made = place.stat().st_ctime_ns
    second = binaries.copied(binaries.installed(), place)

    assert (first, made) == (second, place.stat().st_ctime_ns)
    cluster = Cluster(folder, durable=False)
    cluster.__dict__["programs"] = Programs(second, cluster.programs.mode)
    with cluster.serving():
        assert cluster.running


def test_a_private_folder_on_the_way_is_seen(tmp_path: Path) -> None:
    (tmp_path / "closed" / "open").mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)

    assert not binaries.reachable(tmp_path / "closed" / "open" / "file")
    assert binaries.reachable(Path("/usr/bin/env"))


def test_a_user_without_a_name_is_seen() -> None:
    assert binaries.has_name(0)
    assert not binaries.has_name(3_999_999)


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    programs = Programs(binaries.installed(), Mode.DIRECT)

    with pytest.raises(ClusterError, match="initdb failed: "):
        programs.run("initdb", "-D", "/proc/nowhere")
