"""Questions about one breach, with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.partnership.breaches import commands
from desist.partnership.breaches.models import Breach
from desist.partnership.breaches.policy import Action
from desist.partnership.orders.models import Order
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Step:
    """One dated fact of the case."""

    called: str
    on: date
    by: str


@dataclass(frozen=True)
class Page:
    """One breach, with the words of the conditions it names."""

    ref: str
    order: str
    spoken: str
    version: int
    conditions: tuple[tuple[int, str], ...]
    happened_on: date
    before_service: bool
    reported_on: date
    source: str
    channel: str
    victim_contact: bool
    account: str
    excuse: str
    crime_reference: str
    also_stalking: bool | None
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    steps: tuple[Step, ...]


def breach(*, actor: Actor, order: str, breach: str, at: datetime) -> Page:
    """One breach of an order."""
    row = gate.open(actor, Action.DECIDE_BREACH, Order, order, at=at).get()
    found = commands.of(row, breach)
    named = row.conditions.filter(number__in=found.conditions).order_by("number")
    return Page(
        ref=found.ref,
        order=row.ref,
        spoken=spoken(row.ref),
        version=row.version,
        conditions=tuple(named.values_list("number", "text")),
        happened_on=found.happened_on,
        before_service=row.served_on is None or found.happened_on < row.served_on,
        reported_on=found.reported_on,
        source=found.get_source_display(),
        channel=found.get_channel_display(),
        victim_contact=found.victim_contact,
        account=found.account,
        excuse=found.excuse,
        crime_reference=found.crime_reference,
        also_stalking=found.also_stalking,
        decision=found.get_decision_display() if found.decision else "",
        reason=found.reason,
        decided_by=accounts.name(ref=found.decided_by) if found.decided_by else "",
        decided_at=found.decided_at,
        steps=_steps(found),
    )


def _steps(breach: Breach) -> tuple[Step, ...]:
    found = list(breach.steps.order_by("-on", "-pk"))
    names = accounts.names(refs={one.by for one in found})
    return tuple(Step(one.called, one.on, names.get(one.by, one.by)) for one in found)
