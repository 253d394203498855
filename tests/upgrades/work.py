"""People at work while their sites are upgraded: the statements of 0.1.0, and browsers of today.

Each keeps what was acknowledged to them, so that it can be looked for afterwards.
"""

import base64
import http.client
import itertools
import json
import lzma
import re
import threading
import time
import uuid
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from tests.running.test_two_web_processes import CALL
from tests.running.window import Window
from tests.upgrades.area import ENVELOPES, MADE, OLDEST

from desist.post import courier
from desist.post.routes import Route

#: seconds from one piece of work to the next
BETWEEN = 0.05
#: what a proxy meets where a process ends before it answers: it asks once more, or has the person reload the page
CUT_OFF = (ConnectionError, http.client.RemoteDisconnected, http.client.BadStatusLine)

NOTE = (
    """INSERT INTO programme_contact ({columns}) SELECT {values} FROM programme_contact ORDER BY id LIMIT 1"""
)
RECORD = "UPDATE programme_session SET work_done = %s, version = version + 1 WHERE ref = %s"
SEND = """INSERT INTO post_outbox (ref, receiver, kind, sealed, at, sent_at, tries, next_at, error)
          VALUES (%s, %s, 'referral', %s, %s, NULL, 0, NULL, '')"""
#: a courier that was killed after the receiver's commit and before the sender's
AGAIN = "UPDATE post_outbox SET sent_at = NULL WHERE ref = %s"
COLUMNS = """SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name ~ '^(programme|desk|accounts|post)_' GROUP BY table_name"""


@dataclass
class Worker:
    """Someone who does one piece of work after the other, in a thread of their own, until told to stop."""

    acknowledged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    longest: float = 0.0
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)

    def start(self) -> None:
        """Begin to work."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        """End after the piece of work in hand."""
        self._ended.set()
        self._thread.join(60)

    def _run(self) -> None:
        with closing(self.work()) as pieces:
            while not self._ended.is_set():
                began = time.monotonic()
                try:
                    next(pieces)
                except StopIteration:
                    return
                except Exception as failure:  # noqa: BLE001 -- whatever it is, the test is to show it
                    self.failed.append(f"{type(failure).__name__}: {failure}")
                    return
                self.longest = max(self.longest, time.monotonic() - began)
                time.sleep(BETWEEN)

    def work(self) -> Generator[None, None, None]:
        """Yield after each piece of work."""
        raise NotImplementedError


def connected(url: str) -> psycopg.Connection:
    """Connect as a process of 0.1.0 did: one connection for good, statements prepared at their second use."""
    return psycopg.connect(url, prepare_threshold=2, options="-c lock_timeout=60s")


@dataclass
class OldProgramme(Worker):
    """The web process of 0.1.0: it notes calls, records a session, and reads every column that it knows."""

    url: str = ""
    session: str = ""

    def work(self) -> Generator[None, None, None]:
        """Write, then read."""
        with closing(connected(self.url)) as wire:
            known: dict[str, list[str]] = dict(wire.execute(COLUMNS).fetchall())
            wire.commit()
            reads = itertools.cycle(
                [
                    SQL("SELECT {} FROM {} LIMIT 1").format(listed(names), Identifier(table))
                    for table, names in known.items()
                ]
            )
            for number in itertools.count():
                words = f"Old words {number}"
                with wire.transaction():
                    wire.execute(*self.note(known["programme_contact"], words))
                    wire.execute(RECORD, [words, self.session])
                self.acknowledged.append(words)
                for read in itertools.islice(reads, 5):
                    with wire.transaction():
                        wire.execute(read)
                yield

    def note(self, columns: list[str], words: str) -> tuple[Composed, dict[str, str]]:
        """Return the statement that notes a call."""
        new = {"ref": uuid.uuid4().hex[:12], "submission": uuid.uuid4().hex, "words": words}
        kept = [name for name in columns if name != "id"]
        values = [SQL("%({})s").format(SQL(name)) if name in new else Identifier(name) for name in kept]
        return SQL(NOTE).format(columns=listed(kept), values=SQL(", ").join(values)), new


def listed(names: list[str]) -> Composed:
    return SQL(", ").join(map(Identifier, names))


@dataclass
class OldPolice(Worker):
    """The web process of 0.1.0 at the police, which refers one person after the other."""

    url: str = ""
    receiver: str = ""

    def work(self) -> Generator[None, None, None]:
        """Send an envelope of 0.1.0."""
        with closing(connected(self.url)) as wire:
            for one in json.loads(lzma.decompress((OLDEST / ENVELOPES).read_bytes())):
                with wire.transaction():
                    wire.execute(SEND, [one["ref"], self.receiver, base64.b64decode(one["sealed"]), MADE])
                self.acknowledged.append(one["ref"])
                for _ in range(8):
                    yield


@dataclass
class OldCourier(Worker):
    """The courier, whose statements are those of 0.1.0; once it is killed between the two commits."""

    source: str = ""
    target: str = ""
    route: Route = field(default_factory=lambda: Route("", ""))

    def work(self) -> Generator[None, None, None]:
        """Carry what waits."""
        with closing(connected(self.source)) as source, closing(connected(self.target)) as target:
            while True:
                carried = courier.carry(self.route, source, target)
                source.commit()
                if carried and not self.acknowledged:
                    first = source.execute(
                        "SELECT ref::text FROM post_outbox WHERE sent_at IS NOT NULL ORDER BY id LIMIT 1"
                    ).fetchone()
                    source.execute(AGAIN, first)
                    source.commit()
                    self.acknowledged += first or ()
                yield


@dataclass
class Person(Worker):
    """Someone of the programme at their pages: each time a page, its styles, the start page, and a saved call."""

    window: Window = field(default_factory=lambda: Window(0))
    page: str = ""
    name: str = ""
    seen: list[tuple[float, str]] = field(default_factory=list)
    answered: int = 0
    again: int = 0

    def work(self) -> Generator[None, None, None]:
        """Read and save."""
        for number in itertools.count():
            form = self.get(self.page)
            self.seen.append((time.monotonic(), form))
            for styles in set(re.findall(r'href="(/static/[^"]+\.css)"', form)):
                self.get(styles)
            self.get("/")
            words = f"{self.name} {number}"
            self.ask(302, "POST", self.page, **{**CALL, "words": words, "form_submission": words})
            self.acknowledged.append(words)
            yield

    def get(self, path: str) -> str:
        """Return a page."""
        return self.ask(200, "GET", path)

    def ask(self, expected: int, method: str, path: str, **form: str) -> str:
        """Ask, and once more where a process ended before it answered."""
        try:
            status, page = self.window.ask(method, path, **form)
        except CUT_OFF:
            self.again += 1
            status, page = self.window.ask(method, path, **form)
        if status != expected:
            self.failed.append(f"{time.monotonic()} {method} {path}: {status}")
        self.answered += 1
        return page


def begin(workers: Sequence[Worker], *, until: Callable[[], bool]) -> None:
    """Let all of them begin, and wait until something holds or one of them fails."""
    for one in workers:
        one.start()
    end = time.monotonic() + 60
    while not (until() or any(one.failed for one in workers)) and time.monotonic() < end:
        time.sleep(0.05)
