"""The orders that bind a person of a referral, for an officer who may see the referral and not the register."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from desist.partnership.orders import codes
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action
from desist.partnership.orders.states import LIVE, State
from desist.partnership.referrals.models import Referral
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Standing:
    """One order that was made and has not ended. `linked`: tied to this referral, not matched by name and birthday."""

    kind: str
    in_force: bool
    made_on: date | None
    ends_on: date | None
    conditions: int
    breaches: int
    linked: bool

    @property
    def words(self) -> str:
        """The order in words: "Stalking Protection Order in force until 22 November 2028, 3 conditions, 1 breach"."""
        until = f"until {dates.on(self.ends_on)}" if self.ends_on else "until a further order"
        made = f"made on {dates.on(self.made_on)}" if self.made_on else "made"
        stands = (
            f"in force {until}" if self.in_force else f"{made}, not served yet: it does not bind the person"
        )
        return f"{self.kind} {stands}, {_count(self.conditions, 'condition')}, {_count(self.breaches, 'breach', 'breaches')}"


def binding(*, actor: Actor, referral: Referral, at: datetime) -> QuerySet[Any]:
    """The orders linked to a referral, and its area's orders about a person with the same name and date of birth."""
    same = Q(referral=referral)
    if referral.born and referral.family_name:
        same |= Q(
            person__family_name__iexact=referral.family_name,
            person__given_names__iexact=referral.given_names,
            person__born=referral.born,
        )
    rows = gate.see(actor, Action.SEE_ORDERS_IN_FORCE, Order, at=at).filter(same, state__in=LIVE)
    counted = rows.annotate(
        condition_count=Count("conditions", distinct=True), breach_count=Count("breaches", distinct=True)
    )
    return counted.order_by("made_on", "pk")


def of_referral(*, actor: Actor, referral: Referral, at: datetime) -> tuple[Standing, ...]:
    """The orders that bind the person of a referral."""
    return tuple(of(one, referral) for one in binding(actor=actor, referral=referral, at=at))


def of(one: Any, referral: Referral) -> Standing:  # noqa: ANN401 -- an order with the counts of `binding`
    """One order that `binding` found."""
    return Standing(
        kind=str(codes.Kind(one.kind).label),
        in_force=one.state == State.IN_FORCE,
        made_on=one.made_on,
        ends_on=one.ends_on,
        conditions=one.condition_count,
        breaches=one.breach_count,
        linked=one.referral_id == referral.pk,
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
