"""To do: the most urgent first, each thing with the person it is about."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.partnership.pages.home import lines, queries
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
DAY = timedelta(days=1)


@pytest.fixture
def lead(kit: Account, actor: Actor) -> Actor:
    return Actor(who=kit.ref, role=Role.FORCE_LEAD, area=actor.area, correlation=actor.correlation)


def shown(actor: Actor) -> list[tuple[str, str, str]]:
    return [(one.urgency, one.words, one.clock) for one in queries.to_do(actor=actor, at=NOW).lines]


def test_what_is_late_stands_before_everything_that_is_not(lead: Actor) -> None:
    factories.draft(started_by=lead.who, given_names="Ash", family_name="Vale")
    factories.side(state="asked", made_at=NOW - timedelta(hours=1))
    report = factories.report()
    person = orders.person(given_names="Xander", family_name="Mossingham")
    orders.made(person=person, made_on=NOW.date() - 30 * DAY, applied_on=None)
    type(report).objects.update(due_at=NOW - timedelta(hours=2))

    found = shown(lead)

    urgencies = [urgency for urgency, _, _ in found]
    assert urgencies == sorted(urgencies, key=lines.URGENCIES.index)
    assert urgencies.count("late") == 2
    assert "Xander Mossingham" in found[0][1]
    assert found[0][2].startswith("was due ")
    assert found[1][2] == "was due 12:30pm today"
    assert "Ash Vale" in found[-1][1]


def test_a_pair_request_that_waits_for_months_is_red_and_says_how_long(lead: Actor, kit: Account) -> None:
    factories.side(state="asked", made_at=NOW - 280 * DAY)

    ((urgency, words, clock),) = shown(lead)

    assert (urgency, clock) == ("late", "waiting 9 months")
    assert words == "Answer the pair request for crime 45/01234/26"


@pytest.mark.parametrize(
    ("ago", "clock"), [(timedelta(hours=3), "waiting 3 hours"), (DAY, "asked yesterday")]
)
def test_one_that_was_asked_lately_is_not_late(lead: Actor, ago: timedelta, clock: str) -> None:
    factories.side(state="asked", made_at=NOW - ago)

    assert [(urgency, told) for urgency, _, told in shown(lead)] == [("soon", clock)]


def test_a_question_that_was_needed_before_is_late_and_names_the_person(lead: Actor) -> None:
    factories.request(referral=factories.referral(), needed_by=NOW.date() - DAY)
    factories.request(referral=factories.referral(), needed_by=None)

    found = shown(lead)

    assert [urgency for urgency, _, _ in found] == ["late", "calm"]
    assert all("Robin Example" in words for _, words, _ in found)


def test_nothing_waits_says_so(officer: Client) -> None:
    assert "Nothing is waiting" in text(officer.get("/"))
    assert staff.NOW == NOW
