"""The published figures: complete, dated, sourced, and in agreement with what the library works out."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desist_evaluation as evaluation
from desist_evaluation import figures
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.figures import Topic, Unit, Verdict

GOOD = {
    "key": "csew-2020",
    "topic": "prevalence",
    "claim": "Adults stalked in the last year",
    "value": "3.6",
    "unit": "percent",
    "numerator": "",
    "denominator": "",
    "low": "3.55",
    "high": "3.65",
    "interval": "rounding",
    "population": "adults aged 16 to 74",
    "period": "year ending March 2020",
    "period_start": "2019-04-01",
    "period_end": "2020-03-31",
    "area": "England and Wales",
    "source": "A survey",
    "source_url": "https://example.org",
    "licence": "Open Government Licence v3.0",
    "basis": "source",
    "superseded_by": "",
    "verdict": "",
    "note": "",
}


def table(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(GOOD))
    writer.writeheader()
    writer.writerows({**GOOD, **row} for row in rows)
    return text.getvalue()


def test_every_claim_of_the_article_has_a_verdict() -> None:
    verdicts = {claim.key: claim.verdict for claim in figures.select(topic=Topic.CLAIM)}

    assert verdicts == {
        "claim-adults-stalked": Verdict.MISDESCRIBED,
        "claim-women-lifetime": Verdict.HOLDS,
        "claim-men-lifetime": Verdict.OUT_OF_DATE,
        "claim-people-a-year": Verdict.HOLDS,
        "claim-cyberstalking-rise": Verdict.MISDESCRIBED,
        "claim-tested": Verdict.NOT_SUPPORTED,
    }


def test_each_of_the_three_forces_has_population_recorded_stalking_and_orders() -> None:
    for force in ("Kent", "Surrey", "Sussex"):
        for topic, least in ((Topic.POPULATION, 1), (Topic.RECORDED, 6), (Topic.ORDERS, 2)):
            assert len(figures.select(topic=topic, area=force)) >= least


def test_a_superseded_figure_leads_to_the_newest() -> None:
    newest = figures.newest(key="csew-2020")

    assert (newest.key, newest.written) == ("csew-2025", "2.9%")


def test_nine_months_are_known_to_be_nine_months() -> None:
    assert figures.figure(key="recorded-sussex-2020-apr-dec").days == 275
    assert figures.figure(key="recorded-sussex-2020").days == 366
    assert figures.figure(key="evidence-2019-trial").days is None


@pytest.mark.parametrize("force", ["kent", "surrey", "sussex"])
def test_the_order_rates_are_what_the_library_works_out(force: str) -> None:
    orders = figures.figure(key=f"orders-{force}-2021").value
    people = figures.figure(key=f"population-{force}-2019").value
    published = figures.figure(key=f"orders-rate-{force}-2021")

    rate = evaluation.poisson_exact_ci(events=orders, population=people, per=100_000)

    assert rate.interval is not None
    assert [
        round(float(part or 0), 2) for part in (rate.estimate, rate.interval.low, rate.interval.high)
    ] == [
        published.value,
        published.low,
        published.high,
    ]


@pytest.mark.parametrize(
    ("key", "events", "n"),
    [
        ("evidence-2007-completers", 0, 14),
        ("evidence-2007-all", 4, 29),
        ("evidence-kent-improved-2023", 16, 29),
        ("evidence-kent-worse-2023", 6, 29),
    ],
)
def test_the_proportions_are_what_the_library_works_out(key: str, events: int, n: int) -> None:
    published = figures.figure(key=key)

    share = evaluation.clopper_pearson(events=events, n=n)

    assert share.interval is not None
    assert [
        round(100 * float(part or 0), 1) for part in (share.estimate, share.interval.low, share.interval.high)
    ] == [published.value, published.low, published.high]


def test_the_derived_costs_and_shares_add_up() -> None:
    grant, place = (figures.figure(key=f"cost-kent-{name}-2022").value for name in ("grant", "place"))
    charged, recorded, share = (
        figures.figure(key=f"{name}-england-wales-2022").value
        for name in ("charged", "recorded", "charge-share")
    )

    assert place == round(float(grant or 0) / 80, 2)
    assert share == round(100 * float(charged or 0) / float(recorded or 1), 1)


def test_no_figure_claims_that_something_works_outside_a_quotation() -> None:
    for figure in figures.load().values():
        for text in (figure.claim, figure.note):
            outside = " ".join(text.split('"')[::2]).lower()

            assert "proven" not in outside
            assert "success" not in outside


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1_500_000, Unit.PEOPLE, "1.5 million"),
        (1_638_597, Unit.POUNDS, "£1,638,597"),
        (66e9, Unit.POUNDS, "£66 billion"),
        (6962.09, Unit.POUNDS, "£6,962.09"),
        (2.8, Unit.RATIO, "2.8"),
        (3.6, Unit.PERCENT, "3.6%"),
        (23, Unit.ORDERS, "23"),
    ],
)
def test_a_value_is_written_without_losing_a_digit(value: float, unit: Unit, words: str) -> None:
    assert figures.written(value, unit) == words


def test_limits_and_missing_values_are_written_in_words() -> None:
    assert figures.figure(key="csew-count-2025").limits == "1.35 million to 1.45 million"
    assert figures.figure(key="recorded-kent-2016").limits is None
    assert figures.figure(key="claim-tested").written == "no figure"


def test_a_good_row_is_read_with_its_days() -> None:
    found = figures.read(table({}))

    assert found["csew-2020"].period_start == date(2019, 4, 1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"key": ""}, "key: is needed"),
        ({"topic": "gossip"}, "topic: must be one of"),
        ({"unit": "furlongs"}, "unit: must be one of"),
        ({"value": "#DIV/0!"}, "value: must be a number"),
        ({"value": "nan", "low": "", "high": "", "interval": ""}, "value: must be a finite number"),
        ({"value": "4.6"}, "value: must lie between low and high"),
        ({"numerator": "36"}, "numerator: needs a denominator above nought, and a value"),
        ({"numerator": "36", "denominator": "0"}, "numerator: needs a denominator above nought"),
        (
            {"value": "", "numerator": "36", "denominator": "1000"},
            "numerator: needs a denominator above nought, and a value",
        ),
        (
            {"numerator": "37", "denominator": "1000"},
            "value: must be the numerator over the denominator, 3.7, not",
        ),
        ({"numerator": "many", "denominator": "1000"}, "numerator: must be a number"),
        ({"interval": ""}, "low: and high and interval go together"),
        ({"period_end": "31/03/2020"}, "period_end: must be a day"),
        ({"superseded_by": "csew-2099"}, "superseded_by: must name a later figure"),
        ({"superseded_by": "csew-2020"}, "superseded_by: must name a later figure"),
        ({"verdict": "holds"}, "verdict: is needed for a claim, and only for a claim"),
        ({"topic": "claim"}, "verdict: is needed for a claim, and only for a claim"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_in_words(row: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        figures.read(table(row))


@pytest.mark.parametrize("figure", [one for one in figures.load().values() if one.numerator is not None])
def test_every_value_with_its_parts_is_one_over_the_other(figure: figures.Figure) -> None:
    scale = {"percent": 100, "per 100,000": 100_000}.get(figure.unit, 1)

    assert figure.denominator
    assert figure.value == pytest.approx(scale * float(figure.numerator or 0) / figure.denominator, abs=0.05)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 4))
def test_a_share_rounded_to_any_digits_is_read_and_one_digit_off_is_not(
    parts: tuple[int, int], digits: int
) -> None:
    share = round(100 * parts[0] / parts[1], digits)
    row = {"numerator": str(parts[0]), "denominator": str(parts[1]), "low": "", "high": "", "interval": ""}

    assert figures.read(table({**row, "value": str(share)}))["csew-2020"].value == share
    with pytest.raises(InvalidInputError, match="must be the numerator over the denominator"):
        figures.read(table({**row, "value": str(round(share + 1.2, 4))}))


def test_a_key_may_not_appear_twice() -> None:
    with pytest.raises(InvalidInputError, match=r"line 3.key: must not appear twice: csew-2020"):
        figures.read(table({}, {}))


def test_a_table_with_other_columns_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must have the columns key, topic"):
        figures.read("key,value\ncsew-2020,3.6\n")


def test_a_row_that_is_too_short_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must have the columns key, topic"):
        figures.read(",".join(GOOD) + "\ncsew-2020,prevalence\n")


def test_asking_for_an_unknown_figure_names_the_rule() -> None:
    with pytest.raises(InvalidInputError, match="key: must be one of"):
        figures.figure(key="csew-1066")


def test_a_claim_without_a_number_may_have_limits() -> None:
    found = figures.read(table({"value": ""}))

    assert found["csew-2020"].value is None
