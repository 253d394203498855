"""A year of a service, counted: pure arithmetic on days, each figure with the people behind it."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

from desist.programme.service.quarterly import counting as returned
from desist.programme.service.quarterly.verdicts import FORMS
from desist.programme.service.returns.facts import Case, Period
from desist.returns import quarters
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter

#: sessions of the twelve
SESSIONS = range(1, 13)
HALF = 6
#: how many sessions a person had -> words
DOSES = {(1, 3): "1 to 3 sessions", (4, 6): "4 to 6", (7, 9): "7 to 9", (10, 12): "10 to 12"}
#: how many practitioners held a person's sessions -> words
HANDS = {1: "One practitioner", 2: "Two practitioners", 3: "Three or more"}
#: months after the end -> words
AFTER = {6: "six months", 12: "twelve months"}
ENDED = "attended session 1, and their place ended in these four quarters"
TREND = 8  # quarters
#: what the trend counts by its own day
TRENDS = ("referred", "opened", "began", "finished", "ended")
WEEK, WEEKS = timedelta(days=7), 12


@dataclass(frozen=True)
class Person:
    """One person, referred once: the reference of the referral, the facts of it, and the sessions attended.

    `numbers` are those of the twelve that were attended: one that was made up counts once, though it was two meetings.
    `hands` is how many practitioners held them, `started` the day of session 1; None where it was not attended.
    """

    ref: str
    case: Case
    numbers: frozenset[int] = frozenset()
    meetings: int = 0
    hands: int = 0
    started: date | None = None


@dataclass(frozen=True)
class Ending:
    """One person whose place ended: what each form says of them, by the names of the return, and the states of their goals."""

    ref: str
    case: Case
    verdicts: frozenset[str] = frozenset()
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """A follow-up that was due: the person's reference, the months after the end, and its outcome; "" while none is recorded."""

    ref: str
    months: int
    outcome: str


@dataclass(frozen=True)
class Figure:
    """One number: its code, its words, and the references of the people behind it, in no order."""

    code: str
    words: str
    refs: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many people."""
        return len(self.refs)


@dataclass(frozen=True)
class Group:
    """Figures that stand in one table, and over what they are counted."""

    title: str
    over: str
    figures: tuple[Figure, ...]
    of: int
    shared: bool = True

    @property
    def said(self) -> str:
        """ "8 people: referred in these four quarters"."""
        people = f"{self.of} {'person' if self.of == 1 else 'people'}"
        return f"{people}: {self.over}" if self.shared else self.over

    @property
    def bars(self) -> list[tuple[str, int]]:
        """The bars of the picture."""
        return [(one.words, one.number) for one in self.figures]


def year(period: Period) -> Period:
    """Return the four quarters that end with a quarter, or with the last day of one that is not over."""
    return Period(quarters.of(period.first).four[0].first, period.last)


def groups(people: Sequence[Person], *, over: Period, today: date) -> tuple[Group, ...]:
    """Return every group of figures of a year."""
    known = [one for one in people if not one.case.void]
    ended = [one for one in known if one.started and over.holds(one.case.ended)]
    return (
        _funnel([one for one in known if over.holds(one.case.received)]),
        _attrition(ended),
        _dosage(ended),
        _continuity([one for one in ended if one.meetings > 1]),
        _waiting(known, over, today),
    )


def _funnel(received: Sequence[Person]) -> Group:
    steps: tuple[tuple[str, str, Callable[[Person], object]], ...] = (
        ("received", "Referred", lambda _: True),
        ("accepted", "Accepted", lambda one: one.case.accepted),
        ("assessed", "Assessed", lambda one: one.case.accepted and one.case.assessed),
        ("allocated", "Allocated", lambda one: one.case.accepted and one.case.allocated),
        ("started", "Attended session 1", lambda one: one.started),
        ("half", "Attended six of the twelve", lambda one: len(one.numbers) >= HALF),
        ("completed", "Completed", lambda one: one.case.completed),
    )
    return _group("From referral to completion", "referred in these four quarters", received, steps)


def _attrition(ended: Sequence[Person]) -> Group:
    steps = [
        (
            f"reached-{number}",
            f"Session {number} or a later one",
            lambda one, number=number: max(one.numbers) >= number,
        )
        for number in SESSIONS
    ]
    over = (
        "attended session 1, and their place ended in these four quarters; by the last session they attended"
    )
    return _group("Still there, by session", over, ended, steps)


def _dosage(ended: Sequence[Person]) -> Group:
    steps = [
        (f"dose-{low}", words, lambda one, low=low, high=high: low <= len(one.numbers) <= high)
        for (low, high), words in DOSES.items()
    ]
    middle = f"; the median is {median(len(one.numbers) for one in ended):g} sessions" if ended else ""
    over = f"attended session 1, and their place ended in these four quarters{middle}"
    return _group("Sessions attended", over, ended, steps)


def _continuity(ended: Sequence[Person]) -> Group:
    steps = [
        (f"hands-{number}", words, lambda one, number=number: min(one.hands, max(HANDS)) == number)
        for number, words in HANDS.items()
    ]
    over = "of those, the ones who attended two sessions or more"
    return _group("Who held their sessions", over, ended, steps)


def _waiting(known: Sequence[Person], over: Period, today: date) -> Group:
    steps = [
        (f"waiting-{day:%Y-%m}", f"{day:%B %Y}", lambda one, day=day: _waits(one.case, day))
        for day in month_ends(over, today)
    ]
    over_words = "Accepted and not yet allocated on the last day of each month"
    return replace(_group("Waiting list", over_words, known, steps), shared=False)


def endings(people: Sequence[Ending], due: Sequence[Due], *, edition: Edition) -> tuple[Group, ...]:
    """Return every group of figures of the people whose place ended in a year, and of the follow-ups due in it."""
    started = [one for one in people if one.case.started]
    return (
        _leaving([one for one in people if not one.case.completed], edition),
        _measures(started, edition),
        _goals(started, edition),
        *(_followed(due, months, edition) for months in AFTER),
    )


def _leaving(early: Sequence[Ending], edition: Edition) -> Group:
    found = Counter(returned.leaving(one.case, edition) for one in early)
    steps = [
        (
            f"{reason}-{stage}",
            f"{edition.words(reason)}: {edition.words(stage)[:1].lower()}{edition.words(stage)[1:]}",
            lambda one, names=(reason, stage): returned.leaving(one.case, edition) == names,
        )
        for (reason, stage), _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    return _group(
        "Why they left, and at which stage", "left before completing in these four quarters", early, steps
    )


def _measures(started: Sequence[Ending], edition: Edition) -> Group:
    steps = [
        (name, f"{table.title}: {words[:1].lower()}{words[1:]}", lambda one, name=name: name in one.verdicts)
        for table in edition.tables
        for name, words in table.parts.items()
        if name.partition(".")[0] in FORMS
    ]
    return _group("Measures at the end", ENDED, started, steps)


def _goals(started: Sequence[Ending], edition: Edition) -> Group:
    steps = [
        (name, edition.words(name), lambda one, name=name: name == f"goals.{returned.reached(one.goals)}")
        for name in edition.names
        if name.startswith("goals.")
    ]
    return _group("Goals at the end", ENDED, started, steps)


def _followed(due: Sequence[Due], months: int, edition: Edition) -> Group:
    steps = [
        (
            f"{name}.{months}",
            edition.words(name),
            lambda one, name=name: name == f"followed.{one.outcome or 'not_recorded'}",
        )
        for name in edition.names
        if name.startswith("followed.")
    ]
    then = [one for one in due if one.months == months]
    return _group(
        f"Follow-up {AFTER[months]} after the end",
        "their follow-up was due in these four quarters",
        then,
        steps,
    )


def _waits(case: Case, day: date) -> bool:
    there = case.opened is not None and case.opened <= day and (case.ended is None or case.ended > day)
    return there and (case.allocated is None or case.allocated > day)


def month_ends(over: Period, today: date) -> list[date]:
    """Return the last day of each month of a period; of the month that is not over, today."""
    months = []
    day = over.first
    while day <= min(over.last, today):
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        months.append(min(last, today))
        day = last + timedelta(days=1)
    return months


def _group(
    title: str,
    over: str,
    people: Sequence[Person] | Sequence[Ending] | Sequence[Due],
    steps: Iterable[tuple[str, str, Callable[..., object]]],
) -> Group:
    return Group(
        title=title,
        over=over,
        figures=tuple(
            Figure(code, words, tuple(one.ref for one in people if holds(one)))
            for code, words, holds in steps
        ),
        of=len(people),
    )


@dataclass(frozen=True)
class Trend:
    """Quarters, and a line of figures each, one a quarter."""

    quarters: tuple[Quarter, ...]
    figures: tuple[tuple[str, tuple[Figure, ...]], ...]

    @property
    def lines(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The lines of the picture."""
        return tuple((words, tuple(one.number for one in found)) for words, found in self.figures)

    @property
    def steps(self) -> list[str]:
        """The labels of the flat axis."""
        return [f"{one.first:%b %Y}" for one in self.quarters]

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of the table, after that of the quarter."""
        return [(words, None) for words, _ in self.lines]

    @property
    def rows(self) -> list[tuple[str, list[Figure]]]:
        """The rows of the table, a quarter each."""
        return [
            (str(one), [found[place] for _, found in self.figures]) for place, one in enumerate(self.quarters)
        ]


def trend_quarters(last: Period) -> tuple[Quarter, ...]:
    """Return the quarters of the trend, the oldest first."""
    newest = quarters.of(last.first)
    return tuple(newest.later(-back) for back in range(TREND - 1, -1, -1))


def trend(people: Sequence[Person], *, last: Period) -> Trend:
    """Return by quarter, each by its own day: referred, accepted, started, completed, left before completing."""
    known = [one for one in people if not one.case.void]
    days: Mapping[str, tuple[str, Callable[[Person], date | None]]] = {
        "referred": ("Referred", lambda one: one.case.received),
        "opened": ("Accepted", lambda one: one.case.opened),
        "began": ("Attended session 1", lambda one: one.started),
        "finished": ("Completed", lambda one: one.case.ended if one.case.completed else None),
        "ended": ("Left before completing", lambda one: None if one.case.completed else one.case.ended),
    }
    shown = trend_quarters(last)
    found = []
    for code, (words, on) in days.items():
        refs: dict[Quarter, list[str]] = {}
        for one in known:
            if day := on(one):
                refs.setdefault(quarters.of(day), []).append(one.ref)
        found.append(
            (
                words,
                tuple(
                    Figure(f"{code}.{one.key}", f"{words}, {one}", tuple(refs.get(one, ()))) for one in shown
                ),
            )
        )
    return Trend(shown, tuple(found))


def weeks(last: date) -> tuple[date, ...]:
    """Return the Mondays of the weeks up to a day, the oldest first."""
    monday = last - timedelta(days=last.weekday())
    return tuple(monday - WEEK * back for back in range(WEEKS - 1, -1, -1))
