"""Everything that can happen to a merge of two records of one person.

Rows that go along with the second record then belong to the first; the merge keeps which belonged to which. A split gives
each back, and asks about every row that was written since.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from desist.merges import records, walls
from desist.merges.models import Merge
from desist.merges.policy import Action
from desist.merges.records import Along, Kind
from desist.merges.states import TRANSITIONS, State
from desist.references import spoken
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

ONE_PERSON = "You, or an account that looks like yours, compared these records. A colleague has to confirm it"
NEWER = (
    "Not merged: one of the records was changed after they were compared. "
    "Withdraw this, and compare the two records as they are now"
)
LATER = "Not split: {first} was itself merged into {into} later. Split those two first"
NO_ROOM = "{row} cannot be moved: the other record has one like it. Leave it where it is, or change it first"


def ask(
    *,
    actor: Actor,
    first: str,
    second: str,
    taken: Sequence[str],
    reason: str,
    submission: str,
    at: datetime,
) -> str:
    """Ask a second person to merge a record into another; return the reference, also for a form that came twice.

    `taken` names the answers that the first record takes from the second. Raises Refused.
    """
    kind, one, other = pair(first, second, actor)
    row = Merge(
        area=actor.area,
        table=kind.table,
        first=first,
        second=second,
        taken=list(taken),
        asked_by=actor.who,
        asked_at=at,
        submission=submission,
    )
    row.reason, row.facts = reason, [kind.read(one), kind.read(other)]
    try:
        with gate.create(actor, Action.ASK_MERGE, row, at=at):
            _refuse_unfit(kind, one, other)
            asked = Merge.objects.filter(first__in=[first, second], second__in=[first, second])
            if asked.filter(state=State.ASKED).exclude(pk=row.pk).exists():
                raise Refused(
                    "A colleague has compared these two already: the merge waits for a second person"
                )
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def confirm(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Confirm, as a second person, that two records are of one person. Raises Refused."""
    with gate.change(actor, Action.ANSWER_MERGE, Merge, ref, at=at) as row:
        if row.state == State.STANDS:  # the first of two clicks did it
            return
        _answer(row, State.STANDS, actor, version, at)
        if are_one_person(actor.who, row.asked_by):
            raise Refused(ONE_PERSON)
        kind = records.kind_of(row)
        first, second = _locked(kind, row)
        if [kind.read(first), kind.read(second)] != row.facts:
            raise Refused(NEWER)
        _refuse_unfit(kind, first, second)
        given = row.facts[1]
        kind.write(first, {name: given[name] for name in row.taken})
        first.save()
        row.rows = {
            along.table: {"first": _refs(along, first), "moved": _move(along, second, first)}
            for along in kind.along
        } | {"walls": walls.join(row.first, row.second, by=actor.who, at=at)}
        row.save()
        for record, other in ((first, row.second), (second, row.first)):
            kind.happened(record, other, State.STANDS, actor.who, at)


def refuse(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Say, as a second person, that two records are of two people. Nothing of them changes."""
    with gate.change(actor, Action.ANSWER_MERGE, Merge, ref, at=at) as row:
        if row.state == State.REFUSED:
            return
        _answer(row, State.REFUSED, actor, version, at)
        row.save()


def withdraw(*, actor: Actor, ref: str, at: datetime) -> None:
    """Withdraw a merge that nobody has answered yet."""
    with gate.change(actor, Action.ASK_MERGE, Merge, ref, at=at) as row:
        if row.state == State.WITHDRAWN:
            return
        _answer(row, State.WITHDRAWN, actor, gate.ANY, at)
        row.save()


def split(
    *, actor: Actor, ref: str, seconds: Iterable[str], reason: str, version: int | None, at: datetime
) -> None:
    """Split two records again: every row goes back to where it came from. Raises Refused.

    `seconds` are the references of rows written since the merge that are about the second record's person.
    """
    with gate.change(actor, Action.SPLIT_MERGE, Merge, ref, at=at) as row:
        if row.state == State.SPLIT:
            return
        _follow(row, State.SPLIT)
        gate.next_version(row, version)
        if (into := records.leading(row.first)) != row.first:
            raise Refused(LATER.format(first=spoken(row.first), into=spoken(into)))
        kind = records.kind_of(row)
        first, second = _locked(kind, row)
        theirs = set(seconds)
        for along in kind.along:
            new = {one.ref: one for one in since(row, along)}
            for own in [*row.rows[along.table]["moved"], *(new.keys() & theirs)]:
                _give(along, own, second)
        kind.write(first, _to_put_back(row, kind.read(first)))
        first.save()
        walls.part(row.rows["walls"], at=at)
        row.state, row.split_by, row.split_at, row.why_split = State.SPLIT, actor.who, at, reason
        row.save()
        for record, other in ((first, row.second), (second, row.first)):
            kind.happened(record, other, State.SPLIT, actor.who, at)


def pair(first: str, second: str, actor: Actor) -> tuple[Kind, Any, Any]:
    """The two records, of one kind. Raises gate.NotFound where the actor may not compare them."""
    one, other = records.found(first, actor), records.found(second, actor)
    if not one or not other or one[0] is not other[0]:
        raise gate.NotFound(first)
    return one[0], one[1], other[1]


def since(row: Merge, along: Along) -> Iterable[Any]:
    """The rows of a merged person that were written since the merge."""
    others = Merge.objects.filter(first=row.first, state=State.STANDS).exclude(pk=row.pk)
    known = {*row.rows[along.table]["first"], *row.rows[along.table]["moved"]}
    for other in others:
        known |= {*other.rows[along.table]["moved"]}
    record = records.kind_of(row).model._default_manager.get(ref=row.first)
    return along.of(record).exclude(ref__in=known).order_by("pk")


def _answer(row: Merge, after: State, actor: Actor, version: int | None, at: datetime) -> None:
    _follow(row, after)
    gate.next_version(row, version)
    row.state, row.answered_by, row.answered_at = after, actor.who, at


def _follow(row: Merge, after: State) -> None:
    if after not in TRANSITIONS[State(row.state)]:
        raise Refused(f"A colleague answered this first: {State(row.state).label.lower()}")


def _locked(kind: Kind, row: Merge) -> tuple[Model, Model]:
    """The two records, locked one after the other in a set order."""
    rows = kind.model._default_manager.select_for_update(no_key=True, of=("self",)).order_by("pk")
    found: dict[str, Any] = rows.filter(ref__in=[row.first, row.second]).in_bulk(field_name="ref")
    return found[row.first], found[row.second]


def _refuse_unfit(kind: Kind, first: Any, second: Any) -> None:  # noqa: ANN401 -- records of any kind
    for one in (first, second):
        if (into := records.leading(one.ref)) != one.ref:
            raise Refused(
                f"{spoken(one.ref)} is already merged into {spoken(into)}: compare that record instead"
            )
    if why := kind.unfit(first, second):
        raise Refused(why)


def _refs(along: Along, record: Model) -> list[str]:
    return list(along.of(record).order_by("pk").values_list("ref", flat=True))


def _move(along: Along, second: Model, first: Model) -> list[str]:
    """Move the rows of the second record for which the first has room; return which."""
    return [ref for ref in _refs(along, second) if _moved(along, ref, first)]


def _moved(along: Along, ref: str, record: Model) -> bool:
    """Move one row to a record; return False where the record has one like it: then it stays, and stays readable."""
    try:
        with transaction.atomic():
            along.model._default_manager.filter(ref=ref).update(**{along.column: record})
    except IntegrityError:
        return False
    return True


def _to_put_back(row: Merge, now: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a split puts back: those that the merge gave, and that nobody changed since.

    Where a later merge took the same answer, that stays; a split of the later one then puts back what was there before both.
    """
    (kept, given), back = row.facts, {}
    later = Merge.objects.filter(first=row.first, state=State.STANDS, pk__gt=row.pk).order_by("pk")
    for name in row.taken:
        if newer := later.filter(taken__contains=[name]).first():
            newer.facts = [{**newer.facts[0], name: kept[name]}, newer.facts[1]]
            newer.save(update_fields=["sealed_facts"])
        elif now[name] == given[name]:
            back[name] = kept[name]
    return back


def _give(along: Along, ref: str, record: Model) -> None:
    if not _moved(along, ref, record):
        row = along.model._default_manager.get(ref=ref)
        raise Refused(NO_ROOM.format(row=along.words(row)))
