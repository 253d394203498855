"""What a session holds: which role of which account, since when, and when it was last seen."""

from datetime import datetime

from django.http import HttpRequest

GRANT, BEGAN, SEEN = "grant", "began", "seen"


def begin(request: HttpRequest, *, grant: int, at: datetime) -> None:
    """Sign somebody in with a role: a new session key, so that nobody can have planted it."""
    request.session.cycle_key()
    request.session[GRANT] = grant
    request.session[BEGAN] = request.session[SEEN] = at.isoformat()


def end(request: HttpRequest) -> None:
    """Sign out."""
    request.session.flush()
