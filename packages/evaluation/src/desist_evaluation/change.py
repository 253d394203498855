"""Change on a questionnaire: reliable change and clinical significance after Jacobson and Truax."""

import math
from collections.abc import Sequence

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.proportions import exact_limits
from desist_evaluation.result import Interval, Result, Unit, result

NOT_DISTRESS = "Reliable change says the score moved by more than measurement error; it does not say why."
#: As Jacobson and Truax print it.
CRITICAL = 1.96


def error_of_difference(sd: object, reliability: object) -> tuple[float, float]:
    """Return the standard error of measurement and of a difference of two scores (with the square root of two)."""
    spread = checks.positive(field="sd", value=sd)
    stable = checks.between(field="reliability", value=reliability, low=0, high=1)
    if stable == 1:
        raise InvalidInputError("reliability", "must be below 1: no questionnaire is without error")
    measurement = spread * math.sqrt(1 - stable)
    return measurement, math.sqrt(2) * measurement


def reliable_change_index(
    *, pre: float, post: float, sd: float, reliability: float, about: About | None = None
) -> Result:
    """Return a person's change over the error of a difference; beyond 1.96 either way it is reliable.

    sd and reliability are the instrument's, from its norms. The sign is that of the score, not of improvement.
    """
    before, after = checks.number(field="pre", value=pre), checks.number(field="post", value=post)
    measurement, difference = error_of_difference(sd, reliability)
    change = after - before
    index = change / difference
    reliable = abs(index) > CRITICAL
    return result(
        "reliable_change_index",
        inputs={"pre": before, "post": after, "sd": sd, "reliability": reliability},
        finding=f"The score moved by {change:+g}, which {'is' if reliable else 'is not'} more than measurement error",
        estimate=index,
        interval=Interval.of(
            low=index - CRITICAL, high=index + CRITICAL, method="index plus or minus 1.96", level=0.95
        ),
        n=1,
        no_difference=0,
        warnings=[NOT_DISTRESS],
        values={
            "rci": index,
            "change": change,
            "se_measurement": measurement,
            "s_diff": difference,
            "minimum_reliable_change": CRITICAL * difference,
            "reliable": reliable,
        },
        about=about,
    )


def clinical_cutoffs(
    *,
    clinical_mean: float,
    clinical_sd: float,
    normal_mean: float | None = None,
    normal_sd: float | None = None,
    higher_is_better: bool,
    about: About | None = None,
) -> Result:
    """Where a score leaves the clinical range: a, two sd from the clinical mean; b, two sd from the normal mean;

    c, between both means, weighted by their spread. b and c need norms of people without the problem.
    """
    direction = 1 if checks.flag(field="higher_is_better", value=higher_is_better) else -1
    clinical = checks.number(field="clinical_mean", value=clinical_mean)
    spread = checks.positive(field="clinical_sd", value=clinical_sd)
    cutoffs: dict[str, float | None] = {"a": clinical + direction * 2 * spread, "b": None, "c": None}
    warnings = []
    if (normal_mean is None) != (normal_sd is None):
        raise InvalidInputError("normal_mean", "and normal_sd are needed together, or neither")
    if normal_mean is None:
        warnings.append("Without norms of people without the problem only cut-off a can be given.")
    else:
        normal = checks.number(field="normal_mean", value=normal_mean)
        width = checks.positive(field="normal_sd", value=normal_sd)
        if (normal - clinical) * direction <= 0:
            raise InvalidInputError("normal_mean", "must lie on the better side of clinical_mean")
        cutoffs["b"] = normal - direction * 2 * width
        cutoffs["c"] = (spread * normal + width * clinical) / (spread + width)
    best = cutoffs["a"] if cutoffs["c"] is None else cutoffs["c"]
    return result(
        "clinical_cutoffs",
        inputs={
            "clinical": [clinical, spread],
            "normal": [normal_mean, normal_sd],
            "higher_is_better": higher_is_better,
        },
        finding=f"The clinical range ends at a score of {best:g}",
        estimate=best,
        warnings=warnings,
        values=cutoffs,
        about=about,
    )


def reliable_change_table(
    *,
    pre: Sequence[float | None],
    post: Sequence[float | None],
    sd: float,
    reliability: float,
    higher_is_better: bool,
    cutoff: float | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Count, of all starters, those who reliably improved, did not change, got worse, or were not measured again.

    A missing score (null) stays in the denominator. With a `cutoff`, `recovered` are those who reliably improved
    and crossed it.
    """
    before, after = _read_scores(pre, post)
    direction = 1 if checks.flag(field="higher_is_better", value=higher_is_better) else -1
    confidence = checks.level(level)
    least = CRITICAL * error_of_difference(sd, reliability)[1]
    limit = None if cutoff is None else checks.number(field="cutoff", value=cutoff)
    counts = _sorted(before, after, least, direction, limit)
    people = len(before)
    return result(
        "reliable_change_table",
        inputs={
            "pre": list(before),
            "post": list(after),
            "least": least,
            "direction": direction,
            "cutoff": limit,
            "level": confidence,
        },
        finding=_table_finding(counts, people),
        estimate=counts["improved"] / people,
        interval=_improved_interval(counts, people, confidence),
        unit=Unit.PERCENT,
        n=people,
        events=counts["improved"],
        missing=counts["not_measured"],
        warnings=_table_warnings(counts, people),
        values=_table_values(counts, least, limit),
        about=about,
    )


def _read_scores(pre: object, post: object) -> tuple[Sequence[object], Sequence[object]]:
    before, after = (
        checks.sequence(field=name, value=value) for name, value in (("pre", pre), ("post", post))
    )
    if len(before) != len(after):
        raise InvalidInputError("post", f"must be as long as pre ({len(after)} and {len(before)})")
    return before, after


def _sorted(
    before: Sequence[object], after: Sequence[object], least: float, direction: int, cutoff: float | None
) -> dict[str, int]:
    counts = dict.fromkeys(("improved", "no_change", "deteriorated", "not_measured", "recovered"), 0)
    for row, (first, second) in enumerate(zip(before, after, strict=True)):
        if first is None or second is None:
            counts["not_measured"] += 1
            continue
        start, end = (
            direction * checks.number(field=f"{name}[{row}]", value=value)
            for name, value in (("pre", first), ("post", second))
        )
        change = end - start
        kind = "improved" if change > least else "deteriorated" if change < -least else "no_change"
        counts[kind] += 1
        crossed = cutoff is not None and start < direction * cutoff <= end
        counts["recovered"] += kind == "improved" and crossed
    return counts


def _table_finding(counts: dict[str, int], people: int) -> str:
    return (
        f"Of {people:,} who started {counts['improved']:,} reliably improved, {counts['no_change']:,} did not "
        f"change reliably, {counts['deteriorated']:,} reliably got worse; reliably improved "
        f"{100 * counts['improved'] / people:.1f}%"
    )


def _improved_interval(counts: dict[str, int], people: int, level: float) -> Interval:
    low, high = exact_limits(counts["improved"], people, level)
    return Interval.of(low=low, high=high, method="Clopper-Pearson", level=level)


def _table_values(counts: dict[str, int], least: float, cutoff: float | None) -> dict[str, object]:
    return {
        **counts,
        "minimum_reliable_change": least,
        "recovered": counts["recovered"] if cutoff is not None else None,
    }


def _table_warnings(counts: dict[str, int], people: int) -> list[str]:
    warnings = [NOT_DISTRESS]
    if counts["not_measured"] > people / 5:
        warnings.append(
            f"{counts['not_measured']} of {people} were not measured twice: those who stay away are seldom those who improved."
        )
    return warnings
