"""What the force recorded of people, read once for an evaluator: days and codes, without a name.

Cases restricted to named people are not read, for any colleague: what is told does not depend on who counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from desist.extracts import police
from desist.extracts.asked import Asked
from desist.partnership.breaches.codes import GUILTY, Decision, Step
from desist.partnership.breaches.models import Breach, BreachStep
from desist.partnership.extracts.making import DECIDED, Known
from desist.partnership.extracts.policy import Action
from desist.partnership.orders.models import Order
from desist.partnership.orders.states import UNMADE
from desist.partnership.referrals.models import Referral
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.exclusions import restricted

Recorded = tuple[date | None, str, str]


def known(asked: Sequence[Asked], *, actor: Actor, programme: str, at: datetime) -> Mapping[str, Known]:
    """Return pseudonym -> what is known of the person whom this force referred to a programme."""
    threads = {thread: one.person for one in asked for thread in one.threads}
    rows = gate.see(actor, Action.READ_FOR_EXTRACT, Referral, at=at).filter(
        thread__in=threads, programme=programme
    )
    hidden = set(rows.filter(ref__in=restricted()).values_list("thread", flat=True))
    shut = {threads[thread] for thread in hidden if thread}
    people: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows.values("pk", "thread", "sent_at", "family_name", "given_names", "born"):
        person = threads[str(row["thread"])]
        if person not in shut:
            people[person].append({**row})
    orders = _orders(actor, at)
    found = {}
    for person, referrals in people.items():
        keys = {key for row in referrals for key in (row["pk"], _same(row))}
        own = {order["pk"]: order for key in keys for order in orders.get(key, ())}
        if not any(order["hidden"] for order in own.values()):
            found[person] = _known(referrals, own.values())
    return found


def _known(referrals: Iterable[Mapping[str, Any]], orders: Iterable[Mapping[str, Any]]) -> Known:
    made = [one for one in orders if one["state"] not in UNMADE]
    recorded = [row for one in made for row in one["recorded"]]
    return Known(
        referred=min(day_of(row["sent_at"]) for row in referrals),
        recorded=tuple(recorded),
        orders=tuple((one["served_on"], one["closed_on"] or one["ends_on"], one["kind"]) for one in made),
    )


def _orders(actor: Actor, at: datetime) -> Mapping[object, list[dict[str, Any]]]:
    """Return the orders by the referral that they are tied to, and by name and birth of their subject."""
    rows = gate.see(actor, Action.READ_FOR_EXTRACT, Order, at=at)
    recorded = _recorded(rows)
    shut = Q(person__ref__in=restricted()) | Q(referral__ref__in=restricted())
    hidden = set(rows.filter(shut).values_list("pk", flat=True))
    found: dict[object, list[dict[str, Any]]] = defaultdict(list)
    for pk, referral, kind, state, served, closed, ends, family, given, born in rows.values_list(
        *("pk", "referral", "kind", "state", "served_on", "closed_on", "ends_on"),
        *("person__family_name", "person__given_names", "person__born"),
    ):
        order = {
            "pk": pk,
            "kind": kind,
            "state": state,
            "served_on": served,
            "closed_on": closed,
            "ends_on": ends,
            "recorded": recorded.get(pk, ()),
            "hidden": pk in hidden,
        }
        found[_same({"family_name": family, "given_names": given, "born": born})].append(order)
        if referral is not None:
            found[referral].append(order)
    return found


def _recorded(orders: QuerySet[Order]) -> Mapping[int, list[Recorded]]:
    """Return what was recorded by order: decided breaches, those that are stalking too, charges and convictions."""
    found: dict[int, list[Recorded]] = defaultdict(list)
    rows = Breach.objects.filter(order__in=orders, decision__in=DECIDED)
    for order, day, decision, stalking in rows.values_list(
        "order", "happened_on", "decision", "also_stalking"
    ):
        found[order].append((day, police.BREACH, DECIDED[Decision(decision)]))
        if stalking:
            found[order].append((day, police.STALKING, ""))
    steps = BreachStep.objects.filter(breach__order__in=orders, kind__in=(Step.CHARGED, Step.OUTCOME))
    for order, day, kind, detail in steps.values_list("breach__order", "on", "kind", "detail"):
        if kind == Step.CHARGED:
            found[order].append((day, police.CHARGED, ""))
        elif detail in GUILTY:
            found[order].append((day, police.CONVICTED, ""))
    return found


def _same(row: Mapping[str, Any]) -> tuple[str, date | None]:
    return " ".join(f"{row['given_names']} {row['family_name']}".casefold().split()), row["born"]
