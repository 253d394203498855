"""Questions about training records, each with a frozen answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.programme.curriculum import commands as curriculum
from desist.programme.practitioners.models import Practitioner
from desist.programme.supervision.training.commands import MAY
from desist.programme.supervision.training.models import TrainingEntry
from desist.programme.supervision.training.policy import Action
from desist.programme.supervision.training.states import Course, Kind, Level, Show, Step
from desist.ui import dates, spreadsheets
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role

#: a refresher is due this long before the course runs out, so that there is time to book it
BOOK = timedelta(days=28)
COLUMNS = (
    "Practitioner",
    "Courses that count",
    "Refreshers due or overdue",
    "Next refresher by",
    "Induction steps done",
    "Modules without support",
    "Modules judged",
    "Modules",
)


@dataclass(frozen=True)
class Entry:
    """One entry in words. `due` of a course: "", "due" or "late"."""

    ref: str
    title: str
    on: date
    until: date | None
    level: str
    note: str
    by: str
    due: str
    may_strike: bool


@dataclass(frozen=True)
class StepLine:
    """One step of the induction; `entry` is None while it is not done."""

    title: str
    entry: Entry | None


@dataclass(frozen=True)
class ModuleLine:
    """One module; `entry` is the newest judgement, None where there is none."""

    name: str
    entry: Entry | None


@dataclass(frozen=True)
class Record:
    """One practitioner's record: the newest of each course, all steps, the modules in use and those judged before."""

    ref: str
    name: str
    own: bool
    courses: tuple[Entry, ...]
    steps: tuple[StepLine, ...]
    modules: tuple[ModuleLine, ...]
    to_judge: tuple[str, ...]
    may_add: bool
    may_induct: bool
    may_judge: bool

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.entry is not None for one in self.steps)

    @property
    def judged(self) -> tuple[ModuleLine, ...]:
        """The modules with a judgement."""
        return tuple(one for one in self.modules if one.entry)

    @property
    def left(self) -> tuple[tuple[str, str], ...]:
        """The steps that are not done, as a form offers them."""
        return tuple(
            (step.value, one.title) for step, one in zip(Step, self.steps, strict=True) if not one.entry
        )


@dataclass(frozen=True)
class TeamLine:
    """One practitioner in the table."""

    ref: str
    name: str
    valid: int
    due: tuple[str, ...]
    late: bool
    next_by: date | None
    steps: int
    able: int
    judged: int


@dataclass(frozen=True)
class Team:
    """The table: practitioners that the actor leads; of how many steps and modules."""

    rows: tuple[TeamLine, ...]
    steps: int
    modules: int
    may_export: bool


KEPT: dict[Show, Callable[[TeamLine, int], bool]] = {
    Show.REFRESHER: lambda one, _: bool(one.due),
    Show.INDUCTION: lambda one, _: one.steps < len(Step),
    Show.COMPETENCE: lambda one, modules: one.able < modules,
}


def team(*, actor: Actor, show: str, at: datetime) -> Team:
    """Return the training of the practitioners whom the actor leads, narrowed to a code of Show or not."""
    return _team(gate.see(actor, Action.SEE_TEAM_TRAINING, Practitioner, at=at), actor, show, at)


def file(*, actor: Actor, show: str, at: datetime) -> bytes:
    """Return the same table as a file."""
    found = _team(gate.see(actor, Action.EXPORT_TRAINING, Practitioner, at=at), actor, show, at)
    lines = [
        (
            *(one.name, one.valid, "; ".join(one.due), dates.on(one.next_by) if one.next_by else ""),
            *(f"{one.steps} of {found.steps}", one.able, one.judged, found.modules),
        )
        for one in found.rows
    ]
    return spreadsheets.as_csv(COLUMNS, lines)


def mine(*, actor: Actor, at: datetime) -> Record | None:
    """Return one's own record; None while one is not listed as a practitioner."""
    row = gate.see(actor, Action.SEE_OWN_TRAINING, Practitioner, at=at).first()
    return _record(row, actor, at) if row else None


def record(*, actor: Actor, ref: str, at: datetime) -> Record:
    """Return one practitioner's record."""
    return _record(gate.open(actor, Action.SEE_TRAINING, Practitioner, ref, at=at).get(), actor, at)


def to_add(*, actor: Actor, kind: Kind, ref: str, at: datetime) -> Record:
    """Return one practitioner's record, to add an entry of a kind."""
    return _record(gate.open(actor, MAY[kind], Practitioner, ref, at=at).get(), actor, at)


def course(about: str) -> str:
    """Return the name of a course: of a usual one by its code, another one as it was typed."""
    return str(Course(about).label) if about in Course.values else about


def _team(rows: QuerySet[Practitioner], actor: Actor, show: str, at: datetime) -> Team:
    here = rows.exclude(profession="").filter(left_on=None).order_by("name", "pk")
    entries: dict[int, list[TrainingEntry]] = {row.pk: [] for row in here}
    for one in TrainingEntry.objects.filter(practitioner__in=entries, struck_at=None):
        entries[one.practitioner_id].append(one)
    modules = _modules(actor)
    lines = [_line(row, entries[row.pk], modules, day_of(at)) for row in here]
    if show:
        lines = [one for one in lines if KEPT[Show(show)](one, len(modules))]
    return Team(tuple(lines), len(Step), len(modules), policy.opens(actor.role, "training:file"))


def _line(
    row: Practitioner, entries: Iterable[TrainingEntry], modules: Sequence[str], today: date
) -> TeamLine:
    newest = _newest(entries)
    courses = [one for (kind, _), one in newest.items() if kind == Kind.COURSE]
    due = sorted((one for one in courses if _due(one, today)), key=lambda one: one.until or today)
    ends = sorted(one.until for one in courses if one.until)
    judged = [found for name in modules if (found := newest.get((Kind.COMPETENCE, name)))]
    return TeamLine(
        ref=row.ref,
        name=row.name,
        valid=sum(_due(one, today) != "late" for one in courses),
        due=tuple(course(one.about) for one in due),
        late=any(_due(one, today) == "late" for one in due),
        next_by=ends[0] if ends else None,
        steps=sum((Kind.INDUCTION, step) in newest for step in Step),
        able=sum(one.level in {Level.ALONE, Level.TEACHES} for one in judged),
        judged=len(judged),
    )


def _record(row: Practitioner, actor: Actor, at: datetime) -> Record:
    newest = _newest(row.training.filter(struck_at=None))
    names = accounts.names(refs={one.recorded_by for one in newest.values()})
    said = {key: _entry(one, names, actor, day_of(at)) for key, one in newest.items()}
    courses = [one for (kind, _), one in said.items() if kind == Kind.COURSE]
    modules = _modules(actor)
    past = sorted(about for kind, about in said if kind == Kind.COMPETENCE and about not in modules)
    return Record(
        ref=row.ref,
        name=row.name,
        own=row.ref == actor.who,
        courses=tuple(sorted(courses, key=lambda one: (one.until or date.max, one.title))),
        steps=tuple(StepLine(str(one.label), said.get((Kind.INDUCTION, one))) for one in Step),
        modules=tuple(ModuleLine(one, said.get((Kind.COMPETENCE, one))) for one in (*modules, *past)),
        to_judge=modules,
        may_add=policy.opens(actor.role, "training:course"),
        may_induct=policy.opens(actor.role, "training:induction"),
        may_judge=policy.opens(actor.role, "training:competence"),
    )


def _newest(entries: Iterable[TrainingEntry]) -> dict[tuple[str, str], TrainingEntry]:
    """Kind and subject -> the newest entry that was not struck out."""
    ordered = sorted(entries, key=lambda one: (one.on, one.pk))
    return {(one.kind, one.about): one for one in ordered}


def _modules(actor: Actor) -> tuple[str, ...]:
    return tuple(one.name for one in curriculum.current(actor.area).modules)


def _due(row: TrainingEntry, today: date) -> str:
    if row.until is None or row.until > today + BOOK:
        return ""
    return "late" if row.until < today else "due"


def _entry(row: TrainingEntry, names: Mapping[str, str], actor: Actor, today: date) -> Entry:
    return Entry(
        ref=row.ref,
        title=course(row.about),
        on=row.on,
        until=row.until,
        level=str(Level(row.level).label) if row.level else "",
        note=row.note,
        by=names.get(row.recorded_by, ""),
        due=_due(row, today),
        may_strike=actor.role is not Role.PRACTITIONER or row.recorded_by == actor.who,
    )
