"""Questions about two records of one person, each with a frozen answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Upper

from desist.accounts import queries as accounts
from desist.merges import commands, records
from desist.merges.models import Merge
from desist.merges.policy import Action
from desist.merges.records import Along, Carried, Kind
from desist.merges.states import State
from desist.references import spoken, typed
from desist.refusals import Refused
from desist.ui.todo import Line, When
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person
from desist.wall.places import rows_that_wait
from desist.wall.statements import Instances, Question, among

#: the most merges, and the most likely pairs, of one page
MOST = 50
WAITING = rows_that_wait(Merge, Q(state=State.ASKED))
NO_RECORD = "No record that you may compare has this reference. Check it against the page it is shown on"
SAME = "Both references lead to the same record"


@dataclass(frozen=True)
class Record:
    """One of two records."""

    ref: str
    spoken: str
    name: str
    route: str


@dataclass(frozen=True)
class Row:
    """One merge in a list."""

    ref: str
    first: Record
    second: Record
    state: str
    state_label: str
    asked_by: str
    asked_at: datetime
    mine: bool  # one's own question: a colleague answers it


@dataclass(frozen=True)
class Likely:
    """Two records that may be of one person, and why."""

    first: Record
    second: Record
    why: str


@dataclass(frozen=True)
class Answer:
    """One answer of both records side by side; `takes` where the first takes the second's."""

    name: str
    label: str
    first: str
    second: str
    takes: bool = False

    @property
    def differs(self) -> bool:
        """Whether the records say different things."""
        return self.first != self.second


@dataclass(frozen=True)
class Comparison:
    """Two records side by side, and why they cannot be merged as they are."""

    first: Record
    second: Record
    answers: tuple[Answer, ...]
    unfit: str
    goes: tuple[tuple[str, int], ...]  # what goes along, in words and how many
    stays: tuple[str, ...]  # what stays with the second record, in words

    @property
    def differing(self) -> tuple[Answer, ...]:
        """The answers to choose between."""
        return tuple(one for one in self.answers if one.differs)


@dataclass(frozen=True)
class MergePage:
    """One merge: what was compared, who asked, answered and split it, and the rows that went along."""

    row: Row
    answers: tuple[Answer, ...]
    reason: str
    answered_by: str
    answered_at: datetime | None
    split_by: str
    split_at: datetime | None
    why_split: str
    goes: tuple[tuple[str, int], ...]  # what goes or went along, in words and how many
    stays: tuple[str, ...]  # what stays with the second record, in words, while it waits
    since: tuple[tuple[str, str], ...]  # rows written since of which a split asks, by reference, in words
    kept: tuple[tuple[str, int], ...]  # rows written since that stay with the first, in words and how many
    version: int


@dataclass(frozen=True)
class Joined:
    """What a record's page says of merges: the record that it leads to, and those that lead to it."""

    into: tuple[str, str] | None
    others: tuple[tuple[str, str], ...]


def merges(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The merges that wait for a second person, then the others, the newest first."""
    rows = gate.see(actor, Action.SEE_MERGES, Merge, at=at).order_by("-asked_at", "-pk")
    waiting, others = rows.filter(state=State.ASKED), rows.exclude(state=State.ASKED)
    return tuple(_row(one, actor) for one in [*waiting[:MOST], *others[:MOST]][:MOST])


def likely(*, actor: Actor, at: datetime) -> tuple[Likely, ...]:
    """Pairs of records with the same family name and date of birth that are not merged."""
    gate.see(actor, Action.SEE_MERGES, Merge, at=at)
    gone = Merge.objects.filter(state=State.STANDS).values("second")
    found: list[Likely] = []
    for kind in records.of_zone():
        if {"born", "family_name"} <= {field.name for field in kind.model._meta.get_fields()}:
            rows = records.visible(kind, actor).exclude(ref__in=gone).order_by()
            alike = rows.values("born", spelt=Upper("family_name")).annotate(
                refs=ArrayAgg("ref", order_by="pk"), many=Count("pk")
            )
            for one in alike.filter(many__gt=1)[:MOST]:
                first, second = _records(kind, one["refs"][0], one["refs"][1], actor)
                found.append(Likely(first, second, "Same family name and date of birth"))
    return tuple(found)


def pair(*, actor: Actor, first: str, second: str, at: datetime) -> tuple[str, str]:
    """The references of the two records that two typed references lead to. Raises Refused at the field."""
    gate.see(actor, Action.SEE_MERGES, Merge, at=at)
    one, other = records.found(typed(first), actor), records.found(typed(second), actor)
    if one is None or other is None:
        raise Refused(NO_RECORD, field="second" if one else "first")
    if one[1] == other[1]:
        raise Refused(SAME, field="second")
    return one[1].ref, other[1].ref


def compare(*, actor: Actor, first: str, second: str, at: datetime) -> Comparison:
    """Two records side by side. Raises gate.NotFound."""
    kind, _, _ = commands.pair(first, second, actor)
    one, other = (gate.open(actor, kind.action, kind.model, ref, at=at).get() for ref in (first, second))
    answers = _answers(kind, [kind.read(one), kind.read(other)], ())
    unfit = kind.unfit(one, other)
    carried = () if unfit else kind.carried(one, other)
    return Comparison(*_records(kind, first, second, actor), answers, unfit, *_said(carried))


def merge(*, actor: Actor, ref: str, at: datetime) -> MergePage:
    """One merge."""
    row = gate.open(actor, Action.ANSWER_MERGE, Merge, ref, at=at).get()
    kind, waits = records.kind_of(row), row.state == State.ASKED
    _, one, other = commands.pair(row.first, row.second, actor)
    goes, stays = _said(kind.carried(one, other) if waits else ())
    back = commands.going_back(row) if row.state == State.STANDS else {}
    new = [
        (along, commands.since(row, along), len(commands.moved(row, along)) - len(keys))
        for along, keys in back.items()
    ]
    return MergePage(
        row=_row(row, actor),
        answers=_answers(kind, row.facts, row.taken),
        reason=row.reason,
        answered_by=accounts.name(ref=row.answered_by) if row.answered_by else "",
        answered_at=row.answered_at,
        split_by=accounts.name(ref=row.split_by) if row.split_by else "",
        split_at=row.split_at,
        why_split=row.why_split,
        goes=goes if waits else _counted((along, len(commands.moved(row, along))) for along in kind.along),
        stays=stays,
        since=tuple((one.ref, along.words(one)) for along, rows, _ in new if along.asks for one in rows),
        kept=_counted((along, held if along.asks else rows.count() + held) for along, rows, held in new),
        version=row.version,
    )


def joined(row: Any) -> Joined | None:  # noqa: ANN401 -- a record of any kind
    """What the page of a record, which the gate let through with MERGED as `merged`, says of merges."""
    if not row.merged:
        return None
    into = records.leading(row.ref)
    seconds = Merge.objects.filter(first=row.ref, state=State.STANDS).order_by("pk")
    others = tuple((ref, spoken(ref)) for ref in seconds.values_list("second", flat=True))
    return Joined((into, spoken(into)) if into != row.ref else None, others)


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """The merges that wait for the actor's answer, and those for which the actor waits."""
    if actor.role not in records.MERGING:
        return
    for one in gate.whole(actor, Action.SEE_MERGES, ASKED, OF_KEYS, at=at):
        row = _row(one, actor)
        line = Line(
            words=f"confirm that {row.first.spoken} and {row.second.spoken} are one person",
            name=row.first.name,
            route="merges:merge",
            ref=row.ref,
            since=row.asked_at,
        )
        yield line.but(when=When.WAITING, owner="a colleague") if row.mine else line.but(when=When.NEW)


def _waiting(rows: QuerySet[Merge]) -> QuerySet[Any]:
    return rows.filter(state=State.ASKED).order_by("asked_at", "pk").values_list("pk")[:MOST]


ASKED = Question(Merge, _waiting)
OF_KEYS = Instances(lambda: Merge.objects.filter(pk__in=among("keys")).order_by("asked_at", "pk"), "*")
#: whether a record is merged with another, for its own statement
MERGED = Exists(
    Merge.objects.filter(Q(first=OuterRef("ref")) | Q(second=OuterRef("ref")), state=State.STANDS)
)


def _row(row: Merge, actor: Actor) -> Row:
    first, second = _records(records.kind_of(row), row.first, row.second, actor)
    return Row(
        ref=row.ref,
        first=first,
        second=second,
        state=row.state,
        state_label=State(row.state).label,
        asked_by=accounts.name(ref=row.asked_by),
        asked_at=row.asked_at,
        mine=are_one_person(actor.who, row.asked_by),
    )


def _records(kind: Kind, first: str, second: str, actor: Actor) -> tuple[Record, Record]:
    known = records.visible(kind, actor).in_bulk([first, second], field_name="ref")
    one, other = (Record(ref, spoken(ref), kind.name(known[ref]), kind.route) for ref in (first, second))
    return one, other


def _said(carried: Iterable[Carried]) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """What goes along, by table, and what stays."""
    rows = tuple(carried)
    stays = [words for one in rows for words in one.stays]
    more = (f"and {len(stays) - MOST} more",) if len(stays) > MOST else ()
    return _counted((one.along, len(one.goes)) for one in rows), (*stays[:MOST], *more)


def _counted(rows: Iterable[tuple[Along, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((along.name, many) for along, many in rows if many)


def _answers(
    kind: Kind, facts: list[dict[str, Any]], taken: list[str] | tuple[str, ...]
) -> tuple[Answer, ...]:
    first, second = facts
    return tuple(
        Answer(name, label, kind.said(name, first[name]), kind.said(name, second[name]), name in taken)
        for name, label in kind.labels.items()
    )
