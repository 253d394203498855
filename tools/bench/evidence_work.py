"""One measured process of a site: `python -m tools.bench.evidence_work import FILE`, then `... look CLIENT`, `... exhibit CLIENT`."""

import hashlib
import io
import json
import resource
import statistics
import sys
import time
import uuid
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django
from PIL import Image

from tools.bench.chronicle_peers import peak

if TYPE_CHECKING:
    from desist.wall.actors import Actor

TIMES = 15
#: said by one message of a thousand
RARE = "lighthouse"
#: what the measured exhibit holds
ROWS, PICTURES = 5_000, 200
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
    sandbox = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "client": client, "looked": looked - began, "kept": kept - asked,
        "worker": peak(), "sandbox": sandbox, "count": row.counts["kept"],
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


def photograph(number: int) -> bytes:
    """A made-up photograph as a phone takes it in a chat, unlike every other one."""
    size, made = (1600, 1200), io.BytesIO()
    noise = Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size)
    noise.paste(number, (0, 0, number + 1, 8))
    noise.convert("RGB").save(made, "JPEG", quality=85)
    return made.getvalue()


def _photographs(who: "Actor", client: str) -> list[str]:
    """Upload PICTURES photographs as they are once each was looked at, in a process of its own; return their references."""
    from desist.advocacy.evidence import commands  # noqa: PLC0415  as above
    from desist.advocacy.evidence.models import Original  # noqa: PLC0415
    from desist.advocacy.evidence.states import Came, State  # noqa: PLC0415

    refs = []
    for number in range(PICTURES):
        content, name = photograph(number), f"IMG {number:04d}.jpg"
        ref = commands.upload(
            actor=who, ref=client, name=name, content=content, came=Came.PHONE, submission=name, at=AT
        )
        Original.objects.filter(ref=ref).update(state=State.KEPT, digest=hashlib.sha256(content).hexdigest())
        refs.append(ref)
    return refs


def _packed_anew(whole: io.BytesIO) -> float:
    """Seconds in which every file of an archive is hashed and packed anew."""
    began = time.perf_counter()
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(io.BytesIO(), "w") as anew:
        for one in made.infolist():
            content = made.read(one)
            hashlib.sha256(content).hexdigest()
            anew.writestr(one, content, one.compress_type)
    return time.perf_counter() - began


def make_exhibit(client: str) -> dict[str, float]:
    """Put ROWS rows and PICTURES photographs on an exhibit and have it made; return seconds, those of the floor, and sizes.

    The floor hashes and packs the same files anew, without drawing, checking or locking any of them.
    """
    from desist.advocacy.evidence.models import Original  # noqa: PLC0415  as above
    from desist.advocacy.exhibits import commands, contents, making, queries  # noqa: PLC0415
    from desist.advocacy.exhibits.models import Exhibit  # noqa: PLC0415
    from desist.advocacy.exhibits.states import State as Made  # noqa: PLC0415
    from desist.advocacy.vault import commands as vault  # noqa: PLC0415

    who = actor()
    export = Original.objects.get(victim__ref=client, counts__kept__gt=0)
    rows = [(export.ref, number) for number in range(min(ROWS, (export.counts or {})["kept"]))]
    pictures = _photographs(who, client)
    exhibit = commands.begin(
        actor=who,
        ref=client,
        initials="ab",
        caption="All",
        statement="I am A.",
        submission="one",
        rows=rows,
        at=AT,
    )
    version = Exhibit.objects.get(ref=exhibit).version
    contents.put_files(actor=who, ref=exhibit, refs=pictures, whole=[], version=version, at=AT)
    commands.finish(actor=who, ref=exhibit, version=Exhibit.objects.get(ref=exhibit).version, at=AT)
    began, used = time.perf_counter(), time.process_time()
    making.work(at=AT)
    took, processor = time.perf_counter() - began, time.process_time() - used
    row = Exhibit.objects.get(ref=exhibit)
    if row.state != Made.MADE:
        raise SystemExit(f"The exhibit is {row.state}: {row.waits}")
    whole = io.BytesIO(b"".join(queries.pieces(row, vault.box(person=client))))
    return {
        "exhibit": took, "exhibit processor": processor, "exhibit floor": _packed_anew(whole),
        "exhibit rows": len(rows), "exhibit memory": peak(),
    }  # fmt: skip


WORK = {"import": lambda said: bring_in(Path(said)), "look": look, "exhibit": make_exhibit}

if __name__ == "__main__":
    django.setup()
    said = WORK[sys.argv[1]](sys.argv[2])
    print(json.dumps(said))  # noqa: T201  read by the parent
