"""Questions about orders, each with a frozen answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from desist.accounts import queries as accounts
from desist.partnership.breaches.attendance import certified
from desist.partnership.breaches.models import Breach
from desist.partnership.conditions import commands as conditions
from desist.partnership.notifications.models import Notification
from desist.partnership.orders import codes, law, wording
from desist.partnership.orders.clocks import Clock, clocks, waiting
from desist.partnership.orders.models import Condition, Order
from desist.partnership.orders.policy import Action
from desist.partnership.orders.states import CLOSED, LIVE, UNMADE, State
from desist.partnership.pages.order.pages import (
    ApplicationRow,
    BreachRow,
    ConditionRow,
    CopyRow,
    DutyRow,
    Event,
    Page,
    Row,
)
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.references import spoken
from desist.referral import alike as similar
from desist.ui import tables
from desist.ui.dates import day_of
from desist.wall import actors, gate
from desist.wall.actors import Actor
from desist.wall.statements import Question

SIZE = 25
GROUPS: dict[str, tuple[State, ...]] = {"live": LIVE, "unmade": UNMADE, "closed": CLOSED}
WORKLIST = 500  # more open clocks than one person can hold


@dataclass(frozen=True)
class Due:
    """One thing to do about an order, with its clock."""

    ref: str
    spoken: str
    name: str
    clock: Clock
    urgency: str


def orders(
    *,
    actor: Actor,
    group: str = "",
    kind: str = "",
    sort: tables.Sort,
    cursor: tables.Cursor,
    at: datetime,
) -> tuple[tuple[Row, ...], tables.Paging]:
    """One page of the register."""
    rows = gate.see(actor, Action.SEE_ORDERS, Order, at=at).annotate(name=F("person__family_name"))
    if group in GROUPS:
        rows = rows.filter(state__in=GROUPS[group])
    if kind:
        rows = rows.filter(kind=kind)
    found, paging = tables.page(_with_clocks(rows), sort=sort, cursor=cursor, size=SIZE)
    return tuple(_row(order, day_of(at)) for order in found), paging


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """What is to do about the area's orders, the most urgent first."""
    return _open(_dated(actor, at))


def calendar(*, actor: Actor, last: date, at: datetime) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """What `due` lists, and every day from today to the last that matters, open or not, the earliest first."""
    found = _dated(actor, at)
    return _open(found), tuple(one for one in found if day_of(at) <= one.clock.on <= last)


def _dated(actor: Actor, at: datetime) -> list[Due]:
    """Every day that matters about the area's orders, the earliest first."""
    rows = gate.few(actor, Action.SEE_ORDERS, RUNNING, at=at)
    today = day_of(at)
    found = [
        Due(order.ref, spoken(order.ref), _name(order), clock, clock.urgency(today))
        for order in _with_clocks(rows).order_by("started_at", "ref")
        for clock in clocks(law.facts(order), today=today)
    ]
    return sorted(found, key=lambda one: (one.clock.on, one.ref))


def _running(rows: QuerySet[Order]) -> QuerySet[Any]:
    return rows.exclude(state__in=(*CLOSED, State.WITHDRAWN)).order_by().values_list("pk")


RUNNING = Question(Order, _running)


def _open(found: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(one for one in found if one.clock.open)[:WORKLIST]


def same_people(
    *, actor: Actor, family_name: str, given_names: str, born: date, at: datetime
) -> tuple[tuple[str, str], ...]:
    """People of the register who may be this person, found as those who are referred are, as (reference, words)."""
    rows = gate.see(actor, Action.SEE_SAME_PERSON, Person, at=at)
    alike = rows.filter(similar.condition(similar.Person(given_names, family_name, born)))
    return tuple(
        (
            one.ref,
            f"{one.given_names} {one.family_name}, born {one.born:%-d %B %Y}, {one.orders.count()} in the register",
        )
        for one in alike.order_by("added_at")[: similar.MOST]
    )


def referrals(*, actor: Actor, ref: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The person's referrals that a requirement may be about, as (reference, words)."""
    order = gate.open(actor, Action.LINK_REFERRAL, Order, ref, at=at).select_related("person").get()
    same = Referral.objects.filter(
        area=order.area,
        family_name__iexact=order.person.family_name,
        born=order.person.born,
        thread__isnull=False,
    )
    return tuple((one.ref, f"Referral {spoken(one.ref)}, {one.get_state_display()}") for one in same[:10])


def order(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One order, whole."""
    rows = gate.open(actor, Action.SEE_ORDER, Order, ref, at=at)
    along = ("conditions", "breaches__steps")
    row = _with_clocks(rows).select_related("main", "referral").prefetch_related(*along).get()
    today = day_of(at)
    found = clocks(law.facts(row), today=today)
    reported = sorted(row.breaches.all(), key=lambda one: (one.happened_on, one.pk), reverse=True)
    return replace(
        _page(row, reported, today),
        protected=_protected(row),
        may_change_conditions=conditions.may_change(row),
        clocks=found,
        waiting=waiting(found),
        applications=_applications(row),
        breaches=tuple(BreachRow.of(one) for one in reported),
        attendances=certified(row.referral.certificates.all()) if row.referral else (),
        copies=_copies(row),
        events=_events(row),
        interims=_interims(row),
        places=law.places(row),
        checked=all(map(wording.is_checked, row.conditions.all())),
        unread=tuple((one.number, wording.leads(one)) for one in wording.waiting(row)),
    )


def to_change(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One order for a form about it: its facts, conditions and duties, and nothing that happened to it."""
    rows = gate.open(actor, Action.SEE_ORDER, Order, ref, at=at)
    along = rows.select_related("person", "main", "referral").prefetch_related("conditions", "notifications")
    return _page(along.get(), (), day_of(at))


def _page(row: Order, reported: Collection[Breach], today: date) -> Page:
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        born=row.person.born,
        kind=row.kind,
        kind_label=codes.Kind(row.kind).label,
        state=State(row.state),
        state_label=State(row.state).label,
        version=row.version,
        number=row.number,
        facts=_facts_in_words(row),
        conditions=tuple(
            _condition(one, reported, today)
            for one in sorted(row.conditions.all(), key=lambda one: one.number)
        ),
        duties=tuple(_duty(one, today) for one in _by_day(row.notifications.all())),
        suspended_from=row.suspended_from,
        suspended_until=row.suspended_until,
        main=(row.main.ref, spoken(row.main.ref)) if row.main else None,
        referral=row.referral.ref if row.referral else "",
        places_reason=row.places_reason,
    )


def _by_day(duties: Iterable[Notification]) -> list[Notification]:
    return sorted(duties, key=lambda one: (one.began_on, one.pk))


def _interims(row: Order) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.ref, spoken(one.ref), State(one.state).label) for one in row.interims.order_by("pk"))


def _with_clocks(rows: QuerySet[Order]) -> QuerySet[Order]:
    return rows.select_related("person").prefetch_related("notifications", "applications", "breaches")


def _row(order: Order, today: date) -> Row:
    open_clocks = waiting(clocks(law.facts(order), today=today))
    following = open_clocks[0] if open_clocks else None
    return Row(
        ref=order.ref,
        spoken=spoken(order.ref),
        number=order.number,
        name=_name(order),
        kind=order.kind,
        state=order.state,
        state_label=State(order.state).label,
        made_on=order.made_on,
        ends_on=order.ends_on,
        next=following,
        urgency=following.urgency(today) if following else "",
    )


def _name(order: Order) -> str:
    return f"{order.person.given_names} {order.person.family_name}"


def _facts_in_words(row: Order) -> tuple[tuple[str, Any], ...]:
    return (
        ("Register number of the force", row.number),
        ("Applied for by", row.force),
        ("Why this force", row.get_nexus_display()),
        ("How it is made", row.get_how_made_display()),
        ("Court", row.court),
        ("Applies in", row.locality or "All parts of the United Kingdom"),
        ("Came from", row.moved_from),
        ("Handed to", row.moved_to),
    )


def _condition(one: Condition, reported: Iterable[Breach], today: date) -> ConditionRow:
    return ConditionRow(
        ref=one.ref,
        number=one.number,
        kind=one.get_kind_display(),
        text=one.text,
        channel=one.get_channel_display(),
        area_words=": ".join(part for part in (wording.area(one), one.area_words) if part),
        is_area=one.channel == codes.Channel.AREA,
        protects=tuple(one.protects),
        begins_on=one.begins_on,
        ends_on=one.ends_on,
        over=bool(one.ends_on and one.ends_on < today),
        necessity=one.necessity,
        unchecked=tuple(code.label for code in codes.Checked if code not in one.checked),
        breaches=sum(one.number in breach.conditions for breach in reported),
        for_programme=one.channel == codes.Channel.PROGRAMME,
    )


def _duty(one: Notification, today: date) -> DutyRow:
    return DutyRow(
        ref=one.ref,
        label=one.get_kind_display(),
        began_on=one.began_on,
        due_on=one.due_on,
        given_on=one.given_on,
        station=one.station,
        acknowledgement=one.acknowledgement,
        overdue=one.given_on is None and one.due_on < today,
        checked_at=one.checked_at,
        crime_reference=one.crime_reference,
    )


def _applications(row: Order) -> tuple[ApplicationRow, ...]:
    return tuple(
        ApplicationRow(
            one.ref,
            one.kind,
            one.by,
            one.filed_on,
            one.hearing_on,
            one.outcome,
            one.decided_on,
            one.written_on,
            one.served_on,
        )
        for one in sorted(row.applications.all(), key=lambda one: (one.filed_on, one.pk), reverse=True)
    )


def _copies(row: Order) -> tuple[CopyRow, ...]:
    stored = row.copies.defer("sealed").order_by("-stored_at", "-pk")
    return tuple(CopyRow(one.ref, one.title, one.sha256, one.size, one.stored_at) for one in stored)


def _events(row: Order) -> tuple[Event, ...]:
    found = list(row.happenings.order_by("-on", "-pk"))
    names = accounts.names(refs={one.by for one in found}) | {actors.clock().who: "the clock"}
    return tuple(Event(one.title, one.on, one.note, names.get(one.by, "a colleague")) for one in found)


def _protected(row: Order) -> tuple[tuple[str, str], ...]:
    found = row.protected.order_by("pk")
    return tuple((one.crime_reference, codes.Standing(one.standing).label) for one in found)
