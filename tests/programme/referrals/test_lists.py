"""Referrals by where they stand: nothing that was decided is out of reach."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.referrals.models import Referral
from desist.programme.triage.models import Advice
from desist.references import spoken
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def decided(state: str, **fields: Any) -> str:
    row = factories.referral(state=state, decided_by="carol", decided_at=factories.NOW, **fields)
    return row.ref


@pytest.mark.parametrize("state", ["consultation", "declined", "withdrawn"])
def test_what_was_decided_is_listed_by_where_it_stands(manager: Client, state: str) -> None:
    ref = decided(state)

    assert spoken(ref) in text(manager.get(f"/referrals/?state={state}"))
    assert spoken(ref) not in text(manager.get("/referrals/"))
    assert f"?state={state}" in manager.get("/triage/").content.decode()


def test_an_unknown_state_is_the_first_list(manager: Client) -> None:
    waiting = factories.referral()

    assert spoken(waiting.ref) in text(manager.get("/referrals/?state=nonsense"))


def test_a_state_that_nothing_is_in_says_so(manager: Client) -> None:
    assert "No referral is in this state: declined." in text(manager.get("/referrals/?state=declined"))


def test_a_long_list_has_pages_and_the_newest_first(manager: Client) -> None:
    refs = [decided("declined", completed_at=factories.NOW - timedelta(days=day)) for day in range(1, 52)]

    first = text(manager.get("/referrals/?state=declined"))
    second = text(manager.get(f"/referrals/?state=declined&after={refs[49]}"))

    assert spoken(refs[0]) in first
    assert (spoken(refs[50]) in first, spoken(refs[50]) in second) == (False, True)


def test_a_consultation_is_accepted_after_all_although_advice_was_given(manager: Client) -> None:
    ref = decided("consultation")
    Advice.objects.create(
        referral=Referral.objects.get(ref=ref),
        given_to="Officer Ash Vale",
        how="telephone",
        given_on=factories.NOW.date(),
        words="Wait for the trial.",
        submission="a",
        given_by="carol",
        recorded_at=factories.NOW,
    )

    page = manager.get(f"/referrals/{ref}/")

    assert "Accept this referral after all" in text(page)
    assert f"/triage/{ref}/decide/" in page.content.decode()


def test_what_is_declined_has_no_way_on(manager: Client) -> None:
    assert "/decide/" not in manager.get(f"/referrals/{decided('declined')}/").content.decode()


def test_a_restricted_case_is_in_no_list(manager: Client) -> None:
    ref = decided("declined")
    Restriction.objects.create(case=ref, reason="x", made_by="carol", made_at=factories.NOW)

    assert spoken(ref) not in text(manager.get("/referrals/?state=declined"))


def listed(browser: Client, asked: str, *names: str) -> list[str]:
    """The names that a list shows, in its order."""
    page = text(browser.get(asked))
    return sorted((name for name in names if f"Robin {name}" in page), key=page.index)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Birch", "Ashwood", "Cole"]),
        ("?route=self", ["Ashwood"]),
        ("?referrer=probation", ["Birch", "Cole"]),
        ("?referrer=probation&route=self", []),
        ("?route=1066&referrer=x", ["Birch", "Ashwood", "Cole"]),
        ("?sort=person", ["Ashwood", "Birch", "Cole"]),
        ("?sort=-person&referrer=probation", ["Cole", "Birch"]),
        ("?sort=-received_at", ["Cole", "Birch", "Ashwood"]),
        ("?sort=-completed_at", ["Cole", "Ashwood", "Birch"]),
        ("?sort=decision_note", ["Birch", "Ashwood", "Cole"]),
        ("?state=declined&route=self", ["Dale"]),
        ("?after=nonsense", ["Birch", "Ashwood", "Cole"]),
    ],
)
def test_the_list_is_filtered_and_sorted(manager: Client, asked: str, shown: list[str]) -> None:
    for name, complete, received, route, kind in (
        ("Ashwood", 5, 9, "self", "self"),
        ("Birch", 7, 8, "police_voluntary", "probation"),
        ("Cole", 3, 7, "police_voluntary", "probation"),
    ):
        factories.referral(
            family_name=name,
            completed_at=factories.NOW - timedelta(days=complete),
            received_at=factories.NOW - timedelta(days=received),
            route=route,
            referrer_kind=kind,
        )
    decided("declined", family_name="Dale", route="self")

    assert manager.get(f"/referrals/{asked}").status_code == 200
    assert listed(manager, f"/referrals/{asked}", "Ashwood", "Birch", "Cole", "Dale") == shown


def test_the_head_of_a_column_is_a_link_that_says_the_order(manager: Client) -> None:
    factories.referral()

    page = manager.get("/referrals/?route=police_voluntary&sort=person").content.decode()

    assert '<th scope="col" class="govuk-table__header" aria-sort="ascending">' in page
    assert 'href="?route=police_voluntary&amp;sort=-person"' in page
    assert 'name="sort" value="person"' in page  # the order stays when another filter is applied
    assert 'aria-sort="ascending"' in manager.get("/referrals/").content.decode()


def test_the_pages_of_a_narrowed_and_sorted_list_go_on_where_the_last_one_ended(manager: Client) -> None:
    refs = [factories.referral(family_name=f"Name{number:02}", route="self").ref for number in range(52)]
    other = factories.referral(family_name="Other")
    address = "/referrals/?route=self&sort=-person"

    first = text(manager.get(address))
    second = text(manager.get(f"{address}&after={refs[2]}"))
    back = text(manager.get(f"{address}&before={refs[1]}"))

    assert (spoken(refs[2]) in first, spoken(refs[1]) in first) == (True, False)
    assert (spoken(refs[0]) in second, spoken(refs[1]) in second, spoken(refs[2]) in second) == (
        True,
        True,
        False,
    )
    assert spoken(refs[51]) in back
    assert spoken(other.ref) not in first + second


def test_a_restricted_case_is_in_no_narrowed_list_and_begins_no_page(manager: Client) -> None:
    ref = factories.referral(route="self").ref
    Restriction.objects.create(case=ref, reason="x", made_by="carol", made_at=factories.NOW)

    page = text(manager.get("/referrals/?route=self&sort=person"))

    assert "No referral matches these filters" in page
    assert manager.get(f"/referrals/?sort=person&after={ref}").content.count(b"<tbody") == 0


def test_a_filter_is_kept_with_the_state(manager: Client) -> None:
    page = manager.get("/referrals/?state=declined&route=self").content.decode()
    query = "state=declined&route=self&sort=-received_at&search=Robin"
    form = {"of": "referrals", "name": "Own way", "query": query}
    kept = manager.post("/filters/keep/", form, follow=True).content.decode()

    assert "Keep these filters under a name" in page
    assert "state=declined&amp;route=self&amp;sort=-received_at" in kept
    assert "Your filters" in text(manager.get("/referrals/"))
