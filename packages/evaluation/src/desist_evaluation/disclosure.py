"""Tables that may leave: small counts withheld, and others too, so that a reader cannot subtract the way back."""

from collections.abc import Mapping, Sequence

import numpy as np

from desist_evaluation import checks
from desist_evaluation.cell_suppression import Counts, Mask, with_totals, withheld
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Result, result

#: The Office for National Statistics' longitudinal study and UK LLC withhold counts below ten, zero included.
THRESHOLD = 10
MOST_CELLS = 20_000


def read_counts(*, field: str, value: object) -> Counts:
    """Return a table of counts: rows of equal length, whole numbers that are not negative."""
    rows = checks.sequence(field=field, value=value)
    read = [
        [
            checks.count(field=f"{field}[{row}][{column}]", value=cell)
            for column, cell in enumerate(checks.sequence(field=f"{field}[{row}]", value=cells))
        ]
        for row, cells in enumerate(rows)
    ]
    if len({len(cells) for cells in read}) != 1:
        raise InvalidInputError(field, "must have rows of equal length")
    if len(read) * len(read[0]) > MOST_CELLS:
        raise InvalidInputError(field, f"must have at most {MOST_CELLS:,} cells")
    return np.array(read, dtype=np.int64)


def _read_history(value: object, shape: tuple[int, ...]) -> tuple[Counts, Mask]:
    """Return the counts of the last earlier release with their totals, and the cells that any release withheld."""
    last, hidden = np.zeros(shape, dtype=np.int64), np.zeros((shape[0] + 1, shape[1] + 1), dtype=bool)
    for place, item in enumerate(checks.sequence(field="history", value=value, least=0)):
        field = f"history[{place}]"
        if not isinstance(item, Mapping) or not {"counts", "released"} <= set(item):
            raise InvalidInputError(field, "must be an object with counts and what suppress gave as released")
        counts = read_counts(field=f"{field}.counts", value=item["counts"])
        _check_growth(field=f"{field}.counts", earlier=last, later=counts)
        last = counts
        hidden |= _read_released(f"{field}.released", item["released"], hidden.shape)
    return with_totals(last), hidden


def _check_growth(*, field: str, earlier: Counts, later: Counts) -> None:
    if earlier.shape != later.shape:
        raise InvalidInputError(field, "must have the rows and columns of the other releases")
    fallen = np.argwhere(later < earlier)
    if len(fallen):
        row, column = fallen[0].tolist()
        raise InvalidInputError(
            field,
            f"must not be below an earlier release (row {row}, column {column}): counts of a series add up. "
            "Begin a new series after a correction",
        )


def _read_released(field: str, value: object, shape: tuple[int, ...]) -> Mask:
    """Return which cells of an earlier release were withheld, totals included."""
    rows = checks.sequence(field=field, value=value)
    cells = [list(checks.sequence(field=field, value=row)) for row in rows]
    if len(cells) != shape[0] or any(len(row) != shape[1] for row in cells):
        raise InvalidInputError(field, f"must have {shape[0]} rows and {shape[1]} columns, totals included")
    return np.array([[cell is None for cell in row] for row in cells])


def _unpublished(shape: tuple[int, ...]) -> Mask:
    """Return the totals that would only repeat the one row or the one column."""
    hidden = np.zeros(shape, dtype=bool)
    if shape[0] == 2:
        hidden[-1, :-1] = True
    if shape[1] == 2:
        hidden[:-1, -1] = True
    return hidden


def suppress(
    *,
    table: Sequence[Sequence[int]],
    threshold: int = THRESHOLD,
    rounding: int = 1,
    zeros: bool = True,
    history: Sequence[Mapping[str, object]] = (),
    about: About | None = None,
) -> Result:
    """Return the table as it may be released, with totals; withheld cells are None.

    Counts below `threshold` are withheld (zeros too, unless `zeros` is false), then other cells and totals, until each
    could be larger by `threshold` for all that is published, also to a reader who knows any one other row. `history`
    holds the earlier releases of the same growing counts (`counts`, and `released` from here): their differences are
    protected like a table, and a withheld cell stays withheld. `rounding` rounds the released numbers to a multiple,
    so that totals do not add up exactly. The result and its input hash use no withheld count.
    """
    counts = read_counts(field="table", value=table)
    least = checks.count(field="threshold", value=threshold, least=1)
    base = checks.count(field="rounding", value=rounding, least=1)
    empty = checks.flag(field="zeros", value=zeros)
    earlier, before = _read_history(history, counts.shape)
    _check_growth(field="table", earlier=earlier[:-1, :-1], later=counts)
    now = with_totals(counts)
    sensitive = _small(now, least, zeros=empty) | _small(now - earlier, least, zeros=empty)
    hidden = withheld(
        values=now - earlier, sensitive=sensitive, hidden=before | _unpublished(now.shape), need=least
    )
    released = [
        [None if withhold else _rounded(value, base) for value, withhold in zip(row, mask, strict=True)]
        for row, mask in zip(now.tolist(), hidden.tolist(), strict=True)
    ]
    kept, cells = int((~hidden[:-1, :-1]).sum()), counts.size
    return result(
        "suppress",
        inputs={"released": released, "threshold": least, "rounding": base, "zeros": empty},
        finding=f"{kept:,} of {cells:,} cells may be released at a threshold of {least}",
        warnings=_warnings(base, kept),
        values={**_parts(released), "withheld": cells - kept},
        about=about,
    )


def _parts(released: list[list[int | None]]) -> dict[str, object]:
    """Return the released part, whole and as table and totals."""
    return {
        "released": released,
        "table": [row[:-1] for row in released[:-1]],
        "row_totals": [row[-1] for row in released[:-1]],
        "column_totals": released[-1][:-1],
        "total": released[-1][-1],
    }


def _small(values: Counts, threshold: int, *, zeros: bool) -> Mask:
    small: Mask = values < threshold
    return small if zeros else small & (values > 0)


def _rounded(value: int, base: int) -> int:
    return base * ((value + base // 2) // base)


def _warnings(base: int, kept: int) -> list[str]:
    warnings = ["Percentages, means and charts of withheld cells are withheld too."]
    if base > 1:
        warnings.append(f"Released counts are rounded to {base}, so totals need not add up.")
    if not kept:
        warnings.append("Nothing may be released at this threshold: join categories or wait for more people.")
    return warnings
