"""The clock's part in troubles of the post: administrators hear of them by e-mail."""

from datetime import datetime

from desist.accounts import mail
from desist.accounts import queries as accounts
from desist.post.troubles import commands, queries
from desist.ui.email import Kind
from desist.wall import actors
from desist.wall.actors import Role


def tell(*, at: datetime) -> None:
    """Ask every administrator, in a message without content, to look at what of the post needs a person."""
    actor = actors.clock()
    ref = commands.note(actor=actor, is_stuck=queries.stuck(at=at).needs_a_person, at=at)
    if not ref or not commands.mark_told(actor=actor, ref=ref, at=at):
        return
    people = {one.email for one in accounts.everybody_at_work() if one.role == Role.ADMINISTRATOR}
    for address in sorted(people):
        mail.tell(to=address, kind=Kind.POST, link=f"{mail.origin()}/", at=at)
