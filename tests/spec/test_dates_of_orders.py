"""The worked dates of Stalking Protection Orders: each row is a case, the rule, and the day the law gives."""

from datetime import date

import pytest

from desist.orders import clocks

D = date.fromisoformat


@pytest.mark.parametrize(
    ("served", "last_day", "why"),
    [
        ("2026-12-24", "2026-12-26", "Thursday before Christmas: bank holidays count like other days"),
        ("2024-02-28", "2024-03-01", "29 February lies between"),
        ("2024-02-29", "2024-03-02", "served on 29 February"),
        ("2026-02-27", "2026-03-01", "no 29 February that year"),
        ("2026-03-28", "2026-03-30", "the clocks go forward in between"),
        ("2026-10-24", "2026-10-26", "the clocks go back in between"),
        ("2026-12-30", "2027-01-01", "over the end of the year, on a bank holiday"),
        ("2026-04-03", "2026-04-05", "Good Friday to Easter Sunday"),
    ],
)
def test_first_notification_within_three_days_beginning_with_service(
    served: str, last_day: str, why: str
) -> None:
    assert clocks.notification(served=D(served)) == D(last_day), why


@pytest.mark.parametrize(("replaces_interim", "suspended"), [(True, False), (False, True), (True, True)])
def test_no_first_notification_where_the_interim_order_or_the_2003_act_had_it(
    replaces_interim: bool, suspended: bool
) -> None:
    due = clocks.notification(served=D("2026-03-02"), replaces_interim=replaces_interim, suspended=suspended)

    assert due is None


@pytest.mark.parametrize(
    ("changed", "served", "last_day", "why"),
    [
        ("2026-05-11", "2026-03-02", "2026-05-13", "a move while the order is in force"),
        ("2024-02-28", "2024-01-10", "2024-03-01", "over 29 February"),
        (
            "2026-02-20",
            "2026-03-02",
            "2026-03-04",
            "a change before service: the first notification covers it",
        ),
        ("2026-03-02", "2026-03-02", "2026-03-04", "on the day of service"),
    ],
)
def test_a_new_name_or_address(changed: str, served: str, last_day: str, why: str) -> None:
    assert clocks.change(changed=D(changed), served=D(served)) == D(last_day), why


@pytest.mark.parametrize(
    ("final_day", "order_ends", "last_day", "why"),
    [
        ("2026-06-01", "2028-01-01", "2026-06-03", "the order goes on"),
        ("2026-06-01", None, "2026-06-03", "until further order"),
        ("2026-06-01", "2026-06-01", "2026-06-03", "the order ends the same day: still in effect on it"),
        ("2026-06-01", "2026-05-31", None, "the order had ended the day before"),
        ("2028-02-28", None, "2028-03-01", "over 29 February"),
    ],
)
def test_notification_resumes_after_the_2003_act(
    final_day: str, order_ends: str | None, last_day: str | None, why: str
) -> None:
    found = clocks.resumption(final_day=D(final_day), order_ends=D(order_ends) if order_ends else None)

    assert found == (D(last_day) if last_day else None), why


def test_nothing_resumes_where_the_2003_act_applied_only_after_the_order_was_made() -> None:
    assert clocks.resumption(final_day=D("2026-06-01"), order_ends=None, rested_from_the_start=False) is None


@pytest.mark.parametrize(
    ("made", "earliest_end", "free_discharge"),
    [
        ("2026-03-01", "2028-02-29", "2028-03-01"),
        ("2024-02-29", "2026-02-28", "2026-03-01"),
        ("2026-02-28", "2028-02-27", "2028-02-28"),
        ("2026-11-25", "2028-11-24", "2028-11-25"),
        ("2024-03-01", "2026-02-28", "2026-03-01"),
    ],
)
def test_two_years_beginning_with_the_day_an_order_is_made(
    made: str, earliest_end: str, free_discharge: str
) -> None:
    assert clocks.earliest_end(made=D(made)) == D(earliest_end)
    assert clocks.free_discharge(made=D(made)) == D(free_discharge)


@pytest.mark.parametrize(
    ("ends", "hearing", "gap", "act_by"),
    [
        ("2026-05-08", "2026-05-14", ("2026-05-09", "2026-05-14"), "2026-04-30"),  # 4 May is a bank holiday
        ("2026-12-31", "2027-01-08", ("2027-01-01", "2027-01-08"), "2026-12-22"),  # 25 and 28 December are
        ("2026-06-10", "2026-06-11", ("2026-06-11", "2026-06-11"), "2026-06-03"),
    ],
)
def test_an_interim_order_that_ends_before_the_next_hearing_leaves_a_gap(
    ends: str, hearing: str, gap: tuple[str, str], act_by: str
) -> None:
    found = clocks.interim_gap(ends=D(ends), hearing=D(hearing))

    assert found == clocks.Gap(D(gap[0]), D(gap[1]), D(act_by))


@pytest.mark.parametrize("hearing", ["2026-06-10", "2026-06-09"])
def test_an_interim_order_that_lasts_to_the_hearing_leaves_none(hearing: str) -> None:
    assert clocks.interim_gap(ends=D("2026-06-10"), hearing=D(hearing)) is None


def test_reviews_stand_ninety_sixty_and_thirty_days_before_the_end() -> None:
    assert clocks.reviews(ends=D("2028-02-29")) == (D("2027-12-01"), D("2027-12-31"), D("2028-01-30"))


@pytest.mark.parametrize(
    ("decided", "last_day", "why"),
    [
        ("2026-06-01", "2026-06-22", "three weeks of working days"),
        ("2026-12-18", "2027-01-13", "Christmas, Boxing Day's substitute and New Year's Day do not count"),
        ("2026-04-02", "2026-04-27", "Good Friday and Easter Monday do not count"),
    ],
)
def test_the_time_for_an_appeal_runs_in_business_days(decided: str, last_day: str, why: str) -> None:
    assert clocks.appeal(decided=D(decided)) == D(last_day), why


def test_an_order_that_is_not_served_is_asked_after_the_next_day() -> None:
    assert clocks.look_for_service(made=D("2024-02-28")) == D("2024-02-29")
