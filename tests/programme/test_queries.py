"""What pages cost the database: as many queries for ten times the rows, and few of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.programme import factories

from desist.accounts import searching
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.wall.actors import Role
from desist.wall.statements import of_role

pytestmark = pytest.mark.django_db

#: address -> the most queries it may send, with one for who asks, one for what waits in the menu and one for the audit's event
HOT = {"/episodes/": 3, "/episodes/{episode}/": 4, "/search/?found={sought}": 4}
ORDINARY = {
    "/": 23,
    "/referrals/": 6,
    "/concerns/": 6,
    "/referrals/{referral}/": 12,
    "/sessions/{session}/": 10,
    "/sessions/{session}/prepare/": 19,
    "/planner/{episode}/": 12,
    "/planner/{episode}/plan/": 18,
    "/rescheduling/{session}/move/": 14,
    "/rescheduling/{session}/cancel/": 5,
    "/rescheduling/{episode}/add/": 22,
    "/late-entries/{episode}/enter/": 16,
    "/late-entries/{session}/": 12,
    "/chains/of/{episode}/": 10,
}


def grow(episode: Episode, practitioner: Practitioner, *, times: int) -> None:
    """Ten more of everything that the pages list."""
    begun = Session.objects.count()
    for number in range(begun, begun + times):
        session = factories.session(episode=episode, number=number + 2)
        factories.chain(session=session, links=3)
        factories.concern(session=session, raised_at=factories.NOW + timedelta(minutes=number))
        factories.episode(referral=factories.referral(family_name="Exampleton"), practitioner=practitioner)
        factories.referral(family_name="Hopeful")


def cost(client: Client, address: str) -> int:
    """How many queries a page sends."""
    with CaptureQueriesContext(
        connection,
    ) as sent:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return len(sent)


@pytest.mark.parametrize(("address", "most"), [*HOT.items(), *ORDINARY.items()])
def test_ten_times_the_rows_cost_the_same_few_queries(
    address: str,
    most: int,
    signed_in: Callable[..., Client],
    session: Session,
    practitioner: Practitioner,
) -> None:
    role = Role.MANAGER if "referral" in address else Role.PRACTITIONER
    client = signed_in(role=role)
    received = factories.referral(completed_at=factories.NOW - timedelta(days=1))
    sought = searching.seal("Example", who=practitioner.ref)
    address = address.format(
        episode=session.episode.ref, session=session.ref, referral=received.ref, sought=sought
    )
    grow(session.episode, practitioner, times=2)

    few = cost(client, address)
    grow(session.episode, practitioner, times=20)
    many = cost(client, address)

    assert (many, few <= most) == (few, True), f"{few}, then {many} queries"


#: what a manager reads of the whole area -> the most queries it may send; the first page asks one for each kind of work
OF_AN_AREA = {
    "/": 23,
    "/team-to-do/": 10,
    "/service/": 10,
    "/allocation/{practitioner}/hand-over/": 11,
    "/episodes/": 3,
}


def people(practitioner: Practitioner, count: int) -> None:
    """So many people more on the programme, each with a session ahead and one without an outcome."""
    begun = Session.objects.count()
    for number in range(begun, begun + count):
        row = factories.episode(referral=factories.referral(), practitioner=practitioner)
        factories.session(episode=row, number=number + 2)
        factories.measure(episode=row, flagged=True)


@pytest.mark.parametrize(("address", "most"), OF_AN_AREA.items())
def test_a_page_about_sixty_people_costs_the_queries_of_one_about_ten(
    address: str, most: int, signed_in: Callable[..., Client], practitioner: Practitioner
) -> None:
    client = signed_in(role=Role.MANAGER)
    factories.practitioner(account=factories.account(name="Noor Hale"))
    address = address.format(practitioner=practitioner.ref)
    people(practitioner, 10)

    few = cost(client, address)
    people(practitioner, 50)
    many = cost(client, address)

    assert (many, few <= most) == (few, True), f"{few}, then {many} queries"


def test_a_first_page_writes_no_statement_a_second_time(signed_in: Callable[..., Client]) -> None:
    client = signed_in(role=Role.MANAGER)
    client.get("/")
    written = of_role.cache_info().currsize

    client.get("/")

    assert of_role.cache_info().currsize == written
