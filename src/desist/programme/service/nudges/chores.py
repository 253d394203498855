"""The clock's part in nudges: it makes those that are due, and sends those that wait."""

from datetime import datetime

from desist.programme.service.nudges import commands, queries
from desist.wall import actors


def send(*, at: datetime) -> None:
    """Tell every account for which something waits, once a kind until it signs in again."""
    actor = actors.clock()
    for one in queries.due(at=at):
        commands.make(actor=actor, account=one.account, kinds=one.kinds, at=at)
    for ref in queries.waiting(at=at):
        commands.send(actor=actor, ref=ref, at=at)
