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
from desist.programme.service.allocation.policy import Action as AllocationAction
from desist.wall import audit
from desist.wall.actors import Actor, Role
from desist.wall.policy import Action

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
    action: Action = EpisodesAction.SEE_EPISODE,
    allowed: bool = True,
) -> None:
    """Somebody opened a person's page, as the gate records it."""
    actor = Actor(who.ref, role, staff.AREA, uuid.uuid4())
    entry = audit.Entry(actor, action, audit.row_name(Episode, episode.ref), at)
    audit.record(entry, allowed=allowed)


def alerts() -> list[tuple[str, str, int]]:
    return list(AccountAlert.objects.order_by("pk").values_list("account", "kind", "count"))


@pytest.fixture
def people(kit: Account) -> Callable[[int], list[Episode]]:
    """So many people on the programme, of whom Kit works with none."""
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


@pytest.mark.parametrize(("days", "told"), [(29, True), (27, False)])
def test_a_case_closed_long_ago_is_told_once_a_day(kit: Account, days: int, *, told: bool) -> None:
    over = factories.episode(referral=factories.referral(), state="left", ended_at=NOW - timedelta(days=days))
    look(kit, over)

    chores.look(at=NOW)
    chores.look(at=NOW)

    assert alerts() == ([(kit.ref, "closed_case", 1)] if told else [])


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
