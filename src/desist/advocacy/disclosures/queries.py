"""Questions about disclosures that clients chose, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.disclosures import commands
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.disclosures.policy import Action
from desist.advocacy.disclosures.states import RECIPIENTS, TOLD, State
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.models import Choice
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.disclosure import codes
from desist.disclosure.copies import Content
from desist.post import approvals
from desist.post.agreements import queries as agreements
from desist.post.approvals import Given
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Question, among

PAGE = 50
LIVE = (State.SENT, State.RECEIVED, State.PASSED_ON)


@dataclass(frozen=True)
class Row:
    """One disclosure in a list."""

    ref: str
    victim: str
    spoken: str
    what: str
    recipient: str
    state: str
    state_label: str
    approvals: int
    started_at: datetime
    sent_at: datetime | None
    to_save_a_life: bool  # it is told without the client's choice
    choice_over: bool  # it is still in use although the client's choice no longer covers it


@dataclass(frozen=True)
class Decider:
    """One person who approved."""

    name: str
    at: datetime
    until: datetime
    holds: bool
    used: bool


@dataclass(frozen=True)
class Page:
    """One disclosure with everything that its page shows. `content` is None once the client's key was destroyed."""

    victim: victims.Page
    row: Row
    version: int
    content: Content | None
    what: str
    whom: str
    basis: str
    basis_code: str
    agreement: str
    agreement_ref: str
    necessity: str
    proportionality: str
    without: str
    deciders: tuple[Decider, ...]
    approved_by_me: bool
    received_at: datetime | None
    passed_on_at: datetime | None
    closed_by: str
    closed_at: datetime | None
    reason: str
    stopped_at: datetime | None


def disclosures(*, actor: Actor, victim: str, at: datetime) -> tuple[victims.Page, tuple[Row, ...]]:
    """The disclosures about a client, the newest first."""
    rows = gate.open(actor, Action.SEE_DISCLOSURES, Victim, victim, at=at)
    found = rows.get().disclosures.select_related("victim").order_by("-started_at", "-pk")[:PAGE]
    return victims.page_of(rows, actor=actor, at=at), _rows(found, at)


def about(*, actor: Actor, victim: str, at: datetime) -> victims.Page:
    """The client whom a new disclosure is about."""
    return victims.page_of(
        gate.open(actor, Action.WRITE_DISCLOSURE, Victim, victim, at=at), actor=actor, at=at
    )


def choices() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The kinds of fact and the recipients, as choices of a form."""
    return tuple((one.value, one.label) for one in TOLD), tuple((one.value, one.label) for one in RECIPIENTS)


def waiting(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The disclosures that wait for a second person, and those still in use although the client's choice is over."""
    found = gate.whole(actor, Action.DECIDE_DISCLOSURE, UNDECIDED, OF_KEYS, at=at)
    return tuple(row for row in _rows(found, at) if row.state == State.DRAFT or row.choice_over)


def _undecided(rows: QuerySet[Disclosure]) -> QuerySet[Any]:
    found = rows.filter(state__in=[State.DRAFT, *LIVE]).order_by("started_at")
    return found.values_list("pk")[:PAGE]


UNDECIDED = Question(Disclosure, _undecided)
OF_KEYS = Instances(
    lambda: Disclosure.objects.filter(pk__in=among("keys")).order_by("started_at"), "*", "victim__*"
)


def disclosure(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One disclosure."""
    rows = gate.open(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at)
    one = rows.select_related("victim").get()
    box = vault.box_if_kept(person=one.victim.ref)
    said, content = _read(one, box)
    given = commands.given(one, box)
    return Page(
        victim=victims.page_of(Victim.objects.filter(pk=one.victim_id), actor=actor, at=at),
        row=_rows([one], at)[0],
        version=one.version,
        content=content,
        what=one.what,
        whom=one.recipient,
        basis=codes.Basis(one.basis).label,
        basis_code=one.basis,
        agreement=agreements.title(ref=one.agreement),
        agreement_ref=one.agreement,
        necessity=said[0],
        proportionality=said[1],
        without=said[2],
        deciders=tuple(_decider(one, g, at) for g in given),
        approved_by_me=any(g.holds(at) and g.by == actor.who for g in given),
        received_at=one.received_at,
        passed_on_at=one.passed_on_at,
        closed_by=_name(one.closed_by),
        closed_at=one.closed_at,
        reason=str({**dict(codes.Refusal.choices), **dict(codes.Recall.choices)}.get(one.reason, "")),
        stopped_at=one.stopped_at,
    )


def _read(one: Disclosure, box: Box | None) -> tuple[tuple[str, str, str], Content | None]:
    if box is None:
        return ("Erased", "Erased", "Erased" if one.to_save_a_life else ""), None
    said = commands.words(one, box)
    return (said.necessity, said.proportionality, said.without), commands.content(one, box)


def _decider(one: Disclosure, given: Given, at: datetime) -> Decider:
    used = one.sent_at is not None and given.ended_at == one.sent_at
    return Decider(accounts.name(ref=given.by), given.at, given.until, given.holds(at), used)


def _rows(found: Iterable[Disclosure], at: datetime) -> tuple[Row, ...]:
    """The rows of a list. Keys, choices and approvals are read once for all of them."""
    listed = list(found)
    drafts = [one for one in listed if one.state == State.DRAFT]
    opened = vault.boxes_of(persons=[one.victim.ref for one in drafts])
    bound = {
        one.pk: approvals.digest(commands.offer(one, opened[one.victim.ref]), to=one.to, case=one.victim.ref)
        for one in drafts
        if one.victim.ref in opened
    }
    held = approvals.counted(bound.values(), at=at)
    chosen = {
        (choice.victim_id, choice.what, choice.whom)
        for choice in Choice.objects.filter(victim__in=[one.victim_id for one in listed], ended_at=None)
        if safety.counts(choice, on=dates.day_of(at))
    }
    return tuple(
        _row(one, held.get(bound.get(one.pk, ""), 0), (one.victim_id, one.what, one.recipient) in chosen)
        for one in listed
    )


def _row(one: Disclosure, held: int, chosen: bool) -> Row:  # noqa: FBT001 -- inside this module
    return Row(
        ref=one.ref,
        victim=one.victim.ref,
        spoken=spoken(one.victim.ref),
        what=What(one.what).label,
        recipient=Whom(one.recipient).label,
        state=one.state,
        state_label=State(one.state).label,
        approvals=held,
        started_at=one.started_at,
        sent_at=one.sent_at,
        to_save_a_life=one.to_save_a_life,
        choice_over=one.state in LIVE and not chosen and not one.to_save_a_life,
    )


def _name(ref: str) -> str:
    words = {"clock": "Desist, because the client’s choice had ended", "post": "the police", "": ""}
    return words[ref] if ref in words else accounts.name(ref=ref)
