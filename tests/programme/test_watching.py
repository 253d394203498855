"""The clock finds in the audit who opened thirty cases of others within an hour, and who went back to a closed one."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries, Settings
from tests import staff
from tests.programme import factories

from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.audit.watching import chores
from desist.programme.episodes.models import Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation.policy import Action as AllocationAction
from desist.wall import audit
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction

pytestmark = pytest.mark.django_db

NOW = factories.NOW
WATCHED = "desist.programme.pages.people.queries"


@pytest.fixture(autouse=True)
def _watched(settings: Settings) -> None:
    settings.DESIST_WATCHED = WATCHED


def look(
    who: Account,
    episode: Episode,
    at: datetime = NOW,
    *,
    role: Role = Role.MANAGER,
    action: BaseAction = EpisodesAction.SEE_EPISODE,
    allowed: bool = True,
) -> None:
    """Someone opened a person's page, as the gate records it."""
    actor = Actor(who.ref, role, staff.AREA, uuid.uuid4())
    entry = audit.Entry(actor, action, audit.row_name(Episode, episode.ref), at)
    audit.record(entry, allowed=allowed)


def alerts() -> list[tuple[str, str, int]]:
    return list(AccountAlert.objects.order_by("pk").values_list("account", "kind", "count"))


@pytest.fixture
def people(kit: Account) -> Callable[[int], list[Episode]]:
    """Makes a number of people on the programme; Kit works with none of them."""
    return lambda count: [factories.episode(referral=factories.referral()) for _ in range(count)]


def test_thirty_cases_of_others_within_an_hour_are_told_and_twenty_nine_are_not(
    kit: Account, people: Callable[[int], list[Episode]]
) -> None:
    found = people(30)
    for number, episode in enumerate(found[:29]):
        look(kit, episode, NOW - timedelta(minutes=number))
        look(kit, episode, NOW - timedelta(minutes=number))
    chores.look(at=NOW)
    assert alerts() == []

    look(kit, found[29])
    chores.look(at=NOW)
    chores.look(at=NOW)

    assert alerts() == [(kit.ref, "unassigned", 30)]


def test_older_looks_refusals_changes_and_ones_own_people_do_not_count(
    kit: Account, people: Callable[[int], list[Episode]]
) -> None:
    mine = factories.practitioner(account=kit)
    own = [factories.episode(referral=factories.referral(), practitioner=mine) for _ in range(2)]
    older, refused, changed, *others = people(31)
    for episode in (*own, *others):
        look(kit, episode)
    look(kit, older, NOW - timedelta(minutes=61))
    look(kit, refused, allowed=False)
    look(kit, changed, action=AllocationAction.ALLOCATE)

    chores.look(at=NOW)

    assert alerts() == []


@pytest.mark.parametrize("days", [0.01, 1, 27, 29, 400])
def test_a_closed_case_that_is_looked_at_is_told_once_a_day_however_soon_after_closing(
    kit: Account, days: float
) -> None:
    over = closed(days=days)
    look(kit, over)

    chores.look(at=NOW)
    chores.look(at=NOW)

    assert alerts() == [(kit.ref, "closed_case", 1)]


def test_a_person_who_worked_on_a_case_until_it_was_closed_finishes_it_for_28_days(kit: Account) -> None:
    """The letters, the certificate and the exit report are written when a case is closed already."""
    recent, older = closed(days=27), closed(days=29)
    for over in (recent, older):
        work(kit, over, NOW - timedelta(days=27))
        look(kit, over)

    chores.look(at=NOW)

    assert alerts() == [(kit.ref, "closed_case", 1)]


def test_a_form_that_is_opened_after_the_closing_is_no_excuse_nor_is_the_work_of_a_colleague(
    kit: Account,
) -> None:
    over, others = closed(days=3), closed(days=3)
    work(kit, over, NOW - timedelta(minutes=5))
    work(staff.account(name="Noor Hale"), others, NOW - timedelta(days=4))
    work(kit, others, NOW - timedelta(days=4), allowed=False)
    look(kit, over)
    look(kit, others)

    chores.look(at=NOW)

    assert alerts() == [(kit.ref, "closed_case", 2)]


def test_a_look_before_or_while_a_case_was_closed_is_no_going_back(kit: Account) -> None:
    before, meanwhile = closed(days=0.01), closed(days=0.01)
    look(kit, before, NOW - timedelta(minutes=50))
    look(kit, meanwhile, NOW - timedelta(days=0.01))

    chores.look(at=NOW)

    assert alerts() == []


def test_a_closed_case_that_is_still_assigned_is_their_work(kit: Account) -> None:
    over = closed(days=90, practitioner=factories.practitioner(account=kit))
    look(kit, over)

    chores.look(at=NOW)

    assert alerts() == []


def closed(*, days: float, practitioner: Practitioner | None = None) -> Episode:
    """A person whose place ended so many days ago."""
    ended = NOW - timedelta(days=days)
    return factories.episode(
        referral=factories.referral(), practitioner=practitioner, state="left", ended_at=ended
    )


def work(who: Account, episode: Episode, at: datetime, *, allowed: bool = True) -> None:
    """A person did more than look, as the gate records it."""
    look(who, episode, at, action=AllocationAction.ALLOCATE, allowed=allowed)


def test_the_systems_own_hands_are_not_watched(kit: Account) -> None:
    over = factories.episode(referral=factories.referral(), state="left", ended_at=NOW - timedelta(days=90))
    look(kit, over, role=Role.CLOCK)

    chores.look(at=NOW)

    assert alerts() == []


def test_a_pass_without_anything_to_tell_costs_three_statements(
    kit: Account, people: Callable[[int], list[Episode]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for episode in people(20):
        look(kit, episode)

    with django_assert_num_queries(3):
        chores.look(at=NOW)


def test_a_zone_without_cases_watches_none(settings: Settings) -> None:
    settings.DESIST_WATCHED = ""

    chores.look(at=NOW)

    assert alerts() == []
