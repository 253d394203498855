"""The clock's part in alerts: those that no account took up in time."""

from datetime import datetime

from desist.accounts import mail
from desist.desk.alerts import commands, queries
from desist.ui.email import Kind
from desist.wall import actors


def escalate(*, at: datetime) -> None:
    """Ask every account on duty that may know of it, in a message without content, to look at an overdue alert."""
    actor = actors.clock()
    for ref in queries.overdue(at=at):
        if commands.escalate(actor=actor, ref=ref, at=at):
            for recipient in queries.on_duty(ref=ref):
                mail.tell(to=recipient, kind=Kind.WAITING, link=f"{mail.origin()}/", at=at)
