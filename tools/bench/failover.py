"""The primary is killed under load and its standby promoted: what is lost, and how long nobody can save.

A real site on two real servers of PostgreSQL, which its address names one after the other. The old primary is started
again as a careless administrator would, then fenced, then made the standby of the new one.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
from rich.console import Console
from rich.table import Table

from desist import addresses
from desist.embedded import Cluster
from desist.embedded.cluster import SUPERUSER
from desist.running import deploy, static
from desist.sites import Site, Zone
from tools.bench.failover_nodes import HOST, Node
from tools.bench.failover_work import Hand
from tools.bench.pages_area import free_port
from tools.synthetic.load_block import Order

SITE = "bench-programme"
PEOPLE, HANDS = 400, 6
#: seconds from the death of the primary until an administrator has decided
DECISION = 2.0
#: seconds a standby has been cut off when its primary dies, where it is not synchronous
BEHIND = 4.0
MOST_SECONDS = 5.0
#: a connection that is asked is given up after 8 seconds, and a host that is connected to and silent after 5 more
MOST_SECONDS_FROZEN = 15.0
PATIENCE = 60.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What one failover did. Seconds count from the promotion, after the decision."""

    standby: str
    frozen: bool = False  # whether the primary was frozen instead of killed
    acknowledged: int
    lost: int
    refused: int
    resumed: float
    taken_unfenced: int  # writes that the old primary acknowledged when it was started again as it was
    fenced: bool  # whether the fenced one takes no write, and every process goes to the new one
    rejoined: bool
    noticed: bool  # whether `verify` said that events of the audit are missing
    sound: bool  # whether it says at the end that none is, after `verify --accept` where some were


def run(*, console: Console, seconds: float, as_json: bool) -> bool:
    """Fail over with a synchronous standby and with one that lags, print, and say whether every target holds."""
    figures = []
    for synchronous, frozen in ((True, False), (True, True), (False, False)):
        said = f"failing over, {'synchronous' if synchronous else 'lagging'} standby"
        with tempfile.TemporaryDirectory(prefix="desist-bench-") as name, console.status(said):
            folder = Path(name)
            figures.append(rehearse(folder, synchronous=synchronous, frozen=frozen, seconds=seconds))
    if as_json:
        console.print_json(json.dumps([asdict(one) for one in figures]))
    else:
        console.print(_table(figures))
    return all(map(holds, figures))


def holds(one: Figures) -> bool:
    """Return whether a failover met its targets: nothing lost, or else the loss was noticed and accepted."""
    kept = one.lost == 0 and not one.noticed if one.standby == "synchronous" else one.noticed or not one.lost
    safe = (
        one.fenced
        and one.rejoined
        and one.sound
        and not (one.standby == "synchronous" and one.taken_unfenced)
    )
    return kept and safe and one.resumed <= (MOST_SECONDS_FROZEN if one.frozen else MOST_SECONDS)


def rehearse(folder: Path, *, synchronous: bool, frozen: bool = False, seconds: float) -> Figures:
    """Fail over once, with people at work for so many seconds before and after; a `frozen` primary is switched off late."""
    site = Site(SITE, Zone.PROGRAMME, "Bench", free_port())
    with _pair(folder, site, synchronous=synchronous) as (old, new, told):
        hands = _hands(json.loads(_said(told, "tools.bench.pages_plan")), site)
        with _serving(folder, told):
            _begin(hands)
            time.sleep(seconds)
            if not synchronous:
                new.cut()
                _wait_for_a_newer_head(folder, site)
                time.sleep(BEHIND)
            old.freeze() if frozen else old.kill()
            time.sleep(DECISION)
            promoted = time.monotonic()
            new.promote()
            time.sleep(seconds)
            if frozen:
                _switch_off(old, hands, promoted)
            taken = _started_unfenced(old, site, synchronous=synchronous)
            fenced = _started_fenced(old, told[addresses.variable(site)], new)
            time.sleep(seconds / 2)
            for hand in hands:
                hand.end()
        _follow(old, new)
        lost, noticed = _lost(hands, new, site), _verified(told) != 0
        if noticed:
            _said(told, "desist.running.accept")
        return Figures(
            standby="synchronous" if synchronous else "lagging",
            frozen=frozen,
            acknowledged=sum(len(hand.kept.moments) for hand in hands),
            lost=lost,
            refused=sum(hand.kept.refused for hand in hands),
            resumed=max(_first_after(promoted, hand) for hand in hands) - promoted,
            taken_unfenced=taken,
            fenced=fenced,
            rejoined=old.in_recovery,
            noticed=noticed,
            sound=_verified(told) == 0,
        )


def _follow(old: Node, new: Node) -> None:
    """Make the old primary the standby of the new one."""
    old.stop()
    old.rejoin(new)
    old.start()
    old.follows(new)


def _switch_off(frozen: Node, hands: Sequence[Hand], since: float) -> None:
    """Switch a frozen primary off once everyone's saving goes on without it, as the page says, or after PATIENCE."""
    end = time.monotonic() + PATIENCE
    while not all(_first_after(since, hand) < since + PATIENCE for hand in hands) and time.monotonic() < end:
        time.sleep(0.1)
    frozen.kill()


def _first_after(moment: float, hand: Hand) -> float:
    """Return when the site first acknowledged a save after a moment."""
    return min((one for one in hand.kept.moments if one > moment), default=moment + PATIENCE)


@contextmanager
def _pair(folder: Path, site: Site, *, synchronous: bool) -> Iterator[tuple[Node, Node, dict[str, str]]]:
    """A site on a primary with a standby, and the environment that names both."""
    folder.chmod(0o711)
    cluster = Cluster(folder)
    with cluster.serving():
        deploy.found(folder, [site], on=datetime.now(UTC).date())
        deploy.migrate(folder, [site])
        deploy.run_in(site, folder, "tools.synthetic.load")
        Order(seed=1, number=0, people=PEOPLE, at=datetime.now(UTC).isoformat()).write(folder)
        deploy.run_in(site, folder, "tools.bench.pages_load")
        static.collect(site, folder)
    word = cluster.login(SUPERUSER).password
    old, new = Node(folder, free_port(), word), Node(folder / "standby", free_port(), word)
    try:
        old.start(synchronous=synchronous)
        new.copy(old)
        new.start()
        new.follows(old)
        yield old, new, _told(folder, site, cluster.login(site.app).password, (old, new))
    finally:
        old.stop()
        new.stop()


def _told(folder: Path, site: Site, password: str, nodes: Sequence[Node]) -> dict[str, str]:
    hosts = ",".join(f"{HOST}:{node.port}" for node in nodes)
    address = (
        f"postgresql://{site.app}:{quote(password)}@{hosts}/{site.database}?target_session_attrs=read-write"
    )
    own = {"DESIST_HOSTS": "programme.localhost", addresses.variable(site): address}
    return {**os.environ, **deploy.environment(site, folder), **own}


@contextmanager
def _serving(folder: Path, told: dict[str, str]) -> Iterator[None]:
    """Run the site's web process and its worker, for as long as the block lasts."""
    with (folder / "log" / "bench.log").open("ab") as log, ExitStack() as stack:
        for module in ("desist.running.web", "desist.zones.worker"):
            command = [sys.executable, "-m", module]
            process = stack.enter_context(subprocess.Popen(command, env=told, stdout=log, stderr=log))
            stack.callback(process.terminate)
        yield


def _hands(plan: dict[str, dict[str, list[dict[str, str]]]], site: Site) -> list[Hand]:
    """Return people at work, each at a session of their own."""
    session = {name: value for name, value in plan["people"]["practitioner"].items() if name != "sign_in"}  # type: ignore[attr-defined]
    return [Hand(site.port or 0, session, ask, "/episodes/") for ask in plan["work"]["B4"][:HANDS]]


def _begin(hands: Sequence[Hand]) -> None:
    """Let everyone begin, and wait until the site has acknowledged a save of each. Raises TimeoutError."""
    for hand in hands:
        hand.begin()
    end = time.monotonic() + PATIENCE
    while not all(hand.kept.moments for hand in hands):
        if time.monotonic() > end:
            raise TimeoutError("The site acknowledges nothing.")
        time.sleep(0.1)


def _wait_for_a_newer_head(folder: Path, site: Site) -> None:
    """Wait until the worker has sealed what the standby that was cut off does not have. Raises TimeoutError."""
    path = folder / "heads" / site.name
    before, end = path.read_text(), time.monotonic() + PATIENCE
    while path.read_text() == before:
        if time.monotonic() > end:
            raise TimeoutError("The worker seals nothing.")
        time.sleep(0.1)


def _started_unfenced(old: Node, site: Site, *, synchronous: bool) -> int:
    """Start the old primary as it was; return how many writes it acknowledges in a second without its standby.

    One that waits for no standby acknowledges all of them, so that one is not started.
    """
    if not synchronous:
        return 0
    old.start(synchronous=True)
    try:
        with old.connect(site.database) as connection:
            stopper = threading.Timer(1.0, old.kill)
            stopper.start()
            try:
                connection.execute("CREATE TABLE written_alone (id int)")
            except psycopg.OperationalError:
                return 0
            finally:
                stopper.join()
        return 1
    finally:
        old.kill()


def _started_fenced(old: Node, address: str, new: Node) -> bool:
    """Start the old primary fenced; return whether it takes no write, and the site's address leads past it."""
    old.fence()
    old.start()
    with old.connect() as connection:
        try:
            connection.execute("CREATE TABLE written_alone (id int)")
        except psycopg.errors.ReadOnlySqlTransaction:
            refused = True
        else:
            refused = False
    with psycopg.connect(address) as connection:
        led = connection.info.port == new.port
    return refused and led and old.in_recovery


def _lost(hands: Sequence[Hand], new: Node, site: Site) -> int:
    """Return how many acknowledged saves the new primary does not have."""
    lost = sum(hand.kept.lost for hand in hands)
    with new.connect(site.database) as connection:
        for hand in hands:
            version, words = hand.kept.versions.get(hand.ref, (0, ""))
            found = connection.execute(
                "SELECT version, homework_set FROM programme_session WHERE ref = %s", [hand.ref]
            ).fetchone()
            there, kept = found or (0, "")
            lost += max(0, version - there) + (there == version and kept != words)
    return lost


def _verified(told: dict[str, str]) -> int:
    command = [sys.executable, "-m", "desist.running.verify"]
    return subprocess.run(command, env=told, capture_output=True, check=False).returncode


def _said(told: dict[str, str], module: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module], env=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed: {done.stderr[-1500:]}")
    return done.stdout


def _table(figures: Sequence[Figures]) -> Table:
    rows = {
        "Saves acknowledged": lambda one: f"{one.acknowledged:,}",
        "of these lost": lambda one: str(one.lost),
        "Saves refused or unanswered": lambda one: str(one.refused),
        "Saving again after, s": lambda one: f"{one.resumed:.1f}",
        "Written by the old primary, not fenced": lambda one: str(one.taken_unfenced),
        "Fenced, it takes no write": lambda one: _yes(one.fenced),
        "It follows the new primary": lambda one: _yes(one.rejoined),
        "The audit notices a loss": lambda one: _yes(one.noticed),
        "The audit is whole at the end": lambda one: _yes(one.sound),
        "Met": lambda one: _yes(holds(one)),
    }
    table = Table(
        "Standby", *(f"{one.standby}, primary frozen" if one.frozen else one.standby for one in figures)
    )
    for name, cell in rows.items():
        table.add_row(name, *map(cell, figures))
    return table


def _yes(so: bool) -> str:  # noqa: FBT001 -- the value that is put in words
    return "yes" if so else "no"
