"""What can happen to a caseload that moves in, in whichever zone.

A person sends the tables, a worker checks all of them, a person reads the problems and has them brought in, the worker
does so in steps of STEP people. Each step is one change, so that a worker that is killed goes on where it stopped; a
person at whom the code fails stops the import there, and no other import.
"""

import importlib
import json
import logging
import uuid
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError

from desist.moving_in import tables
from desist.moving_in.models import Moving
from desist.moving_in.policy import Action
from desist.moving_in.states import AT_WORK, HERE, State
from desist.moving_in.tables import Person, Problem, Reading, Sheet
from desist.post import own, seal
from desist.referral import table
from desist.refusals import Refused
from desist.sites import Zone
from desist.wall import actors, gate
from desist.wall.actors import Actor, Role

#: people that one change brings in
STEP = 100
BUSY = "Not sent: a caseload of this area is being checked or brought in. Wait until that is done"
NOT_RIGHT = "Not brought in: there are problems in the tables. Put them right and send them again"
PASSED = "This import has since been brought in, taken back or dropped"
#: how the import begins to be called that an accepted offer of another service made
FROM_OFFER = "offer:"
ACCEPTED = (
    "Not taken back: another service offered this person and has closed the case. End the case here instead"
)
WORKED_ON = (
    "Not taken back: someone has worked with people of this import since. Nothing was changed. "
    "End their cases one by one instead"
)
LOST_KEY = (
    "These tables were locked to a key that this site no longer has. Put the key back (keys recover), then "
    "open the import again"
)
NOT_CHECKED = (
    "These tables could not be checked: Desist failed at them. Nothing was brought in. Drop them and send them "
    "again, and tell your administrator if it happens again"
)
NOT_BROUGHT = (
    "The import stopped at this row: the row no longer fits what is here, or Desist failed at it. Nothing of it was "
    "kept. Try again, or take the whole import back, put the row right and send the tables again"
)

#: the database is away, or too busy: the next turn goes on
AWAY = (OperationalError, InterfaceError)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """The caseload of one zone: its table of imports, its tables to fill in, and what becomes of a person in them."""

    model: type[Moving]
    new: Callable[..., Moving]
    sheets: Sequence[Sheet]
    #: the role of those who move a caseload in
    manager: Role
    #: the advice on the page that sends them
    note: str
    #: a reading with the checks of this zone
    checked: Callable[[Reading], Reading]
    #: what stands in the way in the area, as far as its sender may see
    beside: Callable[[Actor, list[Person], Reading], Iterable[Problem]]
    #: bring some people in: table -> number of rows
    keep: Callable[[Any, list[Person], Reading, datetime], Mapping[str, int]]
    worked_on: Callable[[Any], bool]


def of_zone() -> Kind:
    """The caseload of this zone: settings.DESIST_CASELOADS names it."""
    module, _, name = settings.DESIST_CASELOADS[Zone(settings.DESIST_ZONE)].rpartition(".")
    found: Kind = getattr(importlib.import_module(module), name)
    return found


def send(kind: Kind, *, actor: Actor, contents: Mapping[str, bytes], submission: str, at: datetime) -> str:
    """Keep the tables to be checked; return the reference of the import, also for a form that is sent twice.

    Raises Refused where a file cannot be read as a table, or another import of the area is at work.
    """
    try:
        kept = tables.unpacked(kind.sheets, contents)
        reading = tables.opened(kind.sheets, kept, now=at)
    except table.Unreadable as reason:
        raise Refused(str(reason).rstrip(".")) from None
    row = kind.new(
        area=actor.area,
        total=len(reading.people),
        submission=submission,
        started_by=actor.who,
        started_at=at,
    )
    row.tables = _locked(row, "tables", {key: b64encode(one).decode() for key, one in kept.items()})
    try:
        with _alone(), gate.create(actor, Action.SEND_MOVE_IN, row, at=at):
            pass
    except gate.Twice as twice:
        return twice.ref
    return row.ref


@contextmanager
def _alone() -> Iterator[None]:
    """Refuse a second import that would be at work in one area."""
    try:
        yield
    except IntegrityError:
        raise Refused(BUSY) from None


def bring(kind: Kind, *, actor: Actor, ref: str, at: datetime) -> None:
    """Let the worker bring the people of a checked import in, or go on with one that stopped. Raises Refused."""
    with _alone(), gate.change(actor, Action.BRING_MOVE_IN, kind.model, ref, at=at) as row:
        if row.state in {State.BRINGING, State.BROUGHT}:  # the first of two clicks did it
            return
        if row.state not in {State.CHECKED, State.STOPPED}:
            raise Refused(PASSED)
        if row.state == State.CHECKED:
            if any(one.stops for one in problems(row)):
                raise Refused(NOT_RIGHT)
            row.done, row.brought_by, row.brought_at = 0, actor.who, at
        row.state, row.problems = State.BRINGING, b""
        row.save(update_fields=["state", "problems", "done", "brought_by", "brought_at"])


def take_back(kind: Kind, *, actor: Actor, ref: str, at: datetime) -> None:
    """Take an import back whole, or drop one that was only checked. Raises Refused.

    The people go with every row of theirs and every version of those, by a trigger of the table.
    """
    try:
        with gate.change(actor, Action.TAKE_MOVE_IN_BACK, kind.model, ref, at=at) as row:
            if row.state in {State.TAKEN_BACK, State.DROPPED}:
                return
            if row.state in AT_WORK:
                raise Refused(BUSY)
            if row.submission.startswith(FROM_OFFER):
                raise Refused(ACCEPTED)
            if row.state in HERE and kind.worked_on(row):
                raise Refused(WORKED_ON)
            row.state = State.TAKEN_BACK if row.state in HERE else State.DROPPED
            row.tables = row.problems = b""
            row.ended_by, row.ended_at = actor.who, at
            row.save(update_fields=["state", "tables", "problems", "ended_by", "ended_at"])
    except IntegrityError:  # a table that no import fills names one of them
        raise Refused(WORKED_ON) from None


def go_on(kind: Kind, *, at: datetime) -> None:
    """Check or bring in what waits, to its end. One import that fails is told on its page and holds up no other.

    Raises AWAY where the database is, once every import was tried: the next turn goes on.
    """
    away = None
    waiting = kind.model.objects.filter(state__in=AT_WORK).order_by("started_at")  # type: ignore[attr-defined]  # a table has its manager
    for ref, state in list(waiting.values_list("ref", "state")):
        try:
            if state == State.CHECKING:
                _check(kind, ref, at)
            else:
                _bring_in(kind, ref, at)
        except AWAY as failure:
            away = failure
        except Exception as failure:  # noqa: BLE001 -- told on its page; the other imports go on
            log.warning("An import stopped (%s).", type(failure).__name__)
            sentence = str(failure) if isinstance(failure, Refused) else NOT_CHECKED
            after = State.CHECKED if state == State.CHECKING else State.STOPPED
            _end(kind, ref, after, [Problem(kind.sheets[0].key, 0, "", sentence)], at)
    if away:
        raise away


def problems(row: Moving) -> tuple[Problem, ...]:
    """Every problem of an import, by table, row and column."""
    if not row.problems:
        return ()
    return tuple(Problem(*one) for one in json.loads(_unlocked(row, "problems", bytes(row.problems))))


@contextmanager
def _at_work(kind: Kind, ref: str, at: datetime) -> Iterator[Moving]:
    """Change an import for the worker, without its tables: they are large, and a change for each step reads them anew."""
    with gate.change(
        actors.clock(), Action.WORK_ON_MOVE_IN, kind.model, ref, at=at, without=("tables", "problems")
    ) as row:
        yield row


def _check(kind: Kind, ref: str, at: datetime) -> None:
    row = _row(kind, ref)
    reading = kind.checked(_reading(row, kind.sheets, at))
    order = [sheet.key for sheet in kind.sheets]
    # Under wrong headings every cell would be wrong as well: they are told alone.
    every = sorted(
        reading.headings or _problems(kind, row, reading, at),
        key=lambda one: (order.index(one.sheet), one.row, one.column),
    )
    _end(kind, ref, State.CHECKED, every, at)


def _end(kind: Kind, ref: str, state: State, found: Sequence[Problem], at: datetime) -> None:
    """End a check, or an import that stopped, with its problems."""
    with _at_work(kind, ref, at) as row:
        row.done = row.total if state == State.CHECKED else row.done
        row.state, row.problems = state, b""
        if found:
            row.problems = _locked(row, "problems", [astuple(one) for one in found])
        row.save(update_fields=["state", "done", "problems"])


def _problems(kind: Kind, row: Moving, reading: Reading, at: datetime) -> list[Problem]:
    found = list(reading.problems)
    people: list[Person] = []
    for number, (person, wrong) in enumerate(reading.read(), start=1):
        found += wrong
        people.append(person)
        if number % STEP == 0:
            with _at_work(kind, row.ref, at) as locked:
                locked.done = number
                locked.save(update_fields=["done"])
    found += [*reading.left_over(), *reading.by_themselves()[1]]
    stops = any(one.stops for one in found)
    if stops:
        return found
    # A case that is kept from the sender is not told of.
    sender = Actor(who=row.started_by, role=kind.manager, area=row.area, correlation=uuid.uuid4())
    return [*found, *kind.beside(sender, people, reading)]


def _bring_in(kind: Kind, ref: str, at: datetime) -> None:
    row = _row(kind, ref)
    here = set(row.people.values_list("key", flat=True))  # type: ignore[attr-defined]  # each zone's table of people
    reading = _reading(row, kind.sheets, at)
    reading.answered = True  # it was checked, and its words looked through then
    waiting = (one for one, _ in reading.read() if one.said[tables.KEY] not in here)
    for step in _steps(waiting):
        try:
            _keep(kind, ref, step, reading, at)
        except AWAY:
            raise
        except Exception:  # noqa: BLE001 -- the people of a step are tried one by one, to find the row
            if not _one_by_one(kind, ref, step, reading, at):
                return
    with _at_work(kind, ref, at) as locked:
        locked.state, locked.tables = State.BROUGHT, b""
        locked.save(update_fields=["state", "tables"])


def _one_by_one(kind: Kind, ref: str, people: list[Person], reading: Reading, at: datetime) -> bool:
    """Bring people in one at a time; False where one cannot be, and the import stops with that row as its problem."""
    for one in people:
        try:
            _keep(kind, ref, [one], reading, at)
        except AWAY:
            raise
        except Exception as failure:  # noqa: BLE001 -- told on the page
            log.warning("An import stopped at a row (%s).", type(failure).__name__)
            found = [Problem(kind.sheets[0].key, one.row, "", NOT_BROUGHT)]
            _end(kind, ref, State.STOPPED, found, at)
            return False
    return True


def _keep(kind: Kind, ref: str, people: list[Person], reading: Reading, at: datetime) -> None:
    with _at_work(kind, ref, at) as locked:
        counts = Counter(locked.counts)
        counts.update(kind.keep(locked, people, reading, at))
        locked.counts, locked.done = counts, locked.done + len(people)
        locked.save(update_fields=["counts", "done"])


def _steps(people: Iterator[Person]) -> Iterator[list[Person]]:
    step: list[Person] = []
    for one in people:
        step.append(one)
        if len(step) == STEP:
            yield step
            step = []
    if step:
        yield step


def _row(kind: Kind, ref: str) -> Moving:
    return kind.model.objects.get(ref=ref)  # type: ignore[attr-defined, no-any-return]  # a table has its manager


def _reading(row: Moving, sheets: Sequence[Sheet], at: datetime) -> Reading:
    said = json.loads(_unlocked(row, "tables", bytes(row.tables)))
    contents = {key: b64decode(one) for key, one in said.items()}
    return tables.opened(sheets, contents, now=max(at, row.started_at))


def _locked(row: Moving, column: str, said: Any) -> bytes:  # noqa: ANN401 -- plain JSON
    to = own.keys().current.seal.public_key()
    return seal.lock(content=json.dumps(said).encode(), about=f"{row.ref} {column}", to=to)


def _unlocked(row: Moving, column: str, locked: bytes) -> bytes:
    keys = [one.seal for one in own.keys().sets]
    try:
        return seal.unlock(locked=locked, about=f"{row.ref} {column}", keys=keys)
    except seal.WrongKey:
        raise Refused(LOST_KEY) from None
