"""Questions about a diary, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist.accounts import queries as accounts
from desist.programme.curriculum.skills import catalogue
from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary import commands
from desist.programme.sessions.diary.commands import NotedDay
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.diary.policy import Action
from desist.programme.sessions.diary.states import ACTED, Act
from desist.references import spoken
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: how far back the page looks
WEEKS = 4


@dataclass(frozen=True)
class Day:
    """One day, typed or not."""

    day: date
    noted: NotedDay | None

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


@dataclass(frozen=True)
class DiaryPage:
    """Four weeks of a diary, today last. `days` are in order of the calendar."""

    ref: str
    spoken: str
    name: str
    days: tuple[Day, ...]
    may_type: bool

    @property
    def typed(self) -> int:
        """How many of the days are typed."""
        return sum(day.noted is not None for day in self.days)

    @property
    def steps(self) -> list[str]:
        """The days as a chart names them."""
        return [f"{day.day.day} {day.day:%b}" for day in self.days]

    @property
    def first_gap(self) -> date | None:
        """The first day of the last week that is not typed; it is where typing begins."""
        return next((day.day for day in self.days[-7:] if day.noted is None), None)

    @property
    def urges(self) -> list[float | None]:
        """The urges as a chart takes them: None where nothing is noted."""
        return [day.noted.urge if day.noted else None for day in self.days]


@dataclass(frozen=True)
class ToType:
    """One day, to type from paper; version 0 when nothing is typed yet."""

    ref: str
    spoken: str
    name: str
    day: date
    noted: NotedDay
    version: int
    typed_by: str
    typed_at: datetime | None
    next_day: date | None


def diary(*, actor: Actor, ref: str, at: datetime) -> DiaryPage:
    """Four weeks up to today."""
    episode = _episode(actor, Action.SEE_DIARY, ref, at)
    today = day_of(at)
    first = today - timedelta(days=7 * WEEKS - 1)
    return DiaryPage(
        ref=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        days=days(episode=episode, first=first, last=today),
        may_type=actor.role in policy.rule(Action.TYPE_DIARY).roles,
    )


def day(*, actor: Actor, ref: str, day: date, at: datetime) -> ToType:
    """One day to type."""
    episode = _episode(actor, Action.TYPE_DIARY, ref, at)
    row = DiaryDay.objects.filter(episode=episode, day=day).first()
    following = day + timedelta(days=1)
    return ToType(
        ref=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        day=day,
        noted=commands.noted_on(row) if row else NotedDay(),
        version=row.version if row else 0,
        typed_by=accounts.name(ref=row.typed_by) if row else "",
        typed_at=row.typed_at if row else None,
        next_day=following if following <= day_of(at) else None,
    )


def days(*, episode: Episode, first: date, last: date) -> tuple[Day, ...]:
    """Every day from the first to the last, typed or not."""
    rows = DiaryDay.objects.filter(episode=episode, day__range=(first, last))
    typed = {row.day: commands.noted_on(row) for row in rows}
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(Day(one, typed.get(one)) for one in span)


def _episode(actor: Actor, action: Action, ref: str, at: datetime) -> Episode:
    return gate.open(actor, action, Episode, ref, at=at).select_related("referral").get()
