"""What the clock does about alerts that nobody took up."""

from datetime import datetime

from desist.accounts import mail
from desist.desk.alerts import commands, queries
from desist.ui.email import Kind
from desist.wall import actors


def escalate(*, at: datetime) -> None:
    """Ask everybody on duty who may know of it, in a message without content, to look at what is overdue."""
    actor = actors.clock()
    for ref in queries.overdue(at=at):
        if commands.escalate(actor=actor, ref=ref, at=at):
            for recipient in queries.on_duty(ref=ref):
                mail.tell(to=recipient, kind=Kind.WAITING, link=f"{mail.origin()}/")
