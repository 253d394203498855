"""The clock's part in nudges: it makes those that are due; the mailer sends them."""

from datetime import datetime

from desist.accounts import mail
from desist.accounts.nudges import commands, queries
from desist.wall import actors


def make(*, at: datetime) -> None:
    """Tell every account for which something waits, once a kind until it signs in again."""
    actor = actors.clock()
    mail.keep_private()
    for one in queries.due(at=at):
        commands.make(actor=actor, account=one.account, kinds=one.kinds, at=at)
