"""The police with their keys, a programme as their partner, and people of every role signed in."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.partnership import factories

from desist.accounts.models import Account, SignIn
from desist.accounts.sessions import SIGN_IN
from desist.keys import keyfile, sitekeys
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.wall.actors import Actor, Role

POLICE = "northmere-police"


@pytest.fixture(autouse=True)
def _static_files(settings: Settings, tmp_path: Path) -> None:
    """Static files by their own names, from where they are written: nothing has to be collected first."""
    settings.STATIC_ROOT = str(tmp_path)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def rowan(db: None) -> Account:
    """The officer whom most tests are about."""
    return factories.account(name="Rowan Marlow")


@pytest.fixture
def actor(rowan: Account) -> Actor:
    """Rowan as an officer."""
    return Actor(who=rowan.ref, role=Role.OFFICER, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def signed_in(db: None, rowan: Account) -> Callable[..., Client]:
    """A browser in which somebody is signed in: Rowan, unless another account is given."""

    def signed_in(
        *, role: Role = Role.OFFICER, area: str = factories.AREA, account: Account | None = None
    ) -> Client:
        client = Client()
        now = timezone.now()
        grant = factories.grant(account=account or rowan, role=role, area=area)
        session = client.session
        session[SIGN_IN] = SignIn.objects.create(grant=grant, began_at=now, last_seen_at=now).ref
        session.save()
        return client

    return signed_in


@pytest.fixture
def browser_of_rowan(signed_in: Callable[..., Client]) -> Client:
    """Rowan, signed in as an officer."""
    return signed_in()


@pytest.fixture
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The police's own keys, so that they can send."""
    settings.DESIST_SITE, settings.DESIST_ZONE = POLICE, "partnership"
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=POLICE, on=date(2026, 1, 1))


@pytest.fixture(scope="session")
def programme_keys() -> sitekeys.SiteKeys:
    return sitekeys.generate(site=factories.PROGRAMME, on=date(2026, 1, 1))


@pytest.fixture
def programme(db: None, own_keys: None, programme_keys: sitekeys.SiteKeys) -> Partner:
    """The programme in the police's partner register."""
    return Partner.objects.create(
        name=factories.PROGRAMME,
        zone="programme",
        title="Northmere service",
        transport=Transport.COURIER,
        keys=programme_keys.public.to_json(),
        phone="01632 960 001",
        area=factories.AREA,
        added_at=factories.NOW,
    )
