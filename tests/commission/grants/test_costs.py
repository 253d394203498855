"""The cost of a start and of a completion, worked out by hand; nothing that is withheld has a cost."""

from datetime import date

import pytest

from desist.commission.grants.costs import Counted, Money, cost

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def of(starts: int | None, completions: int | None) -> Counted:
    return Counted("The quarter", FIRST, LAST, starts, completions)


def test_a_year_of_money_is_shared_out_by_its_days() -> None:
    found = cost(of(30, 12), [Money(365_000, date(2026, 4, 1), date(2027, 3, 31))])

    # by hand: £1,000 a day for 92 days
    assert (found.in_pounds, found.per_start, found.per_completion) == ("£92,000", "£3,067", "£7,667")


def test_money_of_two_givers_is_added() -> None:
    whole = Money(92_000, FIRST, LAST)

    assert cost(of(10, 10), [whole, whole]).per_start == "£18,400"


def test_money_of_another_time_is_no_money_of_this_one() -> None:
    before = Money(900_000, date(2025, 1, 1), date(2025, 1, 31))

    assert cost(of(10, 10), [Money(92_000, FIRST, LAST), before]).per_start == "£9,200"


def test_no_cost_is_worked_out_where_a_day_has_no_grant() -> None:
    found = cost(of(30, 12), [Money(31_000, date(2026, 8, 1), date(2026, 8, 31))])

    assert found.in_pounds == "£31,000"
    assert found.per_start == "not worked out: no grant on 61 of 92 days"


def test_grants_that_meet_leave_no_gap_and_those_that_overlap_hide_none() -> None:
    meet = [Money(1000, FIRST, date(2026, 8, 15)), Money(1000, date(2026, 8, 16), LAST)]
    overlap = [Money(1000, FIRST, date(2026, 8, 15)), Money(1000, date(2026, 7, 2), date(2026, 8, 15))]

    assert cost(of(10, 10), meet).without == 0
    assert cost(of(10, 10), overlap).without == 46


def test_without_any_grant_there_is_neither_money_nor_cost() -> None:
    assert cost(of(30, 12), [Money(5, date(2025, 1, 1), date(2025, 1, 2))]).in_pounds == "no grant"


@pytest.mark.parametrize("grants", [[], [Money(92_000, FIRST, LAST)]])
def test_a_withheld_number_has_no_cost_and_its_line_says_the_same_whatever_it_is(grants: list[Money]) -> None:
    found = cost(of(None, None), grants)

    assert (found.per_start, found.per_completion) == ("not shown", "not shown")


def test_nobody_has_no_cost() -> None:
    assert cost(of(0, 0), [Money(92_000, FIRST, LAST)]).per_completion == "nobody"
