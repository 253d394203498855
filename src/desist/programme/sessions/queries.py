"""What any page says of a session."""

from django.db.models import Exists, OuterRef

from desist.programme.sessions import states
from desist.programme.sessions.models import ENTERED, Session


def title(row: Session) -> str:
    """ "Session 3", "Catch-up session 3"."""
    return states.title(row.kind, row.number)


def was_entered() -> Exists:
    """Whether a session was entered after it was held, as a statement asks of each of its rows."""
    return Exists(Session.objects.filter(ENTERED, pk=OuterRef("pk")))
