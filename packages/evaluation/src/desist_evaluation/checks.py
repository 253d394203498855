"""The checks of arguments. Every refusal is a `ValueError` that names the field and the rule."""

import math
from collections.abc import Collection, Sequence
from typing import cast

import numpy as np

#: No source has counted more people or offences than this; a larger number is a slip of the finger.
LARGEST_COUNT = 10**10
#: Larger numbers overflow squares and mean nothing here.
LARGEST = 1e15


class InvalidInputError(ValueError):
    """One argument breaks one rule."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule


def number(*, field: str, value: object) -> float:
    """The value as a finite number; a bool or a text is not one."""
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        raise InvalidInputError(field, f"must be a number, not {value!r:.60}")
    try:
        found = float(value)
    except (OverflowError, TypeError, ValueError):
        raise InvalidInputError(field, "must be one number that fits a floating-point number") from None
    if not math.isfinite(found):
        raise InvalidInputError(field, "must be a finite number, not NaN or infinity")
    if abs(found) > LARGEST:
        raise InvalidInputError(field, f"must be at most {LARGEST:g} in size")
    return found


def between(*, field: str, value: object, low: float, high: float) -> float:
    """A number from low to high, both included."""
    found = number(field=field, value=value)
    if not low <= found <= high:
        raise InvalidInputError(field, f"must be from {low:g} to {high:g}, not {found:g}")
    return found


def inside(*, field: str, value: object, low: float, high: float) -> float:
    """A number strictly between low and high."""
    found = number(field=field, value=value)
    if not low < found < high:
        raise InvalidInputError(field, f"must lie between {low:g} and {high:g}, not {found:g}")
    return found


def positive(*, field: str, value: object) -> float:
    """A number above zero."""
    found = number(field=field, value=value)
    if found <= 0:
        raise InvalidInputError(field, f"must be above zero, not {found:g}")
    return found


def not_negative(*, field: str, value: object) -> float:
    """A number of zero or more."""
    found = number(field=field, value=value)
    if found < 0:
        raise InvalidInputError(field, f"must not be negative, not {found:g}")
    return found


def count(*, field: str, value: object, least: int = 0) -> int:
    """A whole number of at least `least` and at most ten thousand million."""
    found = number(field=field, value=value)
    if found != int(found):
        raise InvalidInputError(field, f"must be a whole number, not {found:g}")
    if found < least:
        rule = "must not be negative" if least == 0 else f"must be at least {least}"
        raise InvalidInputError(field, f"{rule}, not {found:g}")
    if found > LARGEST_COUNT:
        raise InvalidInputError(field, f"must be at most {LARGEST_COUNT:,}")
    return int(found)


def events_of(*, events: object, n: object, names: tuple[str, str] = ("events", "n")) -> tuple[int, int]:
    """Events and the people they happened to: a count within a count of at least one."""
    people = count(field=names[1], value=n, least=1)
    happened = count(field=names[0], value=events)
    if happened > people:
        raise InvalidInputError(names[0], f"must not be more than {names[1]} ({happened} of {people})")
    return happened, people


def sequence(*, field: str, value: object, least: int = 1) -> Sequence[object]:
    """A list with at least `least` entries; a text is not a list."""
    if isinstance(value, str | bytes | dict) or not (
        hasattr(value, "__len__") and hasattr(value, "__iter__")
    ):
        raise InvalidInputError(field, f"must be a list, not {value!r:.60}")
    if len(value) < least:
        raise InvalidInputError(field, f"must have at least {least} entries, not {len(value)}")
    return cast("Sequence[object]", value)


def numbers(*, field: str, value: object, least: int = 1) -> list[float]:
    """A list of finite numbers."""
    entries = sequence(field=field, value=value, least=least)
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "iuf":
        found = value.astype(float)
        if (np.abs(found) <= LARGEST).all():
            return cast("list[float]", found.tolist())
    return [number(field=f"{field}[{position}]", value=entry) for position, entry in enumerate(entries)]


def choice(*, field: str, value: object, options: Collection[str]) -> str:
    """One of the named options."""
    if not isinstance(value, str) or value not in options:
        raise InvalidInputError(field, f"must be one of {', '.join(sorted(options))}, not {value!r:.60}")
    return value


def flag(*, field: str, value: object) -> bool:
    """True or false, not a number or a text."""
    if not isinstance(value, bool):
        raise InvalidInputError(field, f"must be true or false, not {value!r:.60}")
    return value


def level(value: object) -> float:
    """The confidence level of an interval, such as 0.95."""
    return inside(field="level", value=value, low=0, high=1)
