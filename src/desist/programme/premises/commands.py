"""Commands that change the list of premises and rooms."""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from desist.programme.premises.models import Premises, Room
from desist.programme.premises.policy import Action
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

LISTED = "Not saved: this name is already on the list. Remove the other one first, or choose another name"
CANNOT_BE_BOOKED = "This room can no longer be booked. Choose another one, or check the day"


def add(*, actor: Actor, name: str, address: str, never_book: bool, at: datetime) -> None:
    """Add premises to the list, also those that are never booked, so that no practitioner takes them by mistake."""
    row = Premises(
        area=actor.area,
        name=name,
        address=address,
        never_book=never_book,
        listed_by=actor.who,
        listed_at=at,
    )
    try:
        with gate.create(actor, Action.LIST_PREMISES, row, at=at):
            pass
    except IntegrityError:
        raise Refused(LISTED) from None


def add_room(*, actor: Actor, ref: str, name: str, at: datetime) -> None:
    """Add a room to premises."""
    try:
        with gate.change(actor, Action.CHANGE_PREMISES, Premises, ref, at=at) as premises:
            Room.objects.create(premises=premises, area=premises.area, name=f"{name}, {premises.name}")
    except IntegrityError:
        raise Refused(LISTED) from None


def mark(*, actor: Actor, ref: str, never_book: bool, at: datetime) -> None:
    """Mark premises as never booked, or as bookable again. No reason is asked or kept."""
    with gate.change(actor, Action.CHANGE_PREMISES, Premises, ref, at=at) as premises:
        premises.never_book = never_book
        premises.save(update_fields=["never_book"])
        if never_book:
            _bar(premises, at)
        else:
            premises.rooms.filter(closed_on=None).update(barred_at=None)


def close(*, actor: Actor, ref: str, at: datetime) -> None:
    """Close premises with their rooms; closing them twice changes nothing."""
    with gate.change(actor, Action.CHANGE_PREMISES, Premises, ref, at=at) as premises:
        today = day_of(at)
        premises.closed_on = premises.closed_on or today
        premises.save(update_fields=["closed_on"])
        premises.rooms.filter(closed_on=None).update(closed_on=today)
        _bar(premises, at)


def close_room(*, actor: Actor, ref: str, at: datetime) -> None:
    """Close a room; closing it twice changes nothing."""
    with gate.change(actor, Action.CLOSE_ROOM, Room, ref, at=at) as room:
        room.closed_on = room.closed_on or day_of(at)
        room.barred_at = room.barred_at or at
        room.save(update_fields=["closed_on", "barred_at"])


#: rooms that can be booked
OPEN = Q(closed_on=None, premises__closed_on=None, premises__never_book=False)


def bookable(area: str) -> QuerySet[Room]:
    """Return the rooms of an area that can be booked."""
    return Room.objects.filter(OPEN, area=area).order_by("name")


def used(area: str) -> QuerySet[Room]:
    """Return the rooms of an area in which a session can have been held: bookable now, or once bookable.

    A room that was never booked stays out: no list tells which buildings are never to be booked.
    """
    once = Room.objects.filter(area=area, sessions__isnull=False).values("pk")
    return Room.objects.filter(OPEN | Q(pk__in=once), area=area).order_by("name")


def named(area: str) -> tuple[tuple[str, str], ...]:
    """Return the rooms of `used` by reference and name, with one mark for every room that cannot be booked."""
    still = set(bookable(area).values_list("ref", flat=True))
    rows = used(area).values_list("ref", "name")
    return tuple((ref, name if ref in still else f"{name} (can no longer be booked)") for ref, name in rows)


def room(area: str, ref: str) -> Room:
    """Return one room that can be booked. Raises Refused for any other, whatever the reason."""
    return _one(bookable(area), ref)


def room_used(area: str, ref: str) -> Room:
    """Return one room in which a session can have been held. Raises Refused for any other."""
    return _one(used(area), ref)


def _bar(premises: Premises, at: datetime) -> None:
    """Bar the rooms of premises from booking from now on, where they were open."""
    premises.rooms.filter(barred_at=None).update(barred_at=at)


def _one(rooms: QuerySet[Room], ref: str) -> Room:
    found = rooms.select_related("premises").filter(ref=ref).first()
    if found is None:
        raise Refused(CANNOT_BE_BOOKED)
    return found
