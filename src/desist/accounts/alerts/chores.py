"""The clock's part in account alerts."""

from datetime import datetime

from desist.accounts import mail
from desist.accounts.alerts import commands, queries
from desist.ui.email import Kind
from desist.wall import actors


def tell(*, at: datetime) -> None:
    """Ask every account that may look into a new alert, in a message without content, to sign in."""
    actor = actors.clock()
    for ref in queries.to_tell():
        if commands.mark_told(actor=actor, ref=ref, at=at):
            for recipient in queries.recipients(ref=ref):
                mail.tell(to=recipient, kind=Kind.WAITING, link=f"{mail.origin()}/", at=at)
