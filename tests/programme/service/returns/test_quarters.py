"""The quarters that can be counted."""

from datetime import date
from itertools import pairwise

from desist.programme.service.returns.facts import Period
from desist.programme.service.returns.quarters import SHOWN, quarters


def test_the_newest_quarter_is_counted_up_to_today() -> None:
    key, words, period = quarters(today=date(2026, 11, 26))[0]

    assert (key, words) == ("2026-4", "October to December 2026, so far")
    assert period == Period(date(2026, 10, 1), date(2026, 11, 26))


def test_quarters_follow_each_other_without_a_gap_across_years() -> None:
    found = quarters(today=date(2026, 2, 28))

    assert len(found) == SHOWN
    for (_, _, later), (_, _, earlier) in pairwise(found):
        assert (later.first - earlier.last).days == 1


def test_the_last_day_of_a_quarter_is_the_whole_of_it() -> None:
    _, words, _ = quarters(today=date(2026, 9, 30))[0]

    assert words == "July to September 2026"
