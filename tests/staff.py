"""Invented staff of any zone: an account, the roles it holds, and a browser in which it is signed in."""

import itertools
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.sessions import SIGN_IN
from desist.wall.actors import Role

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
AREA, ELSEWHERE = "northmere", "Elsewhere"

_numbers = itertools.count(1)


def account(*, name: str = "Kit Marlow", **fields: Any) -> Account:
    """Somebody who can sign in."""
    defaults = {"email": f"person{next(_numbers)}@example.org", "invited_at": NOW}
    return Account.objects.create(name=name, **defaults | fields)


def grant(*, account: Account, role: Role, area: str = AREA) -> RoleGrant:
    """The role an account holds in an area."""
    return RoleGrant.objects.get_or_create(
        account=account,
        role=role.value,
        area=area,
        ended_at=None,
        defaults={"given_by": "carol", "given_at": NOW},
    )[0]


def sign_in(*, account: Account, role: Role, area: str = AREA) -> SignIn:
    """A session that has just begun."""
    now = timezone.now()
    held = grant(account=account, role=role, area=area)
    return SignIn.objects.create(grant=held, began_at=now, last_seen_at=now)


def browser(*, account: Account, role: Role, area: str = AREA) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    session = client.session
    session[SIGN_IN] = sign_in(account=account, role=role, area=area).ref
    session.save()
    return client
