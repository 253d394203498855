"""Questions about clients offered to another advocate, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as clients
from desist.advocacy.handovers.commands import ANSWER, REASON
from desist.advocacy.handovers.models import ClientHandover
from desist.advocacy.handovers.policy import Action
from desist.advocacy.handovers.states import State
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, among, moment

#: how long To do tells of a refusal
TOLD_FOR = timedelta(days=14)
MOST = 20


@dataclass(frozen=True)
class Row:
    """One offer; its words are empty once the client's key was destroyed."""

    ref: str
    version: int
    name: str
    to: str
    reason: str
    words: str
    by: str
    at: datetime
    answer_by: date
    service: str  # the service that offers the client, where it is another one
    state_label: str
    stands: bool


@dataclass(frozen=True)
class OfferPage:
    """A client, the offers of before, and the advocates who can be asked."""

    client: clients.Page
    rows: tuple[Row, ...]
    people: tuple[tuple[str, str], ...]
    elsewhere: bool  # whether some of them are of another service


def to_offer(*, actor: Actor, ref: str, at: datetime) -> OfferPage:
    """The page that offers a client."""
    rows = gate.open(actor, Action.OFFER_CLIENT, Victim, ref, at=at)
    victim = rows.get()
    able = Advocate.objects.filter(left_on=None, trained_on__isnull=False).order_by("name")
    able = able.exclude(pk__in=victim.allocations.filter(ended_at=None).values("advocate"))
    others = sorted(able, key=lambda one: (one.area != victim.area, one.area))  # those of the service first
    found = victim.handovers.select_related("to", "victim").order_by("-asked_at", "-pk")[:MOST]
    return OfferPage(
        client=clients.page_of(rows, actor=actor, at=at),
        rows=tuple(_row(one, at) for one in found),
        people=tuple((one.ref, _called(one, victim.area)) for one in others),
        elsewhere=any(one.area != victim.area for one in others),
    )


def _called(one: Advocate, area: str) -> str:
    return one.name if one.area == area else f"{one.name}, service of {accounts.area_name(one.area)}"


def to_answer(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One offer, for the advocate who is asked."""
    rows = gate.open(actor, Action.ANSWER_HANDOVER, ClientHandover, ref, at=at)
    return _row(rows.select_related("to", "victim").get(), at)


def to_do(*, actor: Actor, at: datetime) -> Iterator[tuple[str, Line]]:
    """Lines without names, each with its client's reference: offers to answer, to wait for, lapsed, and refused lately."""
    today = dates.day_of(at)
    for row in gate.whole(actor, Action.SEE_HANDOVERS, TO_DO, OF_KEYS, at=at, since=at - TOLD_FOR):
        mine = row.to.ref == actor.who  # the line of who is asked
        over = row.lapsed(today)
        words = (
            "say whether you take them over" if mine else f"{row.to.name} says whether they take them over"
        )
        line = Line(
            words=words,
            route="handovers:answer" if mine else "handovers:offer",
            ref=row.ref if mine else row.victim.ref,
            by=row.answer_by,
        )
        if row.state == State.REFUSED:
            if not mine:
                said = f"{row.to.name} cannot take them over: read why"
                yield row.victim.ref, line.but(words=said, by=None, when=When.NEW, since=row.answered_at)
        elif over:
            said = "the offer to take them over lapsed without an answer"
            yield row.victim.ref, line.but(words=said, by=None, overdue=True, when=When.NEW)
        else:
            yield (
                row.victim.ref,
                line.but(when=When.NEW) if mine else line.but(when=When.WAITING, owner=row.to.name),
            )


def _to_do(rows: QuerySet[ClientHandover]) -> QuerySet[Any]:
    lately = Q(state=State.REFUSED, answered_at__gt=moment("since"))
    return rows.filter(Q(state=State.ASKED) | lately).order_by("answer_by", "pk").values_list("pk")[:MOST]


TO_DO = Question(ClientHandover, _to_do)
OF_KEYS = Instances(
    lambda: ClientHandover.objects.filter(pk__in=among("keys")).order_by("answer_by", "pk"),
    *("*", "to__ref", "to__name", "victim__ref"),
)


def _row(row: ClientHandover, at: datetime) -> Row:
    box = vault.box_if_kept(person=row.victim.ref)
    over = row.lapsed(dates.day_of(at))
    return Row(
        ref=row.ref,
        version=row.version,
        name=clients.name(row.victim, box),
        to=row.to.name,
        reason=box.open(field=REASON, row=row.ref, sealed=bytes(row.reason)) if box else "",
        words=box.open(field=ANSWER, row=row.ref, sealed=bytes(row.words)) if box and row.words else "",
        by=accounts.name(ref=row.asked_by),
        at=row.asked_at,
        answer_by=row.answer_by,
        service=accounts.area_name(row.victim.area) if row.victim.area != row.to.area else "",
        state_label=(State.LAPSED if over else State(row.state)).label,
        stands=row.state == State.ASKED and not over,
    )
