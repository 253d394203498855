"""Accounts lists what a site lacks before its first case, each with the place where it is entered, until nothing does."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from desist.accounts.beginning import queries
from desist.accounts.models import Account
from desist.desk.duty.models import DutyNumber
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.wall.actors import Role

SignedIn = Callable[..., Client]
AREA = "northmere"


def missing() -> list[str]:
    return [words for words, _ in queries.before_you_begin()]


@pytest.fixture(autouse=True)
def _programme(settings: Settings) -> None:
    settings.DESIST_BEFORE = [
        *settings.DESIST_BEFORE,
        "desist.desk.duty.queries.missing",
        "desist.programme.pages.beginning.queries.missing",
    ]


def test_a_new_site_says_what_is_missing_and_leads_there(ada: Account, signed_in: SignedIn) -> None:
    page = signed_in(ada).get("/account/people/").content.decode()

    assert "Before you begin" in page
    assert '<a class="govuk-link" href="/account/people/invite/">A second administrator' in page
    assert '<a class="govuk-link" href="/post/partners/add/">A partner' in page
    assert missing() == [
        "A second administrator: nobody can change their own account",
        "A data protection officer, who reads the audit",
        f"Programme manager in {AREA}",
        f"Behaviour change practitioner in {AREA}",
        f"Clinical supervisor in {AREA}",
        "A partner, to whom something can be sent",
        f"A duty number in {AREA}, which alerts give to ring back: who leads there adds one under Duty numbers",
    ]


def test_what_was_entered_leaves_the_list_and_with_it_the_list(
    person: Callable[..., Account], ada: Account, signed_in: SignedIn, settings: Settings, now: datetime
) -> None:
    settings.DESIST_BEFORE = settings.DESIST_BEFORE[:3]
    for name, role in (
        ("Bo Linnet", Role.ADMINISTRATOR),
        ("Cy Marl", Role.DATA_PROTECTION_OFFICER),
        ("Di North", Role.MANAGER),
        ("Ed Quill", Role.PRACTITIONER),
        ("Fay Stow", Role.SUPERVISOR),
    ):
        person(name, role)
    DutyNumber.objects.create(area=AREA, title="Desk", number="01632 960 001", added_at=now)
    Partner.objects.create(
        name="northmere-police",
        zone="partnership",
        title="Northmere Police",
        transport=Transport.BY_HAND,
        phone="01632 960 002",
        added_at=now,
    )

    assert missing() == []
    assert "Before you begin" not in signed_in(ada).get("/account/people/").content.decode()


def test_a_manager_alone_leaves_the_register_and_the_notice_to_enter(person: Callable[..., Account]) -> None:
    person("Di North", Role.MANAGER)

    found = missing()

    assert any(words.startswith(f"A practitioner in {AREA} with training signed off") for words in found)
    assert any(words.startswith("What the information notice says about the service") for words in found)


@pytest.mark.parametrize("zone", ["partnership", "advocacy", "commission"])
def test_each_zone_names_its_own_roles(zone: str, ada: Account, settings: Settings) -> None:
    settings.DESIST_ZONE = zone
    settings.DESIST_BEFORE = ["desist.accounts.beginning.queries.people"]
    role = {
        "partnership": "Police referrer",
        "advocacy": "Independent stalking advocate",
        "commission": "Commissioner",
    }

    assert f"{role[zone]} in {AREA}" in missing()
