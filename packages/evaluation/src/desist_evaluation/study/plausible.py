"""The refusal of impossible values, with the row they stand in: they are slips, and a slip moves a figure."""

import re
from collections.abc import Iterator
from datetime import date

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.plan import StudyPlan

#: The earliest day of birth in a study; a spreadsheet writes 1900-01-00 for an empty cell.
FIRST_DAY = date(1950, 1, 1)
OLDEST = 120
AGE = re.compile(r"\b(age|aged)\b", re.IGNORECASE)
COUNTED = re.compile(r"\b(number|count|previous|prior)\b", re.IGNORECASE)
Dated = Iterator[tuple[str, date]]


def refuse_implausible(data: StudyData, plan: StudyPlan) -> None:
    """Refuse impossible ages and counts, days before 1950, and days that had not come when the data were taken."""
    for name, cells in data.covariates.items():
        for line, cell in zip(data.lines["EPISODES"], cells, strict=True):
            _check_number(f"EPISODES line {line}, {name.replace('_', ' ')}", name.replace("_", " "), cell)
    for row, one in enumerate(data.episodes):
        if one.planned_end and one.start and one.planned_end < one.start:
            raise InvalidInputError(
                f"EPISODES line {data.lines['EPISODES'][row]}, planned_end",
                f"must not be before start ({one.planned_end} and {one.start})",
            )
    for place, day in _planned(data):
        _check_first(place, day)
    for place, day in _happened(data):
        _check_first(place, day)
        _check_last(place, day, plan)


def _check_number(place: str, name: str, cell: str) -> None:
    try:
        value = float(cell)
    except ValueError:
        return
    if AGE.search(name) and not 0 <= value <= OLDEST:
        raise InvalidInputError(place, f"must be an age from 0 to {OLDEST}, not {cell}")
    if COUNTED.search(name) and value < 0:
        raise InvalidInputError(place, f"must be a number of nought or more, not {cell}")


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


def _placed(data: StudyData, file: str, days: Iterator[tuple[int, str, date | None]]) -> Dated:
    return (
        (f"{file} line {data.lines[file][row]}, {name}", day) for row, name, day in days if day is not None
    )


def _planned(data: StudyData) -> Dated:
    """Return days that may lie in the future: planned ends, and the last day of a gap that is known to end."""
    yield from _placed(
        data, "EPISODES", ((row, "planned_end", one.planned_end) for row, one in enumerate(data.episodes))
    )
    yield from _placed(data, "GAPS", ((row, "end", gap.end) for row, gap in enumerate(data.gaps)))


def _happened(data: StudyData) -> Dated:
    """Return the days on which something happened."""
    yield from _placed(
        data,
        "EPISODES",
        (
            (row, name, getattr(one, name))
            for row, one in enumerate(data.episodes)
            for name in ("referral", "eligible", "start", "end")
        ),
    )
    yield from _placed(data, "EVENTS", ((row, "date", event.date) for row, event in enumerate(data.events)))
    yield from _placed(data, "GAPS", ((row, "start", gap.start) for row, gap in enumerate(data.gaps)))
