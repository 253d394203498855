"""Questions about clients' orders, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.orders.models import ClearanceAsked, ClientOrder
from desist.advocacy.orders.policy import Action
from desist.advocacy.orders.states import Answer, Kind, Standing
from desist.advocacy.orders.texts import ASKED, CONDITIONS, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State as Case
from desist.wall import gate, statements
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One order: its standing, and its words if a second person of the police released them."""

    kind: str
    standing: str
    standing_label: str
    made_on: date
    served_on: date | None
    ends_on: date | None
    conditions: tuple[str, ...]
    waiting: int
    told_at: datetime


@dataclass(frozen=True)
class Question:
    """Words about which the police asked; no words once the advocate answered."""

    ref: str
    words: tuple[str, ...]
    asked_at: datetime
    answer_by: datetime
    late: bool
    answer: str
    answer_label: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Page:
    """One client's orders, and the police's questions about their words, the waiting ones first."""

    victim: victims.Page
    orders: tuple[Row, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Due:
    """A waiting question of the police, on the first page."""

    ref: str
    victim: str
    answer_by: datetime
    late: bool


def orders(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One client's orders."""
    rows = gate.open(actor, Action.SEE_ORDERS, Victim, ref, at=at)
    victim = rows.get()
    box = vault.boxes_of(persons=[victim.ref]).get(victim.ref)
    asked = sorted(victim.clearances.order_by("-asked_at")[:PAGE], key=lambda one: one.answer != "")
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        orders=protecting(victim=victim, box=box),
        questions=tuple(_question(one, box, at) for one in asked),
    )


def protecting(*, victim: Victim, box: Box | None) -> tuple[Row, ...]:
    """The orders that protect a client whom the gate opened, the newest first; no words if `box` is None."""
    return tuple(_row(one, box) for one in victim.orders.order_by("-made_on", "-pk")[:PAGE])


def question(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, Question]:
    """One question of the police, and its client."""
    row = gate.open(actor, Action.ANSWER_CLEARANCE, ClearanceAsked, ref, at=at).select_related("victim").get()
    box = vault.boxes_of(persons=[row.victim.ref]).get(row.victim.ref)
    page = victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at)
    return page, _question(row, box, at)


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """The questions that wait, the earliest deadline first."""
    found = gate.read(actor, Action.SEE_CLEARANCES, DUE, at=at)
    return tuple(Due(ref, victim, by, by < at) for ref, victim, by in found)


def _unanswered(rows: QuerySet[ClearanceAsked]) -> QuerySet[Any]:
    listed = rows.filter(answer="").exclude(victim__state=Case.CLOSED).order_by("answer_by", "pk")
    return listed.values_list("ref", "victim__ref", "answer_by")[:PAGE]


DUE = statements.Question(ClearanceAsked, _unanswered)


def _row(one: ClientOrder, box: Box | None) -> Row:
    return Row(
        kind=str(Kind(one.kind).label) if one.kind in Kind.values else str(Kind.FULL.label),
        standing=one.standing,
        standing_label=str(Standing(one.standing).label),
        made_on=one.made_on,
        served_on=one.served_on,
        ends_on=one.ends_on,
        conditions=_words(box, CONDITIONS, one.ref, one.words),
        waiting=one.waiting,
        told_at=one.told_at,
    )


def _question(one: ClearanceAsked, box: Box | None, at: datetime) -> Question:
    return Question(
        ref=one.ref,
        words=_words(box, ASKED, one.ref, one.words),
        asked_at=one.asked_at,
        answer_by=one.answer_by,
        late=not one.answer and one.answer_by < at,
        answer=one.answer,
        answer_label=str(Answer(one.answer).label) if one.answer else "",
        answered_by=accounts.name(ref=one.answered_by) if one.answered_by else "",
        answered_at=one.answered_at,
    )


def _words(box: Box | None, field: str, ref: str, sealed: bytes | memoryview) -> tuple[str, ...]:
    """The locked words; empty if the client's key was destroyed."""
    kept = bytes(sealed)
    return tuple(boxes.unlock(box, field, ref, kept, Words).texts) if box and kept else ()
