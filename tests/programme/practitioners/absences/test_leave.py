"""Leave: noted by a manager, once, with someone who can stand in."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from psycopg.types.range import DateRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.practitioners.absences import commands
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.refusals import Refused
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

FIRST = date(2099, 3, 2)
FORM = {
    "first-day": "2",
    "first-month": "3",
    "first-year": "2099",
    "last-day": "6",
    "last-month": "3",
    "last-year": "2099",
    "kind": "annual",
    "cover": "",
}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    """Someone who could stand in."""
    return factories.practitioner(account=factories.account(name="Noor Hale"))


def note(manager: Client, practitioner: Practitioner, **fields: str) -> Any:
    return manager.post(f"/leave/{practitioner.ref}/add/", {**FORM, **fields}, follow=True)


def test_leave_is_noted_with_who_stands_in(
    manager: Client, practitioner: Practitioner, noor: Practitioner
) -> None:
    page = text(note(manager, practitioner, cover=noor.ref))

    row = Leave.objects.get()
    assert (row.days, row.cover) == (DateRange(FIRST, FIRST + timedelta(days=5)), noor)
    assert "Monday 2 March 2099 Friday 6 March 2099 Annual leave Noor Hale" in page


def test_days_that_run_into_other_leave_are_refused(manager: Client, practitioner: Practitioner) -> None:
    note(manager, practitioner)

    answer = note(manager, practitioner, kind="sick", **{"last-day": "9"})

    assert answer.status_code == 422
    assert (
        "Kit Marlow is already recorded as away from Monday 2 March 2099 to Friday 6 March 2099. Remove that leave first"
    ) in text(answer)
    assert Leave.objects.count() == 1


def test_removed_leave_makes_room_and_stays_in_the_history(
    manager: Client, practitioner: Practitioner
) -> None:
    note(manager, practitioner)
    row = Leave.objects.get()

    for _ in range(2):
        page = text(manager.post(f"/leave/{row.ref}/remove/", follow=True))
    note(manager, practitioner)

    assert "Nobody is away" in page
    assert Leave.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"last-day": "1"}, "The last day is before the first one"),
        ({"last-year": "2100"}, "This is more than a year"),
        ({"first-day": "31", "first-month": "2"}, "is not a date"),
        ({"kind": "other-kind"}, "Choose one of the answers shown"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    manager: Client, practitioner: Practitioner, fields: dict[str, str], sentence: str
) -> None:
    answer = note(manager, practitioner, **fields)

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_whoever_is_away_or_gone_does_not_stand_in(
    manager: Client, practitioner: Practitioner, noor: Practitioner
) -> None:
    factories.leave(practitioner=noor, days=DateRange(FIRST, FIRST + timedelta(days=1)))
    away = text(note(manager, practitioner, cover=noor.ref))
    Leave.objects.update(days=DateRange(FIRST - timedelta(days=9), FIRST - timedelta(days=8)))
    noor.left_on = FIRST
    noor.save()
    with pytest.raises(Refused, match="has left by then"):
        commands._cover(practitioner, commands.Away(FIRST, FIRST, "annual", noor.ref))
    with pytest.raises(Refused, match="themselves"):
        commands._cover(practitioner, commands.Away(FIRST, FIRST, "annual", practitioner.ref))

    assert "Noor Hale is away on some of these days" in away


def test_time_after_somebody_left_is_taken(practitioner: Practitioner) -> None:
    practitioner.left_on = FIRST

    found = commands.taken(
        practitioner=practitioner, first=FIRST - timedelta(days=5), last=FIRST + timedelta(days=5)
    )
    before = commands.taken(
        practitioner=practitioner, first=FIRST - timedelta(days=5), last=FIRST - timedelta(days=1)
    )

    assert [one.words for one in found] == ["Kit Marlow has left by then"]
    assert before == []


def test_the_database_keeps_nobody_standing_in_for_themselves(practitioner: Practitioner) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.leave(practitioner=practitioner, cover=practitioner)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.leave(practitioner=practitioner, removed_by="carol")
