"""Questions about the area's decisions, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.partnership.identities.codes import Decision
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.identities.policy import Action
from desist.ui import tables
from desist.wall import gate
from desist.wall.actors import Actor

SIZE = 25


@dataclass(frozen=True)
class Row:
    """One decision."""

    ref: str
    version: int
    crime_reference: str
    decision: str
    reason: str
    plan_on: date | None
    plan_with: str
    decided_by: str
    decided_at: datetime
    told_on: date | None
    told_how: str
    waits: bool


def decisions(*, actor: Actor, cursor: tables.Cursor, at: datetime) -> tuple[tuple[Row, ...], tables.Paging]:
    """One page of the area's decisions, the newest first."""
    rows = gate.see(actor, Action.SEE_IDENTITIES, IdentityDecision, at=at)
    sort = tables.Sort(key="decided_at", descending=True)
    found, paging = tables.page(rows, sort=sort, cursor=cursor, size=SIZE)
    return tuple(_row(one) for one in found), paging


def decision(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One decision."""
    return _row(gate.open(actor, Action.DECIDE_IDENTITY, IdentityDecision, ref, at=at).get())


def _row(one: IdentityDecision) -> Row:
    return Row(
        ref=one.ref,
        version=one.version,
        crime_reference=one.crime_reference,
        decision=one.get_decision_display(),
        reason=one.reason,
        plan_on=one.plan_on,
        plan_with=one.plan_with,
        decided_by=accounts.name(ref=one.decided_by),
        decided_at=one.decided_at,
        told_on=one.told_on,
        told_how=one.get_told_how_display(),
        waits=one.decision == Decision.TELL and one.told_on is None,
    )
