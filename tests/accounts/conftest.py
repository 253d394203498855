"""A programme's accounts: somebody at work, an administrator, and browsers in which they are signed in."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.sessions import SIGN_IN
from desist.wall.actors import Actor, Role

AREA = "northmere"

SignedIn = Callable[..., Client]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def person(db: None, now: datetime) -> Callable[..., Account]:
    """Somebody with an account and roles in the area."""

    def person(name: str, *roles: Role) -> Account:
        account = Account.objects.create(name=name, email=f"{uuid.uuid4()}@example.org", invited_at=now)
        for role in roles:
            RoleGrant.objects.create(account=account, role=role, area=AREA, given_by="founding", given_at=now)
        return account

    return person


@pytest.fixture
def kit(person: Callable[..., Account]) -> Account:
    """Kit holds two roles and works in the first."""
    return person("Kit Marlow", Role.PRACTITIONER, Role.MANAGER)


@pytest.fixture
def ada(person: Callable[..., Account]) -> Account:
    """The administrator."""
    return person("Ada Linnet", Role.ADMINISTRATOR)


@pytest.fixture
def signed_in(now: datetime) -> SignedIn:
    """A browser in which an account's first role is signed in; `seen` and `began` are moments."""

    def signed_in(
        account: Account, *, seen: datetime = now, began: datetime = now, device: str = ""
    ) -> Client:
        client = Client()
        session = client.session
        grant = account.grants.earliest("pk")
        row = SignIn.objects.create(grant=grant, began_at=began, last_seen_at=seen, device=device)
        session[SIGN_IN] = row.ref
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return client

    return signed_in


def sign_in_of(client: Client) -> SignIn:
    """The row behind a browser's session."""
    return SignIn.objects.get(ref=client.session[SIGN_IN])


def actor_for(account: Account, role: Role) -> Actor:
    """An account at work in a role."""
    return Actor(who=account.ref, role=role, area=AREA, correlation=uuid.uuid4())
