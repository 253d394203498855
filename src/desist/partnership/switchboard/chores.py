"""What the clock does at the switchboard."""

from datetime import datetime

from desist.partnership.switchboard import commands, queries
from desist.wall import actors


def pass_on(*, at: datetime) -> None:
    """Tell the sides behind each referral the notices that wait for them."""
    actor = actors.clock()
    for ref in queries.waiting():
        commands.forward(actor=actor, ref=ref, at=at)
