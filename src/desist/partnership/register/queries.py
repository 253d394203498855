"""The dry run of an import, the register as CSV, and the accounts to which its rows belong."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from desist.audit.watching.states import Case
from desist.orders.terms import Kind
from desist.partnership.applications.codes import Kind as Asked
from desist.partnership.applications.codes import Outcome
from desist.partnership.applications.models import Application
from desist.partnership.breaches.models import Breach
from desist.partnership.orders.models import Condition, Order, OrderHappening
from desist.partnership.orders.states import State
from desist.partnership.referrals.models import Referral
from desist.partnership.register import reading
from desist.partnership.register.columns import COLUMNS, EXAMPLE
from desist.partnership.register.counts import Figure, as_csv
from desist.partnership.register.policy import Action
from desist.ui import dates, spreadsheets
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.audit import row_name

SHOWN = 500  # problems on one page
#: the tables for which the site watches which account opens a row
WATCHED = ("partnership.referral", "partnership.order")


def dry_run(*, actor: Actor, content: bytes, at: datetime) -> reading.Read:
    """Return what a file would bring in, and every problem by row. Nothing is written."""
    found = reading.read(content, today=day_of(at))
    numbers = [order.number for order in found.orders]
    rows = gate.see(actor, Action.IMPORT_ORDERS, Order, at=at)
    known = set(rows.filter(number__in=numbers).values_list("number", flat=True))
    twice = [
        reading.Problem(order.row, f"The order {order.number} is already in the register.")
        for order in found.orders
        if order.number in known
    ]
    problems = sorted((*found.problems, *twice), key=lambda one: one.row)
    return reading.Read(found.orders, tuple(problems[:SHOWN]))


def template() -> bytes:
    """The CSV template: the columns with an invented order."""
    return _written(EXAMPLE)


def export(*, actor: Actor, at: datetime) -> bytes:
    """Every order of the area that was made, as CSV that no spreadsheet runs and the import reads."""
    rows = gate.see(actor, Action.EXPORT_ORDERS, Order, at=at).filter(made_on__isnull=False)
    found = rows.select_related("person").prefetch_related("conditions", "protected", "notifications")
    return _written(line for order in found.order_by("started_at", "ref") for line in _lines(order))


def make(*, actor: Actor, criteria: dict[str, Any], at: datetime) -> tuple[str, bytes]:
    """Return the name and the content of the register's file, once a second person released it."""
    del criteria
    return "register.csv", export(actor=actor, at=at)


def watched(*, rows: Iterable[str]) -> dict[str, Case]:
    """The keepers of these referrals and orders, and the days on which orders ended, by their names in the audit."""
    refs = [row.partition(":")[2] for row in rows]
    sent = Referral.objects.filter(ref__in=refs).values_list("ref", "started_by", "held_by")
    kept = Order.objects.filter(ref__in=refs).values_list("ref", "started_by", "closed_on")
    return {
        **{row_name(Referral, ref): Case(frozenset({by, to} - {""}), None) for ref, by, to in sent},
        **{
            row_name(Order, ref): Case(frozenset({by}), dates.moment(ended, time()) if ended else None)
            for ref, by, ended in kept
        },
    }


def counts(*, actor: Actor, at: datetime) -> bytes:
    """The counts for freedom of information, as CSV. The force that handed an order over counts its making."""
    rows = gate.see(actor, Action.COUNT_ORDERS, Order, at=at)
    own = rows.filter(moved_from="")
    full = own.filter(kind=Kind.FULL)
    granted = Application.objects.filter(order__in=rows, outcome=Outcome.GRANTED)
    refused = OrderHappening.objects.filter(order__in=full, title=State.REFUSED.label)
    days = {
        Figure.APPLIED: full.values_list("applied_on", flat=True),
        Figure.INTERIM: own.filter(kind=Kind.INTERIM).values_list("made_on", flat=True),
        Figure.FULL: full.values_list("made_on", flat=True),
        Figure.REFUSED: refused.values_list("on", flat=True),
        Figure.VARIED: granted.filter(kind=Asked.VARY).values_list("decided_on", flat=True),
        Figure.DISCHARGED: granted.filter(kind=Asked.DISCHARGE).values_list("decided_on", flat=True),
        Figure.BREACHES: Breach.objects.filter(order__in=rows).values_list("reported_on", flat=True),
    }
    return as_csv(days, area=actor.area, today=day_of(at))


def _lines(order: Order) -> list[dict[str, str]]:
    given = next((one.given_on for one in order.notifications.all() if one.kind == "first"), None)
    facts = {
        "number": order.number or order.ref,
        "kind": order.kind,
        "family_name": order.person.family_name,
        "given_names": order.person.given_names,
        "born": _iso(order.person.born),
        "force": order.force,
        "court": order.court,
        "how_made": order.how_made,
        "made_on": _iso(order.made_on),
        "ends_on": _iso(order.ends_on),
        "served_on": _iso(order.served_on),
        "notified_on": _iso(given),
        "protected": "; ".join(sorted(one.crime_reference for one in order.protected.all())),
    }
    conditions = sorted(order.conditions.all(), key=lambda one: one.number)
    return [{**facts, **_condition(one)} for one in conditions] or [facts]


def _condition(one: Condition) -> dict[str, str]:
    return {
        "condition_kind": one.kind,
        "condition": one.text,
        "about": one.channel,
        "condition_ends_on": _iso(one.ends_on),
        "necessity": one.necessity,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _written(lines: Iterable[Mapping[str, str]]) -> bytes:
    return spreadsheets.as_csv(tuple(COLUMNS), ([line.get(name, "") for name in COLUMNS] for line in lines))
