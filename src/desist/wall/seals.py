"""Sealing: hash links over the audit, in batches, with each head also written outside the database.

Events are inserted plain, so that no request waits for another. Every second or so the worker seals what is not
sealed yet, in whatever order it was committed: the position is the order of sealing, so an event that commits late is
sealed later and none is missed. `verify` walks the links again and holds the end against the head outside the
database; without that head a cut-off tail could not be seen.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

FIRST = b"\0" * 32
BATCH = 5000
LOCK = 7_300_001  # one sealer at a time; requests never take it
#: How many ids behind the newest sealed event a late committer can be: no transaction lives that long.
LATENESS = 100_000

#: What a link covers: every column, as text, so that no setting of the session changes its form.
COLUMNS = (
    "e.id, extract(epoch from e.at)::numeric::text, e.who, e.role, e.action, e.row, e.allowed, e.reason, "
    "e.correlation::text"
)


@dataclass(frozen=True)
class Head:
    """How far the audit is sealed, and the link there."""

    position: int
    link: bytes


@dataclass(frozen=True)
class Finding:
    """One place where the audit is not what was sealed."""

    position: int
    what: str


def seal() -> Head:
    """Seal one batch of waiting events and return the new head."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        head = _head(cursor)
        cursor.execute(
            f"SELECT {COLUMNS} FROM wall_auditevent e "  # noqa: S608 -- fixed column names
            "WHERE e.id > (SELECT coalesce(max(event_id), 0) - %s FROM wall_auditseal) "
            "AND NOT EXISTS (SELECT 1 FROM wall_auditseal s WHERE s.event_id = e.id) ORDER BY e.id LIMIT %s",
            [LATENESS, BATCH],
        )
        seals = list(_links(head, cursor.fetchall()))
        if not seals:
            return head
        cursor.executemany("INSERT INTO wall_auditseal (position, event_id, link) VALUES (%s, %s, %s)", seals)
    position, _, link = seals[-1]
    return Head(position, link)


def verify(outside: Head | None) -> tuple[Head, list[Finding]]:
    """Walk every link; return the head inside the database and every finding, the one about `outside` last."""
    findings: list[Finding] = []
    position, link = 0, FIRST
    at_outside: bytes | None = FIRST if outside and outside.position == 0 else None
    for sealed_at, sealed_link, *event in _sealed():
        position += 1
        if sealed_at != position:
            findings.append(Finding(position, "a seal was removed"))
            position = sealed_at
        if event[0] is None:
            findings.append(Finding(position, "an event was removed"))
        elif _link(link, position, event) != sealed_link:
            findings.append(Finding(position, "an event was edited, or the links before it were rewritten"))
        link = sealed_link
        if outside and position == outside.position:
            at_outside = link
    if outside and at_outside != outside.link:
        findings.append(
            Finding(outside.position, "the audit was cut off or rewritten before the head kept outside")
        )
    return Head(position, link), findings


def read_head(path: Path) -> Head | None:
    """The head kept outside the database, or None where none was written yet."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Head(kept["position"], bytes.fromhex(kept["link"]))


def write_head(path: Path, head: Head) -> None:
    """Replace the head kept outside the database, in one step that a crash cannot halve."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump({"position": head.position, "link": head.link.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _head(cursor: CursorWrapper) -> Head:
    cursor.execute("SELECT position, link FROM wall_auditseal ORDER BY position DESC LIMIT 1")
    row = cursor.fetchone()
    return Head(row[0], bytes(row[1])) if row else Head(0, FIRST)


def _links(head: Head, events: list[tuple[Any, ...]]) -> Iterator[tuple[int, int, bytes]]:
    position, link = head.position, head.link
    for event in events:
        position += 1
        link = _link(link, position, event)
        yield position, event[0], link


def _link(previous: bytes, position: int, event: Sequence[object]) -> bytes:
    covered = json.dumps([position, *event], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + covered.encode()).digest()


def _sealed() -> Iterator[Any]:
    """Every seal in order with its event, streamed by key so that memory does not grow with the audit."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT s.position, s.link, {COLUMNS} FROM wall_auditseal s "  # noqa: S608 -- fixed column names
                "LEFT JOIN wall_auditevent e ON e.id = s.event_id WHERE s.position > %s ORDER BY s.position LIMIT %s",
                [after, BATCH],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        for row in rows:
            yield (row[0], bytes(row[1]), *row[2:])
        after = rows[-1][0]
