"""The worker's part in receiving exhibits."""

from datetime import datetime

from desist.partnership.exhibits import commands, queries
from desist.wall import actors


def go_on(*, at: datetime) -> None:
    """Hash what has arrived, and ask again for what did not come."""
    actor = actors.clock()
    for ref, same in queries.hashed():
        commands.check(actor=actor, ref=ref, same=same, at=at)
    for ref in queries.overdue(at=at):
        commands.chase(actor=actor, ref=ref, at=at)
