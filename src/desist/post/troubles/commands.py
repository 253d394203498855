"""A trouble of the post begins, is told, and ends."""

from datetime import datetime, timedelta

from desist.post.models import Trouble
from desist.post.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor

#: While a trouble lasts, administrators are told again after this time.
DAILY = timedelta(days=1)


def note(*, actor: Actor, is_stuck: bool, at: datetime) -> str:
    """Begin or end the trouble; return the reference of one that administrators are to be told of now, or nothing."""
    trouble = Trouble.objects.filter(ended_at=None).first()
    if trouble is None and is_stuck:
        trouble = Trouble(began_at=at, next_at=at)
        with gate.create(actor, Action.NOTE_TROUBLE, trouble, at=at):
            pass
    elif trouble is not None and not is_stuck:
        with gate.change(actor, Action.NOTE_TROUBLE, Trouble, trouble.ref, at=at) as row:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
        return ""
    return trouble.ref if trouble is not None and trouble.next_at <= at else ""


def mark_told(*, actor: Actor, ref: str, at: datetime) -> bool:
    """Note that an e-mail tells of it from now on; return whether no other worker has done so."""
    with gate.change(actor, Action.NOTE_TROUBLE, Trouble, ref, at=at) as row:
        if row.next_at > at:
            return False
        row.told_at, row.next_at = at, at + DAILY
        row.save(update_fields=["told_at", "next_at"])
        return True
