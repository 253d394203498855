"""People made so coarse that others cannot tell them apart: pure arithmetic on days and codes.

Each person's days are moved together, so that the referral falls on the first day of its quarter: what lies between
them stays exact. All are followed to one day as moved, for a last day of their own would say by how much theirs were.
A person whose group is smaller than the dictionary asks is made coarser step by step, then left out.
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
#: why a person is not among the rows, coded
TOO_NEW, TOO_SMALL = "too_new", "too_small"
#: by how much days are moved at most, to the first day of a quarter and of a year
IN_A_QUARTER, IN_A_YEAR = timedelta(days=91), timedelta(days=365)


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
    #: who referred them, as (partner, thread): it crosses to that partner alone
    referred: tuple[tuple[str, str], ...] = ()

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
    """The rows that may cross, code -> how many people are not among them, and step -> how many rows it made coarser.

    `people` are those of the rows, with the last day to which each is followed.
    """

    rows: Rows
    left_out: dict[str, int]
    coarser: dict[str, int]
    people: tuple[tuple[Person, date], ...] = ()


def data_cut(known_to: date) -> date:
    """Return the last day, as days are moved, to which all can be followed where the records go to `known_to`."""
    return known_to - IN_A_QUARTER


def make(people: Sequence[Person], *, cut: date, pseudonym: Callable[[str], str]) -> Coarse:
    """Return the rows of all people in large enough groups, each followed to the data cut."""
    ways: tuple[Callable[[Person, date], Person | None], ...] = (_as_it_is, _no_age, _year, _no_reason)
    settled: list[tuple[Person, int]] = []
    waiting = [_in_order(one) for one in people if quarters.of(one.referral).first <= cut]
    left_out = {TOO_NEW: len(people) - len(waiting)}
    for step, way in enumerate(ways):
        made = [way(one, cut) for one in waiting]
        groups = Counter(known(one) for one in [*filter(None, made), *(one for one, _ in settled)])
        enough = [one if one and groups[known(one)] >= SMALLEST_GROUP else None for one in made]
        settled += [(one, step) for one in enough if one]
        waiting = [before for before, one in zip(waiting, enough, strict=True) if one is None]
    left_out[TOO_SMALL] = len(waiting)
    coarser = Counter(step for _, step in settled)
    return Coarse(
        _rows([one for one, _ in settled], pseudonym),
        {code: number for code, number in left_out.items() if number},
        {name: coarser[step] for step, name in enumerate(STEPS, start=1) if coarser[step]},
        tuple(
            (one, cut if step < STEPS.index("year") + 1 else _last_in_a_year(cut)) for one, step in settled
        ),
    )


def known(person: Person) -> tuple[object, ...]:
    """Return what others could know of a person: the columns of `dictionary.KNOWN`."""
    return tuple(getattr(person, name) for name in dictionary.KNOWN)


def _last_in_a_year(cut: date) -> date:
    return cut - (IN_A_YEAR - IN_A_QUARTER)


def _in_order(person: Person) -> Person:
    """Leave a day empty that lies before an earlier step: which of the two is wrong, nobody knows."""
    last, kept = person.referral, list[date | None]()
    for day in (person.eligible, person.start, person.end):
        kept.append(day if day is None or day >= last else None)
        last = kept[-1] or last
    eligible, start, end = kept
    return replace(person, eligible=eligible, start=start, end=end)


def _followed(person: Person, last: date) -> Person:
    """Leave out what happened after a day, as days are moved."""
    eligible, start, end = (
        day if day and day <= last else None for day in (person.eligible, person.start, person.end)
    )
    return replace(
        person,
        eligible=eligible,
        start=start,
        end=end,
        end_reason=person.end_reason if end or not person.end else "",
        events=tuple(one for one in person.events if one[0] <= last),
        gaps=tuple(
            (first, until if until and until <= last else None, why)
            for first, until, why in person.gaps
            if first <= last
        ),
    )


def _as_it_is(person: Person, cut: date) -> Person:
    return _followed(person.moved(quarters.of(person.referral).first), cut)


def _no_age(person: Person, cut: date) -> Person:
    return replace(_as_it_is(person, cut), age_band="")


def _year(person: Person, cut: date) -> Person | None:
    """Return the person moved to the first day of the year, or None where follow-up has not begun then."""
    first, last = person.referral.replace(month=1, day=1), _last_in_a_year(cut)
    if first > last:
        return None
    known = _followed(person.moved(first), last)
    later = (last + timedelta(days=1), None, dictionary.NOT_FOLLOWED)
    return replace(known, age_band="", gaps=(*known.gaps, later))


def _no_reason(person: Person, cut: date) -> Person | None:
    known = _year(person, cut)
    if known is None or known.end_reason in {dictionary.COMPLETED, ""}:
        return known
    return replace(known, end_reason=dictionary.LEFT)


def _rows(people: Sequence[Person], pseudonym: Callable[[str], str]) -> Rows:
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
    ]
    return Rows(tuple(episodes), tuple(events), tuple(gaps))


def _line(name: str, one: Person) -> str:
    days = (one.referral, one.eligible, one.start, one.end)
    return ",".join((name, *map(_day, days), one.end_reason, one.area, one.arm, one.age_band))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
