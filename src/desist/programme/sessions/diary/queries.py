"""Questions about a diary, each with a frozen answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary import commands, grid
from desist.programme.sessions.diary.commands import DayDetails, Figures, NotedDay
from desist.programme.sessions.diary.grid import Target
from desist.programme.sessions.diary.models import DiaryDay, DiaryTarget
from desist.programme.sessions.diary.policy import Action
from desist.programme.sessions.diary.states import ACTED, Act
from desist.references import spoken
from desist.skills import catalogue
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: how far back the picture looks, in whole weeks from Monday
WEEKS = 53
#: who typed what came from the person's own phone; the function phone_note of the database writes it
PHONE = "phone"


@dataclass(frozen=True)
class Day:
    """One day, typed or not."""

    day: date
    noted: NotedDay | None
    figures: Figures = field(default_factory=dict)
    hour: int | None = None
    entered_on: date | None = None
    version: int = 0
    noted_at: datetime | None = None  # by the person, on their phone

    @property
    def acted(self) -> bool:
        """Whether the person did something that is stalking or may break an order."""
        return self.noted is not None and self.noted.act in ACTED

    @property
    def act(self) -> str:
        """The day's act in words."""
        return Act(self.noted.act).label if self.noted and self.noted.act else ""

    @property
    def skill(self) -> str:
        """The day's skill in words."""
        return catalogue.name(self.noted.skill) if self.noted else ""

    @property
    def words(self) -> str:
        """The person's own words about the day."""
        return self.noted.note if self.noted else ""

    @property
    def back_filled(self) -> bool:
        """Whether the day was entered on a later one."""
        return self.entered_on is not None and self.entered_on > self.day


@dataclass(frozen=True)
class DiaryPage:
    """Seven days of a diary as a grid, and the year behind them. `days` and `year` are in order of the calendar."""

    ref: str
    spoken: str
    name: str
    days: tuple[Day, ...]
    year: tuple[Day, ...]
    targets: tuple[Target, ...]
    may_type: bool
    next: date | None  # the last day of the seven days after these; None: they lie ahead
    changed_by: str
    changed_at: datetime | None
    acts: tuple[str, ...] = tuple(str(one.label) for one in Act)

    @property
    def last(self) -> date:
        """The last of the seven days, by which the page is found."""
        return self.days[-1].day

    @property
    def before(self) -> date:
        """The last day of the seven days before."""
        return self.last - timedelta(days=7)

    @property
    def version(self) -> int:
        """The version of the seven days together."""
        return sum(one.version for one in self.days)

    @property
    def figures(self) -> dict[date, Figures]:
        """The figures of the seven days."""
        return {one.day: one.figures for one in self.days}

    @property
    def squares(self) -> list[tuple[date, int | None, str]]:
        """The days of the year as a chart takes them."""
        return squares(self.year)

    @property
    def entered(self) -> list[Day]:
        """The days of the year that have an entry, newest first."""
        return [one for one in reversed(self.year) if one.noted]


@dataclass(frozen=True)
class DayPage:
    """One day with its details; version 0 when nothing is typed yet."""

    ref: str
    spoken: str
    name: str
    day: date
    week: date  # the last day of the seven by which the grid is found
    details: DayDetails
    version: int
    typed_by: str
    typed_at: datetime | None


@dataclass(frozen=True)
class TargetsPage:
    """The targets that only this person's diary has: reference and name."""

    ref: str
    spoken: str
    name: str
    targets: tuple[tuple[str, str], ...]


def diary(*, actor: Actor, ref: str, last: date | None = None, at: datetime) -> DiaryPage:
    """Seven days up to `last`, or to today, to read."""
    return _page(actor, Action.SEE_DIARY, ref, last, at)


def week(*, actor: Actor, ref: str, last: date, at: datetime) -> DiaryPage:
    """Seven days, to type."""
    return _page(actor, Action.TYPE_DIARY, ref, last, at)


def _page(actor: Actor, action: Action, ref: str, last: date | None, at: datetime) -> DiaryPage:
    episode, today = _episode(actor, action, ref, at), day_of(at)
    last = min(last or today, today)
    monday = last - timedelta(days=last.weekday() + 7 * (WEEKS - 1))
    rows = {row.day: row for row in DiaryDay.objects.filter(episode=episode, day__range=(monday, last))}
    year = tuple(_day(one, rows.get(one)) for one in _span(monday, last))
    changed = max((rows[one.day] for one in year[-7:] if one.noted), key=_typed_at, default=None)
    return DiaryPage(
        ref=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        days=year[-7:],
        year=year,
        targets=grid.rows(_own(episode)),
        may_type=actor.role in policy.rule(Action.TYPE_DIARY).roles,
        next=min(last + timedelta(days=7), today) if last < today else None,
        changed_by=_by(actor, changed) if changed else "",
        changed_at=changed.typed_at if changed else None,
    )


def day(*, actor: Actor, ref: str, day: date, at: datetime) -> DayPage:
    """The details of one day, to type."""
    episode = _episode(actor, Action.TYPE_DIARY, ref, at)
    row = DiaryDay.objects.filter(episode=episode, day=day).first()
    return DayPage(
        ref=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        day=day,
        week=min(day + timedelta(days=6), day_of(at)),
        details=commands.details_of(row) if row else DayDetails(),
        version=row.version if row else 0,
        typed_by=_by(actor, row) if row else "",
        typed_at=row.typed_at if row else None,
    )


def own_targets(*, actor: Actor, ref: str, at: datetime) -> TargetsPage:
    """The targets of the person's own, to change."""
    episode = _episode(actor, Action.TYPE_DIARY, ref, at)
    return TargetsPage(
        ref=episode.ref, spoken=spoken(episode.ref), name=episode.referral.name, targets=_own(episode)
    )


def squares(days: Iterable[Day]) -> list[tuple[date, int | None, str]]:
    """Return days as a chart takes them: the urge, and a mark where there was an act."""
    return [(one.day, one.figures.get("urge"), "✚" if one.acted else "") for one in days]


def days(*, episode: Episode, first: date, last: date) -> tuple[Day, ...]:
    """Every day from the first to the last, typed or not."""
    rows = {row.day: row for row in DiaryDay.objects.filter(episode=episode, day__range=(first, last))}
    return tuple(_day(one, rows.get(one)) for one in _span(first, last))


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(day: date, row: DiaryDay | None) -> Day:
    if row is None:
        return Day(day, None)
    figures: Mapping[str, int | None] = commands.figures_of(row)
    return Day(day, commands.noted_on(row), figures, row.hour, row.entered_on, row.version, _noted_at(row))


def _noted_at(row: DiaryDay) -> datetime | None:
    return (row.noted_at or row.typed_at) if row.typed_by == PHONE else None


def _by(actor: Actor, row: DiaryDay) -> str:
    return "the person, on their phone" if row.typed_by == PHONE else accounts.as_read_by(actor, row.typed_by)


def _typed_at(row: DiaryDay) -> datetime:
    return row.typed_at


def _own(episode: Episode) -> tuple[tuple[str, str], ...]:
    """Return reference and name of the targets in force, oldest first."""
    rows = DiaryTarget.objects.filter(episode=episode, ended_at=None).order_by("pk")
    return tuple(rows.values_list("ref", "name"))


def _episode(actor: Actor, action: Action, ref: str, at: datetime) -> Episode:
    return gate.open(actor, action, Episode, ref, at=at).select_related("referral").get()
