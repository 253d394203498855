"""The one thing that whoever runs the machine can do about the audit."""

from datetime import datetime
from pathlib import Path

from desist.audit.policy import Action
from desist.wall import gate, seals
from desist.wall.actors import Actor
from desist.wall.models import AuditSeal


def accept_end(*, actor: Actor, head: Path, at: datetime) -> seals.Head:
    """Take the end of the audit as it is now for its head, because the database lawfully lost what came after.

    A standby that took over a second late, or a recovery to a point in time, leaves an audit that ends before the kept
    head, and nothing is sealed over such a one. The event says who went on and when; the head of before stays beside
    the new one. Links inside that were rewritten are found as ever. Raises OSError.
    """
    gate.see(actor, Action.ACCEPT_END, AuditSeal, at=at)
    return seals.accept_end(head, at=at)
