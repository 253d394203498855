"""What the force knows of one person, composed for any officer who may see them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.desk.alerts import queries as alerts
from desist.partnership.exhibits import queries as exhibits
from desist.partnership.orders import notices, standing, wording
from desist.partnership.orders.models import Order
from desist.partnership.pages.order.pages import BreachRow
from desist.partnership.pages.people.policy import Action
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.policy import Action as PairsAction
from desist.partnership.pairs.states import State as SideState
from desist.partnership.referrals import progress
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import UNSENT
from desist.partnership.referrals.states import State as ReferralState
from desist.partnership.reports.models import Report
from desist.partnership.reports.policy import Action as ReportsAction
from desist.partnership.reports.states import State as ReportState
from desist.partnership.victims.models import VictimReferral
from desist.post.models import Partner
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, Slot, Statement, among

MOST = 20  # reports and alerts, the newest


@dataclass(frozen=True)
class Referred:
    """One referral of the person."""

    ref: str
    spoken: str
    stage: str
    programme: str
    phone: str


@dataclass(frozen=True)
class OrderPart:
    """One order: its conditions as (number, words), and its breaches, the newest first."""

    standing: standing.Standing
    conditions: tuple[tuple[int, str], ...]
    breaches: tuple[BreachRow, ...]


@dataclass(frozen=True)
class Victim:
    """A victim whose case is linked to the person: never a name, which the police's side does not keep."""

    ref: str
    crime_reference: str
    service: str


@dataclass(frozen=True)
class Told:
    """One incident that an advocacy service reported."""

    ref: str
    spoken: str
    happened_on: date
    service: str
    state: str
    due_at: datetime | None  # while no crime reference is given
    exhibits: tuple[exhibits.Row, ...]


@dataclass(frozen=True)
class PersonPage:
    """One person. `referrals` begins with the one whose reference was asked for."""

    ref: str
    name: str
    born: date | None
    referrals: tuple[Referred, ...]
    orders: tuple[OrderPart, ...]
    victims: tuple[Victim, ...]
    reports: tuple[Told, ...]
    alerts: tuple[alerts.Row, ...]
    victim_referred: bool

    @property
    def next_step(self) -> tuple[str, str, str]:
        """The words, the route and the reference of what to do first; three empty texts where nothing waits."""
        for alert in self.alerts:
            if alert.to_us and alert.acknowledged_at is None:
                return "Acknowledge the alert", "alerts:alert", alert.ref
        for told in self.reports:
            if told.due_at:
                return "Give the crime reference for the report", "reports:report", told.ref
        if not self.victims and not self.victim_referred:
            return "Refer the victim to support", "victims:start", ""
        return "", "", ""


def person(*, actor: Actor, ref: str, at: datetime) -> PersonPage:
    """One person by one of their referrals: what each part's own rule lets the actor see."""
    row = gate.one(actor, Action.SEE_PERSON, Referral, REFERRALS, ref, at=at)
    titles = {name: (title, phone) for name, title, phone in PARTNERS.rows()}
    others = [key for (key,) in gate.within(actor, Action.SEE_PERSON, OTHERS, pair=row.pair, of=[row.pk])]
    sides = gate.within(actor, PairsAction.SEE_PAIRS, SIDES, pair=row.pair)
    victims = tuple(Victim(side, crime, _title(titles, advocacy)) for _, side, crime, advocacy in sides)
    referrals = [row, *(REFERRALS.rows(keys=others) if others else ())]
    return PersonPage(
        ref=row.ref,
        name=row.name or "No name yet",
        born=row.born,
        referrals=tuple(_referred(one, titles) for one in referrals),
        orders=_orders(actor, row, at),
        victims=victims,
        reports=_reports(actor, [key for key, *_ in sides], titles, at) if sides else (),
        alerts=alerts.of_cases(
            actor=actor,
            cases=[*(one.ref for one in referrals), *(one.ref for one in victims)],
            most=MOST,
            at=at,
        ),
        victim_referred=bool(VICTIM_REFERRED.rows(of=[row.pk])),
    )


PARTNERS = Statement(lambda: Partner.objects.values_list("name", "title", "phone"))
REFERRALS = Instances(
    lambda: Referral.objects.filter(pk__in=among("keys")).order_by("-started_at"),
    *("ref", "pair", "state", "programme", "stage", "attended"),
    *("given_names", "family_name", "born"),
)
VICTIM_REFERRED = Statement(
    lambda: VictimReferral.objects.filter(referral__in=among("of")).values_list("pk")[:1]
)


def _others(rows: QuerySet[Referral]) -> QuerySet[Any]:
    sent = rows.filter(pair=Slot("pair")).exclude(state__in=UNSENT)
    return sent.exclude(pk__in=among("of")).values_list("pk")


def _sides(rows: QuerySet[Side]) -> QuerySet[Any]:
    standing = rows.filter(pair=Slot("pair"), state=SideState.STANDS).order_by("made_at")
    return standing.values_list("pk", "ref", "crime_reference", "advocacy")


OTHERS, SIDES = Question(Referral, _others), Question(Side, _sides)


def _referred(row: Referral, titles: Mapping[str, tuple[str, str]]) -> Referred:
    stage = progress.ended(row) or progress.attended(row) or str(ReferralState(row.state).label)
    title, phone = titles.get(row.programme, (row.programme, ""))
    return Referred(row.ref, spoken(row.ref), stage, title, phone)


def _orders(actor: Actor, row: Referral, at: datetime) -> tuple[OrderPart, ...]:
    rows = standing.binding(actor=actor, referral=row, at=at).prefetch_related(
        "conditions", "breaches__steps"
    )
    return tuple(
        OrderPart(
            standing=standing.of(one, row),
            conditions=_conditions(one),
            breaches=tuple(
                BreachRow.of(breach)
                for breach in sorted(one.breaches.all(), key=lambda it: it.happened_on, reverse=True)
            ),
        )
        for one in rows
    )


def _conditions(order: Order) -> tuple[tuple[int, str], ...]:
    """The words that a second person released, or that lead to nobody; of others only that the coordinator has them."""
    known = wording.released(order)
    ordered = sorted(order.conditions.all(), key=lambda one: one.number)
    return tuple((one.number, notices.requirement(one, known)) for one in ordered)


def _reports(
    actor: Actor, sides: Collection[int], titles: Mapping[str, tuple[str, str]], at: datetime
) -> tuple[Told, ...]:
    rows = Report.objects.filter(policy.rule(ReportsAction.SEE_REPORTS).scope(actor), side__in=sides)
    found: Iterable[Report] = list(rows.select_related("side").order_by("-reported_at", "-pk")[:MOST])
    came = exhibits.of_reports(actor=actor, reports=[one.ref for one in found], at=at)
    return tuple(
        Told(
            ref=one.ref,
            spoken=spoken(one.ref),
            happened_on=one.happened_on,
            service=_title(titles, one.side.advocacy),
            state=str(ReportState(one.state).label),
            due_at=one.due_at if one.state == ReportState.OPEN else None,
            exhibits=came.get(one.ref, ()),
        )
        for one in found
    )


def _title(titles: Mapping[str, tuple[str, str]], name: str) -> str:
    return titles.get(name, (name, ""))[0]
