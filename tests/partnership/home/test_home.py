"""To do: the most urgent first, each thing with the person it is about."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.partnership.pages.home import queries
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
DAY = timedelta(days=1)


@pytest.fixture
def lead(kit: Account, actor: Actor) -> Actor:
    return Actor(who=kit.ref, role=Role.FORCE_LEAD, area=actor.area, correlation=actor.correlation)


def shown(actor: Actor) -> list[tuple[bool, str, str, str]]:
    """Every line in its order: whether it is late, the name, the words and the time."""
    groups = queries.to_do(actor=actor, at=NOW)
    return [(one.late, one.name, one.words, one.clock) for group in groups for one in group.lines]


def test_what_is_late_stands_before_everything_that_is_not(lead: Actor) -> None:
    factories.draft(started_by=lead.who, given_names="Ash", family_name="Vale")
    factories.side(state="asked", made_at=NOW - timedelta(hours=1))
    report = factories.report()
    person = orders.person(given_names="Xander", family_name="Mossingham")
    orders.made(person=person, made_on=NOW.date() - 30 * DAY, applied_on=None)
    type(report).objects.update(due_at=NOW - timedelta(hours=2))

    found = shown(lead)

    late = [late for late, *_ in found]
    assert late == sorted(late, reverse=True)
    assert late.count(True) == 2
    assert found[0][1] == "Xander Mossingham"
    assert found[0][3].endswith(" days late")
    assert found[1][3] == "2 hours late"
    assert "Ash Vale" in {name for _, name, *_ in found}


def test_a_pair_request_that_waits_for_months_says_how_long(lead: Actor, kit: Account) -> None:
    factories.side(state="asked", made_at=NOW - 280 * DAY)

    assert shown(lead) == [(True, "", "Answer the request to link crime 45/01234/26", "Waiting 9 months")]


@pytest.mark.parametrize(
    ("ago", "clock"), [(timedelta(hours=3), "Waiting 3 hours"), (DAY, "Waiting since yesterday")]
)
def test_one_that_was_asked_lately_is_not_late(lead: Actor, ago: timedelta, clock: str) -> None:
    factories.side(state="asked", made_at=NOW - ago)

    assert [(late, told) for late, _, _, told in shown(lead)] == [(False, clock)]


def test_a_question_that_was_needed_before_is_late_and_names_the_person(lead: Actor) -> None:
    factories.request(referral=factories.referral(), needed_by=NOW.date() - DAY)
    factories.request(referral=factories.referral(), needed_by=None)

    found = shown(lead)

    assert [late for late, *_ in found] == [True, False]
    assert all(name == "Robin Example" for _, name, *_ in found)


def test_nothing_waits_says_so(officer: Client) -> None:
    assert "Nothing waits for you." in text(officer.get("/"))
    assert staff.NOW == NOW


def test_a_day_with_forty_tasks_shows_twelve_and_opens_the_rest(officer: Client, kit: Account) -> None:
    for number in range(40):
        factories.draft(started_by=kit.ref, given_names="Ash", family_name=f"Vale {number}")

    page = officer.get("/").content.decode()

    assert "And 28 more" in page
    assert page.count("finish the referral") == 40


def test_a_day_with_none_says_so(officer: Client) -> None:
    assert "Nothing waits for you" in text(officer.get("/"))
