"""Sealing: hash links over the audit, in batches, with each head also written outside the database.

Events are inserted plain, so that no request waits for another. Every second or so the worker seals what is not sealed
yet, in whatever order it was committed: the position is the order of sealing, so an event that commits late is sealed
later and none is missed. The links are keyed, so that the database alone is not enough to make one. `verify` walks them
again and holds the end against the head outside the database; without that head a cut-off tail could not be seen. So no
event is sealed, and no head written, over an audit that does not hold the kept head.
"""

import hmac
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

FIRST = b"\0" * 32
BATCH = 5000
LOCK = 7_300_001  # one sealer at a time; requests never take it
#: How many ids behind the newest sealed event a late committer can be: no transaction lives that long.
LATENESS = 100_000

#: the content of a link: every column, as text, so that no setting of the session changes its form
COLUMNS = (
    "e.id, extract(epoch from e.at)::numeric::text, e.who, e.role, e.action, e.row, e.allowed, e.reason, "
    "e.correlation::text"
)

FIRST_UNSEALED = """
SELECT at FROM wall_auditevent
WHERE id > coalesce((SELECT event_id FROM wall_auditseal ORDER BY position DESC LIMIT 1), 0) ORDER BY id LIMIT 1"""


@dataclass(frozen=True)
class Head:
    """The end of the sealed audit, and its link."""

    position: int
    link: bytes


START = Head(0, FIRST)


@dataclass(frozen=True)
class Finding:
    """One place where the audit is not what was sealed."""

    position: int
    what: str


class Broken(Exception):
    """The audit is not what was sealed, or it cannot be checked; the sentence says why. No event was sealed."""


def go_on(path: Path, *, key: bytes) -> Head:
    """Seal one batch and keep the new head at `path`, outside the database. Raises Broken, OSError.

    The first head of all is written before any event is sealed: so a head that is missing later was taken away.
    """
    kept = read_head(path)
    if kept is None and _any():
        raise Broken(f"the head {path} is missing")
    if kept is None:
        write_head(path, START)
    head = seal(key=key, after=kept or START)
    if head != kept:
        write_head(path, head)
    return head


def accept_end(path: Path, *, at: datetime) -> Head:
    """Keep the database's own end as the head, and the head of before beside it under the moment. Raises OSError."""
    with connection.cursor() as cursor:
        head = _head(cursor)
    if path.exists():
        path.replace(path.with_name(f"{path.name}.{at:%Y%m%d%H%M%S}"))
    write_head(path, head)
    return head


def seal(*, key: bytes, after: Head = START) -> Head:
    """Seal one batch of waiting events and return the new head. Raises Broken where `after` was not sealed before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        head = _head(cursor)
        # Read after the end was read: an event cut off in between is missed here, or breaks the links.
        if _link_at(cursor, after.position) != after.link:
            raise Broken(f"its first {after.position:,} events are not those of the head kept outside")
        cursor.execute(
            f"SELECT {COLUMNS} FROM wall_auditevent e "  # noqa: S608 -- fixed column names
            "WHERE e.id > (SELECT coalesce(max(event_id), 0) - %s FROM wall_auditseal) "
            "AND NOT EXISTS (SELECT 1 FROM wall_auditseal s WHERE s.event_id = e.id) ORDER BY e.id LIMIT %s",
            [LATENESS, BATCH],
        )
        seals = list(_links(key, head, cursor.fetchall()))
        if not seals:
            return head
        cursor.executemany("INSERT INTO wall_auditseal (position, event_id, link) VALUES (%s, %s, %s)", seals)
    position, _, link = seals[-1]
    return Head(position, link)


def verify(outside: Head | None, *, keys: Sequence[bytes]) -> tuple[Head, list[Finding]]:
    """Walk every link; return the head inside the database and every finding, the one about `outside` last.

    `keys`: the newest first. A seal is made with the key of the one before it or with a newer one.
    """
    findings: list[Finding] = []
    head, waiting = START, list(reversed(keys))
    at_outside = FIRST if outside and outside.position == 0 else None
    for sealed_at, sealed_link, *event in _sealed():
        position = head.position + 1
        if sealed_at != position:
            findings.append(Finding(position, "a seal was removed"))
            position = sealed_at
        if event[0] is None:
            findings.append(Finding(position, "an event was removed"))
        elif not _fits(waiting, head.link, (position, event), sealed_link):
            findings.append(Finding(position, "an event was edited, or the links before it were rewritten"))
        head = Head(position, sealed_link)
        if outside and position == outside.position:
            at_outside = sealed_link
    return head, [*findings, *_against(outside, at_outside, head)]


def first_unsealed() -> datetime | None:
    """When the first event after the last seal happened; None where all are sealed. Two steps in an index."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_UNSEALED)
        row = cursor.fetchone()
    return row[0] if row else None


def unsealed() -> int:
    """The number of events that wait to be sealed: a moment's worth where a worker runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM wall_auditevent e "
            "WHERE NOT EXISTS (SELECT 1 FROM wall_auditseal s WHERE s.event_id = e.id)"
        )
        return int(cursor.fetchone()[0])


def read_head(path: Path) -> Head | None:
    """The head kept outside the database, or None where none was written yet. Raises Broken, OSError."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Head(int(kept["position"]), bytes.fromhex(kept["link"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise Broken(f"the head {path} cannot be read") from None


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
    return Head(row[0], bytes(row[1])) if row else START


def _any() -> bool:
    with connection.cursor() as cursor:
        return _head(cursor) != START


def _link_at(cursor: CursorWrapper, position: int) -> bytes | None:
    if position == START.position:
        return START.link
    cursor.execute("SELECT link FROM wall_auditseal WHERE position = %s", [position])
    row = cursor.fetchone()
    return bytes(row[0]) if row else None


def _links(key: bytes, head: Head, events: list[tuple[Any, ...]]) -> Iterator[tuple[int, int, bytes]]:
    position, link = head.position, head.link
    for event in events:
        position += 1
        link = _link(key, link, position, event)
        yield position, event[0], link


def _link(key: bytes, previous: bytes, position: int, event: Sequence[object]) -> bytes:
    covered = json.dumps([position, *event], ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, previous + covered.encode(), "sha256")


def _fits(keys: list[bytes], previous: bytes, sealed: tuple[int, Sequence[object]], link: bytes) -> bool:
    """Whether one of the keys made this link; keys older than it are out of use from there on."""
    for number, key in enumerate(keys):
        if _link(key, previous, *sealed) == link:
            del keys[:number]
            return True
    return False


def _against(outside: Head | None, at_outside: bytes | None, inside: Head) -> Iterator[Finding]:
    if outside and at_outside != outside.link:
        yield Finding(outside.position, "the audit was cut off or rewritten before the head kept outside")
    if outside is None and inside != START:
        yield Finding(inside.position, "no head is kept outside, so nobody can tell whether more was cut off")


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
