"""Questions about grants, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.commission.grants import costs
from desist.commission.grants.costs import Cost, Counted, Money
from desist.commission.grants.models import Grant
from desist.commission.grants.policy import Action
from desist.post import partners
from desist.post.models import Partner
from desist.sites import Zone
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Row:
    """One grant, with the accounts that entered and removed it."""

    ref: str
    giver: str
    service: str
    pounds: int
    first_day: date
    last_day: date
    entered_by: str
    entered_at: datetime
    removed_by: str
    removed_at: datetime | None


@dataclass(frozen=True)
class Page:
    """The grants that count, and those that were removed."""

    current: tuple[Row, ...]
    removed: tuple[Row, ...]
    can_change: bool


def grants(*, actor: Actor, at: datetime) -> Page:
    """Return the grants of the area, the newest time first."""
    rows = gate.see(actor, Action.SEE_GRANTS, Grant, at=at).order_by("-first_day", "service", "giver", "pk")
    names = accounts.names(
        refs=[who for pair in rows.values_list("entered_by", "removed_by") for who in pair]
    )
    every = [_row(row, names) for row in rows]
    return Page(
        current=tuple(one for one in every if one.removed_at is None),
        removed=tuple(one for one in every if one.removed_at is not None),
        can_change=actor.role in policy.rule(Action.ENTER_GRANT).roles,
    )


def services(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the programmes of the area's register, as choices."""
    known = Partner.objects.filter(zone=Zone.PROGRAMME, area__in=("", actor.area), ended_at=None)
    return tuple(known.order_by("title").values_list("name", "title"))


def costs_of(*, actor: Actor, service: str, over: Iterable[Counted], at: datetime) -> tuple[Cost, ...]:
    """Return the cost of each time of a service, from the grants that count."""
    rows = gate.see(actor, Action.SEE_GRANTS, Grant, at=at).filter(service=service, removed_at=None)
    money = [Money(row.pounds, row.first_day, row.last_day) for row in rows]
    return tuple(costs.cost(one, money) for one in over)


def _row(row: Grant, names: dict[str, str]) -> Row:
    return Row(
        ref=row.ref,
        giver=row.giver,
        service=partners.title(name=row.service),
        pounds=row.pounds,
        first_day=row.first_day,
        last_day=row.last_day,
        entered_by=names.get(row.entered_by, "a colleague"),
        entered_at=row.entered_at,
        removed_by=names.get(row.removed_by, "a colleague") if row.removed_at else "",
        removed_at=row.removed_at,
    )
