"""Questions about possible breaches, each with a frozen answer."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from desist import codes
from desist.accounts import queries as accounts
from desist.advocacy.candidates import states
from desist.advocacy.candidates.commands import WHY
from desist.advocacy.candidates.models import Candidate
from desist.advocacy.candidates.policy import Action
from desist.advocacy.candidates.states import State
from desist.advocacy.clients import queries as clients
from desist.advocacy.evidence import lines
from desist.advocacy.evidence.lines import FARTHEST, PERSON
from desist.advocacy.exhibits.standing import queries as exhibits
from desist.advocacy.incidents.models import Incident
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.orders.states import Kind
from desist.advocacy.orders.texts import CONDITIONS, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State as Case
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question

PAGE = 200


@dataclass(frozen=True)
class Exhibited:
    """The messages and calls of a day, and how many of them stand on which exhibit: (number of the exhibit, count)."""

    victim: str
    day: date
    count: int
    on: tuple[tuple[str, int], ...]

    @property
    def sentences(self) -> str:
        """What a report says of it, a line for each exhibit."""
        what = "message or call" if self.count == 1 else "messages and calls"
        return "\n".join(
            f"Exhibit {number}: {count} of the {self.count} {what} of that day" for number, count in self.on
        )

    @property
    def asks_for(self) -> str:
        """What the address of the chronology asks for, to show them."""
        return f"channel=contacts&side=person&span={self.day}/{self.day + timedelta(days=1)}"


@dataclass(frozen=True)
class Row:
    """One possible breach. `conditions` are the words of those that it may break, by their subject."""

    ref: str
    day: date
    number: int
    incident: str
    pack: str
    acts: tuple[str, ...]
    order: str
    served_on: date | None
    on_day_of_service: bool
    conditions: tuple[str, ...]
    coded: bool
    state: State
    label: str
    words: str
    decided_by: str
    decided_at: datetime | None
    exhibited: Exhibited | None = None


@dataclass(frozen=True)
class Due:
    """The possible breaches of one client that nobody has looked at."""

    victim: str
    count: int
    since: datetime


def candidates(*, actor: Actor, ref: str, at: datetime) -> tuple[clients.Page, tuple[Row, ...]]:
    """A client's possible breaches, those not looked at first, then the newest; at most PAGE."""
    rows = gate.open(actor, Action.SEE_CANDIDATES, Victim, ref, at=at)
    box = vault.box_if_kept(person=ref)
    found = Candidate.objects.filter(order__victim=rows.get()).select_related("order", "incident__pack")
    # "open" stands before the other codes
    ordered = found.order_by("-state", "-day", "-pk")[:PAGE]
    return clients.page_of(rows, actor=actor, at=at), tuple(_row(one, box) for one in ordered)


def candidate(*, actor: Actor, ref: str, at: datetime) -> tuple[clients.Page, Row]:
    """One possible breach."""
    rows = gate.open(actor, Action.DECIDE_CANDIDATE, Candidate, ref, at=at)
    row = rows.select_related("order__victim", "incident__pack").get()
    victim = row.order.victim
    page = clients.page_of(Victim.objects.filter(pk=victim.pk), actor=actor, at=at)
    box = vault.box_if_kept(person=victim.ref)
    return page, replace(_row(row, box), exhibited=_exhibited(victim, row.day, box) if row.number else None)


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """The clients with possible breaches that nobody has looked at, who have waited longest first."""
    return tuple(Due(*one) for one in gate.read(actor, Action.CANDIDATES_WAITING, DUE, at=at))


def _waiting(rows: QuerySet[Candidate]) -> QuerySet[Any]:
    live = rows.filter(state=State.OPEN).exclude(order__victim__state=Case.CLOSED).order_by()
    counted = live.values("order__victim__ref").annotate(number=Count("pk"), since=Min("found_at"))
    return counted.order_by("since").values_list("order__victim__ref", "number", "since")[:PAGE]


DUE = Question(Candidate, _waiting)


def unseen() -> Coalesce:
    """What a statement about clients asks: the number of each one's possible breaches that nobody has looked at."""
    rows = Candidate.objects.filter(order__victim=OuterRef("pk"), state=State.OPEN)
    counted = rows.order_by().values("order__victim").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def exhibited(*, incident: Incident) -> Exhibited | None:
    """The messages and calls of the day that became this incident, of a client whom the gate opened; None for any other."""
    day = incident.candidates.filter(number__gt=0).values_list("day", flat=True).first()
    victim = incident.victim
    return _exhibited(victim, day, vault.box_if_kept(person=victim.ref)) if day else None


def _exhibited(victim: Victim, day: date, box: Box | None) -> Exhibited:
    opened = lines.files(victim, box)
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    near = victim.records.filter(
        lines.of_side(opened, PERSON),
        lines.of_channel("contacts"),
        at__gte=midnight - FARTHEST,
        at__lt=midnight + timedelta(days=1) + FARTHEST,
    )
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, ahead, original, number in near.values_list("at", "minutes_ahead", "original", "number"):
        if at and (at + timedelta(minutes=ahead)).date() == day:
            places[original].append(number)
    rows = Q(pk__in=[])
    for original, numbers in places.items():
        rows |= Q(original=original, number__in=numbers)
    found = exhibits.standing().filter(rows).order_by("exhibit__begun_at", "exhibit")
    counted = found.values("exhibit", "exhibit__begun_at", "exhibit__number").annotate(count=Count("pk"))
    return Exhibited(
        victim=victim.ref,
        day=day,
        count=sum(map(len, places.values())),
        on=tuple(counted.values_list("exhibit__number", "count")),
    )


def records(victim: Victim, box: Box) -> Iterator[str]:
    """Yield the reasons that were written about a client's possible breaches, one by one."""
    for one in Candidate.objects.filter(order__victim=victim).exclude(state=State.OPEN):
        yield box.open(field=WHY, row=one.ref, sealed=bytes(one.words))


def _row(one: Candidate, box: Box | None) -> Row:
    incident = one.incident
    pack = getattr(incident, "pack", None)
    touched = frozenset({states.CONTACT})
    if incident and not one.number:
        touched = states.subjects(incident.behaviours, incident.channel)
    return Row(
        ref=one.ref,
        day=one.day,
        number=one.number,
        incident=incident.ref if incident else "",
        pack=pack.ref if pack else "",
        acts=tuple(codes.Behaviour(act).label for act in incident.behaviours) if incident else (),
        order=str(Kind(one.order.kind).label) if one.order.kind in Kind.values else str(Kind.FULL.label),
        served_on=one.order.served_on,
        on_day_of_service=one.day == one.order.served_on,
        conditions=_conditions(one.order, touched, box),
        coded=bool(one.order.subjects),
        state=State(one.state),
        label=str(State(one.state).label),
        words=box.open(field=WHY, row=one.ref, sealed=bytes(one.words)) if box and one.words else "",
        decided_by=accounts.name(ref=one.decided_by) if one.decided_by else "",
        decided_at=one.decided_at,
    )


def _conditions(order: ClientOrder, touched: Collection[str], box: Box | None) -> tuple[str, ...]:
    """The words of the conditions whose subject it touches; all of them where their subjects are not known."""
    sealed = bytes(order.words)
    told = boxes.unlock(box, CONDITIONS, order.ref, sealed, Words).texts if box and sealed else []
    if len(order.subjects) != len(told):
        return tuple(told)
    return tuple(
        text
        for text, subject in zip(told, order.subjects, strict=True)
        if subject == "other" or subject in touched
    )
