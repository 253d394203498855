"""A primary and a standby of PostgreSQL, each in a folder and at a port of its own, to be killed, promoted and fenced."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from desist.embedded import binaries
from desist.embedded.cluster import SETTINGS, SUPERUSER
from tools.bench.faults_area import alive, below

HOST = "127.0.0.1"
#: the name by which the primary knows its standby
STANDBY = "standby"
PATIENCE = 60.0  # seconds
#: what the embedded server leaves out, as it has no standby
REPLICATED = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "wal_keep_size": "256MB",
    "wal_receiver_timeout": "5s",
    "wal_sender_timeout": "5s",
}


class NodeFailed(Exception):
    """A server did not do what was asked of it in time; the text names its log."""


class Node:
    """One server of PostgreSQL with the data in `folder`/pg."""

    def __init__(self, folder: Path, port: int, password: str) -> None:
        """Name the places; nothing is started yet."""
        self.data, self.log, self.port = folder / "pg", folder / "node.log", port
        self._password = password
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
        self.programs = binaries.programs(data=self.data)

    def start(self, *, synchronous: bool = False) -> None:
        """Start it; a synchronous one acknowledges no commit that its standby has not on disk. Raises NodeFailed."""
        names = STANDBY if synchronous else ""
        settings = {**SETTINGS, **REPLICATED, "port": str(self.port), "synchronous_standby_names": names}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.programs.own(self.data)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.programs.command("postgres", "-D", self.data, *options),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=binaries.environment(),
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def copy(self, primary: "Node") -> None:
        """Make this server a standby of another: its files, and where it follows them from."""
        self.data.mkdir(mode=0o700)
        self.programs.own(self.data)
        self.programs.run(
            "pg_basebackup", "-D", self.data, "-d", primary.source, "-R", "-X", "stream", "-c", "fast"
        )

    def kill(self) -> None:
        """Kill it as a power cut does, with everything that works in it, frozen or not."""
        self.freeze()  # so that it starts no process more
        told = self._tell_all(signal.SIGKILL)
        self._end(signal.SIGKILL)
        self._wait_until_gone(told)

    def freeze(self) -> None:
        """Freeze it: it takes connections and answers nothing."""
        self._tell_all(signal.SIGSTOP)

    def stop(self) -> None:
        """Stop it in good order, where it runs."""
        self._end(signal.SIGINT)

    def promote(self) -> None:
        """Make this standby the primary."""
        with self.connect() as connection:
            connection.execute("SELECT pg_promote(wait => false)")

    def fence(self) -> None:
        """See to it that this server, which does not run, comes back as a standby only and takes no write."""
        (self.data / "standby.signal").touch()
        self.programs.own(self.data / "standby.signal")

    def rejoin(self, primary: "Node") -> None:
        """Make this server, which was the primary, follow the new one: what it alone had written is taken back."""
        self.programs.run("pg_rewind", "--target-pgdata", self.data, "--source-server", primary.source, "-R")

    def cut(self) -> None:
        """Cut the line on which this standby follows its primary."""
        with self.connect() as connection:
            connection.execute("ALTER SYSTEM SET primary_conninfo = ''")
            connection.execute("SELECT pg_reload_conf()")

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a connection as the superuser."""
        return psycopg.connect(f"{self._address} dbname={database}", autocommit=True, connect_timeout=5)

    @property
    def source(self) -> str:
        """How a standby follows this server."""
        return f"{self._address} dbname=postgres application_name={STANDBY}"

    @property
    def in_recovery(self) -> bool:
        """Whether it is a standby, which takes no write."""
        with self.connect() as connection:
            return bool(_one(connection, "SELECT pg_is_in_recovery()"))

    def follows(self, primary: "Node") -> None:
        """Wait until a primary streams to this standby, in step with it where it is synchronous. Raises NodeFailed."""
        end = time.monotonic() + PATIENCE
        with primary.connect() as connection:
            asked = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
            wanted = "SELECT current_setting('synchronous_standby_names') <> ''"
            if _one(connection, wanted):
                asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
            while not _one(connection, asked):
                if time.monotonic() > end:
                    raise NodeFailed(f"The standby does not follow: {self._last_words()}")
                time.sleep(0.05)

    @property
    def _address(self) -> str:
        return f"host={HOST} port={self.port} user={SUPERUSER} password={self._password}"

    def _tell_all(self, what: signal.Signals) -> list[int]:
        """Send a signal to the server and to each process that works in it, which is a session of its own; return them."""
        if self._process is None:
            return []
        told = [self._process.pid, *below(self._process.pid)]
        for pid in told:
            with suppress(ProcessLookupError):
                os.kill(pid, what)
        return told

    def _wait_until_gone(self, told: list[int]) -> None:
        """Wait until no process holds the memory that they shared: the server does not start before. Raises NodeFailed."""
        end = time.monotonic() + PATIENCE
        while any(map(alive, told)):
            if time.monotonic() > end:
                raise NodeFailed("PostgreSQL was killed, and one of its processes still runs.")
            time.sleep(0.01)

    def _end(self, farewell: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(farewell)
            self._process.wait(PATIENCE)
            self._process = None

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                gone = self._process is None or self._process.poll() is not None
                if gone or time.monotonic() > end:
                    raise NodeFailed(f"PostgreSQL did not start: {self._last_words()}") from None
                time.sleep(0.05)
            else:
                return

    def _last_words(self) -> str:
        return self.log.read_text("utf-8", "replace")[-800:]


def _one(connection: psycopg.Connection, question: str) -> object:
    row = connection.execute(question).fetchone()
    return row[0] if row else None
