"""Public files of counts by police force, read with their faults: every cell without a count has a reason."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.exposure import Period, read_period
from desist_evaluation.result import Result, result

#: Texts in cells without a number, in lower case, and their meaning.
NO_COUNT = {
    "": "blank",
    "n/a": "not available",
    "na": "not available",
    "-": "not available",
    "..": "not available",
    ":": "not available",
    "no data": "not available",
    "c": "suppressed",
    "*": "suppressed",
    "[c]": "suppressed",
    "[x]": "not available",
}
SPREADSHEET_ERROR = re.compile(r"#(DIV/0|REF|N/A|VALUE|NAME\?|NUM|NULL)!?", re.IGNORECASE)
SUPPRESSED = re.compile(r"[<≤]\s*\d+")
TOTALS = {"total", "totals", "all", "all forces", "england and wales", "england", "wales"}
#: A column whose header has one of these words is derived from others and is not a count.
DERIVED = re.compile(r"rate|percent|%|increase|decrease|change|share", re.IGNORECASE)
FINANCIAL = re.compile(r"(?<!\d)(20\d\d)[-/](\d\d)(?!\d)")
MONTHS = re.compile(
    r"(?<![a-z])([a-z]{3})[a-z]*[\s_-]+(?:to[\s_-]+)?([a-z]{3})[a-z]*[\s_-]*(?:20)?(\d\d)(?!\d)", re.I
)
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: A count this large in another period makes a zero a gap in the data (a Poisson mean of 20 gives 0 once in 5e8).
TOO_MANY_FOR_ZERO = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCount:
    """One cell: an area, a period, and a count or the reason why there is none."""

    area: str
    period: Period
    count: int | None
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CountTable:
    """Every cell of a file, and the columns and rows that hold no counts of areas."""

    counts: tuple[AreaCount, ...]
    periods: Mapping[str, Period]
    left_out: tuple[str, ...]

    def of(self, label: str) -> dict[str, AreaCount]:
        """Return the cells of one column by area."""
        checks.choice(field="period", value=label, options=self.periods)
        period = self.periods[label]
        return {entry.area: entry for entry in self.counts if entry.period == period}


def area_name(text: str) -> str:
    """Return an area's name without typing faults: spaces at the ends, doubled spaces, an ampersand."""
    return " ".join(text.replace("&", " and ").split())


def period_of(header: str) -> Period | None:
    """Return the period that a header names: a financial year such as 2019-20, or months such as apr_dec_20."""
    if DERIVED.search(header):
        return None
    if year := FINANCIAL.search(header):
        first = int(year[1])
        if int(year[2]) != (first + 1) % 100:
            return None
        return Period(start=date(first, 4, 1), end=date(first + 1, 3, 31))
    months = MONTHS.search(header)
    if months is None or not {months[1].lower(), months[2].lower()} <= set(NAMES):
        return None
    first, last = (NAMES.index(months[part].lower()) + 1 for part in (1, 2))
    return _months(2000 + int(months[3]), first, last)


def _months(year: int, first: int, last: int) -> Period | None:
    if last < first:
        return None
    after = date(year + last // 12, last % 12 + 1, 1)
    return Period(start=date(year, first, 1), end=date.fromordinal(after.toordinal() - 1))


def read_count(*, field: str, text: str) -> tuple[int | None, str]:
    """Return a cell's count, or None with the reason. Refuses a text that is neither a count nor a known reason."""
    cell = text.strip()
    if cell.lower() in NO_COUNT:
        return None, NO_COUNT[cell.lower()]
    if SPREADSHEET_ERROR.fullmatch(cell):
        return None, f"spreadsheet error {cell}"
    if SUPPRESSED.fullmatch(cell):
        return None, f"suppressed ({cell})"
    try:
        number = float(cell.replace(",", ""))
    except ValueError:
        raise InvalidInputError(
            field, f"must be a count or say that there is none, not {cell!r:.60}"
        ) from None
    return checks.count(field=field, value=number), ""


def read_table(*, text: str, periods: Mapping[str, Sequence[str]] | None = None) -> CountTable:
    """Return counts by area from a CSV text whose first column names areas.

    `periods` (header: first day, last day) overrides what headers say, because a column called 2020/21 may hold nine
    months. Refuses an area twice, two columns of one period, and a file without counts.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if len(rows) < 2:
        raise InvalidInputError("csv", "must have a header and at least one row")
    headers = [header.strip() for header in rows[0]]
    named, left_out = _columns(headers, periods)
    counts: list[AreaCount] = []
    seen: set[str] = set()
    for line, row in enumerate(rows[1:], start=2):
        area = area_name(row[0]) if row else ""
        if not area or area.casefold() in TOTALS:
            left_out.append(f"line {line}: {area or 'blank'}, not an area")
            continue
        if area.casefold() in seen:
            raise InvalidInputError(f"line {line}", f"must not name an area twice: {area:.60}")
        seen.add(area.casefold())
        counts += _row(line, area, row, headers, named)
    if not counts:
        raise InvalidInputError("csv", "must have an area with counts")
    return CountTable(counts=tuple(counts), periods=named, left_out=tuple(left_out))


def _columns(
    headers: list[str], periods: Mapping[str, Sequence[str]] | None
) -> tuple[dict[str, Period], list[str]]:
    """Return the columns that hold counts of a period, and a line for each other one."""
    if periods is None:
        found = {header: period_of(header) for header in headers[1:]}
    else:
        for header in periods:
            checks.choice(field="periods", value=header, options=headers[1:])
        found = {header: _given(header, periods) for header in headers[1:]}
    named = {header: period for header, period in found.items() if period is not None}
    if not named:
        raise InvalidInputError("csv", "must have a column that names a period; name it in periods")
    if len(set(named.values())) < len(named) or len(set(headers)) < len(headers):
        raise InvalidInputError(
            "csv", "must not have two columns of one period; name the columns to read in periods"
        )
    return named, [
        f"column {header or 'without a name'}: no counts of a period"
        for header in headers[1:]
        if header not in named
    ]


def _given(header: str, periods: Mapping[str, Sequence[str]]) -> Period | None:
    if header not in periods:
        return None
    days = checks.sequence(field=f"periods.{header}", value=periods[header], least=2)
    return read_period(field=f"periods.{header}", start=days[0], end=days[1])


def _row(
    line: int, area: str, row: list[str], headers: list[str], named: Mapping[str, Period]
) -> list[AreaCount]:
    if len(row) > len(headers):
        raise InvalidInputError(f"line {line}", f"must have {len(headers)} cells, not {len(row)}")
    cells = dict(zip(headers, [*row, *[""] * (len(headers) - len(row))], strict=True))
    found = {header: read_count(field=f"line {line}, {header}", text=cells[header]) for header in named}
    largest = max((count for count, _ in found.values() if count is not None), default=0)
    return [
        AreaCount(area=area, period=named[header], count=count, note=note)
        for header, (count, note) in ((header, _zero(*cell, largest)) for header, cell in found.items())
    ]


def _zero(count: int | None, note: str, largest: int) -> tuple[int | None, str]:
    """Return the cell of a zero: beside large counts it is a gap in the data, not an absence of stalking."""
    if count == 0 and largest >= TOO_MANY_FOR_ZERO:
        return None, f"zero, but {largest:,} in another period: missing, not none"
    return count, note


def area_counts(
    *, csv: str, periods: Mapping[str, Sequence[str]] | None = None, about: About | None = None
) -> Result:
    """Return the contents of a public per-force file with its faults named. `csv` is the file's text."""
    table = read_table(text=csv, periods=periods)
    areas = {entry.area for entry in table.counts}
    gaps = [entry for entry in table.counts if entry.count is None]
    return result(
        "area_counts",
        inputs={"csv": csv, "periods": {name: str(period) for name, period in table.periods.items()}},
        finding=f"{len(areas):,} areas and {len(table.periods)} periods, {len(table.counts) - len(gaps):,} counts",
        n=len(areas),
        missing=len(gaps),
        warnings=_lengths(table),
        values={
            "periods": [
                {"header": name, "start": str(period.start), "end": str(period.end), "days": period.days}
                for name, period in table.periods.items()
            ],
            "counts": [
                {
                    "area": entry.area,
                    "period_start": str(entry.period.start),
                    "period_end": str(entry.period.end),
                    "count": entry.count,
                    "note": entry.note,
                }
                for entry in table.counts
            ],
            "left_out": table.left_out,
        },
        about=about,
    )


def _lengths(table: CountTable) -> list[str]:
    days = [period.days for period in table.periods.values()]
    if max(days) - min(days) > 1:
        return [f"The periods are from {min(days)} to {max(days)} days long: compare rates, never counts."]
    return []
