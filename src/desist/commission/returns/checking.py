"""What is wrong with the numbers of a return: of any that comes, and of one that is entered by hand. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from desist.returns.definitions import Edition, Table
from desist.returns.figures import Figures, Span

#: a number below this, and not nought, can lead to one person
ENOUGH = 10
NOTHING = "Enter at least one number"
TOO_MUCH = "The parts are {parts} together, and “{whole}” is {number}. Check these numbers"
TOO_LITTLE = (
    "Every part is told and they are {parts} together, but “{whole}” is {number}. Check these numbers"
)
SMALL = "{number} is a small number, which can lead to one person. Leave the box empty"
GIVEN_AWAY = (
    "“{part}” is the only part that is not told, so anyone can work it out: it is a small number. "
    "Leave another part empty too, the smallest of them"
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a number, in a sentence."""

    span: Span
    name: str
    sentence: str


def faults(told: Figures, *, edition: Edition) -> Iterator[Fault]:
    """Yield each whole that is not what its parts can add up to."""
    for span, table, number, parts in _tables(told, edition):
        together = sum(parts.values())
        said = {"parts": together, "whole": edition.words(table.whole), "number": number}
        if together > number:
            yield Fault(span, table.whole, TOO_MUCH.format(**said))
        elif len(parts) == len(table.parts) and together < number:
            yield Fault(span, table.whole, TOO_LITTLE.format(**said))


def small(told: Figures, *, edition: Edition) -> Iterator[Fault]:
    """Yield each number that leads to a few people, and each whole that gives such a number away."""
    for (span, name), number in told.items():
        if _is_small(number, edition):
            yield Fault(span, name, SMALL.format(number=number))
    for span, table, number, parts in _tables(told, edition):
        left = [one for one in table.parts if one not in parts]
        if len(left) == 1 and _is_small(number - sum(parts.values()), edition):
            yield Fault(span, table.whole, GIVEN_AWAY.format(part=table.parts[left[0]]))


def _is_small(number: int, edition: Edition) -> bool:
    return (0 if edition.nought else 1) <= number < ENOUGH


def _tables(told: Figures, edition: Edition) -> Iterator[tuple[Span, Table, int, dict[str, int]]]:
    """Yield each table with parts of which the whole is told, with the parts that are told."""
    for one in edition.returns:
        for table in one.leaving:
            for span in Span:
                number = told.get((span, table.whole))
                if table.parts and number is not None:
                    parts = {name: told[span, name] for name in table.parts if (span, name) in told}
                    yield span, table, number, parts
