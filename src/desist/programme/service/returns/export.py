"""A return as a table: in words for a page, or as a file for any spreadsheet; whole, for use within the service."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

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
WHOLE = "shown, for use within the service"


@dataclass(frozen=True)
class Figure:
    """One line in words."""

    id: str
    part: str
    category: str
    numerator: int
    denominator: int
    missing: int
    days: Days | None

    @property
    def percent(self) -> str:
        """ "57.1", or "" where there is nothing to divide by."""
        return "" if not self.denominator else f"{100 * self.numerator / self.denominator:.1f}"


def whole(lines: Iterable[Line]) -> tuple[Figure, ...]:
    """Return every figure as it was counted."""
    return tuple(_figure(line) for line in lines)


def as_csv(figures: Iterable[Figure], *, edition: Edition, period: Period, area: str, cut: date) -> bytes:
    """Return a line a figure, each with its period and its definition beside it."""
    rows = _rows(figures, edition=edition, period=period, area=area, cut=cut)
    return spreadsheets.as_csv(COLUMNS, rows)


def title(period: Period) -> str:
    """ "1 July 2026 to 30 September 2026"."""
    return f"{dates.on(period.first)} to {dates.on(period.last)}"


def _rows(
    figures: Iterable[Figure], *, edition: Edition, period: Period, area: str, cut: date
) -> Iterator[list[object]]:
    for one in figures:
        said, days = edition.of(one.id), one.days
        quarters = [days.median, days.lower, days.upper] if days else [None, None, None]
        yield [
            *(one.id, said.title, one.part, one.category),
            *(one.numerator, one.denominator),
            one.percent,
            one.missing,
            *("" if value is None else f"{value:g}" for value in quarters),
            *(period.first.isoformat(), period.last.isoformat(), cut.isoformat(), area),
            *(WHOLE, edition.version),
            *(said.counted, said.of, said.missing, said.leaves_out, said.source),
        ]


def _figure(line: Line) -> Figure:
    category = WORDS[line.part].get(line.category, line.category) if line.category else ""
    return Figure(line.of, line.part, category, line.numerator, line.denominator, line.missing, line.days)
