"""An advocacy service with its keys, the police as its partner, and people of every role signed in."""

import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests import staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.windows import Window
from desist.advocacy.contacts.words import Words
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Victim
from desist.keys import keyfile
from desist.wall.actors import Actor, Role

SITE = "harbour-advocacy"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the service its own keys: without them nothing in the vault opens."""
    settings.DESIST_SITE, settings.DESIST_ZONE = SITE, "advocacy"
    settings.DESIST_HANDLERS = [f"desist.advocacy.{name}.handlers" for name in ("police", "updates")]
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=SITE, on=date(2026, 1, 1))
    return tmp_path


@pytest.fixture
def fable(db: None) -> Account:
    """The advocate whom most tests are about."""
    return factories.account(name="Fable Trelissick")


@pytest.fixture
def advocate(fable: Account) -> Advocate:
    return factories.advocate(account=fable)


@pytest.fixture
def robin(advocate: Advocate) -> Victim:
    """Robin Hollow, allocated to Fable, waiting for a first contact."""
    return factories.victim(advocate=advocate)


@pytest.fixture
def actor(fable: Account) -> Actor:
    """Fable as an advocate."""
    return Actor(who=fable.ref, role=Role.ADVOCATE, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def manager(db: None) -> Actor:
    """The advocacy manager."""
    noor = factories.account(name="Noor Quenington")
    return Actor(who=noor.ref, role=Role.ADVOCACY_MANAGER, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def signed_in(db: None, fable: Account) -> Callable[..., Client]:
    """Make a browser in which an account is signed in: Fable, unless another is given."""

    def signed_in(
        *, role: Role = Role.ADVOCATE, area: str = factories.AREA, account: Account | None = None
    ) -> Client:
        return staff.browser(account=account or fable, role=role, area=area)

    return signed_in


@pytest.fixture
def browser_of_fable(signed_in: Callable[..., Client]) -> Client:
    """Fable, signed in as an advocate."""
    return signed_in()


@pytest.fixture
def client_of_fable(actor: Actor, advocate: Advocate) -> Victim:
    """Robin, whom Fable may safely call at any hour, beside another client who must wait."""
    now = timezone.now()
    robin = factories.victim(advocate=advocate, received_at=now - timedelta(hours=40))
    words = Words(say="Sam from the library", if_other="Sorry, wrong number", code_word="the blue book")
    contacts.arrange(actor=actor, ref=robin.ref, words=words, version=0, at=now)
    window = Window(Channel.CALL, tuple(range(7)), time(0), time(23, 59, 59))
    contacts.add_time(actor=actor, ref=robin.ref, window=window, at=now)
    other = factories.victim(advocate=advocate, received_at=now - timedelta(hours=60))
    contacts.mark_not_safe(actor=actor, ref=other.ref, at=now)
    return robin
