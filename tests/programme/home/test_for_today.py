"""The number beside "To do": as many lines as the page shows for today, for each role, and nothing of cases kept from them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests import for_today
from tests.programme import factories

from desist.accounts.models import Account, SignIn
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.ui import dates
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db

ROLES = (Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR)


def of_role(signed_in: Callable[..., Client], role: Role) -> Client:
    return (
        signed_in(role=role)
        if role is Role.PRACTITIONER
        else signed_in(role=role, account=factories.account(name="Ola Reed"))
    )


def days(number: int, hour: int = 0) -> TimestamptzRange:
    start = timezone.now() + timedelta(days=number, hours=2 * hour)
    return TimestamptzRange(start, start + timedelta(minutes=90))


def busy(practitioner: Practitioner, hour: int = 0) -> Episode:
    """One person with something in most groups of To do, for each role."""
    now, today = timezone.now(), dates.day_of(timezone.now())
    row = factories.episode(referral=factories.referral(), practitioner=practitioner)
    held = factories.session(episode=row, number=1, period=days(-3, hour))
    factories.session(episode=row, number=2, period=days(1, hour))
    factories.missed(episode=row, number=3, period=days(-9, hour))
    factories.measure(episode=row, flagged=True)
    factories.follow_up(episode=row, due_on=today - timedelta(days=2))
    factories.concern(session=held, raised_at=now - timedelta(minutes=47), submission=f"a-{row.ref}")
    factories.concern(session=held, raised_at=now, submission=f"b-{row.ref}")
    factories.alert(case=row.referral.ref, raised_at=now, received_at=now, due_at=now + timedelta(minutes=30))
    for number in range(-1, 3):
        factories.own_task(about=row, due_on=today + timedelta(days=number))
    factories.attended(episode=row, number=4, period=days(-20, hour), debrief_wanted=True)
    factories.offered(
        episode=factories.ended(
            episode=factories.episode(referral=factories.referral(), practitioner=practitioner)
        )
    )
    return row


@pytest.fixture
def unallocated(police: object) -> Episode:
    """A person with whom nobody works, so that a manager has what is due about them."""
    return factories.episode(referral=factories.referral(family_name="Hopeful"), state="waiting")


@pytest.mark.parametrize("role", ROLES)
def test_the_number_is_that_of_the_lines_for_today(
    signed_in: Callable[..., Client], practitioner: Practitioner, unallocated: Episode, role: Role
) -> None:
    browser = of_role(signed_in, role)
    before = for_today.numbers(browser)
    busy(practitioner)
    after = for_today.numbers(browser)

    assert len(set(before)) == len(set(after)) == 1
    assert after[0] > before[0]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kept", ["restricted", "excluded"])
def test_a_case_that_is_kept_from_the_reader_is_not_in_the_number(
    signed_in: Callable[..., Client], practitioner: Practitioner, unallocated: Episode, role: Role, kept: str
) -> None:
    browser = of_role(signed_in, role)
    busy(practitioner)
    without = for_today.numbers(browser)
    hidden = busy(practitioner, hour=1)
    others = Episode.objects.filter(pk__gt=hidden.pk)
    more = for_today.numbers(browser)

    who = SignIn.objects.latest("pk").grant.account.ref
    for case in (hidden.referral.ref, *(one.referral.ref for one in others)):
        said = {"case": case, "reason": "x", "made_by": "carol", "made_at": factories.NOW}
        if kept == "restricted":
            Restriction.objects.create(**said)
        else:
            Exclusion.objects.create(account=who, allowed=False, **said)

    assert more[0] > without[0]
    assert for_today.numbers(browser) == without


def test_nothing_to_do_is_a_nought_and_no_number_in_the_menu(kit_browser: Client) -> None:
    assert for_today.numbers(kit_browser) == (0, 0, 0)


def test_every_other_page_asks_and_to_do_knows(kit_browser: Client, practitioner: Practitioner) -> None:
    asks = 'data-waiting="/home/waiting/" hidden'

    assert asks in kit_browser.get("/concerns/").content.decode()
    assert asks in kit_browser.get("/account/").content.decode()
    assert "data-waiting" not in kit_browser.get("/").content.decode()


def test_it_is_only_looked_at(kit_browser: Client) -> None:
    assert [
        kit_browser.post("/home/waiting/").status_code,
        kit_browser.head("/home/waiting/").status_code,
    ] == [
        405,
        405,
    ]


def test_a_role_without_to_do_is_refused_and_the_refusal_recorded(signed_in: Callable[..., Client]) -> None:
    browser = signed_in(role=Role.OBSERVER, account=factories.account(name="Ola Reed"))

    assert "data-waiting" not in browser.get("/account/").content.decode()
    assert browser.get("/home/waiting/").status_code == 403
    assert AuditEvent.objects.latest("pk").reason == "wrong role"


def test_it_says_nothing_of_who_is_at_work(kit_browser: Client) -> None:
    ago = timezone.now() - timedelta(minutes=10)
    SignIn.objects.update(last_seen_at=ago)

    assert kit_browser.get("/home/waiting/").status_code == 200
    assert SignIn.objects.get().last_seen_at == ago

    SignIn.objects.update(last_seen_at=timezone.now() - timedelta(minutes=16))

    assert kit_browser.get("/home/waiting/").status_code == 401


def test_a_visitor_gets_no_number(db: None) -> None:
    assert Client().get("/home/waiting/")["Location"].startswith("/account/sign-in/")


@pytest.fixture
def another_request(kit: Account) -> Iterator[None]:
    """Another process of the site is answering the same account."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"to do of {kit.ref}"])
        yield


@pytest.mark.usefixtures("another_request")
def test_an_account_is_answered_one_at_a_time(kit_browser: Client) -> None:
    answer = kit_browser.get("/home/waiting/")

    assert (answer.status_code, answer.content) == (204, b"")
