"""One embedded PostgreSQL server in one folder: made once, started, stopped, never run twice."""

import fcntl
import hashlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psycopg

from desist.embedded import binaries, logins
from desist.embedded.binaries import ClusterError
from desist.privatefile import write_private

SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107  # bytes, a limit of Linux
PATIENCE = 15  # seconds; after kill -9 the server waits for its orphaned back-ends to end
#: a server's words while it reads its log after a crash
RECOVERING = ("the database system is starting up", "not yet accepting connections", "in recovery mode")
LARGEST_LOG = 5_000_000  # bytes

#: Small, because everything of the demo shares one laptop; silent, because statements hold names of people.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "autovacuum_max_workers": "1",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "max_wal_size": "256MB",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",  # errors of statements quote what was typed; start, stop and crash stay
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_checkpoints": "off",
}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class AlreadyRunning(ClusterError):
    """Another process holds this data folder."""


class Cluster:
    """A server whose files lie in `folder`; `durable=False` trades safety for speed and is for tests only."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Name the places; nothing is made or started yet."""
        self.folder = folder.absolute()
        self.data = self.folder / "pg"
        self.log = self.folder / "log" / "postgres.log"
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    @cached_property
    def programs(self) -> binaries.Programs:
        """The programs of PostgreSQL, in a mode that can reach this folder; makes the folders around the data."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # passed through, not listed: the server may run as another user
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        allowed = {binaries.identity(mode)[0] for mode in binaries.Mode}
        if self.socket_folder.is_symlink() or self.socket_folder.stat().st_uid not in allowed:
            raise ClusterError(f"{self.socket_folder} belongs to someone else. Remove it and try again.")
        return binaries.programs(data=self.data)

    @cached_property
    def socket_folder(self) -> Path:
        """The folder where clients find the server: in the data folder, or a temporary one if the path is too long."""
        near = self.folder / "s"
        if len(str(near / SOCKET).encode()) <= LONGEST_SOCKET_PATH:
            return near
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir(), f"desist-{name}")

    @property
    def created(self) -> bool:
        """Whether the server's files are there."""
        return (self.data / "PG_VERSION").exists()

    @property
    def running(self) -> bool:
        """Whether a server answers in this folder, whichever process started it."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket_folder / SOCKET))
            except OSError:
                return False
            return True

    def login(self, name: str) -> logins.Login:
        """A login with its password; the password is made on first use."""
        return logins.login(folder=self.folder / "passwords", name=name)

    def url(self, login: str, database: str) -> str:
        """The address of a database as `login` reaches it."""
        place = urlencode({"host": self.socket_folder})
        return f"postgresql://{login}:{quote(self.login(login).password)}@/{database}?{place}"

    def create(self) -> None:
        """Make the server's files, whole or not at all; does nothing when they are there."""
        if self.created:
            return
        with _plain_errors():
            programs = self.programs
            with self._take_lock():
                fresh = self.folder / "pg.new"
                shutil.rmtree(fresh, ignore_errors=True)
                fresh.mkdir(mode=0o700)
                for place in (fresh, self.socket_folder):
                    programs.own(place)
                word = self.socket_folder / "word"
                write_private(word, self.login(SUPERUSER).password.encode())
                programs.own(word)
                try:
                    programs.run("initdb", *self._initdb_options(fresh, word))
                finally:
                    word.unlink()
                fresh.rename(self.data)

    def start(self) -> None:
        """Start the server and wait until it answers; call it from a thread that lives as long as the server.

        Safe to call again after the server died. Raises AlreadyRunning, or ClusterError with the way out.
        """
        self.create()
        self._check_version()
        if self._lock is None:
            self._lock = self._take_lock()
        try:
            with _plain_errors():
                self._start_until(time.monotonic() + PATIENCE)
        except BaseException:
            self.stop()
            raise

    @property
    def mine(self) -> bool:
        """Whether this object started the server, which then ends with this process."""
        return self._process is not None

    def died(self) -> bool:
        """Whether the server that this object started is gone."""
        return self._process is not None and self._process.poll() is not None

    def revive(self) -> None:
        """Start a server that died again, without waiting for it. Raises ClusterError where nothing can be written."""
        with _plain_errors():
            self._process = self._spawn()

    def last_words(self) -> str:
        """The reason why the server does not run, in its own words."""
        return self._last_words(ClusterError("it said nothing"))

    def stop(self) -> None:
        """Stop the server that this object started, cutting off its clients; does nothing otherwise."""
        if self._process is not None:
            for farewell in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                self._process.send_signal(farewell)
                try:
                    self._process.wait(PATIENCE)
                    break
                except subprocess.TimeoutExpired:
                    continue
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Use the server that runs in this folder, or run one for as long as the block lasts."""
        if self.running:
            yield
            return
        self.start()
        try:
            yield
        finally:
            self.stop()

    @contextmanager
    def unused(self) -> Iterator[None]:
        """Keep every server from the folder while the block lasts. Raises AlreadyRunning where it is in use."""
        with self._take_lock():
            if self.running:
                raise self._in_use()
            yield

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the superuser, for making databases and logins."""
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True, connect_timeout=5)

    def _start_until(self, end: float) -> None:
        self._process = self._spawn()
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError as error:
                if time.monotonic() > end and not _recovers(error):
                    raise ClusterError(f"PostgreSQL did not start: {self._last_words(error)}") from None
            else:
                return
            if self._process.poll() is not None:
                time.sleep(0.3)
                self._process = self._spawn()
            time.sleep(0.03)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = {**SETTINGS, "unix_socket_directories": f'"{self.socket_folder}"'}
        if not self.durable:
            settings |= HASTY
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        for place in (self.data, self.socket_folder):
            self.programs.own(place)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.programs.command("postgres", "-D", self.data, *options),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=binaries.environment(),
                start_new_session=True,
            )

    def _initdb_options(self, target: Path, word: Path) -> list[object]:
        return [
            *("-D", target, "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={word}", "--data-checksums"),
            *("--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"),
            *([] if self.durable else ["--no-sync"]),
        ]

    def _take_lock(self) -> IO[bytes]:
        lock = (self.folder / "pg.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise self._in_use() from None
        return lock

    def _in_use(self) -> AlreadyRunning:
        return AlreadyRunning(
            f"Another Desist is using the data in {self.folder}. Stop it first, or give this one another "
            "folder: --data DIR."
        )

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text("ascii").strip()
        if found != binaries.major():
            raise ClusterError(
                f"The data in {self.folder} were written by PostgreSQL {found}; this Desist brings "
                f"{binaries.major()}. Run `./desist backup DIR` with the Desist that wrote them, then "
                "`./desist restore DIR` with this one into an empty folder."
            )

    def _last_words(self, error: Exception) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()[-50:] if self.log.exists() else []
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return f"{(fatal or lines or [str(error).strip()])[-1]} (log: {self.log}). Is the disk full?"


def _recovers(error: psycopg.OperationalError) -> bool:
    """Whether the server says that it lives and still repairs its files after a crash, which may take minutes."""
    return any(words in str(error) for words in RECOVERING)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Put a refusal of the file system in words."""
    try:
        yield
    except OSError as error:
        raise ClusterError(
            f"{error.filename}: {error.strerror}. Free some space or mend the permissions, then try again."
        ) from error
