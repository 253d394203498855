"""How often the chronicle's sentences about a direction are right, on made-up courses whose direction is known.

Prints the table of docs/methods/chronicle/trend.md. Every course has its own fixed seed, so a repetition gives the
same table.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.analysis.before_after import before_after
from desist_chronicle.analysis.over_time import over_time, sentences
from desist_chronicle.occasions import Occasions, group
from desist_chronicle.period import Period

COURSES, DAYS = 300, 182
_FIRST = date(2024, 1, 1)
_MICROSECONDS_A_DAY = 86_400_000_000
#: share of contact in each hour of the day: most in the evening
_HOURS = np.array([2, 2, 1, 1, 1, 1, 3, 7, 10, 10, 10, 10, 12, 10, 10, 10, 13, 20, 30, 35, 40, 40, 30, 15])
_ROW = np.dtype([("utc", "<i8"), ("local", "<i8"), ("seq", "<u4"), ("source", "<u4")])
RIGHT, WRONG, SILENT = "right", "wrong", "silent"

Rates = NDArray[np.float64]
Chance = np.random.Generator


@dataclass(frozen=True)
class Cell:
    """A kind of course: its true direction (1, -1, or 0), its rates by day, and how many contacts come at once."""

    name: str
    direction: int
    rates: Callable[[Chance], Rates]
    cluster: int = 1


def _line(first: float, last: float) -> Callable[[Chance], Rates]:
    return lambda _: np.linspace(first, last, DAYS)


def _bursts(number: int, days: int, high: float, low: float) -> Callable[[Chance], Rates]:
    """Return rates with a number of bursts of `days` days, each anywhere in the period."""

    def rates(chance: Chance) -> Rates:
        found = np.full(DAYS, low)
        for first in chance.integers(0, DAYS - days, number):
            found[first : first + days] = high
        return found

    return rates


CELLS = (
    Cell("rising, 0.2 to 0.6 a day", 1, _line(0.2, 0.6)),
    Cell("rising, 0.5 to 2 a day", 1, _line(0.5, 2)),
    Cell("rising, 2 to 10 a day", 1, _line(2, 10)),
    Cell("rising, 3 to 15 a day", 1, _line(3, 15)),
    Cell("rising, 1 to 10 a day, about twenty at once", 1, _line(1, 10), cluster=20),
    Cell("falling, 0.6 to 0.2 a day", -1, _line(0.6, 0.2)),
    Cell("falling, 2 to 0.5 a day", -1, _line(2, 0.5)),
    Cell("falling, 10 to 2 a day", -1, _line(10, 2)),
    Cell("falling, 10 to 1 a day, about twenty at once", -1, _line(10, 1), cluster=20),
    Cell("flat, 0.2 a day", 0, _line(0.2, 0.2)),
    Cell("flat, 2 a day", 0, _line(2, 2)),
    Cell("flat, 4 a day, about twenty at once", 0, _line(4, 4), cluster=20),
    Cell("bursty, ten bursts of three days", 0, _bursts(10, 3, 8, 0.2)),
    Cell("bursty, six bursts of a week", 0, _bursts(6, 7, 8, 0.2)),
    Cell("bursty, three bursts of two weeks", 0, _bursts(3, 14, 8, 0.2)),
    Cell("saturated, rising 20 to 60 a day", 1, _line(20, 60)),
    Cell("saturated, falling 60 to 20 a day", -1, _line(60, 20)),
    Cell("saturated, flat, 30 a day", 0, _line(30, 30)),
)


def clocks(*, cell: Cell, seed: int) -> NDArray[np.int64]:
    """Return the wall clocks of a course's contacts, in microseconds and in order."""
    chance = np.random.default_rng([CELLS.index(cell), seed])
    begun = chance.poisson(cell.rates(chance) / cell.cluster)
    days = np.repeat(np.arange(DAYS), begun)
    hours = chance.choice(24, len(days), p=_HOURS / _HOURS.sum())
    starts = (days + (hours + chance.random(len(days))) / 24) * _MICROSECONDS_A_DAY
    if cell.cluster > 1:
        sizes = chance.geometric(1 / cell.cluster, len(days))
        starts = np.repeat(starts, sizes) + chance.uniform(0, _MICROSECONDS_A_DAY / 16, int(sizes.sum()))
    whole = np.minimum(np.sort(starts), DAYS * _MICROSECONDS_A_DAY - 1).astype(np.int64)
    return np.asarray(whole + (_FIRST - date(1970, 1, 1)).days * _MICROSECONDS_A_DAY)


def said(*, local: NDArray[np.int64]) -> tuple[str, str]:
    """Return every sentence about such a course: over time, and before and after its middle."""
    occasions, days = _occasions(local), local // _MICROSECONDS_A_DAY
    period = Period(first=_FIRST, last=_FIRST + timedelta(days=DAYS - 1))
    middle = _FIRST + timedelta(days=DAYS // 2)
    trend = sentences(over_time(occasions=occasions, contact_days=days, period=period))
    compared = before_after(occasions=occasions, contact_days=days, period=period, day=middle)
    return " ".join(trend), " ".join(compared)


def _occasions(local: NDArray[np.int64]) -> Occasions:
    rows = np.zeros(len(local), dtype=_ROW)
    rows["utc"] = rows["local"] = local
    return group(rows=rows, chosen=np.ones(len(local), dtype=np.bool_))


def answer(*, words: str, direction: int) -> str:
    """Return whether the sentences are right; any wrong one makes all of them wrong."""
    more = "became more frequent" in words or "it rose." in words.replace("say it rose", "")
    less = "became less frequent" in words or "it fell." in words.replace("say it fell", "")
    given = {sign for sign, is_said in ((1, more), (-1, less)) if is_said}
    if not given:
        return SILENT
    return RIGHT if given == {direction} else WRONG


def answers(*, cell: Cell, courses: int) -> tuple[Counter[str], Counter[str]]:
    """Count the answers over time and before and after."""
    both: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for seed in range(courses):
        for counted, words in zip(both, said(local=clocks(cell=cell, seed=seed)), strict=True):
            counted[answer(words=words, direction=cell.direction)] += 1
    return both


def row(*, cell: Cell, courses: int = COURSES) -> str:
    """Return a cell's line of the table, in per cent."""
    found = [
        f"{100 * counted[kind] / courses:.1f}"
        for counted in answers(cell=cell, courses=courses)
        for kind in (RIGHT, WRONG, SILENT)
    ]
    return f"| {cell.name} | {' | '.join(found)} |"


def report(*, print_line: Callable[[str], Any] = print, courses: int = COURSES) -> bool:
    """Print the table; return whether at most one answer in a hundred over time is wrong, and none is reversed."""
    print_line("| course | right | wrong | silent | right | wrong | silent |")
    print_line("|---|--:|--:|--:|--:|--:|--:|")
    holds = True
    for cell in CELLS:
        line = row(cell=cell, courses=courses)
        print_line(line)
        over_time_wrong, compared_wrong = (float(line.split("|")[column]) for column in (3, 6))
        holds &= over_time_wrong <= 1 and (cell.direction == 0 or compared_wrong == 0)
    return holds
