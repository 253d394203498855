"""What each fault costs: a running area is broken in one way after the other while two people work.

Acknowledged saves and envelopes are held against the databases afterwards. `tests/faults` runs the same.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from rich.console import Console
from rich.table import Table

from desist.embedded.cluster import SOCKET
from desist.sites import Zone
from tools.bench.faults_area import Area, alive, below, running
from tools.bench.faults_proxy import Proxy
from tools.bench.faults_work import Referrer, Saver

#: seconds that something stays frozen or away; a frozen process of ours is replaced sooner
AWAY = 10.0
NOTES = "SELECT words, count(*) FROM programme_contact WHERE words LIKE 'Note %%' GROUP BY words"
THREADS = "SELECT thread, count(*) FROM programme_referral WHERE given_names LIKE 'Number %%' GROUP BY thread"
WAITING = "SELECT count(*) FROM post_outbox WHERE sent_at IS NULL"
TO_HANDLE = "SELECT count(*) FROM post_inbox WHERE handled_at IS NULL"
EMIT = "SELECT pg_logical_emit_message(true, 'filling', repeat('x', 1000000))"


@dataclass(frozen=True)
class Outcome:
    """What one fault cost."""

    fault: str
    saved: int
    lost: int
    doubled: int
    sent: int
    envelopes_lost: int
    envelopes_doubled: int
    recovery: float
    longest: float
    seen: str
    words_lost: int
    files: bool

    @property
    def whole(self) -> bool:
        """Whether nothing was lost or doubled."""
        return not (self.lost or self.doubled or self.envelopes_lost or self.envelopes_doubled)


@dataclass
class Scene:
    """An area with the two at work, and whether its files were answered while it was broken."""

    area: Area
    saver: Saver
    referrer: Referrer
    files: bool = True

    def wait(self, seconds: float) -> None:
        """Let time go by, and look at the files in the middle of it."""
        time.sleep(seconds / 2)
        self.files = self.saver.files_answer()
        time.sleep(seconds / 2)

    def replaced(self, pid: int) -> None:
        """Wait until a process of ours is gone."""
        self.area.until(lambda: not alive(pid), f"process {pid} is replaced")


def kill(name: str, *, place: int = 0) -> Callable[[Scene], None]:
    """Kill the process of this name as `kill -9` does; `place`: the how-manieth that writes its log."""

    def act(scene: Scene) -> None:
        pid = scene.area.found(name)[place]
        os.kill(pid, signal.SIGKILL)
        scene.replaced(pid)

    return act


def freeze(name: str, *, place: int = 0) -> Callable[[Scene], None]:
    """Freeze the process of this name; its watchdog must find it and replace it."""

    def act(scene: Scene) -> None:
        pid = scene.area.found(name)[place]
        os.kill(pid, signal.SIGSTOP)
        scene.replaced(pid)

    return act


def kill_postmaster(scene: Scene) -> None:
    """Kill PostgreSQL."""
    pid = scene.area.postmaster()
    os.kill(pid, signal.SIGKILL)
    scene.replaced(pid)


def kill_supervisor(scene: Scene) -> None:
    """Kill the supervisor, and start it again once all it had started is gone, as a unit of the system does."""
    area = scene.area
    assert area.process is not None  # noqa: S101 -- it runs
    children = below(area.process.pid)
    area.process.kill()
    area.process.wait()
    area.until(lambda: not any(map(alive, children)), "everything ends with its supervisor")
    area.start()


def freeze_postgresql(scene: Scene) -> None:
    """Freeze PostgreSQL and everybody who works in it, for a while."""
    postmaster = scene.area.postmaster()
    pids = [postmaster, *below(postmaster)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    scene.wait(AWAY)
    for pid in filter(alive, pids):
        os.kill(pid, signal.SIGCONT)


def fill_disk(scene: Scene) -> None:
    """Fill the disk for a while."""
    with _full(scene):
        scene.wait(4.0)


def fill_disk_with_log(scene: Scene) -> None:
    """Fill the disk and go on writing to PostgreSQL's log until it gives up; then make room again."""
    with _full(scene):
        try:
            with scene.area.cluster.connect(scene.area.site(Zone.PROGRAMME).database) as connection:
                for _ in range(400):
                    connection.execute(EMIT)
        except psycopg.Error:
            pass
        scene.area.until(lambda: "PostgreSQL ended" in scene.area.said(), "PostgreSQL gives up")
        scene.wait(4.0)


@contextmanager
def _full(scene: Scene) -> Iterator[None]:
    filling = scene.area.folder / "filling"
    with filling.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filling.unlink()


def stop_forwarding(scene: Scene) -> None:
    """A proxy before PostgreSQL takes what it is sent, and passes nothing on for a while; then it hangs up."""
    place = scene.area.cluster.socket_folder / SOCKET
    with Proxy(place) as proxy:
        ended = len(scene.saver.good)
        for name in ("web", "worker"):  # everybody comes by the proxy from now on
            os.kill(scene.area.found(f"{PROGRAMME}-{name}")[0], signal.SIGKILL)
        scene.area.until(lambda: len(scene.saver.good) > ended + 2, "saving goes on by the proxy")
        proxy.forward = False
        scene.wait(AWAY)


def shut_out_programme(scene: Scene) -> None:
    """The partner's database takes no connection for a while."""
    name = scene.area.site(Zone.PROGRAMME).database
    with scene.area.cluster.connect() as superuser:
        superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        scene.wait(4.0)
        superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


def jump(hours: int) -> Callable[[Scene], None]:
    """Every process's clock jumps, and back after a while."""

    def act(scene: Scene) -> None:
        clock = scene.area.place / "clock"
        clock.write_text(str(hours), "ascii")
        scene.wait(4.0)
        clock.write_text("0", "ascii")

    return act


PROGRAMME = "northmere-programme"
FAULTS: dict[str, Callable[[Scene], None]] = {
    "kill -9 web process": kill(f"{PROGRAMME}-web", place=1),
    "kill -9 web parent": kill(f"{PROGRAMME}-web"),
    "kill -9 site parent": kill(PROGRAMME),
    "kill -9 worker": kill(f"{PROGRAMME}-worker"),
    "kill -9 courier": kill("courier"),
    "kill -9 PostgreSQL": kill_postmaster,
    "kill -9 supervisor": kill_supervisor,
    "freeze web process": freeze(f"{PROGRAMME}-web", place=1),
    "freeze worker": freeze(f"{PROGRAMME}-worker"),
    "freeze courier": freeze("courier"),
    "freeze PostgreSQL": freeze_postgresql,
    "PostgreSQL behind a line that swallows all": stop_forwarding,
    "disk full": fill_disk,
    "disk full, log grows": fill_disk_with_log,
    "clock 2 hours fast": jump(2),
    "clock 2 hours slow": jump(-2),
    "partner's database away": shut_out_programme,
}
#: the faults in which PostgreSQL says nothing, while files and the probe are answered
SILENT = frozenset({"freeze PostgreSQL", "PostgreSQL behind a line that swallows all"})


def suffer(area: Area, fault: str) -> Outcome:
    """Break the area in one way while two people work, wait until all is well, and count."""
    saver, referrer = Saver(area), Referrer(area)
    scene = Scene(area, saver, referrer)
    try:
        begun = time.monotonic()
        area.until(lambda: len(saver.good) > 2 and len(referrer.threads) > 1, "both work")
        FAULTS[fault](scene)
        ended = time.monotonic()
        area.until(lambda: saver.answered_since(ended), "saving goes on")
        sent = len(referrer.threads)
        area.until(lambda: len(referrer.threads) > sent + 1, "referring goes on")
    finally:
        saver.stop()
        referrer.stop()
    area.until(lambda: _settled(area), "every envelope arrives", 90)
    notes = {str(words): int(str(count)) for words, count in area.ask(Zone.PROGRAMME, NOTES)}
    threads = {str(thread): int(str(count)) for thread, count in area.ask(Zone.PROGRAMME, THREADS)}
    return Outcome(
        fault=fault,
        saved=len(saver.kept),
        lost=sum(words not in notes for words in saver.kept),
        doubled=sum(count > 1 for count in notes.values()),
        sent=len(referrer.threads),
        envelopes_lost=sum(thread not in threads for thread in referrer.threads),
        envelopes_doubled=sum(count > 1 for count in threads.values()),
        recovery=saver.gap(begun),
        longest=saver.longest,
        seen=", ".join(f"{count} x {what}" for what, count in saver.seen.items()) or "nothing",
        words_lost=saver.words_lost,
        files=scene.files,
    )


def _settled(area: Area) -> bool:
    """Whether nothing is on its way between the two sites."""
    try:
        return area.ask(Zone.PARTNERSHIP, WAITING) == area.ask(Zone.PROGRAMME, TO_HANDLE) == [(0,)]
    except psycopg.OperationalError:
        return False


def report(*, console: Console) -> bool:
    """Suffer every fault and print the table; return whether nothing was lost or doubled."""
    outcomes = []
    with running() as area:
        for fault in FAULTS:
            console.print(f"{fault} ...")
            outcomes.append(suffer(area, fault))
    console.print(table(outcomes))
    return all(outcome.whole for outcome in outcomes)


def table(outcomes: list[Outcome]) -> Table:
    """The outcomes as they are printed."""
    heads = (
        "Fault",
        "Saves lost",
        "Twice",
        "Envelopes lost",
        "Twice",
        "Without a save, s",
        "Longest answer, s",
    )
    made = Table(*heads, "What the person saw", title="Faults")
    for one in outcomes:
        made.add_row(
            one.fault,
            f"{one.lost} of {one.saved}",
            str(one.doubled),
            f"{one.envelopes_lost} of {one.sent}",
            str(one.envelopes_doubled),
            f"{one.recovery:.1f}",
            f"{one.longest:.1f}",
            one.seen,
        )
    return made
