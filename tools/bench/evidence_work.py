"""One measured process of a site: `python -m tools.bench.evidence_work import FILE`, and `... look CLIENT` afterwards."""

import json
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from desist.wall.actors import Actor

TIMES = 15
#: said by one message of a thousand
RARE = "lighthouse"
AT = datetime.now(UTC)


def actor() -> "Actor":
    """A manager."""
    from desist.wall.actors import Actor, Role  # noqa: PLC0415  after setup

    return Actor(who="bench", role=Role.ADVOCACY_MANAGER, area="bench", correlation=uuid.uuid4())


def upload(path: Path) -> tuple[str, str]:
    """Take on a client and their file in pieces; return both references."""
    from desist.advocacy.clients import commands as clients  # noqa: PLC0415  as above
    from desist.advocacy.evidence import commands, keeping  # noqa: PLC0415
    from desist.advocacy.evidence.states import Came  # noqa: PLC0415
    from desist.advocacy.victims.identity import Identity  # noqa: PLC0415
    from desist.advocacy.victims.states import WayIn  # noqa: PLC0415

    who = actor()
    entry = clients.Entry(Identity(given_names="Robin", family_name="Hollow"), WayIn.SELF, AT.date())
    client = clients.record(actor=who, entry=entry, mine=False, submission=uuid.uuid4().hex, at=AT)
    size = path.stat().st_size
    ref, _ = commands.begin(
        actor=who, ref=client, name=path.name, size=size, came=Came.PHONE, submission="one", at=AT
    )
    with path.open("rb") as file:
        for number, piece in enumerate(iter(lambda: file.read(keeping.PIECE), b"")):
            commands.add_piece(actor=who, ref=ref, number=number, content=piece, at=AT)
    return client, ref


def bring_in(path: Path) -> dict[str, float | str]:
    """Upload a file, and have it looked through and kept; return seconds, megabytes and the client."""
    from desist.advocacy.evidence import commands, keeping, reading  # noqa: PLC0415  as above
    from desist.advocacy.evidence.models import Original  # noqa: PLC0415
    from desist.advocacy.evidence.states import State  # noqa: PLC0415
    from desist.advocacy.evidence.texts import Answers  # noqa: PLC0415
    from desist.advocacy.vault import commands as vault  # noqa: PLC0415

    client, ref = upload(path)
    began = time.perf_counter()
    reading.work(at=AT)
    looked = time.perf_counter()
    row = Original.objects.get(ref=ref)
    names = keeping.found(vault.box(person=client), row).names
    sides = Answers(
        client=[names.index("Ann Example")], person=[names.index("Bob Sample")], conversations=[0]
    )
    commands.choose(actor=actor(), ref=ref, answers=sides, at=AT)
    asked = time.perf_counter()
    reading.work(at=AT)
    kept = time.perf_counter()
    row.refresh_from_db()
    if row.state != State.KEPT or not row.counts:
        raise SystemExit(f"The file is {row.state}: {row.waits}")
    worker, sandbox = (
        resource.getrusage(one).ru_maxrss / 1024 for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "client": client, "looked": looked - began, "kept": kept - asked,
        "worker": worker, "sandbox": sandbox, "count": row.counts["kept"],
    }  # fmt: skip


class Waits:
    """How long the database was waited for; a statement that sets a limit of time inside another one counts once."""

    def __init__(self) -> None:
        self.milliseconds, self._inside = 0.0, False

    def __call__(self, execute: Callable[..., object], *said: object) -> object:
        if self._inside:
            return execute(*said)
        self._inside, began = True, time.perf_counter()
        try:
            return execute(*said)
        finally:
            self._inside = False
            self.milliseconds += 1000 * (time.perf_counter() - began)


def look(client: str) -> dict[str, float]:
    """Milliseconds, at the median, of each question of the pages, without drawing them."""
    from django.db import connection  # noqa: PLC0415  as above

    from desist.advocacy.pages.chronology import pictures, queries  # noqa: PLC0415
    from desist.advocacy.pages.chronology.narrowing import Asked, Hour  # noqa: PLC0415
    from desist.ui.tables import Cursor  # noqa: PLC0415

    who = actor()

    def page(asked: Asked) -> object:
        return queries.chronology(actor=who, ref=client, asked=asked, cursor=Cursor(), at=AT).parts

    questions: dict[str, Callable[[], object]] = {
        "page": lambda: page(Asked()),
        "hour": lambda: page(Asked(channel="contacts", side="person", hour=Hour(3, 4))),
        "search": lambda: page(Asked(words=RARE)),
        "pictures": lambda: pictures.pictures(actor=who, ref=client, at=AT).bars,
    }
    taken = {}
    for name, question in questions.items():
        spans, databases = [], []
        for _ in range(TIMES):
            began = time.perf_counter()
            waits = Waits()
            with connection.execute_wrapper(waits):
                if not question():
                    raise SystemExit(f"{name}: nothing was found")
            databases.append(waits.milliseconds)
            spans.append(1000 * (time.perf_counter() - began))
        taken[name], taken[f"{name} database"] = statistics.median(spans), statistics.median(databases)
    return taken


if __name__ == "__main__":
    django.setup()
    said = bring_in(Path(sys.argv[2])) if sys.argv[1] == "import" else look(sys.argv[2])
    print(json.dumps(said))  # noqa: T201  read by the parent
