"""A caseload that moves into the programme: what becomes of the rows, and what stands in the way of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model

from desist.moving_in import tables
from desist.moving_in.commands import Kind
from desist.moving_in.tables import Person, Problem, Reading
from desist.postgresql import copying
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.documents.models import Document
from desist.programme.documents.states import MOST
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.measures.models import Measure
from desist.programme.moving_in import rows, sheets, work
from desist.programme.moving_in.models import MovedPerson, MoveIn
from desist.programme.plans.coping.models import CopingPlan
from desist.programme.plans.models import Goal, Readiness
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Happening, Referral
from desist.programme.referrals.states import Happened
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.scopes import own_area
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.states import State as SessionState
from desist.wall.actors import Actor, Role

#: tables of a person that an import fills; each keeps its versions
_OF_EPISODE = "episode__referral__moved_in__move"
FILLED: tuple[tuple[str, type[Model], str], ...] = (
    ("referral", Referral, "moved_in__move"),
    ("episode", Episode, "referral__moved_in__move"),
    ("allocation", Allocation, _OF_EPISODE),
    ("session", Session, _OF_EPISODE),
    ("measure", Measure, _OF_EPISODE),
    ("goal", Goal, _OF_EPISODE),
    ("contact", Contact, "referral__moved_in__move"),
    ("judgement of risk", RiskRating, _OF_EPISODE),
    ("circumstance", Circumstance, _OF_EPISODE),
    ("self-harm note", SelfHarm, _OF_EPISODE),
    ("relative", Relative, _OF_EPISODE),
    ("coping plan", CopingPlan, _OF_EPISODE),
    ("chain", Chain, "session__" + _OF_EPISODE),
    ("link of a chain", ChainLink, "chain__session__" + _OF_EPISODE),
    ("own target of the diary", DiaryTarget, _OF_EPISODE),
    ("day of the diary", DiaryDay, _OF_EPISODE),
    ("acute factor", AcuteFactor, _OF_EPISODE),
    ("judgement of the type", Typology, _OF_EPISODE),
    ("judgement of readiness", Readiness, _OF_EPISODE),
)

#: what a row is called, its table, and what makes one
KINDS: tuple[tuple[str, str, Callable[..., Model]], ...] = (
    ("measure", "measures", rows.measure),
    ("goal", "goals", rows.goal),
    ("contact", "contacts", rows.contact),
    ("judgement of risk", "risks", rows.judgement),
    ("circumstance", "circumstances", rows.circumstance),
    ("self-harm note", "self_harm", rows.self_harm),
    ("relative", "family", rows.relative),
    ("acute factor", "factors", rows.factor),
    ("judgement of the type", "types", rows.typology),
    ("judgement of readiness", "readiness", rows.readiness),
)


#: what the page of an import counts where there is none, too
ALWAYS = frozenset({"allocation", "session", "measure", "goal", "contact"})


def _keep(move: MoveIn, people: list[Person], reading: Reading, at: datetime) -> dict[str, int]:
    """Bring some people in, each with every row of theirs; table -> number of rows."""
    by, when = move.brought_by, move.brought_at or at
    pairs = list(zip(_begun(move, people, by, when), people, strict=True))
    staff = _practitioners(move.area)
    allocations = copying.insert(
        Allocation(episode=row, practitioner=staff[_folded(name)], made_by=by, made_at=when)
        for row, one in pairs
        if (name := one.said["practitioner"])
    )
    sessions = copying.insert(
        rows.session(row, said, said.get("held_with") or staff[_folded(one.said["practitioner"])], by, when)
        for row, one in pairs
        for said in one.rows["sessions"]
    )
    copying.insert(rows.entered(one, f"moved in {move.ref}", by, when) for one in sessions)
    token = f"{move.ref} {move.done}"
    rest = {
        name: len(
            copying.insert(
                make(row, said, f"{token} {number}", by, when)
                for number, (row, said) in enumerate(rows.of(pairs, sheet))
            )
        )
        for name, sheet, make in KINDS
    }
    rest["coping plan"] = _coping_plans(pairs, token, by, when)
    rest |= _chains(pairs, sessions, token, by, when) | _diaries(pairs, token, by, when)
    papers = copying.insert(
        rows.document(row, said, reading.papers.inspected(said["file"]), by, when)
        for row, said in rows.of(pairs, "documents")
    )
    both = {"referral": len(pairs), "episode": len(pairs)}
    every = {
        **both,
        "allocation": len(allocations),
        "session": len(sessions),
        **rest,
        "document": len(papers),
    }
    return {name: number for name, number in every.items() if number or name in ALWAYS}


def _coping_plans(pairs: list[tuple[Episode, Person]], token: str, by: str, at: datetime) -> int:
    """Bring the coping plans in; how many."""
    having = [(row, one) for row, one in pairs if one.rows["coping"]]
    made = copying.insert(
        rows.coping_plan(row, f"{token} {number}", by, at) for number, (row, _) in enumerate(having)
    )
    plans = zip(made, having, strict=True)
    copying.insert(line for plan, (_, one) in plans for line in rows.coping_lines(plan, one.rows["coping"]))
    return len(made)


def _chains(
    pairs: list[tuple[Episode, Person]], sessions: list[Session], token: str, by: str, at: datetime
) -> dict[str, int]:
    """Bring the chains in with their links; what -> how many."""
    held = {(row.episode_id, row.number): row for row in sessions if row.state == SessionState.ATTENDED}
    having = [(held[row.pk, said["session"]], said, one) for row, one in pairs for said in one.rows["chains"]]
    made = copying.insert(
        rows.chain(session, said, f"{token} {number}", by, at)
        for number, (session, said, _) in enumerate(having)
    )
    links = copying.insert(
        link
        for chain, (_, said, one) in zip(made, having, strict=True)
        for link in rows.links(chain, (each for each in one.rows["links"] if each["chain"] == said["chain"]))
    )
    return {"chain": len(made), "link of a chain": len(links)}


def _diaries(pairs: list[tuple[Episode, Person]], token: str, by: str, at: datetime) -> dict[str, int]:
    """Bring the diaries in with the people's own targets; what -> how many."""
    having = list(rows.of(pairs, "targets"))
    targets = copying.insert(
        rows.target(row, said, f"{token} {number}", by, at) for number, (row, said) in enumerate(having)
    )
    theirs: dict[int, dict[int, DiaryTarget]] = defaultdict(dict)
    for (episode, said), target in zip(having, targets, strict=True):
        theirs[episode.pk][said["target"]] = target
    days = copying.insert(
        rows.diary_day(row, said, theirs[row.pk], by, at) for row, said in rows.of(pairs, "diary")
    )
    return {"own target of the diary": len(targets), "day of the diary": len(days)}


def _begun(move: MoveIn, people: list[Person], by: str, at: datetime) -> list[Episode]:
    """The episodes of some people, each behind an accepted referral."""
    referrals = copying.insert(rows.referral(move.area, one, by, at) for one in people)
    copying.insert(
        MovedPerson(move=move, referral=row, key=one.said[tables.KEY])
        for row, one in zip(referrals, people, strict=True)
    )
    copying.insert(
        Happening(referral=row, what=what, by=by, at=at)
        for row in referrals
        for what in (Happened.IMPORTED, Happened.DECIDED)
    )
    return copying.insert(rows.episode(row, one) for row, one in zip(referrals, people, strict=True))


def _beside_what_is_here(sender: Actor, people: list[Person], _: Reading) -> Iterator[Problem]:
    """What stands in the way in the area: the person is here, no such practitioner, or two meetings at one time.

    A case that is kept from the sender is not told of.
    """
    here = {
        (given.casefold(), family.casefold(), born)
        for given, family, born in Referral.objects.filter(own_area("ref")(sender)).values_list(
            "given_names", "family_name", "born"
        )
    }
    staff = _practitioners(sender.area)
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
        yield from _filed_once(one)
        yield from work.of_person(one)
        held = [said for said in one.rows["sessions"] if said["attendance"] == SessionState.ATTENDED]
        if name in staff:
            times.setdefault(name, []).extend((*sheets.period(said), said["row"]) for said in held)
    booked = _booked([staff[name] for name in times])
    for name, theirs in times.items():
        here_too = [(one.lower, one.upper, 0) for one in booked[staff[name].pk]]
        for row, other in tables.overlapping([*theirs, *here_too]):
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


def _filed_once(person: Person) -> Iterator[Problem]:
    for said in person.rows["self_harm"][1:]:
        yield Problem("self_harm", said["row"], "key", "Only one row of self-harm moves in for each person")
    seen: dict[str, int] = {}
    for number, said in enumerate(person.rows["documents"], start=1):
        if said["digest"] in seen:
            sentence = f"The file is the same as in row {seen[said['digest']]}"
            yield Problem("documents", said["row"], "file", sentence)
        seen.setdefault(said["digest"], said["row"])
        if number == MOST + 1:
            yield Problem("documents", said["row"], "", f"At most {MOST} documents are kept of a person")


def _booked(staff: list[Practitioner]) -> dict[int, list[Any]]:
    """Practitioner -> the times of the meetings that are booked with them."""
    found: dict[int, list[Any]] = defaultdict(list)
    held = Session.objects.filter(HOLDING, practitioner__in=staff)
    for key, period in held.values_list("practitioner_id", "period"):
        found[key].append(period)
    return found


def _practitioners(area: str) -> dict[str, Practitioner]:
    return {_folded(row.name): row for row in Practitioner.objects.filter(area=area, left_on=None)}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _worked_on(row: MoveIn) -> bool:
    """Whether a row of the import changed, or one was added to a table that it filled."""
    for name, model, way in FILLED:
        theirs = model._default_manager.filter(**{way: row})
        if theirs.count() != row.counts.get(name, 0):
            return True
        events: Any = getattr(model, "pgh_event_model", None)
        if events and events.objects.filter(pgh_obj__in=theirs, pgh_label="update").exists():
            return True
    happened = Happening.objects.filter(referral__moved_in__move=row).count()
    papers = Document.objects.filter(episode__referral__moved_in__move=row)
    changed = papers.exclude(removed_at=None).exists() or papers.count() != row.counts.get("document", 0)
    return changed or bool(happened != 2 * row.counts.get("referral", 0))


def _new(**said: Any) -> MoveIn:  # noqa: ANN401 -- columns of any kind
    """An import that was just sent."""
    return MoveIn(**said)


CASELOAD = Kind(
    model=MoveIn,
    new=_new,
    sheets=sheets.SHEETS,
    manager=Role.MANAGER,
    note="Do not include a victim’s name or whereabouts.",
    checked=sheets.checked,
    beside=_beside_what_is_here,
    keep=_keep,
    worked_on=_worked_on,
)
