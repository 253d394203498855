"""Questions about extracts for an evaluator, each with a frozen answer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.extracts import dictionary, words
from desist.extracts.dictionary import File
from desist.post import partners
from desist.post.agreements import queries as register
from desist.post.models import Agreement, Partner
from desist.post.purposes import EVALUATION
from desist.programme.service.extracts import asking, commands
from desist.programme.service.extracts.models import OutcomeExtract
from desist.programme.service.extracts.policy import Action
from desist.quarterly.states import OPEN, TRANSITIONS, State
from desist.returns.states import Why
from desist.ui.todo import Line
from desist.wall import gate, people, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question

COLOURS = {State.SENT: "green", State.COUNTED: "blue", State.SIGNED: "blue", State.RECALLED: "red"}


@dataclass(frozen=True)
class Listed:
    """One extract in the list."""

    ref: str
    number: int
    agreement: str
    label: str
    colour: str
    people: int
    data_cut: date
    sent_at: datetime | None
    over: bool


@dataclass(frozen=True)
class Page:
    """The extracts of an area, whether the actor may count one now, and whether they keep the agreements."""

    rows: tuple[Listed, ...]
    may_count: bool
    keeps: bool


@dataclass(frozen=True)
class Step:
    """One thing that was done with an extract: "Signed", by whom, when, and more in words."""

    words: str
    by: str
    at: datetime
    more: str = ""


@dataclass(frozen=True)
class ExtractPage:
    """An extract, whole: what is in it, what is not, and what can be done with it."""

    ref: str
    version: int
    number: int
    state: str
    label: str
    colour: str
    agreement: str
    evaluator: str
    until: date | None
    joins: bool
    in_force: bool
    data_cut: date
    people: int
    events: int
    gaps: int
    smallest: int
    left_out: tuple[tuple[str, int], ...]
    coarser: tuple[tuple[str, int], ...]
    edition: str
    files: tuple[File, ...]
    asked: tuple[tuple[str, int | None], ...]
    not_reached: tuple[tuple[str, str], ...]
    digest: str
    steps: tuple[Step, ...]
    ended_at: datetime | None
    may_sign: bool
    may_send: bool
    needs_another: bool
    may_set_aside: bool
    may_recall: bool
    may_download: bool


def extracts(*, actor: Actor, at: datetime) -> Page:
    """Return the extracts of the area, the newest first."""
    rows = list(gate.see(actor, Action.SEE_EXTRACTS, OutcomeExtract, at=at).order_by("-number"))
    listed = tuple(
        Listed(
            ref=row.ref,
            number=row.number,
            agreement=register.title(ref=row.agreement),
            label=str(State(row.state).label),
            colour=COLOURS.get(State(row.state), "grey"),
            people=row.people,
            data_cut=row.data_cut,
            sent_at=row.sent_at,
            over=row.state == State.SENT and not register.stands(ref=row.agreement, at=at),
        )
        for row in rows
    )
    waits = any(row.state in OPEN for row in rows)
    counts = _may(actor, Action.COUNT_EXTRACT)
    return Page(listed, counts and not waits, counts)


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Yield the extract that waits for a signature or a second person, and those whose agreement is over."""
    if not _may(actor, Action.SEE_EXTRACTS):
        return
    for ref, number, state, agreement, signed_by in gate.within(actor, Action.SEE_EXTRACTS, LIVE):
        if state == State.SENT:
            if _may(actor, Action.RECALL_EXTRACT) and not register.stands(ref=agreement, at=at):
                words = f"Recall extract {number}: its agreement is over"
                yield Line(words=words, route="extracts:extract", ref=ref)
            continue
        action = Action.SIGN_EXTRACT if state == State.COUNTED else Action.SEND_EXTRACT
        mine = state == State.SIGNED and people.are_one_person(signed_by, actor.who)
        if _may(actor, action) and not mine:
            what = "Sign" if state == State.COUNTED else "Send"
            yield Line(words=f"{what} extract {number}", route="extracts:extract", ref=ref)


def _live(rows: QuerySet[OutcomeExtract]) -> QuerySet[Any]:
    live = rows.filter(state__in=(*OPEN, State.SENT)).order_by("number")
    return live.values_list("ref", "number", "state", "agreement", "signed_by")


LIVE = Question(OutcomeExtract, _live)


def to_count(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the agreements under which an extract can be counted today, as choices."""
    found, _ = register.agreements(actor=actor, at=at)
    return tuple((row.ref, row.title) for row in found if row.in_force and EVALUATION in row.purpose_codes)


def one(*, actor: Actor, ref: str, at: datetime) -> ExtractPage:
    """Return one extract."""
    return _page(gate.open(actor, Action.SEE_EXTRACTS, OutcomeExtract, ref, at=at).get(), actor, at)


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
    if text is None or not row.episode_lines:
        raise gate.NotFound(name)
    return f"{name.upper()}.csv", text.encode()


def _page(row: OutcomeExtract, actor: Actor, at: datetime) -> ExtractPage:
    state, found = State(row.state), commands.lines(row)
    terms = Agreement.objects.get(ref=row.agreement)
    another = state == State.SIGNED and people.are_one_person(row.signed_by, actor.who)
    return ExtractPage(
        ref=row.ref,
        version=row.version,
        number=row.number,
        state=state,
        label=str(state.label),
        colour=COLOURS.get(state, "grey"),
        agreement=terms.title,
        evaluator=terms.others,
        until=_day(register.last_day(ref=row.agreement)),
        joins=row.joins,
        in_force=register.stands(ref=row.agreement, at=at),
        data_cut=row.data_cut,
        people=row.people,
        events=len(found.events),
        gaps=len(found.gaps),
        smallest=row.smallest,
        left_out=words.left_out(json.loads(row.left_out)),
        coarser=words.coarser(json.loads(row.coarser)),
        edition=row.edition,
        files=dictionary.FILES,
        asked=tuple((partners.title(name=force), of) for force, of in asking.numbers(row).items()),
        not_reached=_not_reached(row, at),
        digest=row.digest,
        steps=_steps(row),
        ended_at=row.ended_at,
        may_sign=state == State.COUNTED and _may(actor, Action.SIGN_EXTRACT),
        may_send=state == State.SIGNED and _may(actor, Action.SEND_EXTRACT) and not another,
        needs_another=another,
        may_set_aside=State.SET_ASIDE in TRANSITIONS[state] and _may(actor, Action.SET_EXTRACT_ASIDE),
        may_recall=State.RECALLED in TRANSITIONS[state] and _may(actor, Action.RECALL_EXTRACT),
        may_download=bool(row.episode_lines) and _may(actor, Action.SIGN_EXTRACT),
    )


def _not_reached(row: OutcomeExtract, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the title and number of each force that the recall of an extract did not reach, or would not now."""
    asked = asking.threads(row)
    if row.state == State.RECALLED:
        ended = Partner.objects.filter(name__in=[force for force, thread in asked if not thread])
    else:
        ended = Partner.objects.filter(name__in=dict(asked), ended_at__lte=at)
    return tuple(ended.order_by("title").values_list("title", "phone"))


def _steps(row: OutcomeExtract) -> tuple[Step, ...]:
    """Return what was done with an extract, in its order."""
    names = accounts.names(refs=[row.counted_by, row.signed_by, row.sent_by, row.ended_by])
    to = f"to {partners.title(name=row.partner)}" if row.partner else ""
    why = str(Why(row.ended_why).label) if row.ended_why else ""
    done = (
        ("Counted", row.counted_by, row.counted_at, ""),
        ("Signed", row.signed_by, row.signed_at, ""),
        ("Sent", row.sent_by, row.sent_at, to),
        (str(State(row.state).label), row.ended_by, row.ended_at, f"{why[:1].lower()}{why[1:]}"),
    )
    return tuple(Step(words, names.get(by, "a colleague"), at, more) for words, by, at, more in done if at)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _may(actor: Actor, action: Action) -> bool:
    return actor.role in policy.rule(action).roles
