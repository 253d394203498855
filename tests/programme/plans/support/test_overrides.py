"""A person says no to a referral: a second person agrees with a reason, or nothing crosses."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import listings
from tests.partnership.disclosures.reading import crossed
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.keys import sitekeys
from desist.post.models import Outbox, Partner
from desist.programme.episodes.models import Episode
from desist.programme.plans.support import commands
from desist.programme.plans.support.models import Agency, SupportOverride, SupportReferral
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

WHY = "A child in the home is at risk this week."
NO = {
    "need": "substances",
    "agreed": "no",
    "without": WHY,
    "told": "Drinks before contact.",
    "reach": "us",
    "basis": "public_task",
    "form_submission": "one-no",
    "referred_on-day": "3",
    "referred_on-month": "3",
    "referred_on-year": "2026",
}


@pytest.fixture
def agency(police: Partner) -> Agency:
    """An agency whose entry the police keep."""
    told = listings.listing(area=factories.AREA, needs=("substances",), name="Anchor Alcohol Service")
    commands.note_listing(listings.arrived(told, sender=factories.POLICE))
    return Agency.objects.get()


@pytest.fixture
def asked(agency: Agency, episode: Episode, kit_browser: Client) -> SupportOverride:
    """Kit asked to refer Robin, who said no."""
    kit_browser.post(f"/support/of/{episode.ref}/refer/", {**NO, "agency": agency.ref})
    return SupportOverride.objects.get()


@pytest.fixture
def noor(db: None) -> Account:
    return factories.account(name="Noor Hale")


@pytest.fixture
def manager(signed_in: Callable[..., Client], noor: Account) -> Client:
    """Noor, another person, signed in as a manager."""
    return signed_in(role=Role.MANAGER, account=noor)


def decision(agrees: str, **changes: str) -> dict[str, str]:
    return {
        "agrees": agrees,
        "why": "The school confirms it.",
        "form_version": "1",
        "form_submission": "two",
        **changes,
    }


def test_a_no_is_a_no_until_a_second_person_agrees(
    asked: SupportOverride,
    episode: Episode,
    kit_browser: Client,
    manager: Client,
    police_keys: sitekeys.SiteKeys,
) -> None:
    waiting = text(kit_browser.get(f"/support/of/{episode.ref}/"))
    assert "Waits for a second person" in waiting
    assert WHY in waiting
    assert not Outbox.objects.exists()
    assert not SupportReferral.objects.exists()

    to_do = text(manager.get("/"))
    page = manager.post(f"/overrides/{asked.ref}/decide/", decision("yes"), follow=True)

    assert "said no to a referral to Anchor Alcohol Service" in to_do
    assert f"Why without agreement {WHY}" in text(page)
    (told,) = crossed(police_keys, "support-request")
    assert (told["agreed"], told["told"], told["basis"]) == (False, "Drinks before contact.", "public_task")
    assert WHY not in str(told)
    assert "said no to a referral" not in text(manager.get("/"))


def test_a_refusal_passes_nothing_on_and_stays_readable(
    asked: SupportOverride, episode: Episode, manager: Client
) -> None:
    page = text(manager.post(f"/overrides/{asked.ref}/decide/", decision("no"), follow=True))

    assert "Refused" in page
    assert "The school confirms it." in page
    assert not SupportReferral.objects.exists()
    assert not Outbox.objects.exists()
    told = text(manager.get(f"/history/{episode.ref}/"))
    assert "Referral asked for without agreement" in told
    assert "Anchor Alcohol Service: refused" in told


@pytest.mark.parametrize("agrees", ["yes", "no"])
def test_nobody_decides_what_they_asked_for(
    asked: SupportOverride, signed_in: Callable[..., Client], kit: Account, agrees: str
) -> None:
    alike = factories.account(name="Kit Marlow")
    for account in (kit, alike):
        own = signed_in(role=Role.MANAGER, account=account)

        page = own.post(f"/overrides/{asked.ref}/decide/", decision(agrees))

        assert page.status_code == 422
        assert "another person has to decide" in text(page)
        assert "said no to a referral" not in text(own.get("/"))
    assert SupportOverride.objects.get().state == "waiting"
    assert not Outbox.objects.exists()


def test_of_two_decisions_the_first_counts(
    asked: SupportOverride, manager: Client, signed_in: Callable[..., Client]
) -> None:
    other = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Sam Tern"))
    manager.post(f"/overrides/{asked.ref}/decide/", decision("no"))

    second = other.post(f"/overrides/{asked.ref}/decide/", decision("yes", why="It cannot wait."))

    assert second.status_code == 422
    assert "by now it is: Refused" in text(second)
    assert "It cannot wait." in text(second)
    assert not SupportReferral.objects.exists()


def test_it_is_taken_back_before_it_is_decided_and_not_after(
    asked: SupportOverride, kit_browser: Client, manager: Client, agency: Agency, episode: Episode
) -> None:
    for _ in range(2):
        kit_browser.post(f"/overrides/{asked.ref}/take-back/")
    late = manager.post(f"/overrides/{asked.ref}/decide/", decision("yes"))
    kit_browser.post(
        f"/support/of/{episode.ref}/refer/", {**NO, "agency": agency.ref, "form_submission": "again"}
    )
    again = SupportOverride.objects.get(state="waiting")
    manager.post(f"/overrides/{again.ref}/decide/", decision("yes"))
    refused = kit_browser.post(f"/overrides/{again.ref}/take-back/", follow=True)

    assert late.status_code == 422
    assert "A colleague has decided it since" in text(refused)
    assert SupportReferral.objects.count() == 1


def test_an_agency_that_left_meanwhile_is_told_nothing(
    asked: SupportOverride, manager: Client, agency: Agency
) -> None:
    Agency.objects.update(ended_at=factories.NOW, ended_by="carol")

    page = manager.post(f"/overrides/{asked.ref}/decide/", decision("yes"))

    assert page.status_code == 422
    assert "removed from the list" in text(page)
    assert SupportOverride.objects.get().state == "waiting"


def test_consent_is_no_basis_of_what_the_person_said_no_to(
    agency: Agency, episode: Episode, kit_browser: Client
) -> None:
    page = f"/support/of/{episode.ref}/refer/"
    form = {**NO, "agency": agency.ref}

    consent = kit_browser.post(page, {**form, "basis": "consent"})
    silent = kit_browser.post(page, {**form, "without": ""})

    assert "so consent is not the basis" in text(consent)
    assert "Say why it is passed on although the person does not agree" in text(silent)
    assert not SupportOverride.objects.exists()


def test_a_practitioner_decides_nothing(asked: SupportOverride, kit_browser: Client) -> None:
    assert kit_browser.get(f"/overrides/{asked.ref}/decide/").status_code == 403
