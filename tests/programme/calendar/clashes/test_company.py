"""Two people in one building at one hour are remarked where the sessions are booked, and nobody is named."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.calendar.clashes import queries
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner

pytestmark = pytest.mark.django_db
REMARK = "Another person of the programme is in the building"
START = timezone.now() + timedelta(days=7)


def period(*, after: int) -> TimestamptzRange:
    begins = START + timedelta(minutes=after)
    return TimestamptzRange(begins, begins + timedelta(minutes=60))


@pytest.fixture
def other(practitioner: Practitioner) -> Episode:
    """Another person, with a colleague."""
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    return factories.episode(
        referral=factories.referral(given_names="Nova", family_name="Quill"), practitioner=noor
    )


def booked(episode: Episode, room: Any, after: int = 0, number: int = 1) -> Any:
    who = episode.allocations.get().practitioner
    when = period(after=after)
    return factories.session(episode=episode, number=number, room=room, period=when, practitioner=who)


@pytest.mark.parametrize(("after", "remarked"), [(0, True), (70, True), (-70, True), (80, False)])
def test_two_people_in_one_building_at_one_hour_are_remarked_without_a_name(
    kit_browser: Client, episode: Episode, other: Episode, after: int, remarked: bool
) -> None:
    premises = factories.premises()
    booked(episode, factories.room(premises=premises))
    booked(other, factories.room(premises=premises, name="Room 2"), after)

    page = text(kit_browser.get(f"/planner/{episode.ref}/"))

    assert (REMARK in page) is remarked
    assert "Quill" not in page


def test_nobody_is_remarked_in_another_building_or_at_a_distance(episode: Episode, other: Episode) -> None:
    mine = booked(episode, factories.room())
    booked(other, factories.room(premises=factories.premises(), name="Room 9"))
    remote = booked(episode, None, after=500, number=2)

    assert queries.in_company([mine, remote]) == queries.in_company([remote]) == frozenset()


def test_an_assessment_counts_too(episode: Episode, other: Episode) -> None:
    room = factories.room()
    mine = booked(episode, room)
    second = factories.room(premises=room.premises, name="Room 2")
    factories.assessment(episode=other, room=second, period=period(after=0), state="appointed")

    assert queries.in_company([mine]) == {mine.ref}
