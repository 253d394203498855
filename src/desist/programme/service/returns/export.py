"""A return as a table: in words for a page, or as a file for any spreadsheet; whole, or fit to hand on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

import desist_evaluation as evaluation
from desist import codes
from desist.programme.agreement.states import State as AgreementState
from desist.programme.agreement.states import WithdrawalReason
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.service.returns.counting import NOT_SAID, Days, Line
from desist.programme.service.returns.definitions import Edition
from desist.programme.service.returns.facts import Period
from desist.programme.sessions.states import Whose
from desist.referral import lists
from desist.ui import dates, spreadsheets

COLUMNS = (
    *("return", "title", "figure", "category", "numerator", "denominator", "percent", "missing"),
    *("median_days", "lower_quartile_days", "upper_quartile_days", "period_from", "period_to", "counted_on"),
    *("area", "small_numbers", "definitions", "counts", "out_of", "missing_means", "leaves_out", "source"),
)
#: part -> the words of its codes
WORDS: dict[str, dict[str, str]] = {
    "By who referred": {code: str(words) for code, words in lists.Referrer.choices},
    "By legal route": {code: str(words) for code, words in codes.Route.choices},
    "Not accepted, by outcome": {code: str(words) for code, words in State.choices},
    "Declined, by reason": {code: str(words) for code, words in DeclineReason.choices},
    "By answer": {code: str(words) for code, words in AgreementState.choices},
    "Withdrew, by reason": {code: str(words) for code, words in WithdrawalReason.choices},
    "Missed, by who was responsible": {**{code: str(w) for code, w in Whose.choices}, NOT_SAID: "Not said"},
}
WITHHELD = "withheld"
WHOLE, FIT = "shown, for use within the service", "from 1 to 9 withheld, and others with them"


@dataclass(frozen=True)
class Figure:
    """One line in words. A number that may not be handed on is None, and so is everything derived from it."""

    id: str
    part: str
    category: str
    numerator: int | None
    denominator: int | None
    missing: int | None
    days: Days | None

    @property
    def percent(self) -> str:
        """ "57.1", or "" where there is nothing to divide by or a number is withheld."""
        if not self.denominator or self.numerator is None:
            return ""
        return f"{100 * self.numerator / self.denominator:.1f}"


def whole(lines: Iterable[Line]) -> tuple[Figure, ...]:
    """Return every figure as it was counted."""
    return tuple(_figure(line, line.numerator, line.denominator, line.missing) for line in lines)


def fit_to_hand_on(lines: Sequence[Line]) -> tuple[Figure, ...]:
    """Return the figures with small numbers withheld, and with them whatever gives one away, table by table."""
    parts = groupby(lines, key=lambda line: (line.of, line.part))
    return tuple(figure for _, of_part in parts for figure in _fit(list(of_part)))


def as_csv(
    figures: Iterable[Figure], *, edition: Edition, period: Period, area: str, cut: date, fit: bool
) -> bytes:
    """Return a line a figure, each with its period and its definition beside it."""
    rows = _rows(figures, edition=edition, period=period, area=area, cut=cut, fit=fit)
    return spreadsheets.as_csv(COLUMNS, rows)


def title(period: Period) -> str:
    """ "1 July 2026 to 30 September 2026"."""
    return f"{dates.on(period.first)} to {dates.on(period.last)}"


def _rows(
    figures: Iterable[Figure], *, edition: Edition, period: Period, area: str, cut: date, fit: bool
) -> Iterator[list[object]]:
    for one in figures:
        said, days = edition.of(one.id), one.days
        quarters = [days.median, days.lower, days.upper] if days else [None, None, None]
        numbers = [one.numerator, one.denominator]
        yield [
            *(one.id, said.title, one.part, one.category),
            *(WITHHELD if number is None else number for number in numbers),
            one.percent,
            WITHHELD if one.missing is None else one.missing,
            *("" if value is None else f"{value:g}" for value in quarters),
            *(period.first.isoformat(), period.last.isoformat(), cut.isoformat(), area),
            *(FIT if fit else WHOLE, edition.version),
            *(said.counted, said.of, said.missing, said.leaves_out, said.source),
        ]


def _figure(line: Line, numerator: int | None, denominator: int | None, missing: int | None) -> Figure:
    shown = line.days if None not in {numerator, denominator, missing} else None
    category = WORDS[line.part].get(line.category, line.category) if line.category else ""
    return Figure(line.of, line.part, category, numerator, denominator, missing, shown)


def _fit(lines: list[Line]) -> list[Figure]:
    """Return one table: its lines are rows, each as those counted, the others of the denominator, and those missing."""
    if lines[0].category:  # the categories of one whole: a column, with its sum
        table = [[line.numerator] for line in lines]
        released = _released(table)
        total = None if any(cells[0] is None for cells in released) else lines[0].denominator
        return [
            _figure(line, cells[0], total, line.missing) for line, cells in zip(lines, released, strict=True)
        ]
    found = []
    for line in lines:
        cells = [line.numerator, line.denominator - line.numerator, line.missing]
        counted, others, missing = _released([cells])[0]
        whole = None if counted is None or others is None else counted + others
        found.append(_figure(line, counted, whole, missing))
    return found


def _released(table: list[list[int]]) -> list[list[int | None]]:
    """Return a table as it may leave: zero reveals no person; 1 to 9 and what gives them away is withheld."""
    released = evaluation.suppress(table=table, zeros=False).values["table"]
    return cast("list[list[int | None]]", released)
