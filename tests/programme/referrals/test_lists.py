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

    assert "Accept it after all" in text(page)
    assert f"/triage/{ref}/decide/" in page.content.decode()


def test_what_is_declined_has_no_way_on(manager: Client) -> None:
    assert "/decide/" not in manager.get(f"/referrals/{decided('declined')}/").content.decode()


def test_a_restricted_case_is_in_no_list(manager: Client) -> None:
    ref = decided("declined")
    Restriction.objects.create(case=ref, reason="x", made_by="carol", made_at=factories.NOW)

    assert spoken(ref) not in text(manager.get("/referrals/?state=declined"))
