"""The terms of an order, and everything wrong with them, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desist.orders import clocks
from desist.orders.rules import COMMENCED


class Kind(StrEnum):
    """Full or interim (sections 2 and 5)."""

    FULL = "full"
    INTERIM = "interim"


@dataclass(frozen=True)
class Condition:
    """One prohibition or requirement. Without days of its own it holds as long as the order."""

    number: int
    text: str
    necessity: str
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Terms:
    """The five things of section 6. `ends` is the last day of a fixed period; None: until further order."""

    kind: Kind
    made: date
    ends: date | None
    conditions: tuple[Condition, ...]


def problems(terms: Terms) -> tuple[str, ...]:
    """The reasons why an order could not have been made like this; empty when it could."""
    return (*_of_period(terms), *_of_conditions(terms))


def _of_period(terms: Terms) -> Iterator[str]:
    made, ends = terms.made, terms.ends
    if made < COMMENCED:
        yield f"No Stalking Protection Order could be made before {_on(COMMENCED)}, when the Act began."
        return
    if ends is None:
        if terms.kind is Kind.INTERIM:
            yield "An interim order has a fixed period: give its last day (section 5(6))."
        return
    if ends < made:
        yield f"The order would end on {_on(ends)}, before it was made on {_on(made)}."
        return
    if terms.kind is Kind.FULL and ends < clocks.earliest_end(made=made):
        yield (
            "A fixed period is at least 2 years beginning with the day the order is made (section 3(2)): an order "
            f"made on {_on(made)} ends on {_on(clocks.earliest_end(made=made))} or later."
        )


def _of_conditions(terms: Terms) -> Iterator[str]:
    if not terms.conditions:
        yield "An order has at least one prohibition or requirement (section 6(c)). Add its conditions first."
    for condition in terms.conditions:
        yield from condition_problems(condition=condition, made=terms.made, ends=terms.ends)
    if terms.conditions and all(one.ends and one.ends < terms.made for one in terms.conditions):
        yield "Every condition would have ended before the order was made."


def condition_problems(*, condition: Condition, made: date | None, ends: date | None) -> Iterator[str]:
    """The problems of one condition of an order; unknown days of the order are not checked."""
    name = f"Condition {condition.number}"
    if not condition.text.strip():
        yield f"{name} says nothing."
    if not condition.necessity.strip():
        yield f"{name} does not say why it is necessary (section 2(2))."
    if condition.begins and condition.ends and condition.ends < condition.begins:
        yield f"{name} would end on {_on(condition.ends)}, before it begins on {_on(condition.begins)}."
    if condition.begins and made and condition.begins < made:
        yield f"{name} would begin on {_on(condition.begins)}, before the order was made on {_on(made)}."
    last = condition.ends or condition.begins
    if ends and last and last > ends:
        yield f"{name} would last to {_on(last)}, longer than the order, which ends on {_on(ends)}."


def holds(*, condition: Condition, on: date, made: date, ends: date | None) -> bool:
    """Whether a person can breach a condition on a day: within its own days and those of its order."""
    return clocks.in_effect(on=on, begins=made, ends=ends) and clocks.in_effect(
        on=on, begins=condition.begins, ends=condition.ends
    )


def _on(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
