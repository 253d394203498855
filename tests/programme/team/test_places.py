"""One count of places, the same on every page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def test_service_team_decision_and_allocation_count_the_same_places(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    factories.practitioner(account=factories.account(name="Idris Vane"), trained_on=None)
    waits = factories.episode(referral=factories.referral(), state="waiting")
    decided = factories.referral()

    pages = ["/service/", "/team/", f"/triage/{decided.ref}/decide/", f"/allocation/{waits.ref}/"]

    for page in pages:
        assert "8 places: 2 taken, 6 free. 1 of those taken is for people without a practitioner." in text(
            manager.get(page)
        ), page


def test_where_none_is_free_the_day_of_the_next_one_is_said(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    Practitioner.objects.update(capacity=1)
    without = text(manager.get("/team/"))
    end = datetime(2027, 2, 9, 15, tzinfo=UTC)
    factories.session(episode=episode, number=12, period=TimestamptzRange(end - timedelta(hours=1), end))
    decided = factories.referral()

    page = text(manager.get("/team/"))

    assert "1 places" not in without
    assert "1 place: 1 taken, none free." in without
    assert "The next place comes free on Tuesday 9 February 2027." in page
    assert "The next place comes free on Tuesday 9 February 2027." in text(
        manager.get(f"/triage/{decided.ref}/decide/")
    )
