"""What each fault costs: a running area is broken in one way after the other while two people work.

Acknowledged saves and envelopes are held against the databases afterwards. `tests/faults` runs the same.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from rich.console import Console
from rich.table import Table

from desist.embedded.cluster import SOCKET
from desist.keys import keyfile
from desist.sites import Zone
from tools.bench import failover
from tools.bench.faults_area import Area, NeverHappened, alive, below, running
from tools.bench.faults_proxy import Proxy
from tools.bench.faults_work import Referrer, Saver

#: seconds that something stays frozen or away; a frozen process of ours is replaced sooner
AWAY = 10.0
NOTES = "SELECT words, count(*) FROM programme_contact WHERE words LIKE 'Note %%' GROUP BY words"
THREADS = "SELECT thread, count(*) FROM programme_referral WHERE given_names LIKE 'Number %%' GROUP BY thread"
WAITING = "SELECT count(*) FROM post_outbox WHERE sent_at IS NULL"
TO_HANDLE = "SELECT count(*) FROM post_inbox WHERE handled_at IS NULL"
KNOWS = "SELECT count(*) FROM post_partner WHERE name = %s AND knows_key = %s"
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

    @property
    def holds(self) -> bool:
        """Whether nothing was lost or doubled, and saving went on soon, or as soon as anything can."""
        return self.whole and (self.recovery <= MOST_SECONDS or self.fault in LONGER)


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
    """Kill the process of this name as `kill -9` does; `place`: the how-manieth that writes its log.

    Wait until what it had started is gone too: that may answer for a moment longer, and is no recovery.
    """

    def act(scene: Scene) -> None:
        pid = scene.area.found(name)[place]
        started = below(pid)
        os.kill(pid, signal.SIGKILL)
        for one in (pid, *started):
            scene.replaced(one)

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


def change_keys(scene: Scene) -> None:
    """The police get new keys as documented, and start again; their referrer goes on with those of before."""
    area = scene.area
    police, programme = area.site(Zone.PARTNERSHIP), area.site(Zone.PROGRAMME)
    command = [sys.executable, "-m", "desist.cli", "keys", "rotate", police.name]
    told = {**os.environ, "DESIST_DATA": str(area.folder)}
    subprocess.run(command, env=told, stdout=subprocess.DEVNULL, check=True)
    kill(police.name)(scene)
    newest = keyfile.read(folder=area.folder, site=police.name).current.id
    area.until(
        lambda: area.ask(Zone.PARTNERSHIP, KNOWS, programme.name, newest) == [(1,)], "new keys are confirmed"
    )


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
    "keys changed": change_keys,
}
#: seconds without a save that a fault may cost, and the faults that nothing can mend sooner
MOST_SECONDS = 5.0
LONGER = {
    "kill -9 supervisor": "all of it starts again",
    "freeze web process": "ten seconds of silence are waited for",
    "freeze PostgreSQL": "as long as it is frozen",
    "PostgreSQL behind a line that swallows all": "as long as the line swallows all",
    "disk full": "as long as there is no room",
    "disk full, log grows": "as long as there is no room, and PostgreSQL starts again",
    "clock 2 hours fast": "as long as it is wrong: sign-ins have ended by it",
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
    except NeverHappened as failure:
        failure.add_note(f"The practitioner saw {dict(saver.seen)}. The site's log ends: {_log(area)}")
        raise
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


def _log(area: Area) -> str:
    """How the log of the programme's site and of its web processes ends."""
    logs = (area.folder / "log" / f"{name}.log" for name in (PROGRAMME, f"{PROGRAMME}-web"))
    return "\n".join(log.read_text("utf-8", "replace")[-1500:] for log in logs if log.is_file())


def _settled(area: Area) -> bool:
    """Whether nothing is on its way between the two sites."""
    try:
        return area.ask(Zone.PARTNERSHIP, WAITING) == area.ask(Zone.PROGRAMME, TO_HANDLE) == [(0,)]
    except psycopg.OperationalError:
        return False


def report(*, console: Console) -> bool:
    """Suffer every fault, and fail over; print the tables and return whether all that was asked holds."""
    outcomes = []
    with running() as area:
        for fault in FAULTS:
            console.print(f"{fault} ...")
            outcomes.append(suffer(area, fault))
    console.print(table(outcomes))
    failed_over = failover.run(console=console, seconds=3.0, as_json=False)
    return all(outcome.holds for outcome in outcomes) and failed_over


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
    made = Table(
        *heads, "What the person saw", "Met", title=f"Faults; asked: nothing lost, {MOST_SECONDS:.0f} s"
    )
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
            _verdict(one),
        )
    return made


def _verdict(one: Outcome) -> str:
    if not one.holds:
        return "[bold red]no"
    return "yes" if one.recovery <= MOST_SECONDS else f"not sooner: {LONGER[one.fault]}"
