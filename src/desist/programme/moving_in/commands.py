"""Everything that can happen to a caseload that moves in.

A person sends the tables, a worker checks all of them, a person reads the problems and has them brought in, the worker
does so in steps of STEP people. Each step is one change, so that a worker that is killed goes on where it stopped.
"""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Model

from desist.post import own, seal
from desist.programme.calendar.planner.models import Move
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.measures.models import Measure
from desist.programme.moving_in import rows, sheets
from desist.programme.moving_in.models import MovedPerson, MoveIn
from desist.programme.moving_in.policy import Action
from desist.programme.moving_in.sheets import Person, Problem, Reading
from desist.programme.moving_in.states import AT_WORK, State
from desist.programme.plans.models import Goal
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Happening, Referral
from desist.programme.referrals.states import Happened
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.states import State as SessionState
from desist.referral import table
from desist.refusals import Refused
from desist.wall import actors, gate
from desist.wall.actors import Actor

#: people that one change brings in
STEP = 100
BUSY = "Not sent: a caseload of this area is being checked or brought in. Wait until that is done"
NOT_RIGHT = "Not brought in: there are problems in the tables. Put them right and send them again"
PASSED = "This import has since been brought in, taken back or dropped"
WORKED_ON = (
    "Not taken back: someone has worked with people of this import since. Nothing was changed. "
    "End their programmes one by one instead"
)
LOST_KEY = (
    "These tables were locked to a key that this site no longer has. Put the key back (keys recover), then "
    "open the import again"
)
#: tables of a person that an import fills; each keeps its versions
FILLED: tuple[tuple[type[Model], str], ...] = (
    (Referral, "moved_in__move"),
    (Episode, "referral__moved_in__move"),
    (Allocation, "episode__referral__moved_in__move"),
    (Session, "episode__referral__moved_in__move"),
    (Measure, "episode__referral__moved_in__move"),
    (Goal, "episode__referral__moved_in__move"),
    (Contact, "referral__moved_in__move"),
)

#: table -> the model of its rows, and what makes one of them
KINDS: tuple[tuple[str, Any, Callable[..., Model]], ...] = (
    ("measure", Measure, rows.measure),
    ("goal", Goal, rows.goal),
    ("contact", Contact, rows.contact),
)


def send(*, actor: Actor, contents: Mapping[str, bytes], submission: str, at: datetime) -> str:
    """Keep the tables to be checked; return the reference of the import, also for a form that is sent twice.

    Raises Refused where a file cannot be read as a table, or another import of the area is at work.
    """
    try:
        reading = sheets.opened(contents, now=at)
    except table.Unreadable as reason:
        raise Refused(str(reason)) from None
    row = MoveIn(
        area=actor.area,
        total=len(reading.people),
        submission=submission,
        started_by=actor.who,
        started_at=at,
    )
    row.tables = _locked(row, "tables", {key: b64encode(one).decode() for key, one in contents.items()})
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


def bring(*, actor: Actor, ref: str, at: datetime) -> None:
    """Let the worker bring the people of a checked import in. Raises Refused."""
    with gate.change(actor, Action.BRING_MOVE_IN, MoveIn, ref, at=at) as row:
        if row.state in {State.BRINGING, State.BROUGHT}:  # the first of two clicks did it
            return
        if row.state != State.CHECKED:
            raise Refused(PASSED)
        if problems(row):
            raise Refused(NOT_RIGHT)
        row.state, row.done = State.BRINGING, 0
        row.brought_by, row.brought_at = actor.who, at
        row.save(update_fields=["state", "done", "brought_by", "brought_at"])


def take_back(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take an import back whole, or drop one that was only checked. Raises Refused.

    The people go with every row of theirs and every version of those, by a trigger of the table.
    """
    try:
        with gate.change(actor, Action.TAKE_MOVE_IN_BACK, MoveIn, ref, at=at) as row:
            if row.state in {State.TAKEN_BACK, State.DROPPED}:
                return
            if row.state in AT_WORK:
                raise Refused(BUSY)
            if row.state == State.BROUGHT and _worked_on(row):
                raise Refused(WORKED_ON)
            row.state = State.TAKEN_BACK if row.state == State.BROUGHT else State.DROPPED
            row.tables = row.problems = b""
            row.ended_by, row.ended_at = actor.who, at
            row.save(update_fields=["state", "tables", "problems", "ended_by", "ended_at"])
    except IntegrityError:  # a table that no import fills names one of them
        raise Refused(WORKED_ON) from None


def go_on(*, at: datetime) -> None:
    """Check or bring in what waits, to its end."""
    actor = actors.clock()
    for ref, state in list(MoveIn.objects.filter(state__in=AT_WORK).values_list("ref", "state")):
        if state == State.CHECKING:
            _check(actor, ref, at)
        else:
            _bring_in(actor, ref, at)


def problems(row: MoveIn) -> tuple[Problem, ...]:
    """Every problem of an import, by table, row and column."""
    if not row.problems:
        return ()
    return tuple(Problem(*one) for one in json.loads(_unlocked(row, "problems", bytes(row.problems))))


def _check(actor: Actor, ref: str, at: datetime) -> None:
    row = MoveIn.objects.get(ref=ref)
    reading = _reading(row, at)
    order = [sheet.key for sheet in sheets.SHEETS]
    # Under wrong headings every cell would be wrong as well: they are told alone.
    every = sorted(
        reading.headings or _problems(actor, row, reading, at),
        key=lambda one: (order.index(one.sheet), one.row, one.column),
    )
    with gate.change(actor, Action.WORK_ON_MOVE_IN, MoveIn, ref, at=at) as locked:
        locked.state, locked.done = State.CHECKED, locked.total
        locked.problems = _locked(locked, "problems", [astuple(one) for one in every]) if every else b""
        locked.save(update_fields=["state", "done", "problems"])


def _problems(actor: Actor, row: MoveIn, reading: Reading, at: datetime) -> list[Problem]:
    found = list(reading.problems)
    people: list[Person] = []
    for number, (person, wrong) in enumerate(reading.read(), start=1):
        found += wrong
        people.append(person)
        if number % STEP == 0:
            _note(actor, row.ref, number, at)
    found += reading.left_over()
    return found or list(_beside_what_is_here(row.area, people))


def _note(actor: Actor, ref: str, done: int, at: datetime) -> None:
    with gate.change(actor, Action.WORK_ON_MOVE_IN, MoveIn, ref, at=at) as row:
        row.done = done
        row.save(update_fields=["done"])


def _bring_in(actor: Actor, ref: str, at: datetime) -> None:
    row = MoveIn.objects.get(ref=ref)
    here = set(row.people.values_list("key", flat=True))
    waiting = (one for one, _ in _reading(row, at).read() if one.said[sheets.KEY] not in here)
    for step in _steps(waiting):
        with gate.change(actor, Action.WORK_ON_MOVE_IN, MoveIn, ref, at=at) as locked:
            counts = Counter(locked.counts)
            counts.update(_keep(locked, step, at))
            locked.counts, locked.done = counts, locked.done + len(step)
            locked.save(update_fields=["counts", "done"])
    with gate.change(actor, Action.WORK_ON_MOVE_IN, MoveIn, ref, at=at) as locked:
        locked.state, locked.tables = State.BROUGHT, b""
        locked.save(update_fields=["state", "tables"])


def _steps(people: Iterator[Person]) -> Iterator[list[Person]]:
    step: list[Person] = []
    for one in people:
        step.append(one)
        if len(step) == STEP:
            yield step
            step = []
    if step:
        yield step


def _keep(move: MoveIn, people: list[Person], at: datetime) -> dict[str, int]:
    """Bring some people in, each with every row of theirs; table -> number of rows."""
    by, when = move.brought_by, move.brought_at or at
    pairs = list(zip(_begun(move, people, by, when), people, strict=True))
    staff = _practitioners(move.area)
    allocations = Allocation.objects.bulk_create(
        Allocation(episode=row, practitioner=staff[_folded(name)], made_by=by, made_at=when)
        for row, one in pairs
        if (name := one.said["practitioner"])
    )
    sessions = Session.objects.bulk_create(
        rows.session(row, said, staff[_folded(one.said["practitioner"])], by, when)
        for row, one in pairs
        for said in one.rows["sessions"]
    )
    Move.objects.bulk_create(rows.entered(one, f"moved in {move.ref}", by, when) for one in sessions)
    token = f"{move.ref} {move.done}"
    rest = {
        name: len(
            kind.objects.bulk_create(
                make(row, said, f"{token} {number}", by, when)
                for number, (row, said) in enumerate(rows.of(pairs, f"{name}s"))
            )
        )
        for name, kind, make in KINDS
    }
    both = {"referral": len(pairs), "episode": len(pairs)}
    return {**both, "allocation": len(allocations), "session": len(sessions), **rest}


def _begun(move: MoveIn, people: list[Person], by: str, at: datetime) -> list[Episode]:
    """The episodes of some people, each behind an accepted referral."""
    referrals = Referral.objects.bulk_create(rows.referral(move.area, one, by, at) for one in people)
    MovedPerson.objects.bulk_create(
        MovedPerson(move=move, referral=row, key=one.said[sheets.KEY])
        for row, one in zip(referrals, people, strict=True)
    )
    Happening.objects.bulk_create(
        Happening(referral=row, what=what, by=by, at=at)
        for row in referrals
        for what in (Happened.IMPORTED, Happened.DECIDED)
    )
    return Episode.objects.bulk_create(
        rows.episode(row, one) for row, one in zip(referrals, people, strict=True)
    )


def _beside_what_is_here(area: str, people: list[Person]) -> Iterator[Problem]:
    """What stands in the way in the area: the person is here, no such practitioner, or two meetings at one time."""
    here = {
        (given.casefold(), family.casefold(), born)
        for given, family, born in Referral.objects.filter(area=area).values_list(
            "given_names", "family_name", "born"
        )
    }
    staff = _practitioners(area)
    times: dict[str, list[tuple[datetime, datetime, int]]] = {}
    for one in people:
        name = _folded(one.said["practitioner"])
        if one.name in here:
            yield Problem("people", one.row, "", "This person is already here")
        if name and name not in staff:
            yield Problem(
                "people", one.row, "practitioner", "Nobody of this name is on the register of the area"
            )
        if one.rows["sessions"] and not name:
            yield Problem(
                "people", one.row, "practitioner", "Sessions were held: say who is their practitioner"
            )
        yield from _numbered_once(one)
        held = [said for said in one.rows["sessions"] if said["attendance"] == SessionState.ATTENDED]
        if name in staff:
            times.setdefault(name, []).extend((*sheets.period(said), said["row"]) for said in held)
    for name, theirs in times.items():
        booked = [(start, end, 0) for start, end in _booked(staff[name])]
        for row, other in sheets.overlapping([*theirs, *booked]):
            earlier = f"the session in row {other}" if other and row else "a meeting that is booked here"
            yield Problem(
                "sessions", row or other, "held_time", f"The practitioner was in {earlier} at this time"
            )


def _numbered_once(person: Person) -> Iterator[Problem]:
    seen: dict[int, int] = {}
    for said in person.rows["sessions"]:
        if said["attendance"] == SessionState.ATTENDED:
            if said["number"] in seen:
                sentence = f"Session {said['number']} was held in row {seen[said['number']]} too"
                yield Problem("sessions", said["row"], "number", sentence)
            seen.setdefault(said["number"], said["row"])


def _booked(practitioner: Practitioner) -> Iterator[tuple[datetime, datetime]]:
    periods = Session.objects.filter(HOLDING, practitioner=practitioner).values_list("period", flat=True)
    return ((one.lower, one.upper) for one in periods)


def _practitioners(area: str) -> dict[str, Practitioner]:
    return {_folded(row.name): row for row in Practitioner.objects.filter(area=area, left_on=None)}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _worked_on(row: MoveIn) -> bool:
    """Whether a row of the import changed, or one was added to a table that it filled."""
    for model, way in FILLED:
        theirs = model._default_manager.filter(**{way: row})
        if theirs.count() != row.counts.get(model._meta.model_name or "", 0):
            return True
        events: Any = model.pgh_event_model  # type: ignore[attr-defined]  # pghistory sets it
        if events.objects.filter(pgh_obj__in=theirs, pgh_label="update").exists():
            return True
    happened = Happening.objects.filter(referral__moved_in__move=row).count()
    return bool(happened != 2 * row.counts["referral"])


def _reading(row: MoveIn, at: datetime) -> Reading:
    said = json.loads(_unlocked(row, "tables", bytes(row.tables)))
    return sheets.opened({key: b64decode(one) for key, one in said.items()}, now=max(at, row.started_at))


def _locked(row: MoveIn, column: str, said: Any) -> bytes:  # noqa: ANN401 -- plain JSON
    to = own.keys().current.seal.public_key()
    return seal.lock(content=json.dumps(said).encode(), about=f"{row.ref} {column}", to=to)


def _unlocked(row: MoveIn, column: str, locked: bytes) -> bytes:
    keys = [one.seal for one in own.keys().sets]
    try:
        return seal.unlock(locked=locked, about=f"{row.ref} {column}", keys=keys)
    except seal.WrongKey:
        raise Refused(LOST_KEY) from None
