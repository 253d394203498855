"""A service's rise in referrals: never without base, periods and interval."""

from typing import Any

import pytest

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError

RISE: dict[str, Any] = {
    "what": "referrals",
    "before": 40,
    "before_start": "2019-04-01",
    "before_end": "2019-06-30",
    "after": 70,
    "after_start": "2020-04-01",
    "after_end": "2020-06-30",
}


def test_seventy_five_per_cent_more_is_said_with_its_base_and_interval() -> None:
    found = evaluation.caseload_change(**RISE)

    assert found.values["change_pct"] == pytest.approx(75)
    assert "40 in 91 days" in found.sentence
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.170, 1.649), abs=0.001)
    assert "not a figure of how common stalking is" in found.sentence


def test_unequal_periods_are_compared_per_day_and_the_bare_change_is_shown_beside() -> None:
    found = evaluation.caseload_change(**{**RISE, "after": 20, "after_end": "2020-04-30"})

    assert found.values["change_pct"] == pytest.approx(100 * (20 / 30 / (40 / 91) - 1))
    assert found.values["bare_change_pct"] == pytest.approx(-50)


def test_different_times_of_the_year_are_said() -> None:
    same = evaluation.caseload_change(**RISE)
    other = evaluation.caseload_change(**{**RISE, "after_start": "2020-01-01", "after_end": "2020-03-31"})

    assert "different times of the year" not in same.sentence
    assert "different times of the year" in other.sentence


def test_whole_years_have_no_season_wherever_they_begin() -> None:
    found = evaluation.caseload_change(
        **{
            **RISE,
            "before_start": "2018-04-01",
            "before_end": "2019-03-31",
            "after_start": "2020-01-01",
            "after_end": "2020-12-31",
        }
    )

    assert "different times of the year" not in found.sentence


def test_none_before_has_no_finite_change() -> None:
    found = evaluation.caseload_change(**{**RISE, "before": 0})

    assert found.values["change_pct"] is None
    assert found.values["bare_change_pct"] is None
    assert "no finite change" in found.sentence
    assert found.interval is not None
    assert found.interval.high is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"what": ""}, "what: is needed"),
        ({"before": -1}, "before: must not be negative"),
        ({"after": float("nan")}, "after: must be a finite number"),
        ({"before_end": "2019-03-01"}, "before_end: must not be before before_start"),
        ({"before_end": "2020-04-01"}, "after_start: must be after before_end"),
        ({"after_start": "April"}, "after_start: must be a day"),
    ],
)
def test_bad_input_names_the_field_and_the_rule(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        evaluation.caseload_change(**{**RISE, **changed})
