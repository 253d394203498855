"""What measures and goals say of those who left, and what error alone would make of the measures. Pure."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desist.instruments import library
from desist.instruments.model import Norms
from desist.returns.definitions import Edition, Table
from desist.returns.figures import Figures, Span
from desist.returns.quarters import Quarter
from desist.ui.fields import inside_sentence

#: the people of whom measures and goals are told: they had attended session 1, and their place ended
LEFT = "left.started"
VERDICTS = ("improved", "same", "worse")
APART = "apart"
TO_THE_MEAN = (
    "People mostly come when they feel worst, and many feel better later whatever anyone does "
    "(regression to the mean). That comes on top of error, and no number here says how much it is."
)

#: what is drawn: words and number, None where it is withheld
Bars = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Outcomes:
    """The measures and goals of those who left: `rows` are the numbers of each form, `by_error` sentences on chance."""

    over: str
    people: int | None
    measures: Bars
    goals: Bars
    verdicts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    by_error: tuple[str, ...]

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of the table of forms."""
        return [("Form", None), *((one, None) for one in self.verdicts)]

    @property
    def told(self) -> bool:
        """Whether there is any number to draw."""
        return any(number is not None for _, number in (*self.measures, *self.goals))


def outcomes(edition: Edition, read: Figures, quarter: Quarter) -> Outcomes | None:
    """Return the outcomes over four quarters, or over the quarter where none of four is told; None where nobody counts them."""
    tables = [table for one in edition.shown for table in one.leaving if table.whole == LEFT]
    if not tables:
        return None
    names = [name for table in tables for name in table.parts]
    span = Span.FOUR if any((Span.FOUR, name) in read for name in names) else Span.QUARTER
    numbers = {name: read.get((span, name)) for name in (LEFT, *names)}
    measures = [table for table in tables if _form(table)]
    goals = [table for table in tables if not _form(table)]
    return Outcomes(
        over=_over(span, quarter),
        people=numbers[LEFT],
        measures=tuple(
            (f"{table.title}, {inside_sentence(words)}", numbers[name])
            for table in measures
            for name, words in table.parts.items()
        ),
        goals=tuple((words, numbers[name]) for table in goals for name, words in table.parts.items()),
        verdicts=tuple(measures[0].parts.values()) if measures else (),
        rows=tuple((table.title, tuple(numbers[name] for name in table.parts)) for table in measures),
        by_error=tuple(_by_error(measures, numbers)),
    )


def _over(span: Span, quarter: Quarter) -> str:
    if span is Span.QUARTER:
        return str(quarter)
    return f"{quarter.four[0].first:%B %Y} to {quarter.last:%B %Y}"


def _form(table: Table) -> str:
    """Return the instrument of a table of verdicts; "" of another table."""
    first = next(iter(table.parts))
    form, _, verdict = first.rpartition(".")
    return form if verdict in VERDICTS else ""


def _by_error(tables: list[Table], numbers: Mapping[str, int | None]) -> Iterator[str]:
    without = []
    for table in tables:
        norms = library.instrument(name=_form(table)).norms
        if norms is None or norms.level is None:
            without.append(table.title)
        elif people := _judged(table, numbers):
            yield _sentence(table.title, norms, norms.level, people)
    if without:
        yield f"For {', '.join(without[:-1])} and {without[-1]} the sources print too little to say how many error alone would move."
    if tables:
        yield TO_THE_MEAN


def _judged(table: Table, numbers: Mapping[str, int | None]) -> int | None:
    """Return of how many a form judges the change; None where that is withheld."""
    form = _form(table)
    whole, apart = numbers[LEFT], numbers[f"{form}.{APART}"]
    if whole is not None and apart is not None:
        return whole - apart
    verdicts = [numbers[f"{form}.{one}"] for one in VERDICTS]
    return None if None in verdicts else sum(filter(None, verdicts))


def _sentence(title: str, norms: Norms, level: float, people: int) -> str:
    each_way = (1 - level) / 2
    return (
        f"{title}: if nothing had had any effect, error alone would move {_about(people * each_way)} of these {people} "
        f"people each way. Its reliable change is set at the {level:.0%} level, which leaves {each_way:.0%} each way "
        f"to error ({norms.source}; {norms.population})."
    )


def _about(expected: float) -> str:
    near = round(expected, 6)  # 0.05 is no binary number
    if near < 1:
        return "at most 1"
    low, high = math.floor(near), math.ceil(near)
    return f"about {low}" if low == high else f"{low} or {high}"
