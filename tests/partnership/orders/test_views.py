"""The pages of the register: a whole order by hand, and what they say when something is not right."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership.orders import factories

from desist.partnership.orders.models import Order
from desist.partnership.people.models import Person

pytestmark = pytest.mark.django_db

START = {
    "given_names": "Robin",
    "family_name": "Example",
    "born-day": "28",
    "born-month": "2",
    "born-year": "1990",
    "how_made": "application",
    "force": "Kent",
    "nexus": "resides",
    "crime_reference": "45/01234/26",
    "standing": "victim",
    "form_submission": "once",
}
CONDITION = {
    "kind": "prohibition",
    "text": "Not to contact the protected person",
    "channel": "contact",
    "necessity": "Forty calls in one week",
    "checked": ["religion", "work"],
}


def text(response: Any) -> str:
    """The words of a page on one line."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def days(name: str, day: date) -> dict[str, str]:
    """A day as the three inputs send it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def send(desk: Client, address: str, version: int, **answers: Any) -> Any:
    return desk.post(address, {"form_version": str(version), **answers})


def test_an_order_from_its_entry_to_its_service(desk: Client) -> None:
    entered = desk.post(reverse("orders:start"), START)
    order = Order.objects.get()

    def step(key: str, **answers: Any) -> Any:
        order.refresh_from_db()
        address = reverse("orders:step", args=[order.ref, key])
        return send(desk, address, order.version, **answers)

    added = send(desk, reverse("conditions:add", args=[order.ref]), 1, **CONDITION)
    applied = step("apply", court="Northmere", **days("applied_on", date(2026, 1, 20)))
    made = step(
        "make",
        how_made="application",
        court="Northmere",
        period="fixed",
        whole="uk",
        **days("made_on", date(2026, 2, 2)),
        **days("ends_on", date(2028, 2, 1)),
    )
    prepared = step("prepare")
    served = step("serve", served_how="in_person", under_2003_act="no", **days("served_on", date(2026, 2, 3)))

    assert [answer.status_code for answer in (entered, added, applied, made, prepared, served)] == [302] * 6
    page = text(desk.get(reverse("orders:order", args=[order.ref])))
    assert "Served, in force" in page
    assert "Not recorded here Check front counters, custody and other forces" in page
    assert "Stalking Protection Act 2019, s.9(1)-(2) and s.10" in page
    assert "offence" not in page.lower().replace("sexual offences act", "")


def test_a_person_of_the_same_name_is_asked_after_before_anything_is_written(desk: Client) -> None:
    robin = factories.person()

    asked = desk.post(reverse("orders:start"), START)
    chosen = desk.post(reverse("orders:start"), {**START, "same": robin.ref})

    assert asked.status_code == 422
    assert "Someone on the register may be this person" in text(asked)
    assert chosen.status_code == 302
    assert Person.objects.count() == 1
    assert Order.objects.get().person == robin


def test_a_person_is_looked_for_as_those_who_are_referred_are(desk: Client) -> None:
    factories.person(given_names="Robyn", family_name="Exampel", born=date(1990, 2, 28))

    asked = desk.post(reverse("orders:start"), START)

    assert "Robyn Exampel, born 28 February 1990" in text(asked)
    assert not Order.objects.exists()


def test_somebody_else_of_the_same_name_is_a_person_of_their_own(desk: Client) -> None:
    factories.person()

    desk.post(reverse("orders:start"), {**START, "same": "new"})

    assert Person.objects.count() == 2


def test_a_double_click_enters_one_order(desk: Client) -> None:
    first = desk.post(reverse("orders:start"), START)
    second = desk.post(reverse("orders:start"), {**START, "same": "new"})

    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Sam Heron", "A crime reference has capital letters, digits"),
        ("SAMUEL 2026", "This looks like a name"),
        ("NM12 4QX 77", "This looks like a postcode"),
    ],
)
def test_a_protected_person_is_never_entered_by_name_or_place(desk: Client, typed: str, said: str) -> None:
    answer = desk.post(reverse("orders:start"), {**START, "crime_reference": typed})

    assert answer.status_code == 422
    assert said in text(answer) or "like 45/01234/26" in text(answer)
    assert not Order.objects.exists()


def test_impossible_dates_come_back_with_their_reason_and_what_was_typed(desk: Client) -> None:
    order = factories.applied()

    answer = send(
        desk,
        reverse("orders:step", args=[order.ref, "make"]),
        1,
        how_made="application",
        court="Court of the typed words",
        period="fixed",
        whole="uk",
        **days("made_on", date(2026, 2, 2)),
        **days("ends_on", date(2026, 12, 1)),
    )

    assert answer.status_code == 422
    assert "at least 2 years" in text(answer)
    assert "Court of the typed words" in answer.content.decode()


def test_31_february_is_no_date(desk: Client) -> None:
    order = factories.applied()
    made = {"made_on-day": "31", "made_on-month": "2", "made_on-year": "2026"}

    answer = send(desk, reverse("orders:step", args=[order.ref, "make"]), 1, period="further", **made)

    assert answer.status_code == 422
    assert "31 February 2026 is not a date" in text(answer)


def test_a_day_that_lies_ahead_was_not_yet(desk: Client) -> None:
    order = factories.made(state="to_serve")

    answer = send(
        desk,
        reverse("orders:step", args=[order.ref, "serve"]),
        1,
        served_how="in_person",
        under_2003_act="no",
        **days("served_on", date(2099, 1, 1)),
    )

    assert answer.status_code == 422
    assert "must be on or before" in text(answer)


def test_the_second_of_two_people_keeps_what_they_typed(desk: Client, second: Callable[..., Client]) -> None:
    order = factories.draft()
    address = reverse("conditions:add", args=[order.ref])

    first = send(desk, address, 1, **CONDITION)
    later = send(second(), address, 1, **{**CONDITION, "text": "Not to lose these words"})

    assert first.status_code == 302
    assert later.status_code == 422
    assert "changed elsewhere" in text(later)
    assert "Not to lose these words" in later.content.decode()


def test_words_that_look_like_a_place_are_shown_before_service(desk: Client) -> None:
    order = factories.made(conditions=0)
    factories.condition(order=order, text="Not to enter 14 Heron Mill Lane")
    address = reverse("orders:step", args=[order.ref, "prepare"])

    shown = text(desk.get(address))
    refused = send(desk, address, 1)

    assert "“14 Heron Mill Lane” looks like an address" in shown
    assert refused.status_code == 422
    assert "A second person has not released the words of condition 1" in text(refused)


def test_the_register_narrows_and_pages_by_key(desk: Client) -> None:
    for number in range(30):
        factories.draft(person=factories.person(family_name=f"Name{number:02}"))
    factories.in_force(person=factories.person(family_name="Zander"))

    address = reverse("orders:orders")
    first = desk.get(address, {"sort": "name"})
    onward = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert onward
    following = text(desk.get(address + html.unescape(onward[1])))

    assert "Name00" in text(first)
    assert "Zander" not in text(first)
    assert "Zander" in following
    assert "Zander" in text(desk.get(address, {"group": "live"}))
    assert "Name00" not in text(desk.get(address, {"group": "live"}))


def test_what_is_due_tells_the_most_urgent_first(desk: Client) -> None:
    order = factories.in_force()
    factories.duty(order=order)
    factories.applied(hearing_on=date(2026, 1, 30), person=order.person)

    page = text(desk.get(reverse("orders:due")))

    assert page.index("Next hearing") < page.index("First notification after service")
    assert "check front counters, custody and other forces" in page


def test_the_title_of_a_page_names_nobody(desk: Client) -> None:
    order = factories.in_force()

    content = desk.get(reverse("orders:order", args=[order.ref])).content.decode()

    title = re.search("<title>(.*?)</title>", content, re.DOTALL)
    assert title
    assert "Example" not in title[1]
