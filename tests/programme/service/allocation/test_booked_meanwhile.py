"""Someone books a time while people are given to others: nothing is changed, and anyone who gives them is told."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text
from tests.waiting import meanwhile

from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.wall.actors import Role

START = timezone.now() + timedelta(days=5)
HOUR = timedelta(hours=1)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    """A second practitioner, with a person of her own."""
    row = factories.practitioner(account=factories.account(name="Noor Hale"))
    theirs = factories.episode(referral=factories.referral(family_name="Other"), practitioner=row)
    later = START + timedelta(days=1)
    factories.session(episode=theirs, period=TimestamptzRange(later, later + HOUR))
    return row


def move(session: Session) -> None:
    """Move a session to START."""
    Session.objects.filter(pk=session.pk).update(period=TimestamptzRange(START, START + HOUR))


@pytest.mark.parametrize("how", ["allocate", "hand-over"])
def test_a_time_that_is_booked_meanwhile_changes_nothing(
    signed_in: Callable[..., Client],
    episode: Episode,
    practitioner: Practitioner,
    noor: Practitioner,
    how: str,
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    kept = factories.session(episode=episode, period=TimestamptzRange(START, START + HOUR))
    address, form = {
        "allocate": (
            f"/allocation/{episode.ref}/",
            {"practitioner": noor.ref, "ended": "workload", "at_once": "on"},
        ),
        "hand-over": (
            f"/allocation/{practitioner.ref}/hand-over/",
            {"why": "workload", "at_once": "on", f"to_{episode.ref}": noor.ref},
        ),
    }[how]
    form["form_version"] = "1"

    with meanwhile(partial(move, noor.sessions.get())):
        answer = manager.post(address, form)
    current = Allocation.objects.get(episode=episode, ended_at=None).practitioner
    again = text(manager.post(address, form, follow=True))

    assert answer.status_code == 422
    assert "one of the times has been booked since" in text(answer)
    assert current == practitioner
    assert "Sessions to come that could not be moved to the new practitioner: 1." in again
    kept.refresh_from_db()
    assert kept.practitioner == practitioner


def test_cover_for_a_time_that_is_booked_meanwhile_says_so_and_the_meeting_stays(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    kept = factories.session(episode=episode, period=TimestamptzRange(START, START + HOUR))
    form = {"kind": "sick", "cover": "", f"hold_{kept.ref}": noor.ref}
    for name, on in (("first", timezone.now()), ("last", START)):
        form |= {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}

    with meanwhile(partial(move, noor.sessions.get())):
        answer = manager.post(f"/leave/{practitioner.ref}/add/", form)
    page = text(manager.get(answer["Location"]))

    kept.refresh_from_db()
    assert kept.practitioner == practitioner
    assert "Session 1 with Robin Example" in page
    assert "the colleague has just been booked then" in page
