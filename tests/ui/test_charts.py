"""A chart is drawn to scale, says in words what it shows, and never draws what is not there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.ui import charts

ROUTES = [("Police", 42), ("Probation", 21), ("Self", None)]


def test_bars_are_as_long_as_their_values() -> None:
    plot = charts.bars(title="Referrals by route", items=ROUTES, unit="referrals", absent="withheld")

    assert [bar.share for bar in plot.bars] == [100, 50, 0]
    assert plot.summary == "Referrals by route (referrals): Police 42; Probation 21; Self withheld"
    assert plot.rows == (("Police", "42"), ("Probation", "21"), ("Self", "withheld"))


def test_a_chart_of_nothing_is_drawn() -> None:
    assert charts.bars(title="Empty", items=[]).height == 0
    assert charts.bars(title="Zero", items=[("a", 0)]).bars[0].share == 0


def test_lines_break_where_a_value_is_absent() -> None:
    plot = charts.lines(title="Held", steps=["Jan", "Feb", "Mar"], series=[("Held", [0, None, 10])])

    line = plot.lines[0]
    assert [(point.x, point.y) for point in line.points] == [(10, 208), (96, 24)]
    assert line.stretches == ("10.0,208.0", "96.0,24.0")
    assert plot.rows[1] == ("Feb", "no figure")


def test_bands_and_levels_stand_on_the_axis_of_the_highest_possible_value() -> None:
    plot = charts.lines(
        title="PHQ-9",
        steps=["Jan", "Feb"],
        series=[("Total", [9, 15])],
        bands=[(0, "Minimal"), (10, "Moderate")],
        levels=[(3, "Counts as improved"), (-3, "Below the axis")],
        most=20,
    )

    assert [(band.text, band.y) for band in plot.bands] == [("Minimal", 208), ("Moderate", 116)]
    assert [level.text for level in plot.levels] == ["Counts as improved"]


def test_a_year_has_a_column_for_each_week_and_marks_the_weeks_below() -> None:
    monday = date(2026, 3, 2)
    days = [(monday + timedelta(days=number), number % 7 or None, "") for number in range(14)]
    days[8] = (days[8][0], 5, "✚")

    plot = charts.year(title="A year", days=days, below=[("Chains", {monday + timedelta(days=9)})])

    assert [(one.x, one.y) for one in plot.squares[:8:7]] == [(10, 0), (55, 0)]
    assert [one.mark for one in plot.squares if one.mark] == ["✚", "◆"]
    assert plot.squares[-1].x == 55
    assert plot.labels[-1][0] == "Chains"


def test_stacked_lines_share_their_columns_and_have_each_a_scale_of_its_own() -> None:
    plot = charts.stacked(
        title="By session",
        count=4,
        series=[("Urge", 5, [0, None, 5, None]), ("Score", 27, [27, None, None, 0])],
    )

    urge, score = plot.lines
    assert [(point.x, point.y) for point in urge.points] == [(12.5, 48), (62.5, 20)]
    assert [(point.x, point.y) for point in score.points] == [(12.5, 74), (87.5, 102)]
    assert urge.stretches == ("12.5,48.0 62.5,20.0",)
    assert plot.height == 108
    assert plot.summary == "By session: Urge; Score"


def test_a_single_step_stands_in_the_middle() -> None:
    plot = charts.lines(title="Held", steps=["Jan"], series=[("Held", [3])])

    assert plot.lines[0].points[0].x == 53


def test_more_lines_than_marks_are_refused() -> None:
    with pytest.raises(charts.TooManyLines):
        charts.lines(title="Many", steps=["Jan"], series=[(str(n), [n]) for n in range(7)])


@pytest.mark.parametrize(
    ("value", "told"), [(None, "no figure"), (0, "0"), (1234, "1,234"), (3.46, "3.5"), (10, "10"), (2.0, "2")]
)
def test_a_figure_is_told_as_people_read_it(value: float | None, told: str) -> None:
    assert charts.figure(value) == told


@given(st.floats(min_value=0.001, max_value=1e9))
def test_the_axis_ends_at_a_round_number_that_holds_the_highest(highest: float) -> None:
    top = charts.ceiling(highest)

    assert highest <= top <= 2.5 * highest + 1e-9


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=40))
def test_every_point_lies_within_the_drawing(values: list[int]) -> None:
    plot = charts.lines(title="Any", steps=[str(n) for n in range(len(values))], series=[("a", values)])

    assert all(0 <= point.x <= 100 and 0 <= point.y <= plot.height for point in plot.lines[0].points)
    assert 1 <= len(plot.steps) <= 4
