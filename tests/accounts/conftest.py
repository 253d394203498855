"""A programme's accounts: a member of staff, an administrator, and browsers in which they are signed in."""

import html
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.accounts.softkey import SoftKey

from desist.accounts.invitations.commands import digest
from desist.accounts.models import Account, Invitation, RoleGrant, SignIn
from desist.accounts.session_store import SIGN_IN
from desist.wall.actors import Actor, Role

AREA = "northmere"

SignedIn = Callable[..., Client]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def person(db: None, now: datetime) -> Callable[..., Account]:
    """Make an account with roles in the area."""

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
    """Make a browser in which an account's first role is signed in; `seen` and `began` are moments."""

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


@dataclass(frozen=True)
class Joined:
    """An account that accepted an invitation, and the browser in which it did."""

    account: Account
    key: SoftKey
    codes: tuple[str, ...]
    browser: Client


@pytest.fixture
def joined(person: Callable[..., Account], now: datetime) -> Callable[..., Joined]:
    """Accept an invitation with a new passkey, as a member of staff does in a browser."""

    def joined(account: Account, key: SoftKey | None = None) -> Joined:
        used, client = key or SoftKey(), Client()
        path = link_to(account, now)
        client.post(path, {"credential": used.make(question(client.get(path)))})
        codes = re.findall(r"<code>([a-z0-9-]+)</code>", client.get("/account/codes/").content.decode())
        return Joined(account, used, tuple(codes), client)

    return joined


def link_to(account: Account, at: datetime, purpose: str = "join") -> str:
    """The path of an open invitation."""
    token = uuid.uuid4().hex
    Invitation.objects.create(
        account=account,
        purpose=purpose,
        reason="lost" if purpose == "reset" else "",
        digest=digest(token=token),
        made_by="founding",
        made_at=at,
        expires_at=at + timedelta(days=7),
    )
    return f"/account/accept/{token}/"


def question(page: Any) -> str:
    """Return the question that a page puts to a passkey."""
    found = re.search(r'data-passkey-question="([^"]*)"', page.content.decode())
    assert found, page.content.decode()
    return html.unescape(found[1])


def sign_in_of(client: Client) -> SignIn:
    """The row behind a browser's session."""
    return SignIn.objects.get(ref=client.session[SIGN_IN])


def actor_for(account: Account, role: Role) -> Actor:
    """The actor for an account at work in a role."""
    return Actor(who=account.ref, role=role, area=AREA, correlation=uuid.uuid4())
