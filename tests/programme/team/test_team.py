"""The team: what a manager says of practitioners, and what they declare themselves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from psycopg.types.range import DateRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Declaration, Practitioner
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

NAMED = {
    "about": "name",
    "given_names": "Robin",
    "family_name": "Example",
    "kind": "family",
    "form_submission": "one",
}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


def offered(manager: Client, referral: Any) -> str:
    """What the allocation page says for someone new."""
    episode = factories.episode(referral=referral, state="waiting")
    return text(manager.get(f"/allocation/{episode.ref}/"))


def test_the_list_says_what_keeps_somebody_from_taking_anybody(
    manager: Client, practitioner: Practitioner, episode: Episode
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"), trained_on=None)
    gone = factories.practitioner(account=factories.account(name="Abe Gone"), left_on=date(2026, 1, 1))
    factories.leave(practitioner=practitioner, days=DateRange(date(2020, 1, 1), date(2099, 1, 1)))

    page = text(manager.get("/team/"))

    assert "1 of 8 Yes, 7 Away Back" in page
    assert "Noor Hale’s training is not signed off." in page
    assert page.index(noor.name) < page.index(gone.name)
    assert "Left 1 January 2026" in page
    assert "Left on 1 January 2026." in text(manager.get(f"/team/{gone.ref}/"))


def test_the_list_says_how_many_are_at_which_stage_on_average_and_four_weeks_ago(
    manager: Client, practitioner: Practitioner, episode: Episode
) -> None:
    assert "1 person is worked with now" in text(manager.get("/team/"))
    factories.episode(referral=factories.referral(), practitioner=practitioner, state="allocated")
    factories.practitioner(account=factories.account(name="Noor Hale"))

    page = text(manager.get("/team/"))

    assert "1 allocated, 1 in sessions" in page
    assert "On average 1.0 people for a practitioner. 2 people are worked with now, 2 four weeks ago." in page
    Practitioner.objects.update(left_on=date(2026, 1, 1))
    assert "On average" not in text(manager.get("/team/"))


def test_a_link_declared_by_name_keeps_somebody_from_a_person_who_comes_later(
    kit_browser: Client, manager: Client, practitioner: Practitioner
) -> None:
    for _ in range(2):  # a double click
        page = text(kit_browser.post("/team/links/declare/", NAMED, follow=True))

    assert "Robin Example Family or household" in page
    assert Declaration.objects.count() == 1
    assert "Kit Marlow has declared a conflict." in offered(manager, factories.referral())
    assert "conflict" not in offered(manager, factories.referral(family_name="Other"))


def test_a_link_declared_by_reference_keeps_somebody_from_that_person_alone(
    kit_browser: Client, manager: Client, practitioner: Practitioner
) -> None:
    wanted, other = (factories.referral(family_name=name) for name in ("Wanted", "Other"))
    episode = factories.episode(referral=wanted, state="waiting")
    form = {"about": "reference", "kind": "unsaid", "case": episode.ref.upper()}

    kit_browser.post("/team/links/declare/", form)

    assert Declaration.objects.get().case == wanted.ref
    assert "Kit Marlow has declared a conflict." in text(manager.get(f"/allocation/{episode.ref}/"))
    assert "conflict" not in offered(manager, other)


def test_nobody_learns_from_a_declaration_whether_somebody_is_known_here(
    kit_browser: Client, practitioner: Practitioner
) -> None:
    known = factories.referral()
    pages = [
        kit_browser.post(
            "/team/links/declare/", {"about": "reference", "kind": "knows", "case": ref}, follow=True
        ).content
        for ref in (known.ref, "k7f2m9px4c")
    ]

    assert pages[0].decode().count("Declared.") == pages[1].decode().count("Declared.") == 1


def test_a_link_that_no_longer_stands_keeps_nobody_from_anybody(
    kit_browser: Client, manager: Client, practitioner: Practitioner
) -> None:
    kit_browser.post("/team/links/declare/", NAMED)
    ref = Declaration.objects.get().ref

    for _ in range(2):
        page = text(kit_browser.post(f"/team/links/{ref}/end/", follow=True))

    assert "You have declared none." in page
    assert "conflict" not in offered(manager, factories.referral())


def test_somebody_who_is_not_listed_has_no_links(kit_browser: Client) -> None:
    assert "You have declared none." in text(kit_browser.get("/team/links/"))


def test_a_declaration_is_about_a_case_or_a_name(practitioner: Practitioner) -> None:
    for fields in ({}, {"case": "x", "family_name": "Example"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.declaration(practitioner=practitioner, **{"case": "", "family_name": "", **fields})
