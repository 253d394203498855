"""Questions about quarterly returns, each with a frozen answer."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from desist.accounts import queries as accounts
from desist.post import outbox, partners, payloads
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.quarterly import commands, keeping
from desist.quarterly.kinds import kind
from desist.quarterly.models import Asking, Counting
from desist.quarterly.policy import Action
from desist.quarterly.states import OPEN, TRANSITIONS, State
from desist.returns import definitions, files, quarters
from desist.returns.definitions import Definition
from desist.returns.figures import Days, Span
from desist.returns.files import File, Form
from desist.returns.quarters import Quarter
from desist.returns.states import Why
from desist.ui import dates
from desist.ui.todo import Line
from desist.wall import gate, people, policy
from desist.wall.actors import Actor

#: two years of quarters
SHOWN = 8
COLUMNS = (
    "return",
    "table",
    "figure",
    "name",
    "number",
    "leaves",
    "quarter",
    "number_of_return",
    "definitions",
)
WITHHELD, STAYS = "withheld", "stays here"
UNANSWERED = Q(answered_at=None)
NOT_LEFT = (
    "It has not left this site yet. It leaves by itself as soon as it can be carried, and says when you sent it: "
    "do not send it again."
)
NOT_EXPORTED = "It waits to be exported as a file. An administrator exports it."
NOT_TOLD = "It waits to be told by telephone."


@dataclass(frozen=True)
class Listed:
    """One quarter in the list: its newest return, if any."""

    key: str
    title: str
    due_on: date
    late: bool
    ref: str
    state: str
    colour: str
    sent_at: datetime | None
    may_count: bool
    questions: int


@dataclass(frozen=True)
class Figure:
    """One number as it was counted, and as it leaves: a text, or None where it is withheld. `four` is over four quarters."""

    words: str
    number: int
    leaves: str | None
    four: str | None
    whole: bool

    @property
    def named(self) -> str:
        """What it is called in a table."""
        return f"{self.words}, all" if self.whole else self.words


@dataclass(frozen=True)
class Part:
    """One table of a return."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Chapter:
    """One return of the definitions, its tables and its clock."""

    said: Definition
    parts: tuple[Part, ...]
    days: Days | None
    days_leave: bool


@dataclass(frozen=True)
class Asked:
    """A question and its answer."""

    ref: str
    question: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ReturnPage:
    """A return, whole: what was counted, what leaves, what moved, and what can be done with it."""

    ref: str
    version: int
    quarter: Quarter
    number: int
    state: str
    label: str
    why: str
    definitions: str
    digest: str
    counted_by: str
    counted_at: datetime
    complete: bool
    signed_by: str
    signed_at: datetime | None
    sent_by: str
    sent_at: datetime | None
    to: str
    on_its_way: str
    ended_by: str
    ended_at: datetime | None
    ended_why: str
    moved: str
    moves: tuple[tuple[str, int, int], ...]
    chapters: tuple[Chapter, ...]
    withheld: int
    small: str
    four: bool
    questions: tuple[Asked, ...]
    may_sign: bool
    may_send: bool
    needs_another: bool
    may_set_aside: bool
    may_recall: bool
    may_answer: bool


def all_quarters(*, actor: Actor, at: datetime) -> tuple[Listed, ...]:
    """Return the last quarters that are over, the newest first, each with its newest return."""
    rows = gate.see(actor, Action.SEE_QUARTERLY, kind().model, at=at).exclude(state=State.SET_ASIDE)
    newest = {row.quarter: row for row in rows.order_by("quarter", "number")}
    asked = kind().questions.objects.filter(UNANSWERED, of__in=rows).values_list("of__quarter", flat=True)
    waiting = list(asked)
    today = dates.day_of(at)
    return tuple(
        _listed(one, newest.get(one.first), actor, today, waiting.count(one.first))
        for one in quarters.over(today=today, number=SHOWN)
    )


def to_count(*, actor: Actor, quarter: str, at: datetime) -> tuple[Quarter, bool] | None:
    """Return the quarter that can be counted under this key, and whether that corrects one; None where there is none."""
    rows = gate.see(actor, Action.COUNT_QUARTER, kind().model, at=at)
    known = {one.key: one for one in quarters.over(today=dates.day_of(at), number=SHOWN)}
    if quarter not in known:
        return None
    chosen = known[quarter]
    return chosen, rows.filter(quarter=chosen.first, sent_at__isnull=False).exists()


def one(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return one return."""
    return _page(gate.open(actor, Action.SEE_QUARTERLY, kind().model, ref, at=at).get(), actor)


def to_send(*, actor: Actor, ref: str, at: datetime) -> tuple[ReturnPage, tuple[tuple[str, str], ...]]:
    """Return a return, and the commissioners to whom it can go."""
    row = gate.open(actor, Action.SEND_RETURN, kind().model, ref, at=at).get()
    offered = tuple((one.name, one.title) for one in commands.commissioners(area=row.area))
    return _page(row, actor), offered


def to_recall(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return a return that may be recalled."""
    return _page(gate.open(actor, Action.RECALL_RETURN, kind().model, ref, at=at).get(), actor)


def to_answer(*, actor: Actor, ref: str, at: datetime) -> tuple[Asked, str, str]:
    """Return a question, the reference of its return, and the quarter in words."""
    row = (
        gate.open(actor, Action.ANSWER_ABOUT_RETURN, kind().questions, ref, at=at).select_related("of").get()
    )
    return _asked(row), row.of.ref, str(Quarter(row.of.quarter))


def as_table(*, actor: Actor, ref: str, form: Form, at: datetime) -> File:
    """Return a return as a table: always the same bytes, whatever was corrected later."""
    row = gate.open(actor, Action.SEE_QUARTERLY, kind().model, ref, at=at).get()
    counts, shown = keeping.read(row.counts).counts, keeping.shown(row)
    edition = definitions.edition(row.definitions)
    lines = [
        [one.id, table.title, edition.words(name), name, counts[name],
         shown.get((Span.QUARTER, name), WITHHELD if name in edition.leaving else STAYS), row.quarter.isoformat(), row.number, row.definitions]
        for one in edition.returns
        for table in one.tables
        for name in (table.whole, *table.parts)
    ]  # fmt: skip
    name = f"return-{row.quarter}-{row.number}"
    return files.table(name, form, COLUMNS, lines, day=dates.day_of(row.counted_at))


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Yield what waits of returns: a quarter to count, one to sign or to send, and questions to answer."""
    if actor.role not in policy.rule(Action.SEE_QUARTERLY).roles:
        return
    seen = kind().model.objects.filter(policy.rule(Action.SEE_QUARTERLY).scope(actor))
    rows = list(seen.only("ref", "quarter", "state", "thread", "signed_by"))  # the numbers are long texts
    if any(row.thread for row in rows) and _may(actor, Action.ANSWER_ABOUT_RETURN):
        for asked in kind().questions.objects.filter(UNANSWERED, of__in=rows).select_related("of"):
            quarter = Quarter(asked.of.quarter)
            words = f"Answer the commissioner’s question about the return of {quarter}"
            yield Line(words=words, route="quarterly:answer", ref=asked.ref, since=asked.asked_at)
    for row in (one for one in rows if one.state in OPEN):
        quarter = Quarter(row.quarter)
        what = "Sign" if row.state == State.COUNTED else "Send"
        mine = row.state == State.SIGNED and people.are_one_person(row.signed_by, actor.who)
        if not mine and _may(actor, Action.SIGN_RETURN if what == "Sign" else Action.SEND_RETURN):
            words = f"{what} the return of {quarter}"
            yield Line(words=words, route="quarterly:return", ref=row.ref, by=quarter.due_on)
    yield from _to_count(rows, actor, dates.day_of(at))


def _to_count(rows: Sequence[Counting], actor: Actor, today: date) -> Iterator[Line]:
    """Yield the last quarter, where a return was sent before and this one is not even counted."""
    last = quarters.of(today).later(-1)
    known = {one.quarter for one in rows if one.state != State.SET_ASIDE}
    if known and last.first not in known and _may(actor, Action.COUNT_QUARTER):
        yield Line(words=f"Count the return of {last}", route="quarterly:count", ref=last.key, by=last.due_on)


def _may(actor: Actor, action: Action) -> bool:
    return actor.role in policy.rule(action).roles


def _listed(one: Quarter, row: Counting | None, actor: Actor, today: date, questions: int) -> Listed:
    state = State(row.state) if row else None
    colours = {State.SENT: "green", State.COUNTED: "blue", State.SIGNED: "blue", State.RECALLED: "red"}
    return Listed(
        key=one.key,
        title=str(one),
        due_on=one.due_on,
        late=today > one.due_on and (state is None or state in OPEN),
        ref=row.ref if row else "",
        state=str(state.label) if state else "Not counted yet",
        colour=colours.get(state, "grey") if state else "grey",
        sent_at=row.sent_at if row else None,
        may_count=_may(actor, Action.COUNT_QUARTER) and (state is None or state not in OPEN),
        questions=questions,
    )


def _page(row: Counting, actor: Actor) -> ReturnPage:
    chapters, edition, state = _chapters(row), definitions.edition(row.definitions), State(row.state)
    names = accounts.names(refs=[row.counted_by, row.signed_by, row.sent_by, row.ended_by])
    another = state == State.SIGNED and people.are_one_person(row.signed_by, actor.who)
    return ReturnPage(
        ref=row.ref,
        version=row.version,
        quarter=Quarter(row.quarter),
        number=row.number,
        state=state,
        label=str(state.label),
        why=str(Why(row.why).label) if row.why else "",
        definitions=row.definitions,
        digest=row.digest,
        counted_by=names.get(row.counted_by, "a colleague"),
        counted_at=row.counted_at,
        complete=row.complete,
        signed_by=names.get(row.signed_by, "a colleague") if row.signed_by else "",
        signed_at=row.signed_at,
        sent_by=names.get(row.sent_by, "a colleague") if row.sent_by else "",
        sent_at=row.sent_at,
        to=partners.title(name=row.partner) if row.partner else "",
        on_its_way=_on_its_way(row, row.sent_at) if row.sent_at else "",
        ended_by=names.get(row.ended_by, "a colleague") if row.ended_by else "",
        ended_at=row.ended_at,
        ended_why=str(Why(row.ended_why).label) if row.ended_why else "",
        moved=edition.moved(row.moved),
        moves=tuple((edition.words(name), then, now) for name, then, now in json.loads(row.moves)),
        chapters=chapters,
        withheld=len({(Span.QUARTER, name) for name in edition.leaving} - set(keeping.shown(row))),
        small=edition.small,
        four=bool(row.over),
        questions=tuple(_asked(asked) for asked in row.questions.order_by("asked_at", "pk")),  # type: ignore[attr-defined]  # each zone's own table
        may_sign=state == State.COUNTED and _may(actor, Action.SIGN_RETURN),
        may_send=state == State.SIGNED and _may(actor, Action.SEND_RETURN) and not another,
        needs_another=another,
        may_set_aside=State.SET_ASIDE in TRANSITIONS[state] and _may(actor, Action.SET_RETURN_ASIDE),
        may_recall=State.RECALLED in TRANSITIONS[state] and _may(actor, Action.RECALL_RETURN),
        may_answer=_may(actor, Action.ANSWER_ABOUT_RETURN),
    )


def _on_its_way(row: Counting, sent_at: datetime) -> str:
    """Say whether a return left this site and whether it arrived; empty where the post does not know any more."""
    kind_of = payloads.ServiceReturn.KIND
    if task := ByHandTask.objects.filter(thread=row.thread, kind=kind_of).first():
        return f"It was told by telephone, {dates.at(task.told_at)}." if task.told_at else NOT_TOLD
    envelope = Outbox.objects.filter(receiver=row.partner, kind=kind_of, at=sent_at).first()
    if envelope is None:
        return ""
    by_file = Partner.objects.filter(name=row.partner, transport=Transport.FILE).exists()
    if envelope.sent_at is None:
        held = envelope.next_at is not None and envelope.next_at >= outbox.HELD  # people compare digits first
        return envelope.error if held else NOT_EXPORTED if by_file else NOT_LEFT
    moment = dates.at(envelope.sent_at)
    if by_file:
        return f"It left as a file, {moment}. Ask the commissioner whether it arrived."
    return f"It arrived at the commissioner’s site, {moment}."


def _chapters(row: Counting) -> tuple[Chapter, ...]:
    counted, left = keeping.read(row.counts), keeping.read_leaving(row)
    edition = definitions.edition(row.definitions)
    leave, chapters = frozenset(edition.leaving), []
    for said in edition.returns:
        parts = []
        for table in said.tables:
            figures = [
                Figure(
                    words=edition.words(name),
                    number=counted.counts[name],
                    leaves=_text(left.figures.get((Span.QUARTER, name))) if name in leave else STAYS,
                    four=_text(left.figures.get((Span.FOUR, name))) if name in leave else STAYS,
                    whole=name == table.whole,
                )
                for name in (table.whole, *table.parts)
            ]
            parts.append(Part(table.title, tuple(figures)))
        clock = next(
            (
                name
                for name in counted.days
                if any(name in (table.whole, *table.parts) for table in said.tables)
            ),
            "",
        )
        days = counted.days.get(clock)
        chapters.append(Chapter(said, tuple(parts), days, clock in left.days))
    return tuple(chapters)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _asked(row: Asking) -> Asked:
    by = accounts.name(ref=row.answered_by) if row.answered_by else ""
    return Asked(row.ref, row.question, row.asked_at, row.answer, by, row.answered_at)
