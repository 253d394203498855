"""What every change of an episode tells."""

from datetime import datetime

from desist import codes
from desist.post import partners, payloads
from desist.programme.agreement import commands as agreement
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State
from desist.programme.referrals import commands as referrals
from desist.programme.sessions.models import ENTERED, OF_THE_COURSE
from desist.programme.sessions.states import OF_THE_TWELVE
from desist.ui.dates import day_of
from desist.wall import gate


def attended(episode: Episode) -> set[int]:
    """Which of the twelve the person attended: one that was made up counts as the one that was missed."""
    held = episode.sessions.filter(state="attended", kind__in=OF_THE_TWELVE)
    return set(held.values_list("number", flat=True))


def begin_sessions(episode: Episode) -> None:
    """Put a person who was only allocated in sessions: the first record of an entered session says that they began.

    A motivational session comes before, and says nothing of it.
    """
    if episode.state == State.ALLOCATED and stage(episode) == State.IN_SESSIONS:
        _step(episode, State.IN_SESSIONS)


def had_not_begun(episode: Episode) -> None:
    """Put a person whose one session turned out to be another person's back to their stage."""
    if episode.state == State.IN_SESSIONS and (found := stage(episode)) != State.IN_SESSIONS:
        _step(episode, found)


def stage(episode: Episode) -> State:
    """Return how far a person is, from the record alone; an entered session counts once it is recorded."""
    of_the_course = episode.sessions.filter(OF_THE_COURSE)
    if of_the_course.exclude(ENTERED, state__in=["planned", "cancelled"]).exists():
        return State.IN_SESSIONS
    return State.ALLOCATED if episode.allocations.exists() else State.WAITING


def _step(episode: Episode, to: State) -> None:
    episode.state = to
    gate.next_version(episode)
    episode.save(update_fields=["state", "version"])


def tell_progress(episode: Episode, *, at: datetime) -> None:
    """Tell the referrer how far the person is, while that is open: the stage, counts and days of sessions, no more.

    What was entered afterwards is in no count until its record says whether the person came.
    """
    if not agreement.shares_openly(episode):
        return
    done = attended(episode)
    planned = episode.sessions.filter(state="planned", kind__in=OF_THE_TWELVE).exclude(number__in=done)
    planned = planned.exclude(ENTERED)
    days = sorted(day_of(period.lower) for period in planned.values_list("period", flat=True))
    ahead = [day for day in days if day >= day_of(at)]
    notice = payloads.ProgressNotice(
        stage=codes.Stage(episode.state).value,
        attended=len(done),
        planned=planned.values("number").distinct().count(),
        as_of=day_of(at),
        missed=episode.sessions.filter(state="missed", kind__in=OF_THE_TWELVE).count(),
        next_on=ahead[0].isoformat() if ahead else "",
        last_on=ahead[-1].isoformat() if ahead else "",
    )
    referrals.tell(episode.referral, notice, at=at)


def tell_days(episode: Episode, *, at: datetime) -> None:
    """Tell a referrer with Desist that planned days moved; nobody is rung about that alone."""
    if not partners.is_by_hand(name=episode.referral.partner):
        tell_progress(episode, at=at)
