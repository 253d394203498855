"""The data of a session: the reference of its sign-in, whose row has the rest (`models.SignIn`).

It also holds texts that are shown once, such as a link to hand over: encrypted with the site's key until then.
"""

import uuid
from base64 import b64decode, b64encode
from datetime import datetime

from django.http import HttpRequest

from desist.accounts import devices
from desist.accounts.factors import sealing
from desist.accounts.models import RoleGrant, SignIn
from desist.accounts.policy import Action
from desist.accounts.session_store import SIGN_IN
from desist.wall import gate
from desist.wall.actors import Actor, Role


class NoRole(Exception):
    """The account holds no role, so it has nothing to sign in to."""


def begin(
    request: HttpRequest, *, account: str, at: datetime, grant: int | None = None, confirmed: bool = True
) -> None:
    """Sign an account in, in the role `grant` or its first, with a new session key that no stranger can have planted.

    `confirmed`: they proved who they are, and did not just choose a name.
    """
    held = RoleGrant.objects.filter(account__ref=account, ended_at=None, account__left_at=None)
    row = (held.filter(pk=grant) if grant else held).order_by("pk").first()
    if row is None:
        raise NoRole(account)
    older = request.session.get(SIGN_IN)
    request.session.flush()
    actor = Actor(who=account, role=Role(row.role), area=row.area, correlation=uuid.uuid4())
    known = devices.of(request).with_(account) if confirmed else devices.NEVER_SEEN
    sign_in = SignIn(
        grant=row,
        began_at=at,
        last_seen_at=at,
        device=devices.label(user_agent=request.headers.get("User-Agent", "")),
        known_device=known.digest,
        confirmed_at=at if confirmed else None,
    )
    with gate.create(actor, Action.SIGN_IN, sign_in, at=at):
        before = SignIn.objects.filter(ref=older, ended_at=None)
        before.update(ended_at=at, ended_by=account)  # this browser's session, whose key is gone
    request.session[SIGN_IN] = sign_in.ref
    request.known_device = known  # type: ignore[attr-defined]  # the middleware lets the browser keep it


def here(request: HttpRequest) -> str:
    """The reference of this session's sign-in. Raises KeyError where there is none."""
    return str(request.session[SIGN_IN])


def end(request: HttpRequest) -> None:
    """Forget the session on this device; `commands.sign_out` ends its row."""
    request.session.flush()


def keep(request: HttpRequest, *, name: str, text: str) -> None:
    """Keep a secret text for one of the next pages of this session."""
    request.session[f"kept:{name}"] = b64encode(sealing.seal(content=text.encode(), about=name)).decode()


def kept(request: HttpRequest, *, name: str) -> str:
    """The text that was kept, or ""."""
    sealed = request.session.get(f"kept:{name}", "")
    return sealing.unseal(sealed=b64decode(sealed), about=name).decode() if sealed else ""


def forget(request: HttpRequest, *, name: str) -> None:
    """Delete the text."""
    request.session.pop(f"kept:{name}", None)
