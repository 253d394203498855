"""A police force with its keys, the programme as its partner, and people of every role signed in."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests import staff
from tests.partnership import factories

from desist.accounts.models import Account
from desist.keys import keyfile, sitekeys
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.wall.actors import Actor, Role

POLICE = "northmere-police"


@pytest.fixture
def kit(db: None) -> Account:
    """The officer whom most tests are about."""
    return staff.account(name="Kit Marlow")


@pytest.fixture
def actor(kit: Account) -> Actor:
    """Kit as a police referrer."""
    return Actor(who=kit.ref, role=Role.OFFICER, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def signed_in(db: None, kit: Account) -> Callable[..., Client]:
    """Make a browser in which an account is signed in: Kit, unless another is given."""

    def signed_in(
        *, role: Role = Role.OFFICER, area: str = factories.AREA, account: Account | None = None
    ) -> Client:
        return staff.browser(account=account or kit, role=role, area=area)

    return signed_in


@pytest.fixture
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the force its own keys, so that it can send."""
    settings.DESIST_SITE, settings.DESIST_ZONE = POLICE, "partnership"
    settings.DESIST_HANDLERS = [
        "desist.partnership.referrals.handlers",
        "desist.partnership.switchboard.handlers",
    ]
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=POLICE, on=date(2026, 1, 1))


@pytest.fixture(scope="session")
def programme_keys() -> sitekeys.SiteKeys:
    return sitekeys.generate(site=factories.PROGRAMME, on=date(2026, 1, 1))


@pytest.fixture
def programme(db: None, own_keys: None, programme_keys: sitekeys.SiteKeys) -> Partner:
    """The programme in the force's partner register."""
    return Partner.objects.create(
        name=factories.PROGRAMME,
        zone="programme",
        title="Northmere programme",
        transport=Transport.COURIER,
        keys=programme_keys.public.to_json(),
        phone="01632 960 003",
        area=factories.AREA,
        added_at=factories.NOW,
    )


@pytest.fixture
def officer(signed_in: Callable[..., Client]) -> Client:
    """Kit, signed in as a police referrer."""
    return signed_in()


@pytest.fixture
def emrys(db: None) -> Account:
    """The order coordinator whom these tests are about."""
    return staff.account(name="Emrys Kettlewick")


@pytest.fixture
def coordinator(emrys: Account) -> Actor:
    return Actor(who=emrys.ref, role=Role.ORDER_COORDINATOR, area=staff.AREA, correlation=uuid.uuid4())


@pytest.fixture
def desk(emrys: Account, own_keys: None) -> Client:
    """Emrys, signed in."""
    return staff.browser(account=emrys, role=Role.ORDER_COORDINATOR)


@pytest.fixture
def second(db: None) -> Callable[..., Client]:
    """A second coordinator, signed in."""

    def second(*, role: Role = Role.FORCE_LEAD) -> Client:
        return staff.browser(account=staff.account(name="Hollis Varnavides"), role=role)

    return second
