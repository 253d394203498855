"""Everything that can happen to an episode."""

from datetime import datetime

from desist import codes
from desist.post import payloads
from desist.programme import clocks
from desist.programme.agreement import commands as agreement
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import State
from desist.programme.policy import Action
from desist.programme.referrals import commands as referrals
from desist.programme.team.models import Practitioner
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.models import Exclusion


class CannotBeAllocated(Exception):
    """The practitioner may not take this person; the text says why."""


class Stale(Exception):
    """The page was drawn before somebody else's change."""


def allocate(*, actor: Actor, ref: str, practitioner: str, version: int | None, at: datetime) -> None:
    """Give a person to a practitioner, ending any allocation before it; the referrer hears the new stage."""
    with gate.change(actor, Action.ALLOCATE, Episode, ref, at=at) as episode:
        if episode.version != version or episode.state in {State.COMPLETED, State.LEFT}:
            raise Stale(ref)
        chosen = Practitioner.objects.select_for_update().get(ref=practitioner, area=episode.area)
        if problem := obstacle(practitioner=chosen, episode=episode, at=at):
            raise CannotBeAllocated(problem)
        episode.allocations.filter(ended_at=None).update(ended_at=at)  # and whoever stood in
        Allocation.objects.create(episode=episode, practitioner=chosen, made_by=actor.who, made_at=at)
        if episode.state == State.WAITING:
            episode.state = State.ALLOCATED
        episode.version += 1
        episode.save(update_fields=["state", "version"])
        tell_progress(episode, at=at)


def obstacle(*, practitioner: Practitioner, episode: Episode, at: datetime) -> str:
    """Why this practitioner may not take this person, in words; empty when they may. The one place that checks."""
    today = at.astimezone(clocks.LONDON).date()
    if practitioner.left_on and practitioner.left_on <= today:
        return f"{practitioner.name} has left."
    if practitioner.trained_on is None or practitioner.trained_on > today:
        return f"{practitioner.name}’s training is not signed off."
    if not practitioner.supervised_by:
        return f"{practitioner.name} has no supervision in place."
    if Exclusion.objects.filter(case=episode.referral.ref, account=practitioner.ref, allowed=False).exists():
        return f"{practitioner.name} has declared a conflict."
    # Whoever left is still theirs to write about, and no longer takes up room.
    if (
        practitioner.allocations.filter(ended_at=None, leave=None, episode__ended_at=None).count()
        >= practitioner.capacity
    ):
        return f"{practitioner.name} has no capacity: {practitioner.capacity} people already."
    return ""


def tell_progress(episode: Episode, *, at: datetime) -> None:
    """Tell the referrer how far the person is, while that is open: the stage and counts of sessions, nothing else."""
    if not agreement.shares_openly(episode):
        return
    sessions = episode.sessions.filter(kind="core")
    notice = payloads.ProgressNotice(
        stage=codes.Stage(episode.state).value,
        attended=sessions.filter(state="attended").count(),
        planned=sessions.filter(state="planned").count(),
        as_of=at.astimezone(clocks.LONDON).date(),
    )
    referrals.tell(episode.referral, notice, at=at)
