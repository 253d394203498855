"""What a session holds: the reference of its sign-in, whose row says the rest (`models.SignIn`)."""

from datetime import datetime

from django.http import HttpRequest

from desist.accounts import devices
from desist.accounts.models import SignIn

SIGN_IN = "sign_in"


def begin(request: HttpRequest, *, grant: int, at: datetime) -> None:
    """Sign somebody in with a role: a new session key, so that nobody can have planted it."""
    request.session.cycle_key()
    device = devices.label(user_agent=request.headers.get("User-Agent", ""))
    row = SignIn.objects.create(grant_id=grant, began_at=at, last_seen_at=at, device=device)
    request.session[SIGN_IN] = row.ref


def end(request: HttpRequest) -> None:
    """Forget the session on this device; its row is ended by `commands.sign_out`."""
    request.session.flush()
