"""What has to be known to put a finished record right."""

from datetime import datetime

from desist.programme.managing_policy import Action
from desist.programme.sessions import queries as sessions
from desist.wall.actors import Actor


def to_correct(*, actor: Actor, ref: str, at: datetime) -> sessions.Page:
    """One session's page for whoever puts its record right."""
    return sessions.session(actor=actor, ref=ref, at=at, action=Action.CORRECT_RECORD)
