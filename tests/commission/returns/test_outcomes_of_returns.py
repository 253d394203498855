"""What measures and goals say over four quarters: with intervals, a picture, and what error alone would make of them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.commission import factories
from tests.programme.reading import text

from desist.commission.returns.outcomes import outcomes
from desist.returns import definitions
from desist.returns.figures import Span
from desist.returns.quarters import Quarter
from desist.wall.actors import Role

NEWEST = definitions.edition("2026-12-3")
JULY = Quarter(date(2026, 7, 1))
FIGURES = (
    *("four accepted 120", "four started 44", "four left.started 60"),
    *("four core-10.improved 18", "four core-10.same 12", "four core-10.worse 10", "four core-10.apart 20"),
    *("four gad-7.improved 15", "four goals.all 25"),
)


@pytest.fixture
def commissioner(settings: Any, db: None) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    factories.service()
    return staff.browser(account=staff.account(), role=Role.COMMISSIONER)


def said(**numbers: int) -> tuple[str, ...]:
    """What is said of CORE-10 over four quarters."""
    read = {(Span.FOUR, f"core-10.{name}"): number for name, number in numbers.items() if name != "of"}
    found = outcomes(NEWEST, read | {(Span.FOUR, "left.started"): numbers.get("of", 60)}, JULY)
    assert found is not None
    return found.by_error


def test_four_quarters_and_the_year_have_their_intervals_and_n(commissioner: Client) -> None:
    numbers = ["quarter accepted 60", "quarter started 22"]
    factories.came(quarter=date(2026, 4, 1), figures=numbers)
    ref = factories.came(figures=["four accepted 120", "four started 44", *numbers]).ref

    page = text(commissioner.get(f"/returns/{ref}/"))

    # by hand: Wilson's intervals of 22 of 60 and 44 of 120
    small, large = "37% (26% to 49%), n = 60", "37% (29% to 46%), n = 120"
    assert f"Attended session 1 22 {small} 44 {large} 44 {large}" in page


def test_who_is_there_on_several_last_days_is_no_share_of_four_quarters(commissioner: Client) -> None:
    ref = factories.came(
        figures=["quarter there 50", "quarter there.waiting 20", "four there 200", "four there.waiting 80"]
    ).ref

    page = text(commissioner.get(f"/returns/{ref}/"))

    assert "Waiting 20 40% (28% to 54%), n = 50 80 –" in page


def test_measures_and_goals_are_a_picture_with_its_table_and_n_in_words(commissioner: Client) -> None:
    ref = factories.came(definitions="2026-12-3", figures=list(FIGURES), days=[]).ref

    page = text(commissioner.get(f"/returns/{ref}/"))

    assert "60 people had attended session 1 and left from October 2025 to September 2026" in page
    assert "CORE-10, reliably improved: 18" in page
    assert "GAD-7, no reliable change: withheld" in page
    assert "All of them: 25" in page
    assert "None of them: withheld" in page
    assert "CORE-10 18 12 10 20 GAD-7 15 withheld withheld withheld" in page


def test_the_quarter_is_drawn_where_no_four_quarters_are_told() -> None:
    read = {(Span.QUARTER, "left.started"): 20, (Span.QUARTER, "goals.all"): 12}

    found = outcomes(NEWEST, read, JULY)

    assert found is not None
    assert found.over == "July to September 2026"
    assert ("All of them", 12) in found.goals


def test_a_withheld_n_is_said_to_be_withheld(commissioner: Client) -> None:
    ref = factories.came(definitions="2026-12-3", figures=["four goals.all 25"], days=[]).ref

    page = text(commissioner.get(f"/returns/{ref}/"))

    assert (
        "How many people had attended session 1 and left from October 2025 to September 2026 is withheld"
        in page
    )


def test_an_edition_without_measures_has_no_such_picture(commissioner: Client) -> None:
    page = text(commissioner.get(f"/returns/{factories.came().ref}/"))

    assert "Measures at the end" not in page


# by hand: the reliable change of CORE-10 is at the 90% level, which leaves 5% each way
@pytest.mark.parametrize(
    ("improved", "same", "worse", "sentence"),
    [
        (18, 12, 10, "error alone would move about 2 of these 40 people each way"),
        (10, 10, 10, "error alone would move 1 or 2 of these 30 people each way"),
        (0, 12, 0, "error alone would move at most 1 of these 12 people each way"),
    ],
)
def test_error_alone_has_its_number(improved: int, same: int, worse: int, sentence: str) -> None:
    assert sentence in said(improved=improved, same=same, worse=worse)[0]


def test_those_who_can_be_judged_are_the_whole_without_those_apart() -> None:
    assert "2 of these 40 people" in said(improved=18, apart=20)[0]


@pytest.mark.parametrize("numbers", [{"improved": 18}, {"apart": 60}])
def test_where_n_is_withheld_or_nought_error_has_no_number(numbers: dict[str, int]) -> None:
    assert not [one for one in said(**numbers) if "each way" in one]


def test_forms_whose_sources_print_too_little_are_named_and_so_is_regression_to_the_mean() -> None:
    _, others, mean = said(improved=18, same=12, worse=10)

    assert others.startswith("For GAD-7, PCL-5 and PHQ-9 the sources print too little")
    assert "regression to the mean" in mean


def test_definitions_are_one_click_away_beside_four_quarters(commissioner: Client) -> None:
    page = text(commissioner.get(f"/returns/{factories.came().ref}/four/"))

    assert "Starts: how it is counted S1, definitions 2026-12. Counted: Of those accepted" in page
