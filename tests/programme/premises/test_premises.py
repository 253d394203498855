"""The list of premises: what is never booked is offered to nobody, and nobody is told why or that there is any."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.premises import commands
from desist.programme.premises.models import Premises, Room
from desist.refusals import Refused
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture(params=[Role.MANAGER, Role.ADMINISTRATOR])
def keeper(request: pytest.FixtureRequest, signed_in: Callable[..., Client]) -> Client:
    """Anyone who keeps the list."""
    return signed_in(role=request.param, account=factories.account(name="Ola Reed"))


def test_a_building_and_its_rooms_are_listed_and_offered(
    keeper: Client, kit_browser: Client, episode: Episode
) -> None:
    keeper.post("/premises/add/", {"name": "The Mill", "address": "1 Mill Lane", "book": "yes"})
    building = Premises.objects.get()
    keeper.post(f"/premises/{building.ref}/room/", {"name": "Room 2"})

    assert "Room 2, The Mill" in text(keeper.get("/premises/"))
    assert "Room 2, The Mill" in text(kit_browser.get(f"/planner/{episode.ref}/plan/"))


def test_a_name_is_listed_once_and_what_was_typed_is_kept(manager: Client) -> None:
    building = factories.premises(name="The Mill")
    factories.room(premises=building, name="Room 2, The Mill")

    twice = manager.post("/premises/add/", {"name": "The Mill", "book": "never"})
    room = manager.post(f"/premises/{building.ref}/room/", {"name": "Room 2"})

    assert (twice.status_code, room.status_code) == (422, 422)
    assert "this name is already on the list" in text(twice)
    assert "this name is already on the list" in text(room)


def test_what_is_never_booked_is_offered_to_nobody_and_shown_to_no_practitioner(
    keeper: Client, kit_browser: Client, episode: Episode
) -> None:
    room = factories.room()
    address = f"/planner/{episode.ref}/plan/"

    keeper.post(f"/premises/{room.premises.ref}/never/")
    barred = text(kit_browser.get(address))
    kept = text(keeper.get("/premises/"))
    keeper.post(f"/premises/{room.premises.ref}/again/")
    again = text(kit_browser.get(address))

    assert room.name not in barred
    assert "Never book" in kept
    assert room.name in again
    assert kit_browser.get("/premises/").status_code == 403


def test_what_is_never_booked_and_what_is_closed_look_the_same_on_a_plan(
    manager: Client, kit_browser: Client, episode: Episode
) -> None:
    ahead = timezone.now() + timedelta(days=3)
    pages = []
    for number, act in enumerate(("never", "close"), start=1):
        room = factories.room(name=f"Room {number}")
        start = ahead + timedelta(weeks=number)
        factories.session(
            episode=episode,
            number=number,
            room=room,
            period=TimestamptzRange(start, start + timedelta(hours=1)),
        )
        manager.post(f"/premises/{room.premises.ref}/{act}/")
        assert "planned in rooms that can no longer be booked: 1" in text(manager.get("/premises/"))
        pages.append(text(kit_browser.get(f"/planner/{episode.ref}/")))

    assert [page.count("The room can no longer be booked.") for page in pages] == [1, 2]


def test_a_room_is_taken_off_the_list_and_twice_changes_nothing(manager: Client) -> None:
    room = factories.room()

    for _ in range(2):
        manager.post(f"/premises/rooms/{room.ref}/close/")
        manager.post(f"/premises/{room.premises.ref}/close/")

    room.refresh_from_db()
    assert room.closed_on is not None
    assert not commands.bookable(factories.AREA).exists()
    assert "Removed on" in text(manager.get("/premises/"))
    with pytest.raises(Refused, match="can no longer be booked"):
        commands.room(factories.AREA, room.ref)


def test_a_name_on_the_list_is_free_again_once_it_is_closed(manager: Client) -> None:
    building = factories.premises(name="The Mill")
    manager.post(f"/premises/{building.ref}/close/")

    manager.post("/premises/add/", {"name": "The Mill", "book": "yes"})

    assert Premises.objects.filter(name="The Mill").count() == 2


def test_nobody_can_say_why_a_building_is_never_booked() -> None:
    """Neither the form nor the row has a place for it."""
    said = {field.name for model in (Premises, Room) for field in model._meta.get_fields()}

    assert not said & {"reason", "why", "note", "words"}


def test_an_empty_list_says_what_will_stand_there(manager: Client) -> None:
    assert "No premises yet" in text(manager.get("/premises/"))


def barred(room: Room) -> bool:
    room.refresh_from_db()
    return room.barred_at is not None


def test_since_when_a_room_cannot_be_booked_is_kept_until_it_can_again(manager: Client) -> None:
    room = factories.room()

    manager.post(f"/premises/{room.premises.ref}/never/")
    never = barred(room)
    manager.post(f"/premises/{room.premises.ref}/again/")
    again = barred(room)
    manager.post(f"/premises/rooms/{room.ref}/close/")
    since = Room.objects.get().barred_at
    for what in ("close", "never", "again"):
        manager.post(f"/premises/{room.premises.ref}/{what}/")

    assert (never, again, barred(room)) == (True, False, True)
    assert Room.objects.get().barred_at == since
