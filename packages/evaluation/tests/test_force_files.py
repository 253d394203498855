"""Public per-force files: every kind of dirt is named, and unequal periods are not compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.exposure import UnequalExposureError
from desist_evaluation.force_files import period_of, read_count, read_table

FILE = """\ufeffPolice force,foi_response,Stalking incidents_2018-19,incidents_2019-20,incidents_apr_dec_20,Increase to Apr-Dec20 ,charge_rate_apr20_dec20
Kent ,yes,631,882,"3,228",266%,2%
Surrey ,yes,409,497,373,-25%,23%
Sussex ,yes,1545,1987,1570,-21%,4%
Devon & Cornwall ,yes,486,n/a,648,#REF!,8%
Greater  Manchester ,yes,342,0,0,#DIV/0!,#DIV/0!
Quiet Parish,yes,1,0,#DIV/0!
Small,no,<5,,12,,
,,,,,,
total,,3413,3366,5831,,
"""


def test_every_cell_without_a_count_says_why() -> None:
    found = evaluation.area_counts(csv=FILE)

    notes = {
        (entry["area"], entry["period_end"]): entry["note"]
        for entry in found.as_dict()["counts"]  # type: ignore[attr-defined]  # a list in JSON
        if entry["note"]
    }
    assert notes == {
        ("Devon and Cornwall", "2020-03-31"): "not available",
        ("Greater Manchester", "2020-03-31"): "zero, but 342 in another period: missing, not none",
        ("Greater Manchester", "2020-12-31"): "zero, but 342 in another period: missing, not none",
        ("Quiet Parish", "2020-12-31"): "spreadsheet error #DIV/0!",
        ("Small", "2019-03-31"): "suppressed (<5)",
        ("Small", "2020-03-31"): "blank",
    }
    assert found.missing == 6


def test_columns_and_rows_that_hold_no_counts_are_named() -> None:
    table = read_table(text=FILE)

    assert len(table.left_out) == 5
    assert "line 10: total, not an area" in table.left_out
    assert "column charge_rate_apr20_dec20: no counts of a period" in table.left_out


def test_a_small_zero_is_a_zero() -> None:
    table = read_table(text=FILE)

    assert table.of("incidents_2019-20")["Quiet Parish"].count == 0


def test_nine_months_are_not_compared_with_twelve() -> None:
    with pytest.raises(
        UnequalExposureError, match=r"366 days and .* is 275 days: their counts do not compare"
    ):
        evaluation.area_change(csv=FILE, before="incidents_2019-20", after="incidents_apr_dec_20")


def test_the_published_fall_of_a_fifth_is_a_small_rise_per_day() -> None:
    found = evaluation.area_change(
        csv=FILE, before="incidents_2019-20", after="incidents_apr_dec_20", compare="rates", area="Sussex"
    )

    changes = {row["area"]: row["change_pct"] for row in found.as_dict()["areas"]}  # type: ignore[attr-defined]  # a list in JSON
    assert changes["Sussex"] == pytest.approx(5.2, abs=0.05)
    assert changes["Surrey"] == pytest.approx(-0.1, abs=0.05)
    assert changes["Kent"] == pytest.approx(387, abs=0.5)
    assert found.estimate == pytest.approx(1.052, abs=0.001)
    assert "would have read -21.0%" in found.sentence
    assert "recorded as stalking by default" in found.sentence


def test_equal_years_compare_as_counts_over_all_areas_that_have_both() -> None:
    found = evaluation.area_change(csv=FILE, before="Stalking incidents_2018-19", after="incidents_2019-20")

    assert found.n == 4
    assert found.events == (631 + 409 + 1545 + 1) + (882 + 497 + 1987 + 0)
    assert found.as_dict()["left_out"] == [
        "Devon and Cornwall: not available",
        "Greater Manchester: zero, but 342 in another period: missing, not none",
        "Small: suppressed (<5)",
    ]
    assert "different times of the year" not in found.sentence


def test_a_year_that_holds_nine_months_can_be_said_to() -> None:
    text = "force,2019/20,2020/21\nSussex,1987,1570\n"
    days = {"2019/20": ["2019-04-01", "2020-03-31"], "2020/21": ["2020-04-01", "2020-12-31"]}

    found = evaluation.area_change(csv=text, before="2019/20", after="2020/21", compare="rates", periods=days)

    assert found.values["after_days"] == 275


def test_none_before_has_no_finite_ratio() -> None:
    found = evaluation.area_change(csv="force,2018/19,2019/20\nKent,0,7\n", before="2018/19", after="2019/20")

    assert found.estimate is None
    assert "no finite value" in found.sentence


def test_a_file_of_equal_years_has_no_warning_of_unequal_ones() -> None:
    found = evaluation.area_counts(csv="force,2018/19,2019/20\nSussex,1545,1987\n")

    assert found.warnings == ()


@pytest.mark.parametrize(
    ("header", "days"),
    [
        ("2015/16", 366),
        ("incidents_2016-17", 365),
        ("incidents_apr_dec_20", 275),
        ("April to December 2020", 275),
        ("Jan-Dec 2019", 365),
        ("2015/19", None),
        ("charge rate 17/18", None),
        ("Dec to Apr 20", None),
        ("abc_def_20", None),
        ("code", None),
    ],
)
def test_a_header_names_its_period_or_none(header: str, days: int | None) -> None:
    period = period_of(header)

    assert (period.days if period else None) == days


@pytest.mark.parametrize(
    ("cell", "count"), [("12", 12), (" 1,234 ", 1234), ("7.0", 7), ("[x]", None), ("#N/A", None), ("c", None)]
)
def test_a_cell_is_a_count_or_none(cell: str, count: int | None) -> None:
    assert read_count(field="cell", text=cell)[0] == count


def reading(cell: str) -> tuple[int | None, str]:
    """A cell's count, or why there is none, a refusal included."""
    try:
        return read_count(field="cell", text=cell)
    except InvalidInputError as error:
        return None, error.rule


@given(cell=st.text(max_size=12))
@settings(max_examples=100)
def test_any_cell_is_a_count_or_a_reason_or_refused_in_words(cell: str) -> None:
    count, reason = reading(cell)

    assert (count is None) == bool(reason)
    assert count is None or count >= 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("force,2019/20\n", "csv: must have a header and at least one row"),
        ("force,code\nKent,E23\n", "csv: must have a column that names a period"),
        ("force,2019/20,a 2019-20\nKent,1,2\n", "csv: must not have two columns of one period"),
        ("force,2019/20\nKent,1\n kent ,2\n", "line 3: must not name an area twice"),
        ("force,2019/20\nKent,-4\n", "line 2, 2019/20: must not be negative"),
        ("force,2019/20\nKent,1.5\n", "line 2, 2019/20: must be a whole number"),
        ("force,2019/20\nKent,many\n", "line 2, 2019/20: must be a count or say that there is none"),
        ("force,2019/20\nKent,nan\n", "line 2, 2019/20: must be a finite number"),
        ("force,2019/20\nKent,1,2\n", "line 2: must have 2 cells, not 3"),
        ("force,2019/20\n\ntotal,4\n", "csv: must have an area with counts"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        read_table(text=text)


def test_periods_must_name_columns_and_days() -> None:
    text = "force,2019/20\nKent,1\n"

    with pytest.raises(InvalidInputError, match="periods: must be one of"):
        read_table(text=text, periods={"2020/21": ["2020-04-01", "2021-03-31"]})
    with pytest.raises(InvalidInputError, match="must have at least 2"):
        read_table(text=text, periods={"2019/20": ["2019-04-01"]})


def test_columns_that_periods_do_not_name_are_left_out() -> None:
    table = read_table(
        text="force,2018/19,2019/20\nKent,1,2\n", periods={"2019/20": ["2019-04-01", "2020-03-31"]}
    )

    assert list(table.periods) == ["2019/20"]


def test_a_comparison_needs_an_area_with_both_counts() -> None:
    text = "force,2018/19,2019/20\nKent,n/a,2\n"

    with pytest.raises(InvalidInputError, match="must have an area with a count in both periods"):
        evaluation.area_change(csv=text, before="2018/19", after="2019/20")


def test_asking_for_an_area_or_column_that_is_not_there_names_the_rule() -> None:
    text = "force,2018/19,2019/20\nKent,1,2\n"

    with pytest.raises(InvalidInputError, match="area: must be one of Kent"):
        evaluation.area_change(csv=text, before="2018/19", after="2019/20", area="Surrey")
    with pytest.raises(InvalidInputError, match="period: must be one of"):
        evaluation.area_change(csv=text, before="2017/18", after="2019/20")
    with pytest.raises(InvalidInputError, match="after_start: must be after before_end"):
        evaluation.area_change(csv=text, before="2019/20", after="2018/19")
