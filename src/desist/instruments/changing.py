"""The change since the baseline, after Jacobson and Truax (1991): improved, same or worse, and against which norms."""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from desist.instruments.model import Direction, Instrument, Norms


class Verdict(StrEnum):
    """The verdict on a change. Same: no more than the instrument's own error."""

    IMPROVED = "improved"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True)
class Change:
    """The change of a score. `verdict` is None where no norms separate change from error."""

    points: float
    verdict: Verdict | None
    least: float | None
    norms: Norms | None


def change(*, instrument: Instrument, baseline: float, score: float) -> Change:
    """The change of a score from the baseline."""
    points = round(score - baseline, 1)
    least = least_reliable(instrument.norms) if instrument.norms else None
    if least is None:
        return Change(points=points, verdict=None, least=None, norms=None)
    better = points if instrument.direction is Direction.BETTER else -points
    verdict = Verdict.IMPROVED if better >= least else Verdict.WORSE if better <= -least else Verdict.SAME
    return Change(points=points, verdict=verdict, least=least, norms=instrument.norms)


def least_reliable(norms: Norms) -> float | None:
    """The smallest reliable change: as published, else z * SD * sqrt(2) * sqrt(1 - r); None where neither is known."""
    if norms.points is not None:
        return norms.points
    if norms.sd is None or norms.reliability is None or norms.level is None:
        return None
    critical = NormalDist().inv_cdf((1 + norms.level) / 2)
    return critical * norms.sd * math.sqrt(2) * math.sqrt(1 - norms.reliability)


def told(norms: Norms) -> str:
    """The spread, reliability and level behind the verdicts, in one sentence."""
    least = least_reliable(norms)
    if least is None:
        return f"Reliable change cannot be judged ({norms.population})."
    if norms.sd is None or norms.reliability is None:
        level = f" at the {norms.level:.0%} level" if norms.level else ""
        return (
            f"A change of {least:g} points or more is reliable{level}, as published ({norms.source}; "
            f"{norms.population}). That source does not print the SD and the reliability."
        )
    level = f"{norms.level:.0%}" if norms.level else "not given"
    return (
        f"A change of {least:.3g} points or more is reliable: SD {norms.sd:g}, r {norms.reliability:.2f} "
        f"({norms.reliability_kind}), level {level} ({norms.source}; {norms.population})."
    )
