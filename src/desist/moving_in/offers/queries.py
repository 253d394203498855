"""Questions about people whom a service offers to another, each with a frozen answer."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from desist.accounts import queries as accounts
from desist.moving_in.offers import commands, packing
from desist.moving_in.offers.commands import Kind
from desist.moving_in.offers.models import Offer
from desist.moving_in.offers.policy import Action
from desist.moving_in.offers.states import How, State
from desist.moving_in.tables import KEY, cell
from desist.post import partners
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question, moment

#: how long To do tells of a refusal
TOLD_FOR = timedelta(days=14)
MOST = 20


@dataclass(frozen=True)
class Row:
    """One offer."""

    ref: str
    version: int
    service: str
    by: str
    at: datetime
    reason: str
    contact: str
    agreed_on: date | None
    agreed_how: str
    answer_by: date | None
    state_label: str
    words: str
    stands: bool


@dataclass(frozen=True)
class OfferPage:
    """A person, what goes along as (table, rows), the other services, and the offers of before."""

    ref: str
    route: str
    name: str
    first: str
    along: tuple[tuple[str, int], ...]
    files: int
    stays: str
    services: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class IncomingPage:
    """A person whom another service offers; `facts` and `along` are empty once it was answered."""

    row: Row
    name: str
    facts: tuple[tuple[str, str], ...]
    along: tuple[tuple[str, int], ...]
    case: str
    route: str


def to_offer(kind: Kind, *, actor: Actor, ref: str, at: datetime) -> OfferPage:
    """The page that offers a person."""
    case = gate.open(actor, Action.OFFER_CASE, kind.case, ref, at=at).get()
    record = kind.record(case, False)  # noqa: FBT003 -- as the kind declares it
    found = kind.model._default_manager.filter(**{kind.field: case, "incoming": False})
    others = Partner.objects.filter(zone=_zone(kind), ended_at=None, area__in=["", actor.area])
    others = others.exclude(transport=Transport.BY_HAND).order_by("title")
    return OfferPage(
        ref=ref,
        route=kind.route,
        name=f"{record.given_names} {record.family_name}".strip(),
        first=kind.first,
        along=_along(kind.caseload.sheets[1:], {key: len(rows) for key, rows in record.rows.items()}),
        files=kind.papers(case),
        stays=kind.stays,
        services=tuple(others.values_list("name", "title")),
        rows=tuple(_row(kind, one, at) for one in found.order_by("-offered_at", "-pk")[:MOST]),
    )


def to_answer(kind: Kind, *, actor: Actor, ref: str, at: datetime) -> IncomingPage:
    """One offer of another service."""
    row = gate.open(actor, Action.ANSWER_OFFER, kind.model, ref, at=at).get()
    case = getattr(row, kind.field)
    if not row.sealed:
        return IncomingPage(_row(kind, row, at), "", (), (), case.ref if case else "", kind.route)
    told = commands.offered(row)
    person, _ = packing.opened(kind.caseload.sheets, told, at)
    first = kind.caseload.sheets[0]
    facts = tuple(
        (str(question.label), said)
        for name, question in first.columns.items()
        if name != KEY and (said := _said(question, person.said[name]))
    )
    along = _along(kind.caseload.sheets[1:], {key: len(rows) for key, rows in person.rows.items()})
    name = f"{told.given_names} {told.family_name}".strip()
    return IncomingPage(_row(kind, row, at), name, facts, along, "", kind.route)


def to_do(kind: Kind, *, actor: Actor, at: datetime) -> Iterator[Line]:
    """Offers to answer, those that wait for another service, and those that lapsed or were refused lately. No names."""
    today = dates.day_of(at)
    rows = gate.few(actor, Action.SEE_OFFERS, _to_tell(kind.model), at=at, since=at - TOLD_FOR)
    for row in rows.select_related(kind.field).defer("sealed").order_by("answer_by", "pk"):
        service = partners.title(name=row.partner)
        if row.incoming:
            words = f"decide whether to take over a {kind.whom} whom {service} offers"
            line = Line(words=words, route="offers:answer", ref=row.ref, by=row.answer_by)
            over = (
                f"Ring {service}: the {kind.whom} whom it offered was not answered for, and the offer lapsed"
            )
            yield line.but(words=over, by=None, overdue=True) if row.lapsed(today) else line
            continue
        case = getattr(row, kind.field).ref
        line = Line(words=f"{service} answers", route="offers:offer", ref=case, by=row.answer_by)
        if row.state == State.REFUSED:
            words = f"{service} does not take over a {kind.whom} whom you offered: read why"
            yield line.but(words=words, by=None, when=When.NEW, since=row.answered_at)
        elif row.lapsed(today):
            words = f"{service} did not answer your offer, and it lapsed: ring them, or offer the {kind.whom} again"
            yield line.but(words=words, by=None, overdue=True)
        else:
            words = f"{service} answers whether it takes over a {kind.whom}"
            yield line.but(words=words, when=When.WAITING, owner=service)


@functools.cache
def _to_tell(model: type[Model]) -> Question:
    """Return the question of a zone, made once for all requests: its SQL is then written once."""
    return Question(model, _to_do)


def _to_do(rows: QuerySet[Any]) -> QuerySet[Any]:
    lately = Q(state=State.REFUSED, incoming=False, answered_at__gt=moment("since"))
    return rows.filter(Q(state=State.OFFERED) | lately).order_by("answer_by", "pk").values_list("pk")[:MOST]


def _zone(kind: Kind) -> str:
    return str(kind.model._meta.app_label)


def _along(sheets: Any, counts: dict[str, int]) -> tuple[tuple[str, int], ...]:  # noqa: ANN401 -- tables
    return tuple((sheet.title, counts[sheet.key]) for sheet in sheets if counts.get(sheet.key))


def _said(question: Any, value: Any) -> str:  # noqa: ANN401 -- a question and its answer
    """An answer in words."""
    labels = {str(code): str(label) for code, label in getattr(question, "choices", ())}
    if isinstance(value, list):
        return "; ".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, date):
        return dates.on(value)
    return labels.get(str(value), cell(value)) if value not in (None, "") else ""


def _row(kind: Kind, row: Offer, at: datetime) -> Row:
    over = row.lapsed(dates.day_of(at))
    if row.incoming:
        told = commands.offered(row) if row.sealed else None
        reason, contact = (told.reason, told.contact) if told else ("", "")
    else:
        reason, contact = commands.told_here(kind, row)
    return Row(
        ref=row.ref,
        version=row.version,
        service=partners.title(name=row.partner),
        by=partners.title(name=row.partner) if row.incoming else accounts.name(ref=row.offered_by),
        at=row.offered_at,
        reason=reason,
        contact=contact,
        agreed_on=row.agreed_on,
        agreed_how=str(How(row.agreed_how).label) if row.agreed_how else "",
        answer_by=row.answer_by,
        state_label=str((State.LAPSED if over else State(row.state)).label),
        words=commands.answered(kind, row),
        stands=row.state == State.OFFERED and not over,
    )
