"""What the planner shows before anything is written."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.episodes.models import Episode
from desist.programme.planner import commands, proposal
from desist.programme.policy import Action
from desist.programme.team.models import Room
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """Whose sessions are planned, and in which rooms they may be."""

    ref: str
    spoken: str
    name: str
    version: int
    practitioner: str
    rooms: tuple[tuple[str, str], ...]


def page(*, actor: Actor, ref: str, at: datetime) -> Page:
    """The planner's page of one person."""
    row = gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at).select_related("referral").get()
    allocation = row.allocations.filter(ended_at=None).select_related("practitioner").first()
    rooms = Room.objects.filter(area=row.area, closed_on=None).order_by("name").values_list("ref", "name")
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        version=row.version,
        practitioner=allocation.practitioner.name if allocation else "",
        rooms=tuple(rooms),
    )


def proposed(*, actor: Actor, ref: str, wish: commands.Wish, at: datetime) -> tuple[proposal.Proposed, ...]:
    """The twelve sessions as they would be planned now."""
    row = gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at).get()
    return commands.propose(episode=row, wish=wish)
