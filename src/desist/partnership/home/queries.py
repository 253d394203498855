"""What waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime

from desist.desk.alerts import queries as alerts
from desist.partnership.disclosures import queries as disclosures
from desist.partnership.orders import queries as orders
from desist.partnership.pairs import queries as pairs
from desist.partnership.policy import ORDERS, POLICE, Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import State
from desist.partnership.reports import queries as reports
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor

SHOWN = 20  # the rest is on the orders' own page


@dataclass(frozen=True)
class Draft:
    """A referral that was begun and not sent."""

    ref: str
    spoken: str
    started_at: datetime


@dataclass(frozen=True)
class Page:
    """Alerts first, then drafts."""

    alerts: tuple[alerts.Row, ...]
    drafts: tuple[Draft, ...]
    orders: tuple[orders.Due, ...]
    requests: tuple[disclosures.Request, ...]
    disclosures: tuple[disclosures.Row, ...]
    pairs: tuple[pairs.Row, ...]
    reports: tuple[reports.Row, ...]


def to_do(*, actor: Actor, at: datetime) -> Page:
    """What waits, the most urgent first."""
    drafts = (
        gate.see(actor, Action.SEE_TO_DO, Referral, at=at)
        .filter(state=State.DRAFT, started_by=actor.who)
        .order_by("started_at")
        .values_list("ref", "started_at")
    )
    return Page(
        alerts=alerts.waiting(actor=actor, at=at),
        reports=reports.waiting(actor=actor, at=at),
        pairs=pairs.waiting(actor=actor, at=at),
        orders=orders.due(actor=actor, at=at)[:SHOWN] if actor.role in ORDERS else (),
        requests=disclosures.requests(actor=actor, at=at) if actor.role in POLICE else (),
        disclosures=disclosures.waiting(actor=actor, at=at) if actor.role in POLICE else (),
        drafts=tuple(Draft(ref, spoken(ref), started_at) for ref, started_at in drafts),
    )
