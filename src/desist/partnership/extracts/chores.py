"""What the clock does with extracts."""

from datetime import datetime

from desist.partnership.extracts import commands, queries
from desist.wall import actors


def empty(*, at: datetime) -> None:
    """Delete the rows of extracts that nobody may open any more."""
    actor = actors.clock()
    for ref in queries.kept_too_long(at=at):
        commands.empty(actor=actor, ref=ref, at=at)
