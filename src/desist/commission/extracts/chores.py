"""What the clock does with extracts."""

from datetime import datetime

from desist.commission.extracts import commands, queries
from desist.wall import actors


def empty(*, at: datetime) -> None:
    """Delete the rows and the studies of extracts whose agreement, or that of a force, is over."""
    actor = actors.clock()
    for ref in queries.kept_too_long(at=at):
        commands.empty(actor=actor, ref=ref, at=at)
