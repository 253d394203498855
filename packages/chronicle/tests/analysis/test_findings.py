"""Findings are sentences that say no more than the data carry."""

from datetime import date, datetime, timedelta

from packages.chronicle.tests.casework import charted, record

from desist_chronicle.analysis.before_after import comparison_sentence
from desist_chronicle.analysis.findings import Questions, findings
from desist_chronicle.analysis.orders import Order
from desist_chronicle.analysis.rates import compare_occasions
from desist_chronicle.records import Record

COURT = date(2024, 3, 1)


def monthly(count: int, *, every: float = 2) -> list[Record]:
    start = datetime.fromisoformat("2024-01-01 08:00")
    times = (start + timedelta(days=every * number) for number in range(count))
    return [record(at=time.isoformat(" ", "minutes")) for time in times]


def said(records: list[Record], questions: Questions | None = None) -> dict[str, str]:
    found = findings(course=charted(records), questions=questions or Questions())
    return {finding.title: " ".join(finding.sentences) for finding in found}


def compared(earlier: int, later: int, later_days: int = 100) -> str:
    comparison = compare_occasions(earlier=earlier, later=later, earlier_days=100, later_days=later_days)
    return comparison_sentence(comparison=comparison, what="occasions")


def test_thirty_five_against_twenty_is_not_enough() -> None:
    assert compared(20, 35) == (
        "35 occasions against 20: +75 %, 95 % interval -2 % to +220 %: not enough to say it rose."
    )


def test_every_verdict_has_its_words() -> None:
    assert compared(120, 210).endswith("it rose.")
    assert compared(210, 120).endswith("it fell.")
    assert compared(21, 20).endswith("not enough to say it fell.")
    assert compared(0, 9).startswith("9 occasions against 0: no upper limit, 95 % interval")
    assert "(50 days against 100; the rates are compared)" in compared(20, 35, 50)


def test_what_was_not_asked_is_not_answered() -> None:
    assert list(said(monthly(30))) == ["How much", "Occasions", "Night and weekend", "Over time"]


def test_a_steady_course_is_not_called_a_trend() -> None:
    over_time = said(monthly(60))["Over time"]

    assert "not enough to say that contacts became more or less frequent" in over_time
    assert "Occasions: not enough to say that occasions became more or less frequent" in over_time


def test_a_rise_and_a_fall_are_named() -> None:
    start = datetime.fromisoformat("2024-01-01 08:00")
    rising = [
        record(at=(start + timedelta(days=300 * (n / 80) ** 0.5)).isoformat(" ", "minutes"))
        for n in range(80)
    ]
    falling = [
        record(at=(start + timedelta(days=300 * (n / 80) ** 2)).isoformat(" ", "minutes")) for n in range(80)
    ]

    assert "Occasions: occasions became more frequent" in said(rising)["Over time"]
    assert "p = below 0.001" in said(rising)["Over time"]
    assert "Occasions: occasions became less frequent" in said(falling)["Over time"]


def test_too_few_are_said_to_be_too_few() -> None:
    over_time = said([record(), record(at="2024-03-20 08:00")])["Over time"]

    assert over_time == (
        "There was contact on 2 of 20 days. In the first 10 days: 1 contact on 1 day. In the last 10: 1 contact on 1 day. "
        "Too few whole weeks to tell a direction: 2, and it takes 8. "
        "Too few occasions to test for a trend: 2, and it takes 8. "
        "Too few whole weeks to test for a trend: 2, and it takes 8."
    )


def test_a_single_day_has_no_halves() -> None:
    assert said([record()])["Over time"].startswith("There was contact on 1 of 1 day. Too few whole weeks")


def test_before_and_after_compares_occasions_and_contacts() -> None:
    answer = said(monthly(30), Questions(compare_at=date(2024, 1, 31)))["Before and after"]

    assert answer.startswith("15 occasions against 15 (29 days against 30; the rates are compared): ")
    assert "15 contacts against 15 (29 days against 30; the rates are compared): " in answer


def test_a_day_outside_the_period_compares_nothing() -> None:
    answer = said(monthly(30), Questions(compare_at=date(2020, 1, 1)))["Before and after"]

    assert answer == "01 Jan 2020 is not inside the period, so there is nothing to compare."


def test_too_short_a_side_is_said() -> None:
    answer = said(monthly(5), Questions(compare_at=date(2024, 1, 3)))["Before and after"]

    assert "Each side needs two whole weeks" in answer


def test_after_triggers_tells_dates_counts_and_the_correction() -> None:
    crowd = [record(at=f"2024-03-0{day} 08:00") for day in range(1, 8)]
    told = [record(at="2024-01-01 08:00"), *crowd, record(at="2024-12-31 08:00")]

    answer = said(told, Questions(triggers={"court date": [COURT], "birthday": [date(2020, 1, 1)]}))

    after = answer["After certain dates"]
    assert "court date (01 Mar 2024): 7 occasions on the 7 days" in after
    assert "corrected 0.005: more than chance would bring" in after
    assert "birthday: no such date lies inside the period." in after
    assert "2 kinds of date tried" in after


def test_a_trigger_that_nothing_follows_is_said_to_be_chance() -> None:
    after = said(monthly(30), Questions(triggers={"court date": [date(2024, 1, 20)]}))["After certain dates"]

    assert "not more than chance would bring" in after
    assert "1 kind of date tried" in after


def test_orders_give_candidates_and_never_a_breach() -> None:
    served = Order("Order", datetime.fromisoformat("2024-01-31"), served_time_known=False, until=None)
    ended = Order(
        "Older order",
        datetime.fromisoformat("2024-01-01 09:00"),
        served_time_known=True,
        until=datetime.fromisoformat("2024-01-05"),
    )

    answer = said(monthly(30), Questions(orders=(served, ended)))

    assert answer["While an order was in force: Order"] == (
        "15 contacts from service on 31 Jan 2024 on. These are candidates: a person must confirm who sent each, and "
        "what the order says. 1 contact on the day of service itself: check which came first."
    )
    assert answer["While an order was in force: Older order"].startswith(
        "1 contact from service on 01 Jan 2024 to 05 Jan 2024."
    )


def test_contacts_without_a_time_are_said() -> None:
    answer = said([record(at=None)])

    assert list(answer) == ["How much", "Occasions"]
    assert "1 contact without a readable time: listed, but in no count by time." in answer["How much"]
