"""A programme with its keys, the police as its partner, and people of every role signed in."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests import staff
from tests.programme import factories

from desist.accounts.models import Account
from desist.keys import keyfile, sitekeys
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor, Role

PROGRAMME = "northmere-programme"


@pytest.fixture
def kit(db: None) -> Account:
    """The practitioner whom most tests are about."""
    return factories.account(name="Kit Marlow")


@pytest.fixture
def practitioner(kit: Account) -> Practitioner:
    return factories.practitioner(account=kit)


@pytest.fixture
def episode(practitioner: Practitioner, police: Partner) -> Episode:
    """Robin Example, allocated to Kit."""
    return factories.episode(referral=factories.referral(), practitioner=practitioner)


@pytest.fixture
def session(episode: Episode) -> Session:
    """Robin's first session, planned."""
    return factories.session(episode=episode)


@pytest.fixture
def actor(kit: Account) -> Actor:
    """Kit as a practitioner."""
    return Actor(who=kit.ref, role=Role.PRACTITIONER, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def signed_in(db: None, kit: Account) -> Callable[..., Client]:
    """Make a browser in which an account is signed in: Kit, unless another is given."""

    def signed_in(
        *, role: Role = Role.PRACTITIONER, area: str = factories.AREA, account: Account | None = None
    ) -> Client:
        return staff.browser(account=account or kit, role=role, area=area)

    return signed_in


@pytest.fixture
def kit_browser(signed_in: Callable[..., Client]) -> Client:
    """Kit, signed in as a practitioner."""
    return signed_in()


@pytest.fixture
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the programme its own keys, so that it can send."""
    settings.DESIST_SITE, settings.DESIST_ZONE = PROGRAMME, "programme"
    settings.DESIST_HANDLERS = ["desist.programme.alerts.handlers"]
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=PROGRAMME, on=date(2026, 1, 1))


@pytest.fixture(scope="session")
def police_keys() -> sitekeys.SiteKeys:
    return sitekeys.generate(site=factories.POLICE, on=date(2026, 1, 1))


@pytest.fixture
def police(db: None, own_keys: None, police_keys: sitekeys.SiteKeys) -> Partner:
    """The police in the programme's partner register."""
    return Partner.objects.create(
        name=factories.POLICE,
        zone="partnership",
        title="Northmere Police",
        transport=Transport.COURIER,
        keys=police_keys.public.to_json(),
        phone="01632 960 001",
        area=factories.AREA,
        added_at=factories.NOW,
    )
