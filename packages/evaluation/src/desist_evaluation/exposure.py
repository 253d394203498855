"""Counts over dated periods: the length of each, and when two may be compared."""

import calendar
from dataclasses import dataclass
from datetime import date

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.episodes import read_day

#: A leap year is a day longer; nothing else excuses a difference.
LEAP = 1

#: Days from which another rule records stalking, so that counts before and after do not compare.
RULE_CHANGES = {
    date(2014, 4, 1): "stalking became a class of its own",
    date(2018, 4, 1): "a course of conduct is recorded beside the most serious offence",
    date(2020, 4, 1): "a course of conduct by a former partner is recorded as stalking by default",
}


class UnequalExposureError(ValueError):
    """Two counts over periods of different length must not be compared as they are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """First and last day, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """The length, by which a count must be divided."""
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        """The period in words."""
        return f"{self.start} to {self.end}"


def read_period(*, field: str, start: object, end: object) -> Period:
    """Return a period from two days. Refuses an end before the start."""
    first, last = read_day(field=f"{field}_start", value=start), read_day(field=f"{field}_end", value=end)
    if last < first:
        raise InvalidInputError(f"{field}_end", f"must not be before {field}_start ({last} and {first})")
    return Period(start=first, end=last)


def refuse_unequal(first: Period, second: Period) -> None:
    """Raise `UnequalExposureError` where one period is longer than the other by more than a leap day."""
    if abs(first.days - second.days) > LEAP:
        raise UnequalExposureError(
            f"{first} is {first.days} days and {second} is {second.days} days: their counts do not compare. "
            "Ask for rates, which divide each count by its days."
        )


def refuse_overlap(first: Period, second: Period) -> None:
    """Refuse periods that share a day, or that do not follow each other."""
    if second.start <= first.end:
        raise InvalidInputError("after_start", f"must be after before_end ({second.start} and {first.end})")


def same_season(first: Period, second: Period) -> bool:
    """Return whether both periods are whole years, or cover the same days of the year."""
    if _whole_years(first) and _whole_years(second):
        return True
    return [_of_year(first.start), _of_year(first.end)] == [_of_year(second.start), _of_year(second.end)]


def _whole_years(period: Period) -> bool:
    years = round(period.days / 365.25)
    return years > 0 and abs(period.days - 365.25 * years) <= LEAP


def _of_year(day: date) -> tuple[int, int]:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.month, 31 if day.day == last else day.day


def rule_changes(first: Period, second: Period) -> list[str]:
    """Return a warning for each change of recording rules between the start of one period and the end of the other."""
    return [
        f"From {day} {rule}: recorded counts before and after do not compare."
        for day, rule in RULE_CHANGES.items()
        if first.start < day <= second.end
    ]
