"""Going on from an audit that lawfully lost its end, and joining to the audit what the journal kept."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

from django.db import connection

from desist.audit.policy import Action
from desist.wall import audit, gate, journal, seals
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent, AuditSeal

LOCK = 7_300_002  # one worker at a time joins a journal


class JoinedBefore(Exception):
    """The audit has the events of this journal."""


def accept_end(*, actor: Actor, head: Path, at: datetime) -> seals.Head:
    """Accept the present end of the audit as its head, because the database lawfully lost the events after it.

    A standby that took over a second late, or a recovery to a point in time, leaves an audit that ends before the kept
    head; such an audit is never sealed further. The event says who went on and when; the earlier head stays beside the
    new one. Rewritten links inside are found as before. Raises OSError.
    """
    gate.see(actor, Action.ACCEPT_END, AuditSeal, at=at)
    return seals.accept_end(head, at=at)


def join_journal(*, actor: Actor, folder: Path, keys: Sequence[bytes], site: str, at: datetime) -> int:
    """Insert the journal's events into the audit, each exactly once, and leave a fresh journal; return how many.

    Killed anywhere, it goes on where it was: the event that names a journal is committed with the journal's own events, and
    the file goes only after that. A file with slots that cannot be opened is kept beside, for a person to look at.
    Raises journal.JournalError, OSError.
    """
    journal.reserve(folder)
    journal.set_aside(folder)
    joined = 0
    for path in journal.aside(folder):
        kept = journal.contents(path, keys=keys, site=site)
        with suppress(JoinedBefore):
            joined += _join(kept, actor=actor, at=at)
        journal.put_away(path, spoilt=bool(kept.spoilt))
    return joined


def _join(kept: journal.Contents, *, actor: Actor, at: datetime) -> int:
    """Insert the events of one journal, and the event that names it. Raises JoinedBefore."""
    named = AuditEvent(
        at=at,
        who=actor.who,
        role=actor.role,
        action=Action.JOIN_JOURNAL,
        row=f"journal:{kept.id}",
        allowed=True,
        reason=f"{len(kept.events)} kept, {kept.spoilt} cannot be opened",
        correlation=actor.correlation,
    )
    with gate.create(actor, Action.JOIN_JOURNAL, named, at=at), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT count(*) FROM wall_auditevent WHERE row = %s", [named.row])
        if cursor.fetchone() != (1,):
            raise JoinedBefore(named.row)
        cursor.executemany(audit.RECORDED, [astuple(event) for event in kept.events])
    return len(kept.events)
