"""Figures as they cross: one text a number, "quarter received 24"; a number that is withheld is not there at all. Pure.

A year to date is in no envelope: it is the sum of quarters that left, and their reader adds them up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST = 999_999


class Unreadable(Exception):
    """The text is no figure."""


class Span(StrEnum):
    """What a figure is over."""

    QUARTER = "quarter"
    FOUR = "four"


#: (span, name) -> number
Figures = Mapping[tuple[Span, str], int]


@dataclass(frozen=True)
class Days:
    """Median and quartiles of a number of days, as texts: "8.5"."""

    median: str
    lower: str
    upper: str


def write(figures: Figures) -> tuple[str, ...]:
    """Return a text a figure, in the order of their names."""
    return tuple(f"{span} {name} {number}" for (span, name), number in sorted(figures.items()))


def read(texts: tuple[str, ...], *, known: frozenset[str]) -> dict[tuple[Span, str], int]:
    """Return the figures of these texts, whose names must be `known`; raises Unreadable."""
    found: dict[tuple[Span, str], int] = {}
    for text in texts:
        span, name, number = _three(text)
        if span not in set(Span) or name not in known or not number.isascii() or not number.isdigit():
            raise Unreadable("A figure of the return is none that its definitions name.")
        if int(number) > MOST or (Span(span), name) in found:
            raise Unreadable("A figure of the return is too large, or comes twice.")
        found[Span(span), name] = int(number)
    return found


def write_days(days: Mapping[str, Days]) -> tuple[str, ...]:
    """Return a text a clock: "assessed 9 4 13"."""
    return tuple(f"{name} {one.median} {one.lower} {one.upper}" for name, one in sorted(days.items()))


def read_days(texts: tuple[str, ...], *, known: frozenset[str]) -> dict[str, Days]:
    """Return the days of these texts; raises Unreadable."""
    found: dict[str, Days] = {}
    for text in texts:
        name, *numbers = text.split(" ")
        if name not in known or len(numbers) != 3 or not all(map(_is_days, numbers)):
            raise Unreadable("A number of days of the return is none.")
        found[name] = Days(*numbers)
    return found


def _three(text: str) -> tuple[str, str, str]:
    parts = text.split(" ")
    if len(parts) != 3:
        raise Unreadable("A figure of the return has other parts than three.")
    return parts[0], parts[1], parts[2]


def _is_days(text: str) -> bool:
    whole, _, part = text.partition(".")
    return (
        len(text) <= 8
        and whole.isascii()
        and whole.isdigit()
        and (part == "" or (part.isascii() and part.isdigit()))
    )
