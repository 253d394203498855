"""The register's days in a calendar: what kind of day, of which crime reference, and not a word more."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from pytest_django.fixtures import Settings
from tests import staff
from tests.partnership.orders import factories

from desist.accounts.models import Account, RoleGrant
from desist.feeds.models import Feed
from desist.ui.dates import day_of
from desist.wall.actors import Role
from desist.wall.models import Exclusion, Restriction

pytestmark = pytest.mark.django_db

#: requests come at the present moment
TODAY = day_of(timezone.now())
CRIME = "45/01234/26"


@pytest.fixture(autouse=True)
def _filled_by_the_register(settings: Settings) -> None:
    settings.DESIST_FEED = "desist.partnership.feeds.queries"


@pytest.fixture
def emrys(db: None) -> Account:
    return staff.account(name="Emrys Kettlewick")


@pytest.fixture
def desk(emrys: Account, own_keys: None) -> Client:
    """An order coordinator, signed in."""
    return staff.browser(account=emrys, role=Role.ORDER_COORDINATOR)


def address(browser: Client) -> str:
    """A new address, as its owner reads it once."""
    page = browser.post("/calendar/make/", follow=True).content.decode()
    return page.partition("http://testserver")[2].partition(".ics")[0] + ".ics"


def events(path: str) -> list[tuple[str, date]]:
    """What the calendar program reads."""
    answer = Client().get(path)
    assert answer.status_code == 200
    found: list[Any] = Calendar.from_ical(answer.content).walk("VEVENT")
    return sorted((str(one["summary"]), one["dtstart"].dt) for one in found)


def running(**fields: Any) -> Any:
    """An order in force that ends in a hundred days."""
    defaults = {
        "made_on": TODAY - timedelta(days=700),
        "served_on": TODAY - timedelta(days=699),
        "ends_on": TODAY + timedelta(days=100),
    }
    return factories.in_force(**defaults | fields)


def test_the_days_of_an_order_stand_in_it_by_crime_reference(desk: Client) -> None:
    order = running()
    factories.application(order=order, hearing_on=TODAY + timedelta(days=10))
    factories.duty(order=order, began_on=TODAY, due_on=TODAY + timedelta(days=2))

    found = events(address(desk))

    assert found == sorted(
        [
            (f"Hearing: {CRIME}", TODAY + timedelta(days=10)),
            (f"Last day of the order: {CRIME}", TODAY + timedelta(days=100)),
            (f"Notification due: {CRIME}", TODAY + timedelta(days=2)),
            *((f"Time to renew: {CRIME}", TODAY + timedelta(days=100 - days)) for days in (90, 60, 30)),
        ]
    )


def test_no_name_no_place_and_no_words_of_an_order_are_in_it(desk: Client) -> None:
    order = running(court="Northmere Magistrates", number="SPO/7")
    factories.application(order=order, hearing_on=TODAY + timedelta(days=10), note="Both were heard")

    words = Client().get(address(desk)).content.decode()

    unsaid = (
        *(
            "Robin",
            "Example",
            "Northmere Magistrates",
            "SPO/7",
            "contact",
            "calls",
            order.ref,
            order.person.ref,
        ),
        *("LOCATION", "DESCRIPTION", "ORGANIZER", "Emrys", "Both were heard", "vary"),
    )
    assert not [word for word in unsaid if word in words]
    assert "TRANSP:TRANSPARENT" in words


def test_what_has_ended_and_what_is_over_are_not_in_it(desk: Client) -> None:
    running(state="discharged", closed_on=TODAY - timedelta(days=1))
    running(ends_on=TODAY + timedelta(days=1000))

    assert [words for words, _ in events(address(desk)) if "Last day" in words] == []


def test_an_order_that_its_owner_may_not_see_is_not_in_it(desk: Client, emrys: Account) -> None:
    path = address(desk)
    restricted, kept_from = running(), running()
    running(area="elsewhere")
    at = timezone.now()
    Restriction.objects.create(case=restricted.person.ref, reason="police", made_by="carol", made_at=at)
    Exclusion.objects.create(
        case=kept_from.person.ref, account=emrys.ref, allowed=False, reason="x", made_by="carol", made_at=at
    )

    assert events(path) == []


def test_of_two_roles_in_one_area_every_day_stands_once(desk: Client, emrys: Account) -> None:
    running()
    path = address(desk)
    before = events(path)

    RoleGrant.objects.create(
        account=emrys, role=Role.FORCE_LEAD, area=staff.AREA, given_by="carol", given_at=staff.NOW
    )

    assert events(path) == before


def test_revoked_and_unknown_are_the_same_bytes(desk: Client) -> None:
    running()
    path = address(desk)
    desk.post(f"/calendar/{Feed.objects.get().ref}/revoke/")

    revoked, unknown = Client().get(path), Client().get("/calendar/feed/" + "x" * 43 + ".ics")

    assert (revoked.status_code, revoked.content) == (404, unknown.content)
    assert dict(revoked.headers) == dict(unknown.headers)


def test_whoever_keeps_the_register_no_longer_has_no_calendar(desk: Client, emrys: Account) -> None:
    path = address(desk)
    RoleGrant.objects.filter(account=emrys).update(ended_at=staff.NOW)

    assert Client().get(path).status_code == 404


def test_a_police_referrer_has_none(officer: Client) -> None:
    assert officer.get("/calendar/").status_code == 403


def test_its_owner_is_told_what_whoever_has_the_address_reads(
    desk: Client, signed_in: Callable[..., Client]
) -> None:
    page = desk.get("/calendar/").content.decode()

    assert "each with the crime reference" in page
    assert "Make an address" in page
