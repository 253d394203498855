"""The register of advocates begins empty, and a manager fills it on pages: nobody needs a console for it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.clients import commands
from desist.advocacy.team import commands as team
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(db: None) -> Account:
    """The manager."""
    return staff.account(name="Noor Quenington")


@pytest.fixture
def browser(noor: Account, fable: Account) -> Client:
    """The manager's, at a service where Fable has just joined."""
    staff.browser(account=fable, role=Role.ADVOCATE, area=factories.AREA)
    return staff.browser(account=noor, role=Role.ADVOCACY_MANAGER, area=factories.AREA)


def test_an_advocate_who_joined_is_put_on_the_register_and_gets_a_client(
    browser: Client, fable: Account, manager: Actor
) -> None:
    assert "Put Fable Trelissick on the register" in browser.get(reverse("team:team")).content.decode()

    page = reverse("team:register", args=[fable.ref])
    trained = {"trained_on-day": "1", "trained_on-month": "9", "trained_on-year": "2025"}
    said = browser.post(page, {**trained, "capacity": "20"}, follow=True).content.decode()

    assert "Fable Trelissick is on the register" in said
    row = Advocate.objects.get(ref=fable.ref)
    assert (row.area, row.trained_on, row.capacity) == (factories.AREA, date(2025, 9, 1), 20)
    waiting = factories.victim()
    commands.allocate(actor=manager, ref=waiting.ref, advocate=fable.ref, at=factories.NOW)
    assert browser.get(page).status_code == 404


def test_one_who_is_not_trained_yet_is_signed_off_later(browser: Client, fable: Account) -> None:
    browser.post(reverse("team:register", args=[fable.ref]), {"capacity": "20"})
    page = reverse("team:advocate", args=[fable.ref])
    assert 'value="20"' in browser.get(page).content.decode()

    later = {"trained_on-day": "1", "trained_on-month": "9", "trained_on-year": "2055"}
    refused = browser.post(page, {**later, "capacity": "20"})
    browser.post(page, {**later, "trained_on-year": "2025", "capacity": "12"})

    assert refused.status_code == 422
    row = Advocate.objects.get(ref=fable.ref)
    assert (row.trained_on, row.capacity) == (date(2025, 9, 1), 12)


def test_an_advocate_with_clients_does_not_leave_before_they_are_given_to_others(
    browser: Client, client_of_fable: Victim, fable: Account
) -> None:
    assert client_of_fable.allocations.get().advocate.ref == fable.ref  # one of two
    page = reverse("team:advocate", args=[fable.ref])
    leaving = {"capacity": "25", "left_on-day": "1", "left_on-month": "2", "left_on-year": "2026"}

    refused = browser.post(page, leaving)

    assert refused.status_code == 422
    assert "Give their 2 clients to others first" in refused.content.decode()
    Advocate.objects.get(ref=fable.ref).allocations.update(ended_at=factories.NOW)
    browser.post(page, leaving)
    assert Advocate.objects.get(ref=fable.ref).left_on == date(2026, 2, 1)


def test_nobody_signs_off_their_own_training_nor_registers_anybody_without_the_role(
    browser: Client, noor: Account, manager: Actor, signed_in: Callable[..., Client]
) -> None:
    staff.browser(account=noor, role=Role.ADVOCATE, area=factories.AREA)

    assert browser.get(reverse("team:register", args=[noor.ref])).status_code == 404
    assert signed_in().get(reverse("team:register", args=[noor.ref])).status_code == 403
    with pytest.raises(Refused, match="lost the role"):
        team.register(actor=manager, account="acdefghjklmn", trained_on=None, capacity=1, at=factories.NOW)
    assert not Advocate.objects.filter(ref=noor.ref).exists()


def test_the_same_advocate_is_registered_once_by_two_managers_at_once(
    browser: Client, fable: Account, manager: Actor
) -> None:
    Advocate.objects.create(ref=fable.ref, name=fable.name, area="elsewhere")

    with pytest.raises(Refused, match="been put on the register"):
        team.register(actor=manager, account=fable.ref, trained_on=None, capacity=1, at=factories.NOW)
