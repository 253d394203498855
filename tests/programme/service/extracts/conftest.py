"""A programme with its commissioner in the register, an agreement to evaluate, and people who were referred."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.service.quarterly.conftest import (  # noqa: F401 -- fixtures
    COMMISSION,
    at,
    commission_keys,
    commissioner,
    person,
)

from desist.post.models import Agreement, Partner
from desist.programme.episodes.models import Episode
from desist.references import reference
from desist.wall.actors import Role

TODAY = date(2026, 7, 14)
JANUARY = date(2026, 1, 12)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is the middle of July 2026: people are followed to the middle of April."""
    moment = at(TODAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.fixture
def manager(signed_in: Callable[..., Client], commissioner: Partner) -> Client:  # noqa: F811
    return signed_in(role=Role.MANAGER, account=factories.account(name="Morgan Oakfield"))


@pytest.fixture
def executive(signed_in: Callable[..., Client], commissioner: Partner) -> Client:  # noqa: F811
    return signed_in(role=Role.EXECUTIVE, account=factories.account(name="Sage Underhill"))


def agreed(**fields: Any) -> Agreement:
    """A sharing agreement to evaluate the service until the end of the year."""
    made = {
        "area": factories.AREA,
        "title": "Evaluation of the Northmere service",
        "parties": [COMMISSION],
        "others": "University of Northmere",
        "purposes": ["evaluation"],
        "lawful_basis": "Public task",
        "begins_on": date(2026, 1, 1),
        "review_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 31),
        "submission": reference(),
        "kept_by": "carol",
        "kept_at": factories.NOW,
    }
    return Agreement.objects.create(**made | fields)


@pytest.fixture
def people(person: Callable[..., Episode]) -> list[Episode]:  # noqa: F811
    """Six people of one age who were referred in one quarter and attended session 1."""
    return [person(JANUARY + timedelta(days=number), sessions=1) for number in range(6)]
