"""The only door to rows: `see` many, `open` one, `create` one, `change` one.

The caseload, one person and a search use `read` and `read_one`, which find the rows by a statement that is written once,
as `open` finds the key of its row; the save of a record uses `write`, the part of `change` that needs no second look.

Each asks the rule, writes the audit event and only then lets the caller have the rows. A wrong role raises
`Forbidden` (403); a row that is absent and a row that is out of scope raise the same `NotFound` (404). A refusal
is recorded outside the transaction that it rolled back.

An envelope's handler already runs inside the inbox's transaction, so for the post the gate joins that one; for every
other actor it opens its own, durable, which cannot be nested by mistake.
"""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from desist.refusals import Changed
from desist.wall import audit, policy
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction
from desist.wall.statements import Change, Instances, Question, fetch, key_of, of_role

Row = TypeVar("Row", bound=Model)
LONGEST_REFERENCE = 36  # a UUID
ANY = -1  # no row has this version: the caller names none
SUBMISSION = "submission"
#: A second request of an account within this time is a second click, where neither a row nor a version tells.
SECOND_CLICK = timedelta(seconds=10)


class NotOpened(Exception):
    """The gate did not open."""


class Forbidden(NotOpened):
    """This role may not do this."""


class NotFound(NotOpened):
    """The actor has no such row."""


class Twice(Exception):
    """The drawn form made a row before: `ref` is that row's reference."""

    def __init__(self, first: Model) -> None:
        """`first` is a row that the actor may see."""
        super().__init__(audit.row_name(type(first), _reference(first)))
        self.ref = _reference(first)


def see(
    actor: Actor, action: BaseAction, model: type[Row], *, at: datetime, reason: str = ""
) -> QuerySet[Row]:
    """The rows of a model that the actor may see, after recording the look; `reason` is a code for it."""
    entry = audit.Entry(_looking(actor, action), action, audit.row_name(model), at)
    rows = _rows(entry, model)
    audit.record(entry, allowed=True, reason=reason)
    return rows


def open(  # noqa: A001 -- called as gate.open, the word the glossary has for it
    actor: Actor, action: BaseAction, model: type[Row], ref: str, *, at: datetime
) -> QuerySet[Row]:
    """The one row of this reference, as a queryset to read from, after recording the look."""
    (key,) = read_one(actor, action, key_of(model), ref, at=at)
    return model._default_manager.filter(pk=key)


def one(
    actor: Actor,
    action: BaseAction,
    model: type[Row],
    found: Instances,
    ref: str,
    *,
    at: datetime,
    **values: object,
) -> Row:
    """The same row as an instance of a statement that is written once, with its key in its slot `keys`."""
    (key,) = read_one(actor, action, key_of(model), ref, at=at)
    row: Row = found.rows(keys=[key], **values)[0]
    return row


def read(
    actor: Actor, action: BaseAction, question: Question, *, at: datetime, **values: object
) -> list[tuple[Any, ...]]:
    """The question's answer from the actor's rows: `see` for the pages that are used all day."""
    entry = audit.Entry(_looking(actor, action), action, audit.row_name(question.model), at)
    return audit.with_rows(entry, *_asked(entry, question, values))


def read_one(
    actor: Actor, action: BaseAction, question: Question, ref: str, *, at: datetime, **values: object
) -> tuple[Any, ...]:
    """The one row that a question finds, with `ref` in its slot of that name: `open` for those pages."""
    entry = audit.Entry(_looking(actor, action), action, audit.row_name(question.model, ref), at)
    statement = _asked(entry, question, {"ref": ref, **values})
    _refuse_nonsense(entry, ref)
    found = audit.with_row(entry, *statement)
    if not found:
        raise NotFound(entry.row)
    return found[0]


def few(
    actor: Actor, action: BaseAction, question: Question, *, at: datetime, **values: object
) -> QuerySet[Any]:
    """The rows whose keys a question finds, after recording the look: for a part of a page that is short and mostly empty."""
    keys = [key for key, *_ in read(actor, action, question, at=at, **values)]
    rows = question.model._default_manager.all()
    return rows.filter(pk__in=keys) if keys else rows.none()


def whole(
    actor: Actor, action: BaseAction, question: Question, found: Instances, *, at: datetime, **values: object
) -> list[Any]:
    """The same rows as instances of a statement that is written once, with their keys in its slot `keys` and the actor in `who`."""
    keys = [key for key, *_ in read(actor, action, question, at=at, **values)]
    return found.rows(keys=keys, who=actor.who) if keys else []


def within(actor: Actor, action: BaseAction, question: Question, **values: object) -> list[tuple[Any, ...]]:
    """The question's answer from the actor's rows, for a page of many parts whose look is recorded; none for another role."""
    rule, reading = policy.rule(action), _looking(actor, action)
    if actor.role not in rule.roles:
        return []
    return fetch(*_bound(reading, rule, question, values))


def count(how_many: Callable[[], int]) -> int:
    """How many of the actor's rows something is true of: the rules hold as ever, and nothing but the number leaves.

    No row is opened, so no event says so, as with the other numbers of the menu (docs/adr/what-waits-in-to-do.md).
    """
    with audit.kept_by(audit.refusals_alone):
        return how_many()


@contextmanager
def change(
    actor: Actor,
    action: BaseAction,
    model: type[Row],
    ref: str,
    *,
    at: datetime,
    version: int | None = ANY,
    reason: str = "",
    without: tuple[str, ...] = (),
) -> Iterator[Row]:
    """The one row of this reference, locked; the block's changes are committed with their event, or not at all.

    With the `version` of the form, the row must still be of that version, and gets its next one: see `next_version`.
    `reason` is a code that was given for the change: the event has it, too. Large columns that the block has no use for
    are left unread by `without`.
    """
    entry = audit.Entry(actor, action, audit.row_name(model, ref), at)
    with _once(entry), _recorded(entry, reason):
        row = _locked(entry, model, ref, without)
        if row is None:
            raise NotFound(entry.row)
        if version != ANY:
            next_version(row, version)
        yield row


def next_version(row: Model, version: int | None = ANY) -> None:
    """Raise a locked row's version by one; the caller saves the row.

    Raises Changed where the row is not of the `version` that the form was drawn from; a form without one (None) is of none.
    A command calls it in its block, and not by `change`, where it must first see whether the same form came before.
    """
    if version not in (ANY, row.version):  # type: ignore[attr-defined]  # only rows that have one are given here
        raise Changed
    row.version += 1  # type: ignore[attr-defined]


def write(
    actor: Actor,
    action: BaseAction,
    question: Question,
    ref: str,
    *,
    at: datetime,
    change: Change,
    **values: object,
) -> bool:
    """Lock the one row whose key a question finds and set its columns, with its event, in one statement.

    False where the question finds no row or nothing would differ: nothing is changed or recorded, and `change` says why.
    """
    entry = audit.Entry(actor, action, audit.row_name(question.model, ref), at)
    asked = _asked(entry, question, {"ref": ref, **values})
    return _is_reference(ref) and bool(fetch(*audit.with_change(entry, *asked, change)))


@contextmanager
def create(actor: Actor, action: BaseAction, row: Row, *, at: datetime) -> Iterator[Row]:
    """Save a new row; the block may add what belongs to it. The row must end up inside the actor's own scope.

    Raises Twice, and saves nothing, where a row has the same `submission`: the same drawn form was sent before.
    """
    model = type(row)
    entry = audit.Entry(actor, action, audit.row_name(model, _reference(row)), at)
    with _once(entry, row), _recorded(entry):
        rows = _rows(entry, model, recorded=False)
        row.save(force_insert=True)
        yield row
        if not rows.filter(pk=row.pk).exists():
            raise NotFound(entry.row)


@contextmanager
def _once(entry: audit.Entry, new: Model | None = None) -> Iterator[None]:
    """Raise Twice where the database knows the submission of a new row already; NotFound where that row is out of scope.

    A form that was drawn for one row and is sent to another one finds nothing there, either.
    """
    try:
        yield
    except IntegrityError as failure:
        diagnosis = getattr(failure.__cause__, "diag", None)
        if SUBMISSION not in (getattr(diagnosis, "constraint_name", "") or ""):
            raise
        submission = getattr(new, SUBMISSION, None)
        first = new and submission and _rows(entry, type(new)).filter(submission=submission).first()
        raise (Twice(first) if first else NotFound(entry.row)) from None


@contextmanager
def _recorded(entry: audit.Entry, reason: str = "") -> Iterator[None]:
    """One transaction with its event; when it fails, a refusal recorded after the roll-back."""
    within_envelope = entry.actor.role is Role.POST
    try:
        with transaction.atomic(durable=not within_envelope):
            yield
            audit.record(entry, allowed=True, reason=reason)
    except Exception as failure:
        # The inbox records what failed in an envelope, once its own transaction is rolled back.
        if not within_envelope:
            audit.record(entry, allowed=False, reason=_reason(failure))
        raise


def _rows(entry: audit.Entry, model: type[Row], *, recorded: bool = True) -> QuerySet[Row]:
    """The actor's rows of a model by the rule. With `recorded`, a refusal is recorded here and not in `_recorded`."""
    return model._default_manager.filter(_rule(entry, recorded=recorded).scope(entry.actor))


def _locked(entry: audit.Entry, model: type[Row], ref: str, without: tuple[str, ...]) -> Row | None:
    """The row of this reference, locked until the transaction ends; None where the actor has none."""
    rows = _rows(entry, model, recorded=False)
    if not _is_reference(ref):
        return None
    return rows.filter(ref=ref).defer(*without).select_for_update(of=("self",)).first()


def _asked(
    entry: audit.Entry, question: Question, values: dict[str, object], *, recorded: bool = True
) -> tuple[str, list[Any]]:
    """A question's statement for the actor's role, with the actor's own values in it."""
    return _bound(entry.actor, _rule(entry, recorded=recorded), question, values)


def _bound(
    actor: Actor, rule: policy.Rule, question: Question, values: dict[str, object]
) -> tuple[str, list[Any]]:
    statement = of_role(question, rule.scope, actor.role, in_emergency=bool(actor.reach))
    return statement.bound({**values, "who": actor.who, "area": actor.area, "reach": actor.reach})


def _looking(actor: Actor, action: BaseAction) -> Actor:
    """The actor with their emergency reach: for looking at rows only, never for changing them."""
    if not actor.emergency or not action.looks:
        return actor
    return dataclasses.replace(actor, reach=actor.emergency)


def _rule(entry: audit.Entry, *, recorded: bool = True) -> policy.Rule:
    """The rule that lets the actor's role do this; a refusal is recorded here unless it is elsewhere."""
    rule = policy.rule(entry.action)
    if entry.actor.role not in rule.roles:
        if recorded:
            audit.record(entry, allowed=False, reason=_reason(Forbidden()))
        raise Forbidden(entry.action)
    return rule


def _is_reference(ref: str) -> bool:
    """Whether a text can name a row at all. The database fails on any other text, instead of finding nothing."""
    return len(str(ref)) <= LONGEST_REFERENCE and str(ref).isprintable()


def _refuse_nonsense(entry: audit.Entry, ref: str) -> None:
    if not _is_reference(ref):
        failure = NotFound(entry.row)
        audit.record(entry, allowed=False, reason=_reason(failure))
        raise failure


def _reference(row: Model) -> str:
    return str(getattr(row, "ref", ""))


def _reason(failure: Exception) -> str:
    """The reason of a refusal: the failure's name alone, since its words could hold a person's."""
    names = {"NotFound": "not found", "Forbidden": "wrong role"}
    return names.get(type(failure).__name__, type(failure).__name__)
