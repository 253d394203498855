"""Whether a practitioner may take a person: a table of every reason, alone and together."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desist.programme.practitioners import fitness
from desist.programme.practitioners.fitness import Named, Standing, Ties

TODAY = date(2026, 3, 3)
FIT = Standing(
    name="Kit Marlow",
    registration="CBT 0001",
    registered_until=date(2026, 3, 3),
    trained_on=date(2026, 3, 3),
    supervised=True,
    capacity=8,
    people=7,
    left_on=None,
)
FREE = Ties()
#: what stands in the way -> the sentence
REASONS: dict[str, tuple[dict[str, Any], Ties, str]] = {
    "left": ({"left_on": TODAY}, FREE, "Kit Marlow has left."),
    "unregistered": ({"registration": " "}, FREE, "Kit Marlow has no registration on record."),
    "run out": ({"registered_until": date(2026, 3, 2)}, FREE, "Kit Marlow’s registration has expired."),
    "untrained": ({"trained_on": None}, FREE, "Kit Marlow’s training is not signed off."),
    "trained later": ({"trained_on": date(2026, 3, 4)}, FREE, "Kit Marlow’s training is not signed off."),
    "unsupervised": ({"supervised": False}, FREE, "Kit Marlow has no supervision in place."),
    "declared": ({}, Ties(declared=True), "Kit Marlow has declared a conflict."),
    "kept from": ({}, Ties(kept_from=True), "Kit Marlow has declared a conflict."),
    "restricted": ({}, Ties(not_named=True), "Kit Marlow is not named for this restricted case."),
    "full": ({"people": 8}, FREE, "Kit Marlow has no capacity: 8 people already."),
}


def test_somebody_in_whose_way_nothing_stands_is_fit() -> None:
    assert fitness.obstacles(standing=FIT, ties=FREE, today=TODAY) == ()


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_a_sentence(reason: str) -> None:
    fields, ties, sentence = REASONS[reason]

    assert fitness.obstacles(standing=replace(FIT, **fields), ties=ties, today=TODAY) == (sentence,)


def test_all_reasons_are_told_at_once() -> None:
    worst = replace(FIT, left_on=TODAY, registration="", trained_on=None, supervised=False, people=9)

    found = fitness.obstacles(standing=worst, ties=Ties(True, True, True), today=TODAY)

    assert len(found) == 7


def test_whoever_stands_in_needs_no_room_and_everything_else() -> None:
    full = replace(FIT, people=20)

    assert fitness.obstacles(standing=full, ties=FREE, today=TODAY, standing_in=True) == ()
    assert fitness.obstacles(standing=full, ties=Ties(declared=True), today=TODAY, standing_in=True)


def test_whoever_leaves_tomorrow_is_still_here() -> None:
    assert fitness.obstacles(standing=replace(FIT, left_on=date(2026, 3, 4)), ties=FREE, today=TODAY) == ()


@pytest.mark.parametrize(
    ("declared", "same"),
    [
        (Named("Robin", "Example", None), True),
        (Named("robin james", " EXAMPLE ", None), True),
        (Named("", "Example", date(1990, 2, 28)), True),
        (Named("Robin", "Example", date(1991, 2, 28)), False),
        (Named("Rob", "Example", None), False),
        (Named("Robin", "Exampleton", None), False),
    ],
)
def test_a_declared_name_is_found(declared: Named, same: bool) -> None:
    assert fitness.same(declared, Named("Robin", "Example", date(1990, 2, 28))) is same


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=20), st.text(max_size=20), st.none() | st.dates())
def test_everybody_is_the_same_as_themselves(given_names: str, family_name: str, born: date | None) -> None:
    one = Named(given_names, family_name, born)

    assert fitness.same(one, one)
