"""A programme with its keys, the police as its partner, and envelopes between the two."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.post import handling

from desist.keys import keyfile, sitekeys
from desist.keys.sitekeys import SiteKeys
from desist.post import doors, payloads, seal
from desist.post.handlers import Received
from desist.post.models import Inbox, Partner
from desist.post.transports import Transport

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PROGRAMME, POLICE = "northmere-programme", "northmere-police"
THREAD = "the-thread-of-one-referral"
REFERRAL = payloads.Referral(
    route="police",
    legal_basis="public task",
    proceedings="charged",
    given_names="Ada",
    family_name="Invented",
    aliases=(),
    pnc="",
    cro="",
    contact_by="through_referrer",
    own_phone="",
    own_email="",
    own_address="",
    own_postcode="",
    lives_in="",
    channels=("in_person",),
    methods=("none",),
    offence_kind="stalking",
    included=(),
    orders=("none",),
    need_kinds=("none",),
    language="",
    risk_kinds=("none",),
    referrer_kind="police",
    referrer_organisation="",
    referrer_email="",
    born=AT.date(),
    behaviours=("calls", "letters"),
    relationship="ex-partner",
    offence="stalking",
    behaviour_account="an account",
    risks_to_staff="",
    needs="",
    referrer_name="Bo Made-Up",
    referrer_phone="01632 960 002",
    area="northmere",
    completed_at=AT,
)


@pytest.fixture(scope="session")
def police_keys() -> SiteKeys:
    return sitekeys.generate(site=POLICE, on=date(2026, 1, 1))


@pytest.fixture
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteKeys:
    """Give the test's site its own keys."""
    settings.DESIST_SITE, settings.DESIST_ZONE = PROGRAMME, "programme"
    settings.DESIST_HANDLERS = ["tests.post.handling"]
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    return keyfile.create(folder=tmp_path, site=PROGRAMME, on=date(2026, 1, 1))


@pytest.fixture
def kept() -> Iterator[list[Received]]:
    """Return what the keeping handler received."""
    handling.KEPT.clear()
    yield handling.KEPT
    handling.KEPT.clear()


@pytest.fixture
def police(db: None, police_keys: SiteKeys) -> Partner:
    """The police in the programme's partner register."""
    return Partner.objects.create(
        name=POLICE,
        zone="partnership",
        title="Northmere Police",
        transport=Transport.COURIER,
        keys=police_keys.public.to_json(),
        phone="01632 960 001",
        area="northmere",
        added_at=AT,
    )


@pytest.fixture
def sealed_by_police(own_keys: SiteKeys, police_keys: SiteKeys) -> Callable[..., Inbox]:
    """Make an envelope from the police that has not arrived."""

    def seal_up(payload: payloads.Payload, *, version: int | None = None, kind: str | None = None) -> Inbox:
        header = seal.Header(uuid.uuid4(), POLICE, PROGRAMME)
        body = seal.Body(kind or payload.KIND, version or payload.VERSION, THREAD, AT, doors.to_json(payload))
        sealed = seal.seal(
            header=header, body=body, to=own_keys.public.current.seal, by=police_keys.current.sign
        )
        return Inbox(ref=header.id, sender=POLICE, sealed=sealed, at=AT)

    return seal_up


@pytest.fixture
def arrive(db: None, sealed_by_police: Callable[..., Inbox]) -> Callable[..., Inbox]:
    """Put an envelope from the police into the inbox, as the courier would."""

    def arrive(payload: payloads.Payload, **wishes: Any) -> Inbox:
        envelope = sealed_by_police(payload, **wishes)
        envelope.save(force_insert=True)
        return envelope

    return arrive
