"""Questions about orders that one force offers to another, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.partnership.orders import codes
from desist.partnership.orders.models import Order
from desist.partnership.transfers import commands
from desist.partnership.transfers.models import Transfer
from desist.partnership.transfers.policy import Action
from desist.partnership.transfers.states import State
from desist.post import partners
from desist.post.models import Partner
from desist.references import spoken
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, among, moment

#: how long To do tells of an offer that lapsed or was refused
TOLD_FOR = timedelta(days=14)
MOST = 20


@dataclass(frozen=True)
class Row:
    """One offer of an order."""

    ref: str
    version: int
    force: str
    area: str
    reason: str
    contact: str
    by: str
    at: datetime
    answer_by: date | None
    state: str
    state_label: str
    words: str
    answered_at: datetime | None
    stands: bool
    by_hand: bool


@dataclass(frozen=True)
class Offer:
    """An order that another force offers, with what it says of the person; `facts` are empty once it was answered."""

    row: Row
    name: str
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    order: str  # the order taken over, "" for none


def forces(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The other forces of the partner register, as (name, title)."""
    open_partners = Partner.objects.filter(zone="partnership", ended_at=None, area__in=["", actor.area])
    return tuple(open_partners.order_by("title").values_list("name", "title"))


def of_order(*, actor: Actor, ref: str, at: datetime) -> tuple[Row, ...]:
    """The offers of an order to other forces, the newest first."""
    order = gate.open(actor, Action.HAND_OVER_ORDER, Order, ref, at=at).get()
    rows = order.transfers.filter(incoming=False).order_by("-offered_at", "-pk")
    return tuple(_row(one, at) for one in rows[:MOST])


def made_here(*, actor: Actor, ref: str, at: datetime) -> tuple[Row, str]:
    """One offer made here, and the reference of its order."""
    row = gate.open(actor, Action.SETTLE_TRANSFER, Transfer, ref, at=at).filter(incoming=False).first()
    if row is None or row.order is None:
        raise gate.NotFound(ref)
    return _row(row, at), row.order.ref


def offer(*, actor: Actor, ref: str, at: datetime) -> Offer:
    """One offer of another force."""
    row = gate.open(actor, Action.ANSWER_TRANSFER, Transfer, ref, at=at).filter(incoming=True).first()
    if row is None:
        raise gate.NotFound(ref)
    if not row.sealed_offer:
        return Offer(_row(row, at), "", (), (), row.order.ref if row.order else "")
    told = commands.offered(row)
    facts = (
        ("Born", dates.on(told.born)),
        ("Order", str(codes.Kind(told.kind).label)),
        ("Court", told.court),
        ("Made", dates.on(told.made_on)),
        ("Served", dates.on(told.served_on)),
        ("Last day", dates.on(date.fromisoformat(told.ends_on)) if told.ends_on else "Until a further order"),
        ("Protected persons", ", ".join(told.crime_references)),
    )
    return Offer(_row(row, at), f"{told.given_names} {told.family_name}", facts, told.condition_texts, "")


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Offers to answer, those that wait for another force, and those that lapsed or were refused lately."""
    today = dates.day_of(at)
    for row in gate.whole(actor, Action.SEE_TRANSFERS, TO_DO, OF_KEYS, at=at, since=at - TOLD_FOR):
        force = partners.title(name=row.partner)
        if row.incoming:
            line = Line(
                words=f"decide whether to take over the order that {force} offers",
                route="transfers:offer",
                ref=row.ref,
                by=row.answer_by,
            )
            over = f"Ring {force}: the order that it offered was not answered, and the offer lapsed"
            yield line.but(words=over, by=None, overdue=True) if row.lapsed(today) else line
        elif row.order:
            person = row.order.person
            line = Line(
                words=f"{force} answers whether it takes the order over",
                route="transfers:transfer",
                ref=row.order.ref,
                name=f"{person.given_names} {person.family_name}",
                spoken=spoken(row.order.ref),
                by=row.answer_by,
            )
            if row.state == State.REFUSED:
                refused = f"{force} does not take the order over: read why"
                yield line.but(words=refused, by=None, when=When.NEW, since=row.answered_at)
            elif row.lapsed(today):
                over = f"{force} did not answer, and the offer lapsed: ring them, or offer the order again"
                yield line.but(words=over, by=None, overdue=True)
            else:
                yield line.but(when=When.WAITING, owner=force)


def _to_do(rows: QuerySet[Transfer]) -> QuerySet[Any]:
    lately = Q(state=State.REFUSED, incoming=False, answered_at__gt=moment("since"))
    return rows.filter(Q(state=State.OFFERED) | lately).order_by("answer_by", "pk").values_list("pk")[:MOST]


TO_DO = Question(Transfer, _to_do)
OF_KEYS = Instances(
    lambda: Transfer.objects.filter(pk__in=among("keys")).order_by("answer_by", "pk"),
    *("*", "order__ref", "order__person__given_names", "order__person__family_name"),
)


def _row(row: Transfer, at: datetime) -> Row:
    lapsed = row.lapsed(dates.day_of(at))
    return Row(
        ref=row.ref,
        version=row.version,
        force=partners.title(name=row.partner),
        area=row.to_area,
        reason=row.reason,
        contact=row.contact,
        by=row.offered_by if row.incoming else accounts.name(ref=row.offered_by),
        at=row.offered_at,
        answer_by=row.answer_by,
        state=State.LAPSED if lapsed else row.state,
        state_label=(State.LAPSED if lapsed else State(row.state)).label,
        words=row.words,
        answered_at=row.answered_at,
        stands=row.state == State.OFFERED and not lapsed,
        by_hand=partners.is_by_hand(name=row.partner),
    )
