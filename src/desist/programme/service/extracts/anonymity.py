"""People made so coarse that others cannot tell them apart: pure arithmetic on days and codes.

Each person's days are moved together, so that the referral falls on the first day of its quarter: what lies between
them stays exact. A person whose group is smaller than the dictionary asks is made coarser step by step, then left out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desist.extracts import dictionary
from desist.extracts.dictionary import SMALLEST_GROUP
from desist.extracts.rows import Rows
from desist.returns import quarters

#: step -> its code, for the count of rows that it made coarser
STEPS = ("no_age", "year", "no_reason")


@dataclass(frozen=True)
class Person:
    """One person: days and values of the dictionary. `events` are day, kind and source; `gaps` first day, last day and why."""

    key: str
    area: str
    arm: str
    age_band: str
    referral: date
    eligible: date | None = None
    start: date | None = None
    end: date | None = None
    end_reason: str = ""
    events: tuple[tuple[date, str, str], ...] = ()
    gaps: tuple[tuple[date, date | None, str], ...] = ()

    def moved(self, to: date) -> "Person":
        """Return the person with every day earlier by as much as the referral is."""
        by = self.referral - to

        def earlier(day: date | None) -> date | None:
            return day - by if day else None

        return replace(
            self,
            referral=to,
            eligible=earlier(self.eligible),
            start=earlier(self.start),
            end=earlier(self.end),
            events=tuple((day - by, kind, source) for day, kind, source in self.events),
            gaps=tuple((first - by, earlier(last), why) for first, last, why in self.gaps),
        )


@dataclass(frozen=True)
class Coarse:
    """The rows that may cross, how many people are in no group, and step -> how many rows it made coarser."""

    rows: Rows
    left_out: int
    coarser: dict[str, int]


def make(people: Sequence[Person], *, cut: date, pseudonym: Callable[[str], str]) -> Coarse:
    """Return the rows of people of whom no group is too small. `cut` is the last day on which anything was known."""
    ways: tuple[Callable[[Person], Person], ...] = (_as_it_is, _no_age, _year, _no_reason)
    settled: list[tuple[Person, int]] = []
    waiting = [_followed(_in_order(one), cut) for one in people]
    for step, way in enumerate(ways):
        made = [way(one) for one in waiting]
        groups = Counter(_known(one) for one in [*made, *(one for one, _ in settled)])
        enough = [groups[_known(one)] >= SMALLEST_GROUP for one in made]
        settled += [(one, step) for one, is_one in zip(made, enough, strict=True) if is_one]
        waiting = [one for one, is_one in zip(waiting, enough, strict=True) if not is_one]
    coarser = Counter(step for _, step in settled)
    return Coarse(
        _rows([one for one, _ in settled], cut, pseudonym),
        len(waiting),
        {name: coarser[step] for step, name in enumerate(STEPS, start=1) if coarser[step]},
    )


def _in_order(person: Person) -> Person:
    """Leave a day empty that lies before an earlier step: which of the two is wrong, nobody knows."""
    last, kept = person.referral, list[date | None]()
    for day in (person.eligible, person.start, person.end):
        kept.append(day if day is None or day >= last else None)
        last = kept[-1] or last
    eligible, start, end = kept
    return replace(person, eligible=eligible, start=start, end=end)


def _followed(person: Person, cut: date) -> Person:
    """Say up to which day the person was followed: once the days are moved, the data cut is no longer the same."""
    known = tuple(one for one in person.events if one[0] <= cut)
    gaps = tuple(one for one in person.gaps if one[0] <= cut)
    return replace(
        person, events=known, gaps=(*gaps, (cut + timedelta(days=1), None, dictionary.NOT_FOLLOWED))
    )


def _as_it_is(person: Person) -> Person:
    return person.moved(quarters.of(person.referral).first)


def _no_age(person: Person) -> Person:
    return replace(_as_it_is(person), age_band="")


def _year(person: Person) -> Person:
    return replace(person.moved(person.referral.replace(month=1, day=1)), age_band="")


def _no_reason(person: Person) -> Person:
    ended = {dictionary.COMPLETED: dictionary.COMPLETED, "": ""}
    return replace(_year(person), end_reason=ended.get(person.end_reason, dictionary.LEFT))


def _known(person: Person) -> tuple[object, ...]:
    """What others could know of a person: the columns of `dictionary.KNOWN`."""
    return tuple(getattr(person, name) for name in dictionary.KNOWN)


def _rows(people: Sequence[Person], cut: date, pseudonym: Callable[[str], str]) -> Rows:
    """Write people in the order of their pseudonyms, which says nothing of the order in which they came."""
    named = sorted(((pseudonym(one.key), one) for one in people), key=lambda pair: pair[0])
    episodes = [_line(name, one) for name, one in named]
    events = [
        ",".join((name, day.isoformat(), kind, source))
        for name, one in named
        for day, kind, source in sorted(set(one.events))
    ]
    gaps = [
        ",".join((name, first.isoformat(), _day(last), why))
        for name, one in named
        for first, last, why in one.gaps
        if first <= cut
    ]
    return Rows(tuple(episodes), tuple(events), tuple(gaps))


def _line(name: str, one: Person) -> str:
    days = (one.referral, one.eligible, one.start, one.end)
    return ",".join((name, *map(_day, days), one.end_reason, one.area, one.arm, one.age_band))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
