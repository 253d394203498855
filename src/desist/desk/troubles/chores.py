"""The clock's part in troubles of the post: administrators hear of them by e-mail."""

from datetime import datetime

from desist.accounts import mail
from desist.accounts import queries as accounts
from desist.accounts.nudges import queries as nudges
from desist.desk.troubles import states
from desist.post.troubles import commands, queries
from desist.ui.email import Kind
from desist.wall import actors
from desist.wall.actors import Role


def tell(*, at: datetime) -> None:
    """Ask every administrator who did not choose otherwise, in a message without content, to look at what of the post needs a person."""
    actor = actors.clock()
    ref = commands.note(actor=actor, is_stuck=queries.stuck(at=at).needs_a_person, at=at)
    if not ref or not commands.mark_told(actor=actor, ref=ref, at=at):
        return
    without = {who for who, kinds in nudges.unwanted().items() if states.Kind.POST in kinds}
    held = [one for one in accounts.everybody_at_work() if one.role == Role.ADMINISTRATOR]
    for address in sorted({one.email for one in held if one.account not in without}):
        mail.tell(to=address, kind=Kind.POST, link=f"{mail.origin()}/", at=at)
