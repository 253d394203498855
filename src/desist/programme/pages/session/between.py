"""What came back between the sessions, for the practitioner who prepares: diary, practice, and urges beside chains. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desist.programme.sessions.diary.queries import Day
from desist.programme.sessions.practice.queries import BySkill

#: how many weeks the trend looks back, and the days of one
WEEKS, WEEK = 8, 7
SPAN = timedelta(days=WEEKS * WEEK - 1)


@dataclass(frozen=True)
class Week:
    """Seven days: the strongest urge, None where none was noted, and how many chains happened in them."""

    first: date
    urge: int | None
    chains: int


@dataclass(frozen=True)
class CameBack:
    """What came back since the last session, and the weeks up to now, oldest first."""

    days: int
    filled: int
    back_filled: int
    practice: tuple[BySkill, ...]
    weeks: tuple[Week, ...]
    measures: tuple[tuple[str, str, date], ...] = ()  # name, what it came to, the day it was filled in

    @property
    def nothing(self) -> bool:
        """Whether nothing came back: a thing to talk about, not a failure."""
        return not self.filled and not self.practice and not self.measures

    @property
    def noted(self) -> bool:
        """Whether the trend has anything to show."""
        return any(one.urge is not None or one.chains for one in self.weeks)


def came_back(
    *,
    days: Sequence[Day],
    practice: tuple[BySkill, ...],
    span: Sequence[Day],
    happened: Iterable[date | None],
    measures: tuple[tuple[str, str, date], ...] = (),
) -> CameBack:
    """Return what came back: `days` since the last session, `span` whole weeks up to now, `happened` the days of chains."""
    known = [one for one in happened if one]
    weeks = tuple(_week(span[at : at + WEEK], known) for at in range(0, len(span), WEEK))
    noted = [one for one in days if one.noted]
    back_filled = sum(one.back_filled for one in noted)
    return CameBack(len(days), len(noted), back_filled, practice, weeks, measures)


def _week(days: Sequence[Day], happened: Sequence[date]) -> Week:
    urges = [urge for one in days if (urge := one.figures.get("urge")) is not None]
    within = sum(days[0].day <= one <= days[-1].day for one in happened)
    return Week(days[0].day, max(urges, default=None), within)
