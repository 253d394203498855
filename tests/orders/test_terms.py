"""What is wrong with an order is said in a sentence, and nothing is wrong with a right one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.orders import clocks
from desist.orders.rules import COMMENCED
from desist.orders.terms import Condition, Kind, Terms, holds, problems

NO_CONTACT = Condition(1, "Not to contact the person named in the order", "She was called forty times")
FULL = Terms(Kind.FULL, date(2026, 3, 1), date(2028, 2, 29), (NO_CONTACT,))
INTERIM = Terms(Kind.INTERIM, date(2026, 3, 1), date(2026, 4, 1), (NO_CONTACT,))


@pytest.mark.parametrize("terms", [FULL, replace(FULL, ends=None), INTERIM])
def test_a_right_order_has_no_problem(terms: Terms) -> None:
    assert problems(terms) == ()


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (replace(FULL, made=date(2019, 12, 31)), "before 20 January 2020"),
        (replace(FULL, ends=date(2028, 2, 28)), "ends on 29 February 2028 or later"),
        (replace(FULL, ends=date(2026, 2, 28)), "before it was made on 1 March 2026"),
        (replace(INTERIM, ends=None), "An interim order has a fixed period"),
        (replace(FULL, conditions=()), "at least one prohibition or requirement"),
    ],
)
def test_an_impossible_period_is_named(terms: Terms, sentence: str) -> None:
    assert any(sentence in problem for problem in problems(terms))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": date(2028, 3, 1)}, "longer than the order, which ends on 29 February 2028"),
        ({"begins": date(2028, 3, 1)}, "longer than the order"),
        ({"begins": date(2026, 2, 1)}, "before the order was made"),
        ({"begins": date(2027, 2, 1), "ends": date(2027, 1, 1)}, "before it begins"),
        ({"text": " "}, "says nothing"),
        ({"necessity": ""}, "does not say why it is necessary"),
        ({"ends": date(2026, 2, 1)}, "Every condition would have ended"),
    ],
)
def test_an_impossible_condition_is_named(changes: dict[str, object], sentence: str) -> None:
    terms = replace(FULL, conditions=(replace(NO_CONTACT, **changes),))  # type: ignore[arg-type]  # one field a row

    assert any(sentence in problem for problem in problems(terms))


def test_a_condition_with_days_of_its_own_holds_only_then() -> None:
    curfew = replace(NO_CONTACT, begins=date(2026, 6, 1), ends=date(2026, 8, 31))

    def on(day: date) -> bool:
        return holds(condition=curfew, on=day, made=FULL.made, ends=FULL.ends)

    assert [on(date(2026, 5, 31)), on(date(2026, 6, 1)), on(date(2026, 8, 31)), on(date(2026, 9, 1))] == [
        False,
        True,
        True,
        False,
    ]


@settings(deadline=None, derandomize=True)
@given(
    st.dates(min_value=COMMENCED, max_value=date(2050, 1, 1)),
    st.integers(min_value=-1000, max_value=2000),
    st.integers(min_value=-100, max_value=2000),
)
def test_a_condition_that_passes_the_check_never_outlives_its_order(
    made: date, length: int, own: int
) -> None:
    ends = made + timedelta(days=length)
    condition = replace(NO_CONTACT, ends=made + timedelta(days=own))
    found = problems(Terms(Kind.FULL, made, ends, (condition,)))

    if not found:
        assert condition.ends is not None
        assert condition.ends <= ends
        assert ends >= clocks.earliest_end(made=made)
