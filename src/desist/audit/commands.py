"""The one audit command of the operator who runs the machine."""

from datetime import datetime
from pathlib import Path

from desist.audit.policy import Action
from desist.wall import gate, seals
from desist.wall.actors import Actor
from desist.wall.models import AuditSeal


def accept_end(*, actor: Actor, head: Path, at: datetime) -> seals.Head:
    """Accept the present end of the audit as its head, because the database lawfully lost the events after it.

    A standby that took over a second late, or a recovery to a point in time, leaves an audit that ends before the kept
    head; such an audit is never sealed further. The event says who went on and when; the earlier head stays beside the
    new one. Rewritten links inside are found as before. Raises OSError.
    """
    gate.see(actor, Action.ACCEPT_END, AuditSeal, at=at)
    return seals.accept_end(head, at=at)
