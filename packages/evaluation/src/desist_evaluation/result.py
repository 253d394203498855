"""The result of every evaluation function: a figure with all that a reader needs to read it honestly."""

import dataclasses
import hashlib
import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self

import numpy as np

from desist_evaluation.design import CLAIMS, NOTHING_SAID, About, Design, Estimand, Grade, grade_for
from desist_evaluation.wording import refuse_overclaim, texts

#: The package's version; a test keeps it equal to the one in pyproject.toml.
VERSION = "0.1.0"


class Unit(StrEnum):
    """The way in which a sentence writes an estimate."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "percentage points"
    POUNDS = "pounds"


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """The limits of an estimate; None where a limit is unbounded."""

    low: float | None
    high: float | None
    method: str
    level: float = 0.95

    @classmethod
    def of(cls, *, low: float, high: float, method: str, level: float) -> Self:
        """An interval from floats, with infinity written as None."""
        return cls(low=finite(low), high=finite(high), method=method, level=level)


def finite(value: float) -> float | None:
    """Return the number, or None where it is not finite (JSON knows no infinity)."""
    return float(value) if math.isfinite(value) else None


def frozen(value: object) -> object:
    """Return the value so that no caller can change it: read-only arrays, tuples, and mappings without a set item."""
    if isinstance(value, np.ndarray):
        kept = value.copy()
        kept.setflags(write=False)
        return kept
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): frozen(inner) for key, inner in value.items()})
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def plain(value: object) -> object:
    """Return the value as the json module writes it; a number that is not finite becomes None."""
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return finite(value)
    return plain(_fields(value)) if dataclasses.is_dataclass(value) else _scalar(value)


def _fields(value: object) -> dict[str, object]:
    return {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}  # type: ignore[arg-type]  # asked only of dataclasses


def _scalar(value: object) -> object:
    return str(value) if isinstance(value, StrEnum | date) else value


def fingerprint(function: str, inputs: Mapping[str, object]) -> str:
    """Return SHA-256 of the function's name and its inputs; equal inputs give equal prints, arrays included."""
    digest = hashlib.sha256(function.encode())
    for name in sorted(inputs):
        value = inputs[name]
        digest.update(f"|{name}=".encode())
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).data)
        else:
            digest.update(json.dumps(plain(value), sort_keys=True, default=str).encode())
    return digest.hexdigest()


def written(value: float, unit: Unit) -> str:
    """Return a number as a sentence writes it."""
    if unit is Unit.PERCENT:
        return f"{100 * value:.1f}%"
    if unit is Unit.POINTS:
        return f"{100 * value:+.1f} percentage points"
    if unit is Unit.POUNDS:
        return f"£{value:,.2f}" if value >= 0 else f"-£{-value:,.2f}"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def p_text(p: float) -> str:
    """Return a p-value in words; never nought."""
    return "p below 0.0001" if p < 0.0001 else f"p {p:.4f}"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Result:
    """One figure: estimate and interval, the people it counts, its meaning, and how far it can be trusted.

    `values` are the function's own named results. Immutable, reproducible (`version`, `input_hash`),
    and unable to carry an overclaiming word: `OverclaimError`.
    """

    function: str
    finding: str
    estimate: float | None
    interval: Interval | None
    unit: Unit
    n: int | None
    events: int | None
    missing: int
    estimand: Estimand
    design: Design
    grade: Grade
    warnings: tuple[str, ...]
    data_cut: date | None
    input_hash: str
    version: str = VERSION
    no_difference: float | None = None
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """Refuse overclaiming words anywhere, also in labels that the caller gave."""
        for place, text in texts((self.finding, self.warnings, self.values), field=self.function):
            refuse_overclaim(field=place, text=text)

    @property
    def sentence(self) -> str:
        """Return the figure in words, with its interval, its gaps and what it cannot show."""
        parts = [f"{self.finding}{self._interval_clause()}."]
        if self._includes_no_difference():
            parts.append("The interval includes no difference.")
        if self.missing:
            parts.append(f"{self.missing:,} missing.")
        parts.append(CLAIMS[self.grade])
        return " ".join([*parts, *self.warnings])

    def _interval_clause(self) -> str:
        if self.interval is None:
            return ""
        low, high = (
            "no limit" if limit is None else written(limit, self.unit)
            for limit in (self.interval.low, self.interval.high)
        )
        kind = f"{100 * self.interval.level:g}% interval" if self.interval.level < 1 else "range"
        return f" ({kind} {low} to {high}, {self.interval.method})"

    def _includes_no_difference(self) -> bool:
        if self.no_difference is None or self.interval is None:
            return False
        low = -math.inf if self.interval.low is None else self.interval.low
        high = math.inf if self.interval.high is None else self.interval.high
        return low <= self.no_difference <= high

    def as_dict(self, *, without: Collection[str] = ()) -> dict[str, object]:
        """Return the result as JSON knows it: the function's own names, but those `without`, beside those that every result has."""
        limits = {"low": self.interval.low, "high": self.interval.high} if self.interval else {}
        named = {
            name: plain(value) for name, value in _fields(self).items() if name not in {"values", "finding"}
        }
        own = {key: plain(value) for key, value in self.values.items() if key not in without}
        return {**limits, **named, "sentence": self.sentence, **own}

    def to_json(self) -> str:
        """Return one JSON object on one line."""
        return json.dumps(self.as_dict(), allow_nan=False, ensure_ascii=False)


def result(
    function: str,
    *,
    inputs: Mapping[str, object],
    finding: str,
    estimate: float | None = None,
    interval: Interval | None = None,
    unit: Unit = Unit.NUMBER,
    n: int | None = None,
    events: int | None = None,
    missing: int = 0,
    usual: Design = Design.NONE,
    fixed: bool = False,
    no_difference: float | None = None,
    warnings: Iterable[str] = (),
    values: Mapping[str, object] = MappingProxyType({}),
    about: About | None = None,
) -> Result:
    """Return a result of `function`, with the caller's `about` and the hash of its inputs.

    `usual` is the design the function stands for when the caller names none, or always where it is `fixed`.
    """
    known = about or NOTHING_SAID
    design, grade = grade_for(design=known.design, usual=usual, fixed=fixed, analysis=known.estimand.analysis)
    return Result(
        function=function,
        finding=finding,
        estimate=None if estimate is None else finite(estimate),
        interval=interval,
        unit=unit,
        n=n,
        events=events,
        missing=missing + known.missing,
        estimand=known.estimand,
        design=design,
        grade=grade,
        warnings=tuple(warnings),
        data_cut=known.data_cut,
        input_hash=fingerprint(function, inputs),
        no_difference=no_difference,
        values=MappingProxyType({key: frozen(value) for key, value in values.items()}),
    )
