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

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.team import commands
from desist.programme.team.models import Declaration, Practitioner
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

FACTS = {
    "profession": "probation",
    "registered_with": "probation",
    "registration": "PR 1",
    "capacity": "6",
    "trained_on-day": "1",
    "trained_on-month": "2",
    "trained_on-year": "2026",
    "registered_until-day": "1",
    "registered_until-month": "2",
    "registered_until-year": "2099",
}
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
    """What the allocation page says for somebody new."""
    episode = factories.episode(referral=referral, state="waiting")
    return text(manager.get(f"/allocation/{episode.ref}/"))


def test_whoever_holds_the_role_is_listed_with_everything_that_is_known(
    manager: Client, kit: Account
) -> None:
    factories.grant(account=kit)

    page = text(manager.post("/team/add/", {**FACTS, "account": kit.ref}, follow=True))

    row = Practitioner.objects.get()
    assert (row.ref, row.name, row.capacity, row.registered_until) == (
        kit.ref,
        "Kit Marlow",
        6,
        date(2099, 2, 1),
    )
    assert "1 February 2026 (by Ola Reed)" in page
    assert "Everybody who holds the role in your area is listed" in text(manager.get("/team/add/"))


def test_somebody_is_listed_once_and_only_with_the_role(
    manager: Client, kit: Account, signed_in: Callable[..., Client]
) -> None:
    stranger = manager.post("/team/add/", {**FACTS, "account": kit.ref})
    factories.grant(account=kit)
    factories.practitioner(account=kit)
    listed = manager.post("/team/add/", {**FACTS, "account": kit.ref})

    assert (stranger.status_code, listed.status_code) == (422, 422)
    assert Practitioner.objects.count() == 1


def test_the_training_is_signed_by_whoever_sets_it(manager: Client, practitioner: Practitioner) -> None:
    form = {**FACTS, "form_version": "1"}
    address = f"/team/{practitioner.ref}/change/"

    page = text(manager.post(address, form, follow=True))
    kept = manager.post(address, {**form, "form_version": "2"})
    manager.post(
        address,
        {**form, "form_version": "3", "trained_on-day": "", "trained_on-month": "", "trained_on-year": ""},
    )

    practitioner.refresh_from_db()
    assert "by Ola Reed" in page
    assert kept.status_code == 302
    assert (practitioner.trained_on, practitioner.training_signed_by) == (None, "")
    assert "Cannot be given anybody" in text(manager.get(f"/team/{practitioner.ref}/"))


def test_a_stale_tab_keeps_what_was_typed(manager: Client, practitioner: Practitioner) -> None:
    answer = manager.post(
        f"/team/{practitioner.ref}/change/", {**FACTS, "registration": "MINE", "form_version": "0"}
    )

    assert answer.status_code == 422
    assert "somebody changed Kit Marlow" in text(answer)
    assert "MINE" in answer.content.decode()


def test_a_command_too_lists_nobody_without_the_role_and_nobody_twice(kit: Account, actor: Actor) -> None:
    boss = Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)
    facts = commands.Facts("cbt", "babcp", "B 1", None, None, 8)
    with pytest.raises(commands.NotAPractitioner):
        commands.add(actor=boss, account=kit.ref, facts=facts, at=factories.NOW)
    factories.grant(account=kit)
    commands.add(actor=boss, account=kit.ref, facts=facts, at=factories.NOW)

    with pytest.raises(commands.NotAPractitioner):
        commands.add(actor=boss, account=kit.ref, facts=facts, at=factories.NOW)
    assert Practitioner.objects.get().training_signed_by == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"trained_on-year": "2099"}, "must be on or before"),
        ({"registered_until-day": "31"}, "is not a date"),
        ({"capacity": "31"}, "between 0 and 30"),
        ({"registration": ""}, "Enter registration number"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    manager: Client, practitioner: Practitioner, fields: dict[str, str], sentence: str
) -> None:
    answer = manager.post(f"/team/{practitioner.ref}/change/", {**FACTS, "form_version": "1", **fields})

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_the_list_says_what_keeps_somebody_from_taking_anybody(
    manager: Client, practitioner: Practitioner, episode: Episode
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"), trained_on=None)
    gone = factories.practitioner(account=factories.account(name="Abe Gone"), left_on=date(2026, 1, 1))
    factories.leave(practitioner=practitioner, days=DateRange(date(2020, 1, 1), date(2099, 1, 1)))

    page = text(manager.get("/team/"))

    assert "1 of 8 Away Back" in page
    assert "Noor Hale’s training is not signed off." in page
    assert page.index(noor.name) < page.index(gone.name)
    assert "Left 1 January 2026" in page
    assert "Left on 1 January 2026." in text(manager.get(f"/team/{gone.ref}/"))


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
