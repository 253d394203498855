"""E-mails to advocates: news for a client, the four-hour ring, and clients to take on; about nobody else's."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django.fixtures import Settings
from tests import staff
from tests.advocacy import factories

from desist.accounts.mailing.commands import send_next
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.nudges import chores
from desist.advocacy.pages.nudges.states import Kind
from desist.advocacy.updates.models import Update
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["harbour.example", "testserver"]
    settings.DESIST_NUDGES = "desist.advocacy.pages.nudges.sources"


def held(account: Account, role: Role) -> Account:
    """An account that holds a role, and signed in two days before."""
    grant = staff.grant(account=account, role=role)
    RoleGrant.objects.filter(pk=grant.pk).update(given_at=NOW - 30 * DAY)
    SignIn.objects.create(grant=grant, device="Firefox", began_at=NOW - 2 * DAY, last_seen_at=NOW - 2 * DAY)
    return account


@pytest.fixture
def her_advocate(fable: Account) -> Account:
    return held(fable, Role.ADVOCATE)


@pytest.fixture
def colleague(db: None) -> Account:
    return held(staff.account(name="Noor Hale"), Role.ADVOCATE)


@pytest.fixture
def manager(db: None) -> Account:
    return held(staff.account(name="Carol Wren"), Role.ADVOCACY_MANAGER)


def kinds(account: Account, *, after: timedelta = timedelta(minutes=5)) -> set[str]:
    """What an account is told of, a while later."""
    chores.make(at=NOW + after)
    rows = OutgoingEmail.objects.filter(account=account.ref).values_list("kinds", flat=True)
    return {kind for those in rows for kind in those}


def test_an_advocate_hears_of_a_new_client_and_of_news_for_her_and_a_colleague_does_not(
    robin: Victim, her_advocate: Account, colleague: Account
) -> None:
    factories.update(victim=robin.ref)

    assert kinds(her_advocate) == {Kind.CLIENT, Kind.NEWS}
    assert kinds(colleague) == set()


def test_who_typed_the_news_in_is_not_told_of_it(robin: Victim, her_advocate: Account) -> None:
    factories.update(victim=robin.ref)
    Update.objects.update(recorded_by=her_advocate.ref)

    assert Kind.NEWS not in kinds(her_advocate)


def test_a_pack_without_a_crime_reference_is_told_after_four_hours(
    robin: Victim, her_advocate: Account
) -> None:
    factories.pack(incident=factories.incident(victim=robin.ref).ref)
    early = kinds(her_advocate, after=timedelta(hours=3, minutes=59))

    assert Kind.RING not in early
    assert Kind.RING in kinds(her_advocate, after=timedelta(hours=4))


def test_a_manager_hears_of_a_client_without_an_advocate_alone(robin: Victim, manager: Account) -> None:
    before = kinds(manager)
    Victim.objects.update(received_at=NOW - timedelta(hours=1))
    without = factories.victim(received_at=NOW - timedelta(hours=1))

    assert Kind.WAITING not in before
    assert without.ref
    assert Kind.WAITING in kinds(manager)


def test_nobody_hears_of_a_restricted_client(robin: Victim, her_advocate: Account) -> None:
    factories.update(victim=robin.ref)
    case = {"case": robin.ref, "reason": "x", "made_by": "carol", "made_at": NOW}
    Restriction.objects.create(**case)

    assert kinds(her_advocate) == set()


def test_a_message_says_nothing_of_a_client(robin: Victim, her_advocate: Account) -> None:
    factories.update(victim=robin.ref)
    chores.make(at=NOW + timedelta(minutes=1))
    while send_next(at=NOW + timedelta(minutes=1)):
        pass

    (message,) = mail.outbox
    assert message.to == [her_advocate.email]
    said = f"{message.subject} {message.body}".lower()
    for secret in ("robin", "hollow", robin.ref, "client", "victim", "news", "advoca"):
        assert secret not in said, secret
