"""Someone is named who hears of a referral that came for nobody, while nothing was raised that they did not hear of."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.referrals.models import Referral
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


@pytest.fixture
def referral(police: Partner) -> Referral:
    """One that was brought in from a table for nobody."""
    Partner.objects.update(transport=Transport.BY_HAND)
    return factories.referral(partner="")


def name(browser: Client, referral: Referral, partner: str = factories.POLICE) -> str:
    return text(browser.post(f"/intake/of/{referral.ref}/told/", {"partner": partner}, follow=True))


@pytest.mark.parametrize("state", ["received", "consultation"])
def test_somebody_is_named_and_the_timeline_says_so(manager: Client, referral: Referral, state: str) -> None:
    Referral.objects.update(state=state)
    address = f"/intake/of/{referral.ref}/told/"
    assert address in manager.get(f"/referrals/{referral.ref}/").content.decode()

    page = name(manager, referral)

    referral.refresh_from_db()
    assert referral.partner == factories.POLICE
    assert "The person to be told was chosen" in page
    assert address not in manager.get(f"/referrals/{referral.ref}/").content.decode()


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn"])
def test_after_the_decision_nobody_is_named(manager: Client, referral: Referral, state: str) -> None:
    Referral.objects.update(state=state)

    assert "can no longer be chosen" in text(manager.get(f"/intake/of/{referral.ref}/told/"))
    assert "a partner has already been told, or the referral has been decided" in name(manager, referral)
    referral.refresh_from_db()
    assert referral.partner == ""


def test_who_is_told_is_not_changed(manager: Client, referral: Referral) -> None:
    name(manager, referral)

    assert "a partner has already been told" in name(manager, referral)


def test_only_partners_of_the_area_who_are_told_by_hand_are_offered(
    manager: Client, referral: Referral
) -> None:
    Partner.objects.update(area="Elsewhere")
    assert "No partner of your area is told by telephone" in text(
        manager.get(f"/intake/of/{referral.ref}/told/")
    )

    name(manager, referral)

    referral.refresh_from_db()
    assert referral.partner == ""
