"""An area of two sites whose processes are broken on purpose: the demo's, on a small disk that belongs to it alone."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desist import sites
from desist.embedded import Cluster
from desist.running import deploy
from desist.sites import Site, Zone

#: megabytes of the disk: its data take half of it
DISK = 500
PATIENCE = 150.0  # seconds until every zone answers
READY = "Everybody is invented"


class NeverHappened(Exception):
    """What was waited for did not happen; the text says what the area said last."""


@dataclass
class Area:
    """A running area: its ports, and its folder as its own processes see it."""

    place: Path
    port: int
    like: Path | None = None  # a data folder whose files the disk begins with
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the demo of two zones and wait until both answer."""
        again = self.process is not None
        command = [sys.executable, "-m", "tools.bench.faults_clock", str(self.place / "clock")]
        command += ["demo", "--only", "programme", "--only", "partnership"]
        command += ["--data", str(self.place / "data"), "--port-base", str(self.port)]
        with (self.place / "said").open("ab") as said:
            self.process = subprocess.Popen(
                command if again else _on_a_disk_of_its_own(self.place / "data", command, like=self.like),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        before = self.said().count(READY)
        self.until(lambda: self.said().count(READY) > before or self.ended(), "both sites answer", PATIENCE)
        if self.ended():
            raise NeverHappened(self.said()[-2000:])

    def ended(self) -> bool:
        """Whether the supervisor is gone."""
        return self.process is None or self.process.poll() is not None

    def said(self) -> str:
        """What the supervisor has written on the screen."""
        return (self.place / "said").read_text("utf-8", "replace")

    @property
    def folder(self) -> Path:
        """The data folder, as the area sees it: its disk may be known to its own processes alone."""
        if os.geteuid() == 0 or self.process is None:
            return self.place / "data"
        return Path(f"/proc/{self.process.pid}/root") / (self.place / "data").relative_to("/")

    @property
    def cluster(self) -> Cluster:
        """The embedded server."""
        return Cluster(self.folder)

    def site(self, zone: Zone) -> Site:
        """The site of a zone."""
        return next(site for site in sites.read_sites(folder=self.folder) if site.zone is zone)

    def environment(self, zone: Zone) -> dict[str, str]:
        """The environment of one more process of a site."""
        return {**os.environ, **deploy.environment(self.site(zone), self.folder)}

    def ask(self, zone: Zone, query: str, *values: object) -> list[tuple[object, ...]]:
        """The rows that a site's database answers with. Raises psycopg.Error."""
        with self.cluster.connect(self.site(zone).database) as connection:
            return connection.execute(query.encode(), values or None).fetchall()

    def until(self, done: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
        """Wait for something. Raises NeverHappened."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise NeverHappened(f"{what}: not within {seconds:.0f} seconds. {self.said()[-1500:]}")
            time.sleep(0.05)

    def postmaster(self) -> int:
        """The process of the embedded server."""
        return int((self.folder / "pg" / "postmaster.pid").read_text("ascii").split()[0])

    def found(self, name: str) -> list[int]:
        """The processes below the supervisor that write to the log of this name, a parent before its children."""
        assert self.process is not None  # noqa: S101 -- asked of an area that runs
        return [pid for pid in below(self.process.pid) if _log_of(pid) == f"{name}.log"]

    def close(self) -> None:
        """Stop everything."""
        if self.process is not None and not self.ended():
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def running(*, like: Path | None = None) -> Iterator[Area]:
    """Run an area in a temporary folder for as long as the block lasts, and remove it; `like` is as Area's."""
    place = Path(tempfile.mkdtemp(prefix="desist-"))
    place.chmod(0o711)
    (place / "data").mkdir()
    for name in ("said", "clock"):
        (place / name).touch()
    area = Area(place, free_ports(), like)
    try:
        area.start()
        yield area
    finally:
        area.close()
        if os.geteuid() == 0:
            subprocess.run(["/bin/umount", "--lazy", place / "data"], check=False)
        shutil.rmtree(place, ignore_errors=True)


def _on_a_disk_of_its_own(folder: Path, command: list[str], *, like: Path | None) -> list[str]:
    """A command that begins with a small disk in the folder: as root, or in a user namespace that may make one."""
    disk = f"mount -t tmpfs -o size={DISK}m,mode=0711 tmpfs {folder}"
    if like:
        disk += f" && cp -a {like}/. {folder}"
    if os.geteuid() == 0:
        return ["sh", "-c", f'{disk} && exec "$@"', "sh", *command]
    back = ["unshare", "--user", f"--map-user={os.geteuid()}", f"--map-group={os.getegid()}"]
    return ["unshare", "-rm", "sh", "-c", f'{disk} && exec "$@"', "sh", *back, *command]


def free_ports() -> int:
    """The first of ten ports that are free together."""
    for base in range(30000 + os.getpid() * 20 % 9000, 60000, 10):
        try:
            for port in range(base, base + 10):
                socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return base
    raise NeverHappened("no ten free ports")


def below(pid: int) -> list[int]:
    """The processes below one, as Linux lists them, a parent before its children; none below one that ended."""
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, task.read_text().split()):
                found += [child, *below(child)]
    return found


def alive(pid: int) -> bool:
    """Whether a process still runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _log_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/fd/1").readlink().name
    except OSError:
        return ""
