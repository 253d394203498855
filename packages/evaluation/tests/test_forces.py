"""The 43 force areas: published figures with their gaps, and an estimate that agrees with the one worked out by hand."""

import pytest

from desist_evaluation import figures, forces
from desist_evaluation.checks import InvalidInputError

HEADER = ",".join(forces.COLUMNS)


def test_there_are_43_areas_each_with_people_and_their_source() -> None:
    known = forces.load()

    assert len(known) == 43
    assert all((one.people.value or 0) > 5000 and one.people.source_url for one in known.values())


@pytest.mark.parametrize("area", ["Kent", "Surrey", "Sussex"])
def test_the_three_forces_of_the_published_figures_agree_with_them(area: str) -> None:
    name = area.lower()
    keys = [f"recorded-{name}-2020", f"recorded-{name}-2020-apr-dec", f"orders-{name}-2021"]
    force = forces.force(name=area)
    recorded, nine, _, orders = force.published

    assert [one.value for one in (recorded, nine, orders)] == [figures.figure(key=key).value for key in keys]
    assert force.people.value == figures.figure(key=f"population-{name}-2019").value


@pytest.mark.parametrize(
    ("area", "missing", "why"),
    [
        ("Greater Manchester", {"recorded", "charged"}, "missing, not none"),
        ("City of London", {"recorded", "charged", "orders"}, "names no offence"),
        ("Leicestershire", {"charged"}, "leaves this force out"),
        ("Lincolnshire", {"orders"}, "did not answer"),
    ],
)
def test_what_is_not_published_is_missing_and_says_why(area: str, missing: set[str], why: str) -> None:
    force = forces.force(name=area)

    assert {one.key.split("-")[0] for one in force.published if one.value is None} == missing
    assert why in force.note


def test_no_order_is_nought_and_not_missing() -> None:
    assert forces.force(name="Dorset").published[-1].value == 0


def test_the_estimate_is_the_newest_share_of_the_adults_with_the_limits_of_the_series() -> None:
    found = forces.stalked(area="Kent", people=1_860_111)

    # by hand: 0.81 x 1,860,111 x 2.9%; 80% x 2.85% and 82% x 3.75%
    assert (round(found.people), round(found.low), round(found.high)) == (43_694, 42_411, 57_198)
    assert "Synthetic" in found.result.sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("force,people\nKent,5", "must have the columns"),
        (f"{HEADER}\n,5,2019,s,u,,,,,", "must name a force"),
        (f"{HEADER}\nKent,5,2019,s,u,,,,,\nKent,5,2019,s,u,,,,,", "twice"),
        (f"{HEADER}\nKent,5,2019,s,u,-3,,,,", "recorded_2020"),
        (f"{HEADER}\nKent,5,2019,s,u,#REF!,,,,", "recorded_2020"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        forces.read(text)


def test_an_area_that_is_no_force_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        forces.force(name="Northmere")
