"""Commands that change a diary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.diary.policy import Action
from desist.programme.sessions.diary.states import Act
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

#: the figures of one day by row of the grid: a column, or the reference of an own target; None: not noted
Figures = Mapping[str, int | None]
#: the most own targets that a person has at a time
MOST_OWN = 4
ACTS = tuple(Act)
COLUMNS = frozenset({"urge", "anger", "sadness", "shame", "sleep_hours"})
TOO_MANY = f"A diary has at most {MOST_OWN} targets of the person’s own. End one first"


@dataclass(frozen=True)
class NotedDay:
    """One day as it was noted; None and "" mean not noted."""

    urge: int | None = None
    act: str = ""
    anger: int | None = None
    sadness: int | None = None
    shame: int | None = None
    sleep_hours: int | None = None
    substances: bool | None = None
    skill: str = ""
    note: str = ""


@dataclass(frozen=True)
class DayDetails:
    """What the grid has no room for: the hour of the act or of the strongest urge, the skill, and the words."""

    hour: int | None = None
    skill: str = ""
    note: str = ""


@dataclass
class _Week:
    """A week as the gate compares its versions: the sum of those of its days."""

    version: int


def note_week(
    *, actor: Actor, episode: str, days: Mapping[date, Figures], version: int | None, at: datetime
) -> int:
    """Keep the figures of several days and return the new version; a row not named stays. Raises Changed.

    `version` is the sum of the days' versions when the page was drawn; figures sent twice are kept once.
    """
    with gate.change(actor, Action.TYPE_DIARY, Episode, episode, at=at) as row:
        # The episode is locked, so no colleague types this diary meanwhile.
        kept = {one.day: one for one in DiaryDay.objects.filter(episode=row, day__in=days)}
        standing = sum(one.version for one in kept.values())
        new = {day: said for day, said in days.items() if _differs(kept.get(day), said)}
        if not new:
            return standing
        gate.next_version(_Week(standing), version)  # type: ignore[arg-type]  # it has a version, as a row has
        for day, said in new.items():
            one = kept.get(day) or DiaryDay(episode=row, day=day, version=0, entered_on=day_of(at))
            gate.next_version(one)
            _write(one, said)
            one.typed_by, one.typed_at = actor.who, at
            one.save()
        return standing + len(new)


def detail(
    *, actor: Actor, episode: str, day: date, details: DayDetails, version: int | None, at: datetime
) -> None:
    """Keep the details of one day. `version` is 0 for a day not typed before; sent twice they are kept once. Raises Changed."""
    with gate.change(actor, Action.TYPE_DIARY, Episode, episode, at=at) as row:
        known = DiaryDay.objects.filter(episode=row, day=day).first()
        kept = known or DiaryDay(episode=row, day=day, version=0, entered_on=day_of(at))
        if details_of(kept) == details:
            return
        gate.next_version(kept, version)
        kept.hour, kept.skill, kept.note = details.hour, details.skill, details.note
        kept.typed_by, kept.typed_at = actor.who, at
        kept.save()


def add_target(
    *,
    actor: Actor,
    episode: str,
    name: str,
    override: Override | None = None,
    submission: str,
    at: datetime,
) -> None:
    """Give a person's diary a row of their own; a form sent twice adds one.

    Raises Refused where there are enough, and words.Unclear: the row stands on the card that the person is given.
    """
    with gate.change(actor, Action.TYPE_DIARY, Episode, episode, at=at) as row:
        if row.diary_targets.filter(submission=submission).exists():
            return
        if row.diary_targets.filter(ended_at=None).count() >= MOST_OWN:
            raise Refused(TOO_MANY)
        named = audit.row_name(Episode, row.ref)
        clearances.hold(named=named, texts={"name": name}, override=override, actor=actor, at=at)
        DiaryTarget.objects.create(
            episode=row, name=name, submission=submission, added_by=actor.who, added_at=at
        )


def end_target(*, actor: Actor, episode: str, target: str, at: datetime) -> None:
    """Take an own target off the grid; its figures stay with their days. Twice changes nothing."""
    with gate.change(actor, Action.TYPE_DIARY, Episode, episode, at=at) as row:
        row.diary_targets.filter(ref=target, ended_at=None).update(ended_by=actor.who, ended_at=at)


def noted_on(row: DiaryDay) -> NotedDay:
    """Return what a row says."""
    return NotedDay(**{name: getattr(row, name) for name in NotedDay.__dataclass_fields__})


def figures_of(row: DiaryDay) -> dict[str, int | None]:
    """Return the figures of a day by row of the grid."""
    act = ACTS.index(Act(row.act)) if row.act else None
    substances = None if row.substances is None else int(row.substances)
    columns = {name: getattr(row, name) for name in COLUMNS}
    return {**columns, "act": act, "substances": substances, **row.own}


def details_of(row: DiaryDay) -> DayDetails:
    """Return the details of a day."""
    return DayDetails(row.hour, row.skill, row.note)


def _differs(row: DiaryDay | None, said: Figures) -> bool:
    kept = figures_of(row) if row else {}
    return any(kept.get(key) != figure for key, figure in said.items())


def _write(row: DiaryDay, said: Figures) -> None:
    own = dict(row.own)
    for key, figure in said.items():
        if key in COLUMNS:
            setattr(row, key, figure)
        elif key == "act":
            row.act = "" if figure is None else ACTS[figure]
        elif key == "substances":
            row.substances = None if figure is None else bool(figure)
        elif figure is None:
            own.pop(key, None)
        else:
            own[key] = figure
    row.own = own
