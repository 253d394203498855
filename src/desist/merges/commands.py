"""Everything that can happen to a merge of two records of one person.

Rows that go along with the second record then belong to the first; the merge keeps which belonged to which. A split gives
each back, and asks about every row that was written since.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

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
STAYS = "Not asked: some rows would stay with the second record. Read the list, and say whether that is right"
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
    agreed: bool = False,
) -> str:
    """Ask a second person to merge a record into another; return the reference, also for a form that came twice.

    `taken` names the answers that the first record takes from the second, `agreed` is true where the actor
    read which rows stay with the second. Raises Refused.
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
            if not agreed and any(rows.stays for rows in kind.carried(one, other)):
                raise Refused(STAYS, field="left")
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
        row.rows = _move(kind, second, first) | {
            "walls": walls.join(row.first, row.second, by=actor.who, at=at)
        }
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

    `seconds` are the references of rows written since the merge about the second record's person, of the tables of which
    that is asked. Other rows written or signed since stay with the first.
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
        for along, back in reversed(going_back(row).items()):
            new = {one.ref for one in since(row, along)} if along.asks else set()
            for own in [*back, *(new & theirs)]:
                _give(kind, along, own, first, second)
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


def moved(row: Merge, along: Along) -> list[Any]:
    """What the rows of a table that went along with a merge are remembered by; a merge of an older version knows few."""
    return list(row.rows.get(along.table, {"moved": []})["moved"])


def going_back(row: Merge) -> dict[Along, list[Any]]:
    """The rows that went along and that a split gives back: a form that was signed since, or such, stays."""
    kind = records.kind_of(row)
    able = {
        along: list(along.with_key(moved(row, along)).filter(along.which).values_list(along.key, flat=True))
        for along in kind.along
    }
    held = {along.group for along, keys in able.items() if len(keys) < len(moved(row, along))} - {""}
    return {along: [] if along.group in held else keys for along, keys in able.items()}


def since(row: Merge, along: Along) -> QuerySet[Any]:
    """The rows of a merged person that were written since the merge."""
    record = records.kind_of(row).model._default_manager.get(ref=row.first)
    if along.table not in row.rows:
        return along.of(record).none()
    known = {*row.rows[along.table]["first"], *moved(row, along)}
    for other in Merge.objects.filter(first=row.first, state=State.STANDS).exclude(pk=row.pk):
        known |= {*moved(other, along)}
    return along.of(record).exclude(**{f"{along.key}__in": known})


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


def _move(kind: Kind, second: Model, first: Model) -> dict[str, Any]:
    """Move the rows of the second record that go along; return, by table, those of the first and those that moved."""
    going = {one.along.table: one.goes for one in kind.carried(first, second)}
    had = {along.table: along.keys(first) for along in kind.along}
    return {
        along.table: {
            "first": had[along.table],
            "moved": [key for key in going.get(along.table, ()) if _moved(kind, along, key, second, first)],
        }
        for along in kind.along
    }


def _moved(kind: Kind, along: Along, key: Any, source: Model, target: Model) -> bool:  # noqa: ANN401 -- a reference or a number
    """Move one row to a record; return False where the record has one like it: then it stays, and stays readable."""
    try:
        with transaction.atomic():
            kind.carry(along, key, source, target)
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


def _give(kind: Kind, along: Along, key: Any, first: Model, second: Model) -> None:  # noqa: ANN401 -- a reference or a number
    if not _moved(kind, along, key, first, second):
        raise Refused(NO_ROOM.format(row=along.words(along.with_key([key]).get())))
