"""What the clock does with breach reports."""

from datetime import datetime

from desist.partnership.reports import commands, queries
from desist.wall import actors


def empty(*, at: datetime) -> None:
    """Empty the reports recorded a day ago: the force's own crime system holds them."""
    actor = actors.clock()
    for ref in queries.over(at=at):
        commands.empty(actor=actor, ref=ref, at=at)
