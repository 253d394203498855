"""The people at baseline: a column an arm, and the differences between the arms."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title
from desist_evaluation.study.tables import Cell, Table, digits, percent

#: A standardised difference above this says that the arms were not alike.
ALIKE = 0.1
#: A column of words with more than this many is not a characteristic but a text.
MOST_LEVELS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A covariate's known values by arm: numbers, or the words of a category."""

    name: str
    numbers: tuple[NDArray[np.float64], ...] | None
    words: tuple[tuple[str, ...], ...]
    missing: tuple[int, ...]


def read_column(name: str, cells: Sequence[str], arms: Sequence[str], of: Sequence[str]) -> Column:
    """Return a column split by arm. It is numeric where every cell that is not empty is a finite number."""
    split = [[cell for cell, arm in zip(cells, of, strict=True) if arm == wanted] for wanted in arms]
    known = tuple(tuple(cell for cell in part if cell) for part in split)
    missing = tuple(len(part) - len(rest) for part, rest in zip(split, known, strict=True))
    return Column(name=name, numbers=_numbers(known), words=known, missing=missing)


def _numbers(known: Sequence[Sequence[str]]) -> tuple[NDArray[np.float64], ...] | None:
    try:
        arrays = tuple(np.array([float(cell) for cell in part]) for part in known)
    except ValueError:
        return None
    finite = all(np.isfinite(part).all() for part in arrays)
    return arrays if finite and any(len(part) for part in arrays) else None


def difference(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """The difference of two means over the pooled standard deviation; None where it has no value."""
    if min(len(first), len(second)) < 2:
        return None
    spread = math.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    return float(first.mean() - second.mean()) / spread if spread > 0 else None


def share_difference(first: float, second: float) -> float | None:
    """The standardised difference of two proportions."""
    spread = math.sqrt((first * (1 - first) + second * (1 - second)) / 2)
    return (first - second) / spread if spread > 0 else None


def baseline_table(data: StudyData) -> Table:
    """Mean and standard deviation, or count and per cent, by arm; with two arms the standardised difference."""
    arms = data.arms
    of = data.episodes.words["arm"]
    sizes = [of.count(arm) for arm in arms]
    columns = [read_column(name, cells, arms, of) for name, cells in data.covariates.items()]
    columns.append(read_column("area", data.episodes.words["area"], arms, of))
    rows: list[tuple[Cell, ...]] = [("People", *(cell for size in sizes for cell in (size, "")))]
    notes = ["Numbers: mean and standard deviation. Categories: count and per cent of those known."]
    for column in columns:
        levels = sorted({word for part in column.words for word in part})
        if column.numbers is None and len(levels) > MOST_LEVELS:
            notes.append(f"{column.name} has {len(levels)} different values and is not shown.")
        elif levels:
            rows += _number_rows(column) if column.numbers else _word_rows(column, levels)
        if any(column.missing):
            rows.append((f"{column.name}: not recorded", *_pairs(column.missing, sizes)))
    two = len(arms) == 2
    if two:
        notes.append(f"A standardised difference above {ALIKE} either way: the arms were not alike on this.")
    width = 1 + 2 * len(arms)
    headers = [part for arm in arms for part in (arm_title(arm), f"{arm_title(arm)}, SD or %")]
    return Table(
        name="baseline",
        title="Who they were before",
        columns=("Characteristic", *headers, *(["Standardised difference"] if two else [])),
        rows=tuple((*row[:width], *([_last(row, width)] if two else [])) for row in rows),
        notes=tuple(notes),
    )


def _last(row: tuple[Cell, ...], width: int) -> Cell:
    return row[width] if len(row) > width else ""


def _pairs(counts: Sequence[int], sizes: Sequence[int]) -> list[Cell]:
    return [
        cell
        for count, size in zip(counts, sizes, strict=True)
        for cell in (count, percent(count / size) if size else None)
    ]


def _number_rows(column: Column) -> list[tuple[Cell, ...]]:
    parts = column.numbers or ()
    cells: list[Cell] = [column.name]
    for part in parts:
        cells += [
            digits(float(part.mean())) if len(part) else None,
            digits(float(part.std(ddof=1))) if len(part) > 1 else None,
        ]
    if len(parts) == 2:
        cells.append(digits(difference(parts[0], parts[1])))
    return [tuple(cells)]


def _word_rows(column: Column, levels: Sequence[str]) -> list[tuple[Cell, ...]]:
    rows = []
    for level in levels:
        counts = [part.count(level) for part in column.words]
        sizes = [len(part) for part in column.words]
        cells: list[Cell] = [f"{column.name}: {level}", *_pairs(counts, sizes)]
        if len(counts) == 2 and all(sizes):
            cells.append(digits(share_difference(counts[0] / sizes[0], counts[1] / sizes[1])))
        rows.append(tuple(cells))
    return rows
