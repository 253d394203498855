"""Things to do, as the first page of every zone lists them: by when, the most urgent first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from desist.ui import dates

#: lines of one group that stand open; the rest is a click away
OPEN = 12
WEEK = timedelta(days=7)


class When(Enum):
    """The groups of a first page, in their order."""

    NOW = "Ring now"
    TODAY = "Today"
    TOMORROW = "Tomorrow"
    WEEK = "This week"
    LATER = "Later"
    NEW = "New for you"
    WAITING = "Waiting for others"
    DONE = "Done today"


#: what the reader can act on today, and what is late: the number beside "To do" in the menu
FOR_TODAY = frozenset({When.NOW.value, When.TODAY.value})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to do: `words` follow the name of the person, if it is about one; `route` and `ref` lead to its page."""

    words: str
    route: str
    ref: str
    name: str = ""
    spoken: str = ""  # the reference beside the name
    owner: str = ""  # who has to do it, where that is not the reader
    by: date | None = None  # the last day in time; a moment where the hour matters
    since: date | None = None  # waits from then on: a day, or a moment
    overdue: bool = False  # late, where no day says so
    clock: str = ""  # what is said of the time, where `by` and `since` do not say it
    when: When | None = None  # the group, where `by` does not say it
    number: str = ""  # to ring, within `words`: what stands after it is in `then`
    then: str = ""
    press: str = ""  # the route of the button that does it at once
    button: str = ""
    now: bool = False  # before everything else of its group
    late: bool = False  # as `grouped` finds it

    def but(self, **changes: Any) -> "Line":  # noqa: ANN401 -- the fields have several types
        """Return the line with some of its facts changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Group:
    """The lines of one time, those that are open and those behind a click."""

    title: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...]


def grouped(lines: Iterable[Line], *, at: datetime) -> tuple[Group, ...]:
    """Return the groups that have lines: in each the late first, then by day, those without a day by their age."""
    found: dict[When, list[Line]] = {when: [] for when in When}
    for line in lines:
        late = is_late(line, at)
        timed = replace(line, late=late, clock=_said(line, at, late=late))
        found[line.when or _when(line, at)].append(timed)
    made = []
    for when, theirs in found.items():
        theirs.sort(key=_order)
        if theirs:
            made.append(Group(when.value, tuple(theirs[:OPEN]), tuple(theirs[OPEN:])))
    return tuple(made)


def for_today(groups: Iterable[Group]) -> int:
    """Return how many lines the reader can act on today: those to ring about now, and those due today or before."""
    return sum(len(one.lines) + len(one.more) for one in groups if one.title in FOR_TODAY)


def is_late(line: Line, at: datetime) -> bool:
    """Return whether the last day in time, or its moment, is over."""
    if line.overdue:
        return True
    if isinstance(line.by, datetime):
        return line.by < at
    return line.by is not None and line.by < dates.day_of(at)


def _said(line: Line, at: datetime, *, late: bool) -> str:
    """Return the line's time in plain words: "2 days late", "By 4pm today", "By Thursday 3 December", "Waiting 9 months"."""
    if line.by is not None and late:
        over = f"{span(line.by, at)} late"
        return f"{over}: {line.clock}" if line.clock else over
    if line.clock:
        return line.clock
    if line.by is not None:
        return _ahead(line.by, at)
    return waiting(line.since, at) if line.since else ""


def waiting(since: date, at: datetime) -> str:
    """Return how long something has waited: "Waiting 9 months", "Waiting since yesterday"."""
    age = dates.age(since, at)
    if age == "just now":
        return "New"
    return f"Waiting {age.removesuffix(' ago')}" if age.endswith(" ago") else f"Waiting since {age}"


def span(then: date, at: datetime) -> str:
    """Return the time since a day or a moment as a length: "2 days", "45 minutes"."""
    age = dates.age(then, at)
    return {"yesterday": "1 day", "just now": "a moment"}.get(age, age.removesuffix(" ago"))


def _ahead(by: date, at: datetime) -> str:
    day, hour = dates.day_of(by), f"{dates.clock(by)} " if isinstance(by, datetime) else ""
    days = (day - dates.day_of(at)).days
    if days < 2:
        return f"By {hour}{'tomorrow' if days else 'today'}"
    year = f" {day.year}" if day.year != dates.day_of(at).year else ""
    return f"By {hour}{dates.DAYS[day.weekday()]} {day.day} {dates.MONTHS[day.month - 1]}{year}"


def _when(line: Line, at: datetime) -> When:
    if line.by is None:
        return When.TODAY
    left = dates.day_of(line.by) - dates.day_of(at)
    if left < timedelta(days=1):
        return When.TODAY
    if left == timedelta(days=1):
        return When.TOMORROW
    return When.WEEK if left <= WEEK else When.LATER


def _order(line: Line) -> tuple[bool, bool, str]:
    moment = line.by or line.since
    return not line.now, not line.late, moment.isoformat() if moment else ""
