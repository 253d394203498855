"""The facts at the end, gathered from the record for the exit report; no colleague edits them.

Attendance stands apart from how the person worked. No words from a session stand here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from desist.post.payloads import OrderEvent
from desist.programme.clocks import LONDON
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.measures import comparing
from desist.programme.orders import kinds
from desist.programme.plans.states import State as GoalState
from desist.programme.sessions import states as sessions
from desist.programme.sessions.models import OF_THE_COURSE, Session
from desist.skills import catalogue
from desist.ui import dates

NO_MODULE = "No module named"
#: words for a session that was missed, and for one that began late, by whose reason it was
NOT_ATTENDED = {
    sessions.Whose.PERSON: "Did not attend",
    sessions.Whose.SERVICE: "Not held: service’s responsibility (practitioner, room or equipment)",
    sessions.Whose.OTHERS: "Not attended: someone else’s responsibility (court, police, transport)",
    "": "Not attended: who was responsible is not recorded",
}
LATE = {
    sessions.Whose.PERSON: "Attended, came late",
    sessions.Whose.SERVICE: "Attended, started late: service’s responsibility",
    sessions.Whose.OTHERS: "Attended, came late: someone else’s responsibility",
    "": "Attended, late: who was responsible is not recorded",
}
EARLY = {
    sessions.Ended.PERSON: "Attended, ended early by the person",
    sessions.Ended.SERVICE: "Attended, ended early by the service",
}
ENTERED = "Attended, entered afterwards"


@dataclass(frozen=True)
class Whose:
    """Sessions that were missed or late for one side's reason, in words; `why` is coded why, with how often."""

    words: str
    number: int
    why: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Attendance:
    """How often the person came. Missed and late sessions stand by whose reason it was, the person's own first."""

    attended: int
    planned_in_all: int
    first_on: str
    last_on: str
    missed: tuple[Whose, ...]
    late: tuple[Whose, ...]
    #: attended: sessions that ended early, with the minutes held, and sessions entered later
    apart: tuple[Whose, ...] = ()


@dataclass(frozen=True)
class Module:
    """The content of sessions: a module of the curriculum, its sessions, and the skills by name."""

    name: str
    sessions: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Goal:
    """A goal, how it serves the survivor's safety, and how close it was at first and at last."""

    words: str
    serves: str
    state: str
    first: str
    last: str


@dataclass(frozen=True)
class Measured:
    """One instrument: a line an occasion (occasion, day, total, meaning), and the source of each."""

    title: str
    about: str
    lines: tuple[tuple[str, str, str, str], ...]
    norms: str


@dataclass(frozen=True)
class Order:
    """An order that the police told or a colleague typed in here, and what it requires."""

    words: str
    requirements: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Everything that the record says."""

    name: str
    born: str
    to: str
    stage: str
    ended_on: str
    practitioner: str
    attendance: Attendance
    worked: tuple[tuple[str, int], ...]
    modules: tuple[Module, ...]
    measures: tuple[Measured, ...]
    goals: tuple[Goal, ...]
    orders: tuple[Order, ...]
    requirement: str  # the requirement that stands behind taking part, as recorded

    def to_json(self) -> dict[str, Any]:
        """Return the facts in the form that an offered report keeps."""
        return asdict(self)

    def written(self) -> dict[str, str]:
        """Return the facts that a colleague wrote, checked like every other part. Title -> text."""
        goals = "\n".join(f"{one.words}\n{one.serves}" for one in self.goals)
        orders = "\n".join(words for one in self.orders for words in one.requirements)
        return {"Goals of the plan": goals, "Order": f"{orders}\n{self.requirement}".strip()}


def gather(episode: Episode) -> Facts:
    """Return the facts of a person as the record has them now. `episode` comes with its referral."""
    rows = episode.sessions.filter(OF_THE_COURSE).exclude(state=sessions.State.CANCELLED)
    held = list(rows.order_by("period").prefetch_related("moves"))
    attended = [one for one in held if one.state == sessions.State.ATTENDED]
    referral, agreement = episode.referral, getattr(episode, "agreement", None)
    allocation = episode.allocations.order_by("-made_at").select_related("practitioner").first()
    return Facts(
        name=f"{referral.given_names} {referral.family_name}",
        born=dates.on(referral.born),
        to=referral.referrer_organisation or referral.get_referrer_kind_display(),
        stage=str(EpisodeState(episode.state).label),
        ended_on=dates.on(episode.ended_at.astimezone(LONDON).date()) if episode.ended_at else "",
        practitioner=allocation.practitioner.name if allocation else "",
        attendance=_attendance(held, attended),
        worked=_counted(sessions.Compliance(one.compliance).label for one in attended if one.compliance),
        modules=_modules(attended),
        measures=_measures(episode, attended),
        goals=_goals(episode),
        orders=_orders(episode),
        requirement=agreement.requirement if agreement else "",
    )


def kept(data: dict[str, Any]) -> Facts:
    """Return the facts as `to_json` wrote them and the database gave them back."""
    rows: dict[str, Any] = {
        "attendance": _attendance_kept(data["attendance"]),
        "worked": _pairs(data["worked"]),
        "modules": tuple(Module(**_tuples(one)) for one in data["modules"]),
        "measures": tuple(Measured(**_tuples(one)) for one in data["measures"]),
        "goals": tuple(Goal(**one) for one in data["goals"]),
        "orders": tuple(Order(**_tuples(one)) for one in data["orders"]),
    }
    return Facts(**{**data, **rows})


def _attendance(held: Sequence[Session], attended: Sequence[Session]) -> Attendance:
    missed = [one for one in held if one.state == sessions.State.MISSED]
    days = [dates.on(one.period.lower.astimezone(LONDON).date()) for one in attended]
    return Attendance(
        attended=len(attended),
        planned_in_all=len(held),
        first_on=days[0] if days else "",
        last_on=days[-1] if days else "",
        missed=_whose(missed, NOT_ATTENDED),
        late=_whose([one for one in attended if one.minutes_late], LATE),
        apart=tuple(_apart(attended)),
    )


def _whose(rows: Iterable[Session], said: Mapping[str, str]) -> tuple[Whose, ...]:
    """Return sessions by whose reason it was; the person's own stands there even where there is none."""
    found: dict[str, list[Session]] = {key: [] for key in said}
    for one in rows:
        found[one.whose_reason].append(one)
    return tuple(
        Whose(
            said[key],
            len(mine),
            _counted(sessions.MissedReason(one.missed_reason).label for one in mine if one.missed_reason),
        )
        for key, mine in found.items()
        if mine or key == sessions.Whose.PERSON
    )


def _apart(attended: Sequence[Session]) -> Iterator[Whose]:
    """Return what a court needs on days attended: sessions that ended early, and those entered afterwards."""
    for how, words in EARLY.items():
        held = [one.cut_short for one in attended if one.ended == how and one.cut_short]
        if held:
            yield Whose(words, len(held), _counted(f"{some} of {whole} minutes held" for some, whole in held))
    entered = sum(one.entered for one in attended)
    if entered:
        yield Whose(ENTERED, entered, ())


def _attendance_kept(data: dict[str, Any]) -> Attendance:
    sides = {name: tuple(Whose(**_tuples(one)) for one in data[name]) for name in ("missed", "late", "apart")}
    return Attendance(**{**data, **sides})


def _modules(attended: Iterable[Session]) -> tuple[Module, ...]:
    """Return sessions by their planned module, or the module of the skill worked on, the earliest first."""
    found: dict[str, list[Session]] = {}
    for one in attended:
        skill = catalogue.BY_KEY.get(one.skill)
        found.setdefault(one.module or (str(skill.module.label) if skill else NO_MODULE), []).append(one)
    return tuple(
        Module(
            name,
            tuple(sessions.title(one.kind, one.number) for one in rows),
            tuple(dict.fromkeys(catalogue.name(one.skill) for one in rows if one.skill)),
        )
        for name, rows in found.items()
    )


def _measures(episode: Episode, attended: Sequence[Session]) -> tuple[Measured, ...]:
    began = dates.day_of(attended[0].period.lower) if attended else None
    return tuple(
        Measured(
            one.instrument.title,
            one.instrument.about,
            tuple(
                (
                    point.label,
                    dates.on(point.taken_on) if point.taken_on else "",
                    point.lacking or f"{point.total:g} of {one.instrument.most}",
                    point.said,
                )
                for point in one.points
            ),
            one.norms,
        )
        for one in comparing.compare(episode.measures.all(), began=began)
    )


def _goals(episode: Episode) -> tuple[Goal, ...]:
    found = []
    for row in episode.goals.order_by("made_at", "pk").prefetch_related("ratings"):
        ratings = sorted(row.ratings.all(), key=lambda one: (one.rated_on, one.pk))
        said = [f"{one.score} of 10, {dates.on(one.rated_on)}" for one in ratings]
        found.append(
            Goal(
                row.words,
                row.serves,
                str(GoalState(row.state).label),
                said[0] if said else "Not rated",
                said[-1] if len(said) > 1 else "Not rated again",
            )
        )
    return tuple(found)


def _orders(episode: Episode) -> tuple[Order, ...]:
    rows = episode.referral.protection_orders.order_by("made_on", "pk")
    return tuple(
        Order(
            f"{kinds.name(one.kind)} made {dates.on(one.made_on)}{_ending(one.event, one.ends_on)}",
            tuple(one.requirements),
        )
        for one in rows
    )


def _ending(event: str, ends_on: date | None) -> str:
    if event == OrderEvent.ENDED:
        return ", ended"
    return f", until {dates.on(ends_on)}" if ends_on else ""


def _counted(words: Iterable[object]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(str(one) for one in words).most_common())


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with lists as tuples, which JSON does not know."""
    return {name: _pairs(value) if isinstance(value, list) else value for name, value in row.items()}


def _pairs(rows: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(one) if isinstance(one, list) else one for one in rows)
