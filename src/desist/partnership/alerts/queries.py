"""Questions about alerts, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist import codes
from desist.partnership.alerts.models import Alert
from desist.partnership.policy import Action
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One alert."""

    ref: str
    referral: str
    spoken: str
    name: str
    reason: str
    contact: str
    raised_at: datetime
    due_at: datetime
    late: bool
    acknowledged_at: datetime | None
    note: str


def alerts(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """What waits to be taken up first, then the newest taken up; at most PAGE."""
    rows = gate.see(actor, Action.SEE_ALERTS, Alert, at=at).select_related("referral")
    waiting = rows.filter(acknowledged_at=None).order_by("due_at")
    taken = rows.exclude(acknowledged_at=None).order_by("-acknowledged_at")
    return tuple(_row(one, at) for one in [*waiting[:PAGE], *taken[:PAGE]][:PAGE])


def waiting(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """What waits to be taken up, the most urgent first."""
    rows = gate.see(actor, Action.SEE_ALERTS, Alert, at=at).select_related("referral")
    return tuple(_row(one, at) for one in rows.filter(acknowledged_at=None).order_by("due_at")[:PAGE])


def alert(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One alert."""
    return _row(gate.open(actor, Action.SEE_ALERT, Alert, ref, at=at).select_related("referral").get(), at)


def _row(one: Alert, at: datetime) -> Row:
    return Row(
        ref=one.ref,
        referral=one.referral.ref,
        spoken=spoken(one.referral.ref),
        name=f"{one.referral.given_names} {one.referral.family_name}",
        reason=codes.AlertReason(one.reason).label,
        contact=one.contact,
        raised_at=one.raised_at,
        due_at=one.due_at,
        late=one.acknowledged_at is None and one.due_at < at,
        acknowledged_at=one.acknowledged_at,
        note=one.note,
    )
