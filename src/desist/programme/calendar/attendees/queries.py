"""Who could be there as well, and who will be."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.calendar.attendees import commands
from desist.programme.circumstances.known import Held
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.team import commands as team

NOBODY = "Nobody else, although the referral asks for someone"


@dataclass(frozen=True)
class AttendeeOffer:
    """What a form offers: practitioners without an obstacle, by reference, and what the referral asks."""

    staff: tuple[tuple[str, str], ...]
    asks: commands.AttendanceNeeds


def offer(
    episode: Episode, *, second: Practitioner | None, noted: tuple[Held, ...], at: datetime
) -> AttendeeOffer:
    """Return who can attend beside the person's practitioner; the `second` of now stays on the list."""
    staff = {one.ref: one.name for one, obstacles in team.company(episode, at=at) if not obstacles}
    if second:
        staff.setdefault(second.ref, second.name)
    return AttendeeOffer(tuple(staff.items()), commands.asked(episode, noted))


def words(*, second: str, others: str, alone: bool) -> str:
    """Who else will be there, the second by name; empty where nothing was said."""
    return NOBODY if alone else ", ".join(filter(None, (second, others)))
