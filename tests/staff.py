"""Invented staff of any zone: an account, the roles it holds, and a browser in which it is signed in."""

import itertools
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from desist.accounts.models import Account, Invitation, Passkey, RoleGrant, SignIn
from desist.accounts.session_store import SIGN_IN
from desist.declarations.models import InterestDeclaration
from desist.declarations.policy import STAFF
from desist.references import reference
from desist.wall.actors import Role

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
AREA, ELSEWHERE = "northmere", "Elsewhere"

_numbers = itertools.count(1)


def account(*, name: str = "Kit Marlow", **fields: Any) -> Account:
    """Make an account that can sign in."""
    defaults = {"email": f"person{next(_numbers)}@example.org", "invited_at": NOW}
    return Account.objects.create(name=name, **defaults | fields)


def grant(*, account: Account, role: Role, area: str = AREA) -> RoleGrant:
    """Give an account a role in an area; it has declared its interests for the year."""
    declared = InterestDeclaration.objects.filter(account=account.ref, area=area)
    if role in STAFF and not declared.exists():
        declared.create(account=account.ref, area=area, submission=reference(), declared_at=timezone.now())
    return RoleGrant.objects.get_or_create(
        account=account,
        role=role.value,
        area=area,
        ended_at=None,
        defaults={"given_by": "carol", "given_at": NOW},
    )[0]


def sign_in(*, account: Account, role: Role, area: str = AREA) -> SignIn:
    """Make a session that has just begun, after the account's owner proved their identity."""
    now = timezone.now()
    held = grant(account=account, role=role, area=area)
    return SignIn.objects.create(grant=held, began_at=now, last_seen_at=now, confirmed_at=now)


def browser(*, account: Account, role: Role, area: str = AREA) -> Client:
    """Make a browser in which the account is signed in."""
    client = Client()
    session = client.session
    session[SIGN_IN] = sign_in(account=account, role=role, area=area).ref
    session.save()
    return client


def passkey(*, account: Account) -> Passkey:
    """Make a passkey of the account, which only lists show."""
    number = secrets.token_bytes(16)
    return Passkey.objects.create(
        account=account, name="Telephone", credential_id=number, credential=b"", counter=0, added_at=NOW
    )


def invitation(*, account: Account) -> Invitation:
    """Make an open invitation to the account."""
    now = timezone.now()
    return Invitation.objects.create(
        account=account,
        purpose=Invitation.Purpose.JOIN,
        digest=secrets.token_hex(32),
        made_by="carol",
        made_at=now,
        expires_at=now + timedelta(days=7),
    )
