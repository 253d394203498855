"""The number beside "Calls to make": clients who can be called safely now and lines for today, none of cases kept from the reader."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import for_today
from tests.advocacy import factories

from desist.accounts.models import SignIn
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Role
from desist.wall.models import Exclusion, Restriction

pytestmark = pytest.mark.django_db

#: the statements of the number, with one for who asks and three for its turn: a number of its own, whatever there is to do
MOST = 22
ROLES = (Role.ADVOCATE, Role.ADVOCACY_MANAGER)


def of_role(signed_in: Callable[..., Client], role: Role) -> Client:
    account = factories.account(name="Ola Reed")
    return signed_in(role=role) if role is Role.ADVOCATE else signed_in(role=role, account=account)


def busy(advocate: Advocate) -> Victim:
    """A client with an alert that waits, news to tell and words that the police ask them to clear."""
    now = timezone.now()
    row = factories.victim(advocate=advocate, received_at=now - timedelta(hours=40))
    factories.alert(case=row.ref)
    factories.update(victim=row.ref)
    factories.clearance(victim=row.ref)
    return row


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kept", ["restricted", "excluded"])
def test_the_number_is_that_of_the_page_and_none_of_a_case_that_is_kept_from_the_reader(
    signed_in: Callable[..., Client], client_of_fable: Victim, advocate: Advocate, role: Role, kept: str
) -> None:
    browser = of_role(signed_in, role)
    factories.victim()
    without = for_today.numbers(browser)
    hidden = busy(advocate)
    more = for_today.numbers(browser)
    said = {"case": hidden.ref, "reason": "x", "made_by": "carol", "made_at": factories.NOW}
    if kept == "restricted":
        Restriction.objects.create(**said)
    else:
        who = SignIn.objects.latest("pk").grant.account.ref
        Exclusion.objects.create(account=who, allowed=False, **said)

    assert len(set(without)) == len(set(more)) == 1
    assert more[0] > without[0] > 0
    assert for_today.numbers(browser) == without


def test_the_number_opens_no_names_and_costs_as_many_statements_for_more_clients(
    browser_of_fable: Client, client_of_fable: Victim, advocate: Advocate
) -> None:
    busy(advocate)
    few = statements(browser_of_fable)
    for _ in range(5):
        busy(advocate)

    assert not [one for one in few if "advocacy_personkey" in one]
    assert len(statements(browser_of_fable)) == len(few) <= MOST


def statements(browser: Client) -> list[str]:
    with CaptureQueriesContext(connection) as sent:
        assert browser.get("/home/waiting/").status_code == 200
    return [one["sql"] for one in sent]


def test_nothing_to_do_is_a_nought_and_no_number_in_the_menu(browser_of_fable: Client) -> None:
    assert for_today.numbers(browser_of_fable) == (0, 0, 0)
    assert 'data-waiting="/home/waiting/" hidden' in browser_of_fable.get("/victims/").content.decode()
