"""Questions about premises, each with a frozen answer. Only those who keep the list see what is never booked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from desist.programme.premises.models import Premises, Room
from desist.programme.premises.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor

MOST = 200


@dataclass(frozen=True)
class Space:
    """One room; `ahead` counts the sessions and assessments that are planned there."""

    ref: str
    name: str
    closed_on: date | None
    ahead: int


@dataclass(frozen=True)
class Building:
    """Premises and their rooms."""

    ref: str
    name: str
    address: str
    never_book: bool
    closed_on: date | None
    rooms: tuple[Space, ...]

    @property
    def to_move(self) -> int:
        """How many sessions and assessments are planned in rooms that can no longer be booked."""
        barred = self.never_book or self.closed_on is not None
        return sum(one.ahead for one in self.rooms if barred or one.closed_on is not None)


def premises(*, actor: Actor, at: datetime) -> tuple[Building, ...]:
    """The area's list, what is closed at the end; at most MOST buildings."""
    rows = gate.see(actor, Action.SEE_PREMISES, Premises, at=at).order_by("name", "pk")[:MOST]
    sessions = Q(sessions__state="planned", sessions__period__startswith__gt=at)
    assessments = Q(assessments__state="appointed", assessments__period__startswith__gt=at)
    ahead = Count("sessions", filter=sessions, distinct=True) + Count(
        "assessments", filter=assessments, distinct=True
    )
    rooms = Room.objects.filter(area=actor.area).annotate(ahead=ahead).order_by("name", "pk")
    found: dict[int, list[Space]] = {}
    for room in rooms:
        space = Space(room.ref, room.name, room.closed_on, room.ahead)
        found.setdefault(room.premises_id, []).append(space)
    buildings = [
        Building(row.ref, row.name, row.address, row.never_book, row.closed_on, tuple(found.get(row.pk, ())))
        for row in rows
    ]
    return tuple(sorted(buildings, key=lambda one: one.closed_on is not None))


def one(*, actor: Actor, ref: str, at: datetime) -> str:
    """Return the name of premises, to add a room to."""
    row = gate.open(actor, Action.CHANGE_PREMISES, Premises, ref, at=at)
    return str(row.values_list("name", flat=True).get())
