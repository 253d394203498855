"""What every change of an episode tells."""

from datetime import datetime

from desist import codes
from desist.post import payloads
from desist.programme import clocks
from desist.programme.agreement import commands as agreement
from desist.programme.episodes.models import Episode
from desist.programme.referrals import commands as referrals


class Stale(Exception):
    """The page was drawn before somebody else's change."""


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
