"""The ends of people's times: the counts from which every curve and test of time to an event starts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
#: One value a person: a list, where None is missing, or an array.
Column = Sequence[float | None] | NDArray[np.generic]


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeTable:
    """Distinct times in order; at each the people still at risk and how many ended there, by code.

    `ended` has a row a time and a column a code (0 censored, 1 the event, 2 and on what competes with it); `events`
    are the ends that are not censoring.
    """

    times: Floats
    at_risk: Integers
    ended: Integers
    events: Integers

    @classmethod
    def of(cls, *, times: Floats, ended: Integers) -> Self:
        """The table of the ends at each time: everyone who ends later is at risk before."""
        leaving = ended @ np.ones(ended.shape[1], dtype=np.int64)
        left = np.cumsum(leaving[::-1])[::-1]
        return cls(times=times, at_risk=left, ended=ended, events=leaving - ended[:, 0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Ends:
    """Times and event codes as arrays of equal length, the last time, and how many people were left out as missing."""

    times: np.ndarray
    codes: np.ndarray
    last: float
    missing: int


def read_times(t: object, e: object, *, name: str = "e", codes: int = 2) -> Ends:
    """The ends of everyone whose time and event are known.

    A missing value is None (null); NaN, a negative time and a code outside 0 to codes - 1 are refused.
    """
    times, ends = _array("t", t), _array(name, e)
    if len(times) != len(ends):
        raise InvalidInputError(name, f"must be as long as t ({len(ends)} and {len(times)})")
    missing = 0
    if "O" in {times.dtype.kind, ends.dtype.kind}:
        times, ends, missing = _without_missing(times, ends, name)
    last = _highest("t", times)
    times = _whole(times, last)
    _check_codes(name, ends, codes - 1)
    whole = ends if ends.dtype.kind in "iu" else ends.astype(np.int64)
    return Ends(times=times, codes=whole, last=last, missing=missing)


def _array(field: str, value: object) -> np.ndarray:
    checks.sequence(field=field, value=value)
    try:
        found = value if isinstance(value, np.ndarray) else np.array(value)
    except ValueError:
        found = np.empty((0, 0))
    if found.ndim != 1:
        raise InvalidInputError(field, "must be a flat list")
    if found.dtype.kind not in "biufO":
        raise InvalidInputError(field, "must hold numbers")
    return found.view(np.uint8) if found.dtype.kind == "b" else found


def _without_missing(times: np.ndarray, ends: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray, int]:
    kept = [row for row in range(len(times)) if times[row] is not None and ends[row] is not None]
    if not kept:
        raise InvalidInputError("t", "must have at least one person whose time and event are known")
    numbers = [
        [checks.number(field=f"{field}[{row}]", value=column[row]) for row in kept]
        for field, column in (("t", times), (name, ends))
    ]
    return np.array(numbers[0]), np.array(numbers[1]), len(times) - len(kept)


def _whole(times: np.ndarray, last: float) -> np.ndarray:
    """Return days written with a decimal point as whole numbers, which can be counted."""
    if times.dtype.kind != "f" or last > np.iinfo(np.int32).max:
        return times
    days = times.astype(np.int64)
    return days if (days == times).all() else times


def _check_codes(field: str, values: np.ndarray, most: int) -> None:
    fractions = values.dtype.kind == "f" and (values != np.floor(values)).any()
    if _highest(field, values) > most or fractions:
        raise InvalidInputError(field, f"must be a whole number from 0 to {most}")


def _highest(field: str, values: np.ndarray) -> float:
    """The largest value, once it is known that all are finite and none is negative.

    Read without their sign, negative whole numbers are the largest ones: a single pass finds both.
    """
    if values.dtype.kind == "i":
        high = values.view(f"u{values.dtype.itemsize}").max()
        negative = high > np.iinfo(values.dtype).max
    else:
        high, negative = values.max(), values.min() < 0
    if not math.isfinite(high):
        raise InvalidInputError(
            field, "must hold finite numbers; write a missing value as null, never as NaN"
        )
    if negative:
        raise InvalidInputError(field, f"must not be negative, not {values.min():g}: an end before the start")
    return float(high)


#: People counted at a time: their codes fit the processor's cache.
BLOCK = 65_536


def count_codes(times: np.ndarray, ends: np.ndarray, codes: int, last: int) -> Integers:
    """Count the people who ended on each day (a row a day from 0 to the last) with each code (a column a code)."""
    bits = (codes - 1).bit_length()
    counts = np.zeros((last + 1) << bits, dtype=np.int64)
    block = np.empty(min(BLOCK, len(times)), dtype=np.int64)
    for start in range(0, len(times), BLOCK):
        part = times[start : start + BLOCK]
        places = np.left_shift(part, bits, out=block[: len(part)])
        places += ends[start : start + BLOCK]
        counts += np.bincount(places, minlength=len(counts))
    return counts.reshape(-1, 1 << bits)[:, :codes]


def life_table(ends: Ends, codes: int = 2) -> LifeTable:
    """Count the people who ended at each time. Whole-numbered times are counted in one pass, others are sorted."""
    if ends.times.dtype.kind in "iu" and ends.last <= 100_000 + 4 * len(ends.times):
        counts = count_codes(ends.times.astype(np.int64, copy=False), ends.codes, codes, int(ends.last))
        distinct = np.flatnonzero(counts @ np.ones(codes, dtype=np.int64))
        ended = counts[distinct]
    else:
        distinct, place = np.unique(ends.times, return_inverse=True)
        ended = np.bincount(place * codes + ends.codes, minlength=len(distinct) * codes).reshape(-1, codes)
    return LifeTable.of(times=distinct.astype(float), ended=ended)


def people_at_risk(table: LifeTable, wanted: Floats) -> Integers:
    """Return how many people were still followed just before each wanted time."""
    place = np.searchsorted(table.times, wanted, side="left")
    return np.append(table.at_risk, 0)[place]
