"""Words of an order that leave: a locator is refused with what was found, and a reason keeps the words and is told."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist import locators
from desist.partnership.breaches.commands import Decision
from desist.partnership.breaches.commands import decide as decide_breach
from desist.partnership.conditions import forms as conditions
from desist.partnership.orders import wording
from desist.partnership.orders.models import Order
from desist.ui.words import READ, WordsFound
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

WORDS = "Waited by 14 Heron Mill Lane"
FOUND = "“14 Heron Mill Lane” looks like an address. Reword it, or say why it is safe to keep"


def day(name: str, *, number: int = 20) -> dict[str, str]:
    """A day of February 2026, as a page asks for it."""
    return {f"{name}-day": str(number), f"{name}-month": "2", f"{name}-year": "2026"}


REPORTED = {
    "form_version": "1",
    "form_submission": "one",
    "conditions": ["1"],
    **day("happened_on"),
    **day("reported_on", number=21),
    "source": "protected",
    "channel": "contact",
    "victim_contact": "no",
}
DECIDED = {"form_version": "1", "decision": "no_action", "also_stalking": "no", "reason": "No evidence"}
MADE = {
    "form_version": "1",
    **day("made_on", number=2),
    "how_made": "application",
    "court": "Northmere",
    "period": "further",
    "whole": "locality",
}


class Page(NamedTuple):
    """A page on which such words are typed: its address, its answers, and the rows that keep the words."""

    order: Order
    address: str
    typed: dict[str, Any]
    kept: "models.QuerySet[Any]"


def recorded() -> Page:
    order = factories.in_force()
    return Page(order, reverse("breaches:record", args=[order.ref]), REPORTED, order.breaches.all())


def decided() -> Page:
    order = factories.in_force()
    breach = factories.breach(order=order)
    address = reverse("breaches:breach", args=[order.ref, breach.ref])
    return Page(order, address, DECIDED, order.breaches.exclude(decision=""))


def made() -> Page:
    order = factories.applied()
    address = reverse("orders:step", args=[order.ref, "make"])
    return Page(order, address, MADE, Order.objects.exclude(made_on=None))


TYPED = [(recorded, "account"), (recorded, "excuse"), (decided, "reason"), (made, "locality")]


def send(desk: Client, page: Page, **answers: str) -> Any:
    return desk.post(page.address, {**page.typed, **answers})


@pytest.mark.parametrize(("page_of", "field"), TYPED)
def test_a_locator_in_words_that_leave_is_refused_and_the_words_stay(
    desk: Client, page_of: Callable[[], Page], field: str
) -> None:
    page = page_of()

    answer = send(desk, page, **{field: WORDS})

    assert answer.status_code == 422
    assert FOUND in text(answer)
    assert "Why is it safe to keep?" in text(answer)
    assert WORDS in answer.content.decode()
    assert not page.kept.exists()


@pytest.mark.parametrize(("page_of", "field"), TYPED)
def test_a_reason_keeps_the_words_and_the_officer_sees_it(
    desk: Client, page_of: Callable[[], Page], field: str
) -> None:
    page = page_of()

    answer = send(desk, page, **{field: WORDS, "false_alarm": "agency"})

    assert answer.status_code == 302
    assert page.kept.values_list(field, flat=True).get() == WORDS
    told = AuditEvent.objects.get(action="partnership.answer_for_words")
    assert told.row == f"partnership.order:{page.order.ref}"
    assert told.reason == f"{field}: address: It belongs to a police station, court or service"
    assert "Heron" not in str(AuditEvent.objects.values_list())


def test_nobody_keeps_such_words_around_the_form(coordinator: Actor) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)

    with pytest.raises(WordsFound):
        decide_breach(
            actor=coordinator,
            ref=order.ref,
            breach=breach.ref,
            decision=Decision("no_action", WORDS, "", False),
            version=1,
            at=staff.NOW,
        )

    breach.refresh_from_db()
    assert breach.decision == ""


def shown() -> set[str]:
    """The fields of a condition whose words leave."""
    every = conditions.Condition.base_fields.items()
    return {name for name, field in every if getattr(field, "audience", None) in READ}


def test_three_fields_of_a_condition_are_shown() -> None:
    assert shown() == {"text", "area_words", "necessity"}


@pytest.mark.parametrize("field", ["text", "area_words", "necessity"])
def test_whatever_is_shown_of_a_condition_is_released_with_it(desk: Client, field: str) -> None:
    order = factories.made(conditions=0)
    one = factories.condition(order=order)
    factories.released(order=order)
    assert wording.waiting(order) == ()

    setattr(one, field, WORDS)
    one.save()

    assert [(waits.number, wording.leads(waits)) for waits in wording.waiting(order)] == [(1, True)]


def test_the_page_of_the_application_says_what_the_person_will_read_in_it(desk: Client) -> None:
    order = factories.draft(conditions=0)
    factories.condition(order=order, text="Not to enter 14 Heron Mill Lane")

    page = text(desk.get(reverse("orders:step", args=[order.ref, "apply"])))

    assert "“14 Heron Mill Lane” looks like an address" in page
    assert "before you send the application to the court" in page


def test_what_will_be_served_is_shown_with_its_area(desk: Client) -> None:
    order = factories.made(conditions=0)
    factories.condition(
        order=order,
        text="Not to enter this area",
        channel="area",
        area_kinds=["work"],
        area_words="the bakery",
    )

    page = text(desk.get(reverse("orders:step", args=[order.ref, "prepare"])))

    assert "Not to enter this area Area: Workplace: the bakery." in page


def broken(words: str) -> Any:
    """A reader that cannot read."""
    raise RuntimeError(words[:0])


@pytest.mark.parametrize(("page_of", "field"), TYPED)
def test_words_that_cannot_be_read_are_not_kept_whatever_the_reason(
    desk: Client, monkeypatch: pytest.MonkeyPatch, page_of: Callable[[], Page], field: str
) -> None:
    page = page_of()
    monkeypatch.setattr(locators, "find", broken)

    answer = send(desk, page, **{field: "Two calls", "false_alarm": "agency"})

    assert answer.status_code == 422
    assert "Desist could not check these words" in text(answer)
    assert "Two calls" in answer.content.decode()
    assert not page.kept.exists()


def test_a_reader_that_breaks_after_the_form_was_read_keeps_nothing_and_loses_nothing(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = itertools.count()

    def once(words: str) -> Any:
        # The form reads what was typed, and the command reads it again.
        return broken(words) if words == "Two calls" and next(asked) else ()

    page = recorded()
    monkeypatch.setattr(locators, "find", once)

    answer = send(desk, page, account="Two calls")

    assert answer.status_code == 422
    assert "Desist could not check these words" in text(answer)
    assert "Two calls" in answer.content.decode()
    assert not page.kept.exists()


def test_where_the_check_is_broken_the_page_does_not_say_that_nothing_was_found(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = factories.made()
    factories.released(order=order)
    monkeypatch.setattr(locators, "find", broken)

    page = text(desk.get(reverse("orders:step", args=[order.ref, "prepare"])))

    assert "Nothing in the conditions looks like" not in page
    assert "Desist could not check these words" in page


def test_what_the_court_changed_is_confirmed_with_its_area(desk: Client) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(
        order=order, text="Not to enter", channel="area", area_kinds=["work"], area_words="map A"
    )
    application = factories.application(order=order, outcome="granted", decided_on=date(2026, 2, 20))

    page = text(desk.get(reverse("applications:settle", args=[order.ref, application.ref])))

    assert "Not to enter Area: Workplace: map A." in page
