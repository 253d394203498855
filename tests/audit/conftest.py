"""A programme with a case of several rows, and a data protection officer who reads its audit."""

import uuid
from pathlib import Path

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.wall import audit
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))


@pytest.fixture
def kit(db: None) -> Account:
    """The practitioner."""
    return staff.account(name="Kit Marlow")


@pytest.fixture
def officer(db: None) -> Client:
    """The data protection officer's browser."""
    return staff.browser(account=staff.account(name="Dee Quillon"), role=Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def episode(kit: Account) -> Episode:
    """Robin Example, allocated to Kit."""
    return factories.episode(referral=factories.referral(), practitioner=factories.practitioner(account=kit))


@pytest.fixture
def session(episode: Episode) -> Session:
    return factories.session(episode=episode)


def note(who: str, action: BaseAction, row: str, *, allowed: bool = True) -> None:
    """Record that an account did something, as the gate records it."""
    actor = Actor(who=who, role=Role.PRACTITIONER, area=staff.AREA, correlation=uuid.uuid4())
    audit.record(
        audit.Entry(actor, action, row, staff.NOW), allowed=allowed, reason="" if allowed else "not found"
    )
