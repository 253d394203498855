"""Questions about what the police tell an evaluator, each with a frozen answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.extracts import police
from desist.extracts.dictionary import File
from desist.partnership.extracts import commands
from desist.partnership.extracts.models import OutcomeExtract
from desist.partnership.extracts.policy import Action
from desist.partnership.extracts.states import OPEN, OVER, TRANSITIONS, State
from desist.post import partners
from desist.post.agreements import queries as register
from desist.post.purposes import EVALUATION
from desist.returns.states import Why
from desist.ui import dates
from desist.ui.todo import Line
from desist.wall import gate, people, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question

COLOURS = {State.SENT: "green", State.RECALLED: "red", State.WITHDRAWN: "red"} | dict.fromkeys(OPEN, "blue")
#: state -> what is to be done, and by whom
TO_DO = {
    State.ASKED: ("Count what the police recorded for extract {}", Action.COUNT_EXTRACT),
    State.COUNTED: ("Sign what the police recorded for extract {}", Action.SIGN_EXTRACT),
    State.SIGNED: ("Send what the police recorded for extract {}", Action.SEND_EXTRACT),
    State.SENT: (
        "Recall what the police recorded for extract {}: its agreement is over",
        Action.RECALL_EXTRACT,
    ),
}


@dataclass(frozen=True)
class Listed:
    """One extract in the list."""

    ref: str
    name: str
    agreement: str
    evaluator: str
    until: date
    label: str
    colour: str
    people: int
    asked_at: datetime


@dataclass(frozen=True)
class Step:
    """One thing that was done: "Signed", by whom, when, and more in words."""

    words: str
    by: str
    at: datetime
    more: str = ""


@dataclass(frozen=True)
class ExtractPage:
    """What a programme asks, what the force tells, and what can be done with it."""

    ref: str
    version: int
    name: str
    programme: str
    label: str
    colour: str
    title: str
    evaluator: str
    until: date
    over: bool
    agreement: str
    commissioner: str
    data_cut: date
    asked_people: int
    people: int
    recorded: int
    orders: int
    smallest: int
    left_out: tuple[tuple[str, str], ...]
    edition: str
    files: tuple[File, ...]
    digest: str
    steps: tuple[Step, ...]
    counted: bool
    may_count: bool
    may_sign: bool
    may_send: bool
    needs_another: bool
    may_set_aside: bool
    may_recall: bool
    may_download: bool


def extracts(*, actor: Actor, at: datetime) -> tuple[Listed, ...]:
    """Return what programmes of the area asked, the newest first."""
    rows = gate.see(actor, Action.SEE_EXTRACTS, OutcomeExtract, at=at).order_by("-asked_at", "-pk")
    return tuple(
        Listed(
            ref=row.ref,
            name=_name(row),
            agreement=row.title,
            evaluator=row.evaluator,
            until=row.until,
            label=str(State(row.state).label),
            colour=COLOURS.get(State(row.state), "grey"),
            people=row.people or row.asked_people,
            asked_at=row.asked_at,
        )
        for row in rows
    )


def kept_too_long(*, at: datetime) -> tuple[str, ...]:
    """Return the extracts that nobody may open any more and whose rows are still here, the oldest first."""
    over = OutcomeExtract.objects.filter(until__lt=dates.day_of(at)).exclude(asked_lines="", people_lines="")
    return tuple(over.order_by("until", "pk").values_list("ref", flat=True))


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Yield the extracts that wait to be counted, signed or sent, and those to be recalled."""
    if not _may(actor, Action.SEE_EXTRACTS):
        return
    for ref, number, state, agreement, signed_by in gate.within(actor, Action.SEE_EXTRACTS, LIVE):
        words, action = TO_DO[State(state)]
        mine = state == State.SIGNED and people.are_one_person(signed_by, actor.who)
        done = state == State.SENT and register.stands(ref=agreement, at=at)
        if _may(actor, action) and not mine and not done:
            yield Line(words=words.format(number), route="extracts:extract", ref=ref)


def _live(rows: QuerySet[OutcomeExtract]) -> QuerySet[Any]:
    live = rows.exclude(state__in=OVER).filter(~Q(asked_lines="", people_lines="")).order_by("pk")
    return live.values_list("ref", "number", "state", "agreement", "signed_by")


LIVE = Question(OutcomeExtract, _live)


def one(*, actor: Actor, ref: str, at: datetime) -> ExtractPage:
    """Return one extract."""
    return _page(gate.open(actor, Action.SEE_EXTRACTS, OutcomeExtract, ref, at=at).get(), actor, at)


def to_count(*, actor: Actor, ref: str, at: datetime) -> tuple[ExtractPage, tuple[tuple[str, str], ...]]:
    """Return an extract that is about to be counted, and the force's agreements that can cover it."""
    row = gate.open(actor, Action.COUNT_EXTRACT, OutcomeExtract, ref, at=at).get()
    found, _ = register.agreements(actor=actor, at=at)
    offered = [one for one in found if one.in_force and EVALUATION in one.purpose_codes]
    return _page(row, actor, at), tuple((one.ref, one.title) for one in offered)


def to_send(*, actor: Actor, ref: str, at: datetime) -> tuple[ExtractPage, tuple[tuple[str, str], ...]]:
    """Return an extract that is about to be sent, and to whom it can go."""
    row = gate.open(actor, Action.SEND_EXTRACT, OutcomeExtract, ref, at=at).get()
    return _page(row, actor, at), commands.receivers(row)


def to_recall(*, actor: Actor, ref: str, at: datetime) -> ExtractPage:
    """Return an extract that is about to be recalled."""
    return _page(gate.open(actor, Action.RECALL_EXTRACT, OutcomeExtract, ref, at=at).get(), actor, at)


def as_file(*, actor: Actor, ref: str, name: str, at: datetime) -> tuple[str, bytes]:
    """Return the name and the bytes of a file of an extract, as it crosses. Raises gate.NotFound."""
    row = gate.open(actor, Action.SIGN_EXTRACT, OutcomeExtract, ref, at=at).get()
    text = commands.lines(row).files.get(name.upper())
    if text is None or not row.people_lines:
        raise gate.NotFound(name)
    return f"{name.upper()}.csv", text.encode()


def _page(row: OutcomeExtract, actor: Actor, at: datetime) -> ExtractPage:
    state, found = State(row.state), commands.lines(row)
    over = row.until < dates.day_of(at)
    another = state == State.SIGNED and people.are_one_person(row.signed_by, actor.who)
    return ExtractPage(
        ref=row.ref,
        version=row.version,
        name=_name(row),
        programme=partners.title(name=row.programme),
        label=str(state.label),
        colour=COLOURS.get(state, "grey"),
        title=row.title,
        evaluator=row.evaluator,
        until=row.until,
        over=over,
        agreement=register.title(ref=row.agreement),
        commissioner=partners.title(name=row.commission),
        data_cut=row.data_cut,
        asked_people=row.asked_people,
        people=row.people,
        recorded=len(found.recorded),
        orders=len(found.orders),
        smallest=row.smallest,
        left_out=police.left_out(json.loads(row.left_out or "{}")),
        edition=row.edition or police.EDITION,
        files=police.FILES,
        digest=row.digest,
        steps=_steps(row),
        counted=bool(row.people_lines),
        may_count=state == State.ASKED and not over and _may(actor, Action.COUNT_EXTRACT),
        may_sign=state == State.COUNTED and not over and _may(actor, Action.SIGN_EXTRACT),
        may_send=state == State.SIGNED and not over and _may(actor, Action.SEND_EXTRACT) and not another,
        needs_another=another,
        may_set_aside=State.SET_ASIDE in TRANSITIONS[state] and _may(actor, Action.SET_EXTRACT_ASIDE),
        may_recall=State.RECALLED in TRANSITIONS[state] and _may(actor, Action.RECALL_EXTRACT),
        may_download=bool(row.people_lines) and _may(actor, Action.SIGN_EXTRACT),
    )


def _steps(row: OutcomeExtract) -> tuple[Step, ...]:
    """Return what was done with an extract, in its order."""
    names = accounts.names(refs=[row.counted_by, row.signed_by, row.sent_by, row.ended_by])
    programme = partners.title(name=row.programme)
    to = f"to {partners.title(name=row.partner)}" if row.partner else ""
    why = str(Why(row.ended_why).label) if row.ended_why else ""
    done = (
        ("Asked", programme, row.asked_at, ""),
        ("Counted", names.get(row.counted_by, "a colleague"), row.counted_at, ""),
        ("Signed", names.get(row.signed_by, "a colleague"), row.signed_at, ""),
        ("Sent", names.get(row.sent_by, "a colleague"), row.sent_at, to),
        (
            "Recalled" if row.ended_why else "Set aside",
            names.get(row.ended_by, "a colleague") if row.ended_by else programme,
            row.ended_at,
            f"{why[:1].lower()}{why[1:]}",
        ),
    )
    return tuple(Step(words, by, at, more) for words, by, at, more in done if at)


def _name(row: OutcomeExtract) -> str:
    return f"Extract {row.number} of {partners.title(name=row.programme)}"


def _may(actor: Actor, action: Action) -> bool:
    return actor.role in policy.rule(action).roles
