"""Questions about breach reports, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce, JSONObject

from desist import codes, incident_codes
from desist.accounts import queries as accounts
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action as OrdersAction
from desist.partnership.policy import ORDERS
from desist.partnership.reports.models import Report
from desist.partnership.reports.policy import Action
from desist.partnership.reports.states import State
from desist.post.models import Partner
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.places import rows_that_wait
from desist.wall.statements import Question

PAGE = 50
#: the title of the advocacy service that reported
SERVICE = Coalesce(
    Subquery(Partner.objects.filter(name=OuterRef("side__advocacy")).values("title")[:1]), F("side__advocacy")
)
#: the exhibits of a report of which nobody has saved a copy
ARRIVED = ArrayAgg(
    JSONObject(**{name: f"exhibits__{name}" for name in ("ref", "number", "state", "arrived_at")}),
    filter=Q(exhibits__waits=True),
    order_by="exhibits__arrived_at",
)
WAITING = rows_that_wait(Report, Q(state=State.OPEN))


@dataclass(frozen=True)
class Arrived:
    """An exhibit that came with a report and of which nobody has saved a copy."""

    ref: str
    number: str
    differs: bool  # it is not what was sent
    at: datetime


@dataclass(frozen=True)
class Row:
    """One report in a list."""

    ref: str
    spoken: str
    happened_on: date
    service: str
    told_reference: str
    state: str
    state_label: str
    reported_at: datetime
    due_at: datetime
    late: bool
    crime_reference: str
    arrived: tuple[Arrived, ...] = ()  # in To do alone, the oldest first


@dataclass(frozen=True)
class Page:
    """One report, whole. `orders` protect the client of this crime; only officers who keep the register see them."""

    row: Row
    happened_time: time | None
    place: str
    behaviours: tuple[str, ...]
    channel: str
    marks: tuple[str, ...]
    account: str
    effect: str
    evidence: str
    kept: str
    witnesses: str
    contact: str
    recorded_by: str
    recorded_at: datetime | None
    empties_at: datetime | None  # when the clock empties its words, while they are here
    may_give: bool  # the officer may give a crime reference, or correct it
    orders: tuple[tuple[str, str], ...]
    exhibits: tuple[tuple[str, str, str], ...]  # reference, number and state of each, the oldest first

    @property
    def text(self) -> str:
        """The whole report, as lines to copy into another system."""
        told = (
            ("Reported by", self.row.service),
            ("Ring their advocate", self.contact),
            ("Case crime reference", self.row.told_reference),
            ("Crime reference", self.row.crime_reference),
            ("When", dates.weekday(self.row.happened_on)),
            ("Time", dates.clock(self.happened_time) if self.happened_time else ""),
            ("What was done", "; ".join(self.behaviours)),
            ("How", self.channel),
            ("Where", self.place),
            ("Also involved", "; ".join(self.marks)),
            ("What happened", self.account),
            ("Effect", self.effect),
            ("Witnesses", self.witnesses),
            ("Evidence kept", self.evidence),
            ("Where the evidence is kept", self.kept),
            ("Reported at", dates.at(self.row.reported_at)),
        )
        return "\n".join(f"{label}: {words}" for label, words in told if words)


def reports(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The reports: the open ones first, oldest to newest, then the newest of the others. At most PAGE."""
    rows = gate.see(actor, Action.SEE_REPORTS, Report, at=at).annotate(service=SERVICE).select_related("side")
    open_ = rows.filter(state=State.OPEN).order_by("due_at", "pk")
    others = rows.exclude(state=State.OPEN).order_by("-reported_at", "-pk")
    return _rows([*open_[:PAGE], *others[:PAGE]][:PAGE], at)


def waiting(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The open reports, the oldest first, and those with an exhibit of which nobody has saved a copy."""
    rows = (
        gate.few(actor, Action.SEE_REPORTS, STILL_OPEN, at=at)
        .annotate(service=SERVICE, arrived=ARRIVED)
        .select_related("side")
    )
    found = list(rows.order_by("due_at", "pk"))
    return _rows(found, at)


def _still_open(rows: QuerySet[Report]) -> QuerySet[Any]:
    open_ = rows.filter(state=State.OPEN).order_by("due_at", "pk").values_list("pk")[:PAGE]
    brought = rows.filter(exhibits__waits=True).order_by("due_at", "pk").values_list("pk")[:PAGE]
    return open_.union(brought)


STILL_OPEN = Question(Report, _still_open)


def over(*, at: datetime) -> tuple[str, ...]:
    """The reports whose words the clock empties now, the oldest first."""
    rows = Report.objects.filter(empties_at__lte=at).order_by("empties_at", "pk")
    return tuple(rows.values_list("ref", flat=True)[:PAGE])


def report(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One report."""
    rows = gate.open(actor, Action.RECORD_REPORT, Report, ref, at=at).annotate(service=SERVICE)
    one = rows.select_related("side").get()
    return Page(
        row=_rows([one], at)[0],
        happened_time=_time(one.happened_time),
        place=_word(incident_codes.Place, one.place),
        behaviours=_words(codes.Behaviour, one.behaviours),
        channel=f"{_word(incident_codes.Channel, one.channel)}, {_word(incident_codes.Through, one.through).lower()}",
        marks=_words(incident_codes.Mark, one.marks),
        account=one.account,
        effect=one.effect,
        evidence=", ".join(_words(incident_codes.Evidence, one.evidence)),
        kept=one.kept,
        witnesses=one.witnesses,
        contact=one.contact,
        recorded_by=accounts.name(ref=one.recorded_by) if one.recorded_by else "",
        recorded_at=one.recorded_at,
        empties_at=one.empties_at,
        may_give=one.state == State.OPEN or (one.empties_at is not None and one.empties_at > at),
        orders=_orders(one, actor, at),
        exhibits=tuple(
            (it.ref, it.number, it.get_state_display()) for it in one.exhibits.order_by("arrived_at", "pk")
        ),
    )


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _word(codes: type[TextChoices], code: str) -> str:
    """The words for a code. A code that no list here knows is shown as it came."""
    return str(codes(code).label) if code in codes.values else code


def _words(codes: type[TextChoices], found: Iterable[str]) -> tuple[str, ...]:
    return tuple(_word(codes, code) for code in found)


def _orders(one: Report, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    named = {one.side.crime_reference, one.told_reference} - {""}
    if actor.role not in ORDERS or not named:
        return ()
    rows = gate.see(actor, OrdersAction.SEE_ORDERS, Order, at=at)
    found = rows.filter(protected__crime_reference__in=named).distinct().order_by("-started_at")
    return tuple((ref, spoken(ref)) for ref in found.values_list("ref", flat=True)[:PAGE])


def _rows(found: list[Any], at: datetime) -> tuple[Row, ...]:
    return tuple(
        Row(
            ref=one.ref,
            spoken=spoken(one.ref),
            happened_on=one.happened_on,
            service=one.service,
            told_reference=one.told_reference,
            state=one.state,
            state_label=State(one.state).label,
            reported_at=one.reported_at,
            due_at=one.due_at,
            late=one.state == State.OPEN and one.due_at < at,
            crime_reference=one.crime_reference,
            arrived=tuple(
                Arrived(
                    it["ref"],
                    it["number"],
                    differs=it["state"] == "differs",
                    at=datetime.fromisoformat(it["arrived_at"]),
                )
                for it in getattr(one, "arrived", None) or ()
            ),
        )
        for one in found
    )
