"""Money: the cost of a place, the cost behind a published ratio, and the cases to avert to break even."""

from decimal import Decimal

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Interval, Result, Unit, result

AVERTED = "What was averted is a judgement unless a comparison group showed it; keep state and victim accounts apart."


def cost_per_place(
    *, grant: float, match: float = 0, places: int, years: float = 1, about: About | None = None
) -> Result:
    """Return grant and match funding over the places they pay for (places, not people who started or completed).

    `places` are those of a year where the money is for several `years`.
    """
    money = checks.not_negative(field="grant", value=grant) + checks.not_negative(field="match", value=match)
    people = checks.count(field="places", value=places, least=1)
    paid = people * checks.positive(field="years", value=years)
    return result(
        "cost_per_place",
        inputs={"grant": grant, "match": match, "places": paid},
        finding=f"£{money:,.2f} for {paid:,g} places, £{money / paid:,.2f} a place",
        estimate=money / paid,
        unit=Unit.POUNDS,
        n=round(paid),
        warnings=["A place is not a start and not a completion: divide by those for the cost of each."],
        values={"cost": money / paid, "total": money},
        about=about,
    )


def half_unit(*, field: str, value: object) -> float:
    """Return half of the last digit of a number as it was published: 0.05 for 2.8."""
    exponent = Decimal(str(checks.number(field=field, value=value))).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), -1)


def implied_cost(
    *, benefit: float, bcr: float, decimals: int | None = None, about: About | None = None
) -> Result:
    """Return the cost behind a published benefit and benefit-cost ratio, with the range that the rounding leaves.

    `decimals` says how many the ratio was published with; unsaid, those that were written (one at least).
    """
    money = checks.positive(field="benefit", value=benefit)
    ratio = checks.positive(field="bcr", value=bcr)
    if decimals is None:
        half = half_unit(field="bcr", value=ratio)
    else:
        half = 0.5 * 10.0 ** -checks.count(field="decimals", value=decimals)
    if ratio <= half:
        raise InvalidInputError("bcr", "must be larger than its rounding error")
    low, high = money / (ratio + half), money / (ratio - half)
    return result(
        "implied_cost",
        inputs={"benefit": money, "bcr": ratio, "half": half},
        finding=f"A benefit of £{money:,.2f} at a ratio of {ratio:g} implies a cost of £{money / ratio:,.2f}",
        estimate=money / ratio,
        interval=Interval.of(low=low, high=high, method="rounding of the ratio alone", level=1),
        unit=Unit.POUNDS,
        warnings=[AVERTED],
        values={"cost": money / ratio, "range_from_rounding": [low, high]},
        about=about,
    )


def break_even(
    *,
    cost: float,
    unit_cost: float,
    unit_cost_low: float | None = None,
    unit_cost_high: float | None = None,
    about: About | None = None,
) -> Result:
    """Return how many cases of a given cost must be averted to pay for `cost` (a place, or a programme).

    With a range for the unit cost the answer has one too; it makes no claim that any case was averted.
    """
    money = checks.not_negative(field="cost", value=cost)
    unit = checks.positive(field="unit_cost", value=unit_cost)
    cheap = unit if unit_cost_low is None else checks.positive(field="unit_cost_low", value=unit_cost_low)
    dear = unit if unit_cost_high is None else checks.positive(field="unit_cost_high", value=unit_cost_high)
    if not cheap <= unit <= dear:
        raise InvalidInputError("unit_cost", "must lie from unit_cost_low to unit_cost_high")
    ranged = cheap < dear
    return result(
        "break_even",
        inputs={"cost": money, "unit_cost": [cheap, unit, dear]},
        finding=f"£{money:,.2f} breaks even if it averts {money / unit:.3g} of a case that costs £{unit:,.2f}",
        estimate=money / unit,
        interval=Interval.of(low=money / dear, high=money / cheap, method="range of the unit cost", level=1)
        if ranged
        else None,
        warnings=[AVERTED],
        values={"cases": money / unit, "one_case_in": unit / money if money else None},
        about=about,
    )


def benefit_cost(
    *,
    benefit: float,
    cost: float,
    benefit_low: float | None = None,
    benefit_high: float | None = None,
    account: str = "not stated",
    about: About | None = None,
) -> Result:
    """Return benefit over cost and benefit less cost, for one account (the state's, or the victim's)."""
    money, spent = checks.number(field="benefit", value=benefit), checks.positive(field="cost", value=cost)
    least = money if benefit_low is None else checks.number(field="benefit_low", value=benefit_low)
    most = money if benefit_high is None else checks.number(field="benefit_high", value=benefit_high)
    if not least <= money <= most:
        raise InvalidInputError("benefit", "must lie from benefit_low to benefit_high")
    return result(
        "benefit_cost",
        inputs={"benefit": [least, money, most], "cost": spent, "account": account},
        finding=f"£{money:,.2f} for £{spent:,.2f}, a ratio of {money / spent:.2f} in the account: {account}",
        estimate=money / spent,
        interval=Interval.of(low=least / spent, high=most / spent, method="range of the benefit", level=1)
        if least < most
        else None,
        no_difference=1,
        warnings=[AVERTED],
        values={"bcr": money / spent, "net_benefit": money - spent, "account": account},
        about=about,
    )
