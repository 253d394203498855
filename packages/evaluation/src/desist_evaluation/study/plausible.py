"""The refusal of impossible values, with the row they stand in: they are slips, and a slip moves a figure."""

import math
import re
from collections.abc import Iterator
from datetime import date

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.episodes import DAYS, DAYS_OF
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.plan import StudyPlan

#: The earliest day of birth in a study; a spreadsheet writes 1900-01-00 for an empty cell.
FIRST_DAY = date(1950, 1, 1)
OLDEST = 120
AGE = re.compile(r"\b(age|aged)\b", re.IGNORECASE)
COUNTED = re.compile(r"\b(number|count|previous|prior)\b", re.IGNORECASE)
#: file, row from nought, column, day
Dated = Iterator[tuple[str, int, str, date]]


def refuse_implausible(data: StudyData, plan: StudyPlan) -> None:
    """Refuse impossible ages and counts, days before 1950, and days that had not come when the data were taken."""
    _check_numbers(data)
    for row, one in enumerate(data.episodes):
        if one.planned_end and one.start and one.planned_end < one.start:
            raise InvalidInputError(
                f"EPISODES line {data.lines['EPISODES'][row]}, planned_end",
                f"must not be before start ({one.planned_end} and {one.start})",
            )
    for place, day in _placed(data, (one for one in _planned(data) if one[3] < FIRST_DAY)):
        _check_first(place, day)
    happened = (one for one in _happened(data) if not FIRST_DAY <= one[3] <= plan.data_cut)
    for place, day in _placed(data, happened):
        _check_first(place, day)
        _check_last(place, day, plan)


def _check_numbers(data: StudyData) -> None:
    for column, cells in data.covariates.items():
        name = column.replace("_", " ")
        aged, counted = AGE.search(name) is not None, COUNTED.search(name) is not None
        if aged or counted:
            most = OLDEST if aged else math.inf
            for line, cell in zip(data.lines["EPISODES"], cells, strict=True):
                if not 0 <= _number(cell) <= most:
                    rule = (
                        f"must be an age from 0 to {OLDEST}" if aged else "must be a number of nought or more"
                    )
                    raise InvalidInputError(f"EPISODES line {line}, {name}", f"{rule}, not {cell}")


def _number(cell: str) -> float:
    """Return the number of a cell; nought for words and an empty cell, which are no slip of a number."""
    try:
        return float(cell)
    except ValueError:
        return 0.0


def _check_first(place: str, day: date) -> None:
    if day < FIRST_DAY:
        raise InvalidInputError(place, f"must be a day from {FIRST_DAY.year} on, not {day}")


def _check_last(place: str, day: date, plan: StudyPlan) -> None:
    if day > plan.as_of:
        raise InvalidInputError(place, f"must not be in the future: {day} is after {plan.as_of}, today")
    if day > plan.data_cut and not plan.leave_out_later:
        raise InvalidInputError(
            place,
            f"must not be after the data cut: {day} is after {plan.data_cut}. Correct the day, give a later "
            "--data-cut, or leave later days out on purpose with --leave-out-later",
        )


def _placed(data: StudyData, days: Dated) -> Iterator[tuple[str, date]]:
    return ((f"{file} line {data.lines[file][row]}, {name}", day) for file, row, name, day in days)


def _planned(data: StudyData) -> Dated:
    """Return days that may lie in the future: planned ends, and the last day of a gap that is known to end."""
    for row, one in enumerate(data.episodes):
        if one.planned_end is not None:
            yield "EPISODES", row, "planned_end", one.planned_end
    for row, gap in enumerate(data.gaps):
        if gap.end is not None:
            yield "GAPS", row, "end", gap.end


def _happened(data: StudyData) -> Dated:
    """Return the days on which something happened."""
    for row, one in enumerate(data.episodes):
        for name, day in zip(DAYS, DAYS_OF(one), strict=True):
            if day is not None:
                yield "EPISODES", row, name, day
    for row, event in enumerate(data.events):
        yield "EVENTS", row, "date", event.date
    for row, gap in enumerate(data.gaps):
        yield "GAPS", row, "start", gap.start
