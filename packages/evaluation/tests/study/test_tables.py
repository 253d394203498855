"""The parts of the annex: baseline, power, missing data, drawings."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages.evaluation.tests.study.test_annex import TODAY

from desist_evaluation.study.baseline import baseline_table, difference, share_difference
from desist_evaluation.study.charts import Steps, curve_chart, forest
from desist_evaluation.study.comparison import Group, Ratio
from desist_evaluation.study.files import read_study
from desist_evaluation.study.missing import missing_table
from desist_evaluation.study.plan import StudyPlan
from desist_evaluation.study.power import power_table
from desist_evaluation.study.tables import BLANK, FORMULA, Table, written

PLAN = StudyPlan(data_cut=TODAY, as_of=TODAY)
NO_EVENTS = "person,date,kind\n"


def ratio(estimate: float | None, low: float | None, high: float | None) -> Ratio:
    return Ratio(analysis="a", name="x against y", estimate=estimate, low=low, high=high, p=None)


def test_numbers_have_mean_and_spread_and_words_have_counts() -> None:
    data = read_study(
        episodes="person,arm,age,tie,id\n"
        + "".join(f"p{n},{'xy'[n % 2]},{20 + n},{'ex' if n < 9 else 'other'},i{n}\n" for n in range(20)),
        events=NO_EVENTS,
    )

    table = baseline_table(data)

    shown = {str(row[0]): row[1:] for row in table.rows}
    assert shown["age"] == (29.0, 6.06, 30.0, 6.06, -0.17)
    assert shown["tie: ex"][:4] == (5, 50.0, 4, 40.0)
    assert not any(name.startswith("id") for name in shown)
    assert "id has 20 different values and is not shown." in table.notes


def test_a_column_with_gaps_says_how_many() -> None:
    data = read_study(episodes="person,arm,age\na,x,30\nb,x,\nc,y,\nd,y,\n", events=NO_EVENTS)

    shown = {str(row[0]): row[1:] for row in baseline_table(data).rows}

    assert shown["age"] == (30.0, None, None, None, None)
    assert shown["age: not recorded"] == (1, 50.0, 2, 100.0, "")


def test_a_column_of_words_missing_in_one_arm_has_no_difference() -> None:
    data = read_study(episodes="person,arm,tie\na,x,ex\nb,y,\n", events=NO_EVENTS)

    shown = {str(row[0]): row[1:] for row in baseline_table(data).rows}

    assert shown["tie: ex"] == (1, 100.0, 0, None, "")


def test_a_column_without_any_value_is_only_said_to_be_missing() -> None:
    data = read_study(episodes="person,age\na,\n", events=NO_EVENTS)

    assert [row[0] for row in baseline_table(data).rows] == [
        "People",
        "age: not recorded",
        "area: not recorded",
    ]


def test_a_number_that_is_not_finite_makes_a_column_of_words() -> None:
    data = read_study(episodes="person,age\na,inf\nb,3\n", events=NO_EVENTS)

    assert [row[0] for row in baseline_table(data).rows][1:3] == ["age: 3", "age: inf"]


def test_a_difference_without_spread_has_no_value() -> None:
    same, one = np.array([1.0, 1.0]), np.array([1.0])

    assert difference(same, same) is None
    assert difference(one, same) is None
    assert share_difference(1.0, 1.0) is None
    assert share_difference(0.6, 0.4) == pytest.approx(0.408, abs=1e-3)


def test_power_of_small_arms_is_said_in_words() -> None:
    table = power_table({"x": 3, "y": 4}, PLAN)

    assert table.rows[-2][1] == "none, however large"
    assert table.rows[-1][1] == 66


def test_power_of_published_size_is_the_published_one() -> None:
    answers = {row[0]: row[1] for row in power_table({"x": 60, "y": 60}, PLAN).rows}

    assert answers["Largest share that arms of the smallest size tell from the expected one, %"] == 24.6
    assert answers["x: if nobody offended, up to this share could still be the truth, %"] == 6.0


def test_an_empty_arm_has_no_precision() -> None:
    assert power_table({"": 0}, PLAN).rows == (("Everyone: people followed", 0),)


def test_missing_cells_are_counted_and_events_need_not_be_there() -> None:
    data = read_study(episodes="person,start,age\na,2024-01-01,\nb,,3\n", events=NO_EVENTS)

    assert missing_table(data).rows == (
        ("start", 1, 2, 50.0),
        ("age", 1, 2, 50.0),
        ("events: source", 0, 0, None),
    )


def test_a_table_knows_its_columns_of_figures_and_writes_gaps_as_nothing() -> None:
    table = Table(
        name="t", title="T", columns=("a", "b", "c", "d"), rows=(("x", "y", 1, ""), ("-x", "z", None, None))
    )

    assert table.figures == {2, 3}
    assert table.as_csv() == "a,b,c,d\nx,y,1,\n'-x,z,,\n"
    assert (written(None), written(12345), written("x")) == ("not known", "12,345", "x")


@pytest.mark.parametrize(
    "risky", ["=1+1", "+1", "-x", "@x", "\t=1", " =1", "\u200f=1", "\uff1d1", "\ufeff @x", "\r=1", "\n=1"]
)
def test_nothing_that_a_spreadsheet_would_run_stands_in_a_heading_or_a_cell(risky: str) -> None:
    table = Table(name="t", title="T", columns=("a", risky), rows=((risky, -1),))

    heading, row = list(csv.reader(io.StringIO(table.as_csv(), newline="")))

    kept = "'" + risky.replace("\r", " ")
    assert heading == ["a", kept]
    assert row == [kept, "-1"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet="=+-@ \t\r\n\u00a0\ufeff\u200e\uff1da1", max_size=6))
def test_no_first_sign_but_a_harmless_one_is_left(cell: str) -> None:
    table = Table(name="t", title="T", columns=(cell,), rows=())

    (heading,) = next(csv.reader(io.StringIO(table.as_csv(), newline="")))

    assert heading.removeprefix("'") == cell.replace("\r", " ")
    assert heading.strip("".join(BLANK) + "\t\r\n")[:1] not in set(FORMULA) - {""} or heading.startswith("'")


def test_a_curve_is_drawn_in_steps_inside_its_frame() -> None:
    steps = Steps(
        name="x",
        ends=[0, 1, 1, 2, 4],
        days=[0, 1, 2, 4],
        share=[0, 0, 0.5, 1],
        low=[None, None, 0.2, 0.4],
        high=[None, None, 0.9, 1],
    )

    chart = curve_chart([steps], horizon=4)

    assert chart.lines[0].path == "M64.0 332.0H384.0V172.0H704.0V12.0H704.0"
    assert chart.lines[0].band.endswith("Z")
    assert [tick.label for tick in chart.up] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    assert [(count.at, count.label) for count in chart.risk[0].counts] == [
        *((64.0, "5"), (224.0, "4"), (384.0, "2"), (544.0, "1"), (704.0, "1")),
    ]
    assert chart.risk[0].y < chart.height


def test_a_curve_with_nobody_in_it_is_empty() -> None:
    chart = curve_chart([Steps(name="x", ends=[], days=[], share=[], low=[], high=[])], horizon=10)

    assert (chart.lines[0].path, chart.lines[0].band) == ("", "")
    assert [tick.label for tick in chart.up] == ["0%", "5%"]


def test_a_band_goes_back_along_its_low_limits() -> None:
    steps = Steps(
        name="x", ends=[], days=[0, 2, 4], share=[0.5] * 3, low=[0.25, 0.25, 0.25], high=[0.75, 0.75, 0.75]
    )

    band = curve_chart([steps], horizon=4).lines[0].band

    assert band == "M64.0 32.0H704.0L704.0 232.0L384.0 232.0L64.0 232.0Z"


def test_ratios_are_drawn_on_a_logarithmic_axis_and_arrows_say_where_it_ends() -> None:
    drawn = forest([ratio(1.0, 0.001, None), ratio(None, None, None), ratio(0.0, None, 1.0)])

    assert drawn is not None
    (row,) = drawn.rows
    assert row.at == drawn.one
    assert (row.beyond_low, row.beyond_high) == (True, True)
    assert row.figures == "1.00 (0.00 to no limit)"


def test_a_ratio_with_limits_inside_the_axis_has_no_arrow() -> None:
    drawn = forest([ratio(0.8, 0.6, 1.2)])

    assert drawn is not None
    assert [tick.label for tick in drawn.ticks] == ["0.5", "1", "2"]
    assert (drawn.rows[0].beyond_low, drawn.rows[0].beyond_high) == (False, False)


def test_without_a_ratio_nothing_is_drawn() -> None:
    assert forest([ratio(None, None, None)]) is None


def test_a_group_without_limits_is_still_a_sentence() -> None:
    group = Group(analysis="a", name="x", people=3, events=0, share=0.0, low=0.0, high=None)

    assert group.sentence(horizon=365, level=0.95) == "x: 0.0% of 3 people had a first event by day 365."
