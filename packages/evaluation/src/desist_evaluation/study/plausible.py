"""The refusal of impossible values, with the row they stand in: they are slips, and a slip moves a figure."""

import math
import re
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.episodes import DAYS, ordinals
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.plan import StudyPlan

#: The earliest day of birth in a study; a spreadsheet writes 1900-01-00 for an empty cell.
FIRST_DAY = date(1950, 1, 1)
OLDEST = 120
AGE = re.compile(r"\b(age|aged)\b", re.IGNORECASE)
COUNTED = re.compile(r"\b(number|count|previous|prior)\b", re.IGNORECASE)
#: file, column, and its days as ordinals (0: there is none)
Columns = Iterator[tuple[str, str, NDArray[np.int64]]]


def refuse_implausible(data: StudyData, plan: StudyPlan) -> None:
    """Refuse impossible ages and counts, days before 1950, and days that had not come when the data were taken."""
    _check_numbers(data)
    days = data.episodes.days
    for row in _rows((days["planned_end"] > 0) & (days["planned_end"] < days["start"])):
        one = data.episodes[row]
        raise InvalidInputError(
            f"{_line(data, 'EPISODES', row)}, planned_end",
            f"must not be before start ({one.planned_end} and {one.start})",
        )
    first, cut = FIRST_DAY.toordinal(), plan.data_cut.toordinal()
    for file, name, column in _planned(data):
        for row in _rows((column > 0) & (column < first)):
            _check_first(f"{_line(data, file, row)}, {name}", date.fromordinal(int(column[row])))
    for file, name, column in _happened(data):
        for row in _rows((column > 0) & ((column < first) | (column > cut))):
            place, day = f"{_line(data, file, row)}, {name}", date.fromordinal(int(column[row]))
            _check_first(place, day)
            _check_last(place, day, plan)


def _rows(wrong: NDArray[np.bool_]) -> list[int]:
    rows: list[int] = np.flatnonzero(wrong).tolist()
    return rows


def _line(data: StudyData, file: str, row: int) -> str:
    return f"{file} line {data.lines[file][row]}"


def _check_numbers(data: StudyData) -> None:
    for column, cells in data.covariates.items():
        name = column.replace("_", " ")
        aged, counted = AGE.search(name) is not None, COUNTED.search(name) is not None
        if aged or counted:
            most = OLDEST if aged else math.inf
            for cell in dict.fromkeys(cells):
                if not 0 <= _number(cell) <= most:
                    rule = (
                        f"must be an age from 0 to {OLDEST}" if aged else "must be a number of nought or more"
                    )
                    line = _line(data, "EPISODES", cells.index(cell))
                    raise InvalidInputError(f"{line}, {name}", f"{rule}, not {cell}")


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


def _planned(data: StudyData) -> Columns:
    """Return days that may lie in the future: planned ends, and the last day of a gap that is known to end."""
    yield "EPISODES", "planned_end", data.episodes.days["planned_end"]
    yield "GAPS", "end", ordinals([gap.end for gap in data.gaps])


def _happened(data: StudyData) -> Columns:
    """Return the days on which something happened."""
    for name in DAYS:
        yield "EPISODES", name, data.episodes.days[name]
    yield "EVENTS", "date", ordinals([event.date for event in data.events])
    yield "GAPS", "start", ordinals([gap.start for gap in data.gaps])
