"""Counts for freedom of information: by financial quarter, and no small number that anyone could work out."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.orders.models import Order, OrderHappening
from desist.partnership.register import counts, queries
from desist.partnership.register.counts import Figure, Quarter, quarter
from desist.wall.actors import Actor
from desist.wall.models import Restriction

AT = staff.NOW
LAST_QUARTER = Quarter(2025, 3)  # October to December 2025; the tests stand in March 2026
DAY = date(2025, 11, 5)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def told(content: bytes) -> dict[str, str]:
    """Figure and count of the last quarter that is over."""
    return {row["figure"]: row["count"] for row in read(content) if row["from"] == "2025-10-01"}


def counted(actor: Actor) -> dict[str, str]:
    return told(queries.counts(actor=actor, at=AT))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_one_quarter_and_the_next_begins_the_day_after(day: date) -> None:
    found = quarter(day)

    assert found.first <= day <= found.last
    assert found.following.first == found.last + timedelta(days=1)
    assert quarter(found.last) == found


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 31), ("2025-26", 4)),
        (date(2026, 4, 1), ("2026-27", 1)),
        (date(2028, 2, 29), ("2027-28", 4)),
        (date(2099, 12, 31), ("2099-00", 3)),
    ],
)
def test_the_financial_year_begins_in_april(day: date, words: tuple[str, int]) -> None:
    assert (quarter(day).financial_year, quarter(day).number) == words


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (1, "withheld"), (9, "withheld"), (10, "10")])
def test_a_small_number_is_withheld(number: int, shown: str) -> None:
    days = dict.fromkeys(Figure, [DAY] * number) | {Figure.FULL: [DAY] * 12}

    content = counts.as_csv(days, area="northmere", today=AT.date())

    assert told(content)["breaches"] == shown
    assert told(content)["full orders made"] == "12"


def test_a_quarter_is_told_once_it_is_over_and_no_total_with_it() -> None:
    days = {key: [date(2025, 5, 1), DAY, AT.date()] for key in Figure}

    rows = read(counts.as_csv(days, area="northmere", today=AT.date()))
    after = read(counts.as_csv(days, area="northmere", today=date(2026, 4, 1)))

    assert sorted({(row["financial_year"], row["quarter"]) for row in rows}) == [
        ("2025-26", "Q1"),
        ("2025-26", "Q2"),
        ("2025-26", "Q3"),
    ]
    assert len(rows) == 3 * len(Figure)
    assert len(after) == 4 * len(Figure)


def test_an_empty_register_has_no_lines() -> None:
    assert read(counts.as_csv({key: [] for key in Figure}, area="northmere", today=AT.date())) == []


def many(make: Any, **fields: Any) -> list[Order]:
    return [make(**fields) for _ in range(10)]


@pytest.mark.django_db
def test_each_figure_is_counted_by_its_own_day(coordinator: Actor) -> None:
    made = many(factories.in_force, applied_on=DAY, made_on=DAY, served_on=DAY)
    for one in made:
        factories.interim(main=one, made_on=DAY, served_on=DAY)
        factories.application(order=one, kind="vary", outcome="granted", filed_on=DAY, decided_on=DAY)
        factories.application(order=one, kind="vary", outcome="refused", filed_on=DAY, decided_on=DAY)
        factories.application(order=one, kind="discharge", outcome="granted", filed_on=DAY, decided_on=DAY)
        factories.breach(order=one, reported_on=DAY, happened_on=DAY)
    for one in many(factories.applied, applied_on=DAY, state="refused"):
        OrderHappening.objects.create(order=one, on=DAY, at=AT, by="carol", title="Refused")

    assert counted(coordinator) == {
        "applied for": "20",
        "interim orders made": "10",
        "full orders made": "10",
        "refused": "10",
        "varied": "10",
        "discharged": "10",
        "breaches": "10",
    }


@pytest.mark.django_db
def test_what_another_force_handed_over_was_made_for_that_force(coordinator: Actor) -> None:
    orders = many(factories.in_force, applied_on=DAY, made_on=DAY, served_on=DAY, moved_from="Kent")
    for one in orders:
        factories.breach(order=one, reported_on=DAY, happened_on=DAY)

    assert (counted(coordinator)["full orders made"], counted(coordinator)["breaches"]) == ("0", "10")


@pytest.mark.django_db
def test_a_count_is_the_same_whoever_counts_and_holds_no_other_area(coordinator: Actor) -> None:
    restricted = many(factories.in_force, applied_on=DAY, made_on=DAY, served_on=DAY)[0]
    Restriction.objects.create(case=restricted.person.ref, reason="police", made_by="carol", made_at=AT)
    many(factories.in_force, area="elsewhere", applied_on=DAY, made_on=DAY, served_on=DAY)

    assert counted(coordinator)["full orders made"] == "10"


@pytest.mark.django_db
def test_the_file_is_offered_beside_the_register_and_names_nobody(desk: Client) -> None:
    factories.in_force(applied_on=DAY, made_on=DAY, served_on=DAY)

    page = desk.get(reverse("orders:orders")).content.decode()
    answer = desk.get(reverse("register:counts"))

    assert reverse("register:counts") in page
    assert answer["Content-Disposition"] == 'attachment; filename="order-counts.csv"'
    assert {row["count"] for row in read(answer.content)} <= {"0", "withheld"}
    assert "Example" not in answer.content.decode()
