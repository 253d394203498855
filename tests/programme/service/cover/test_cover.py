"""A colleague is away: every meeting is held by a colleague who can, or the person is rung."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from psycopg.types.range import DateRange, TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.calendar.planner.models import Move
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.absences.commands import Away
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation import chores
from desist.programme.service.cover import commands
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = [pytest.mark.usefixtures("morning"), pytest.mark.django_db]

HOUR = timedelta(hours=1)


def moment() -> datetime:
    """The moment that the tests set."""
    return datetime.now(dates.LONDON)


def today() -> date:
    return moment().date()


def sick() -> Away:
    """Sick today."""
    return Away(today(), today(), "sick", "")


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    return factories.practitioner(account=factories.account(name="Noor Hale"))


def at(hour: int, *, days: int = 0) -> TimestamptzRange:
    start = datetime.combine(today() + timedelta(days=days), time(hour), dates.LONDON)
    return TimestamptzRange(start, start + HOUR)


def form(first: int = 0, last: int = 0, **fields: Any) -> dict[str, str]:
    said = {"kind": "sick", "cover": "", **fields}
    for name, days in (("first", first), ("last", last)):
        on = today() + timedelta(days=days)
        said |= {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}
    return said


def cover(manager: Client, who: Practitioner, first: int = 0, last: int = 0, **fields: Any) -> Any:
    return manager.post(f"/leave/{who.ref}/add/", form(first, last, **fields), follow=True)


def holding(meeting: Session, who: Practitioner) -> dict[str, Any]:
    return {f"hold_{meeting.ref}": who.ref}


def browser_of(who: Practitioner) -> Client:
    return staff.browser(account=Account.objects.get(ref=who.ref), role=Role.PRACTITIONER)


def chosen(page: str, ref: str) -> str:
    """Which colleague stands first in the list of a meeting."""
    if (radio := f'name="hold_{ref}" type="radio"') in page:
        return next(one for one in page.split(radio)[1:] if " checked" in one.split(">")[0]).split('"')[1]
    field = page.split(f'name="hold_{ref}"')[1].split("</select>", maxsplit=1)[0]
    return field.split("selected")[0].rsplit('value="', 1)[1].split('"')[0]


def test_the_page_offers_for_each_meeting_those_who_can_hold_it(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    idris = factories.practitioner(account=factories.account(name="Idris Vane"), trained_on=None)
    sam = factories.practitioner(account=factories.account(name="Sam Ashgrove"))
    other = factories.episode(referral=factories.referral(family_name="Busy"), practitioner=noor)
    one, two, over = (
        factories.session(episode=episode, number=number, period=at(hour))
        for number, hour in ((1, 14), (2, 16), (3, 8))
    )
    factories.session(episode=other, period=at(14))
    factories.declaration(practitioner=sam, case=episode.referral.ref)

    page = manager.get(f"/leave/{practitioner.ref}/add/").content.decode()

    assert chosen(page, one.ref) == "ring"  # Noor has a session then, and Sam declared a link
    assert chosen(page, two.ref) == noor.ref
    assert f"hold_{over.ref}" not in page
    assert f'value="{idris.ref}"' not in page.split(f'name="hold_{two.ref}"')[1].split("</select>")[0]


def test_the_meetings_are_spread_over_the_colleagues_who_can_hold_them(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    sam = factories.practitioner(account=factories.account(name="Sam Ashgrove"))
    session = factories.session(episode=episode, period=at(14))
    assessment = factories.assessment(episode=episode, period=at(15), practitioner=practitioner)

    page = manager.get(f"/leave/{practitioner.ref}/add/").content.decode()

    assert {chosen(page, session.ref), chosen(page, assessment.ref)} == {noor.ref, sam.ref}


def test_a_sick_colleagues_meetings_change_hands_at_once_with_the_leave(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    assessment = factories.assessment(episode=episode, period=at(16), practitioner=practitioner)
    holds: Any = {f"hold_{session.ref}": noor.ref, f"hold_{assessment.ref}": noor.ref}

    page = text(cover(manager, practitioner, last=2, **holds))

    for row in (session, assessment):
        row.refresh_from_db()
        assert row.practitioner == noor
    assert Leave.objects.get().days == DateRange(today(), today() + timedelta(days=3))
    assert "Meetings given to colleagues: 2" in page
    move = Move.objects.get()
    assert (move.practitioner_before, move.practitioner_after, move.why) == (practitioner, noor, "staff_ill")
    assert browser_of(noor).get(f"/sessions/{session.ref}/").status_code == 200
    begins = at(14).lower
    assert begins
    start = dates.at(begins)
    assert f"accept or refuse session 1 on {start}" in text(browser_of(noor).get("/"))
    assert "cannot be held as planned" not in text(manager.get("/"))


def test_before_planned_leave_a_colleague_is_asked_and_the_old_one_holds_the_meeting_until_then(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14, days=10))

    cover(manager, practitioner, 9, 11, kind="annual", **holding(session, noor))
    asked = HandoverRequest.objects.get()
    session.refresh_from_db()
    before = session.practitioner
    seen = browser_of(noor).get(f"/sessions/{session.ref}/").status_code
    browser_of(noor).post(f"/handovers/{asked.ref}/accept/")
    session.refresh_from_db()

    assert (before, seen, session.practitioner) == (practitioner, 404, noor)
    assert browser_of(noor).get(f"/sessions/{session.ref}/").status_code == 200


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who="ola", role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


def test_a_meeting_that_cannot_be_given_stays_and_says_so_and_the_others_are_given(
    boss: Actor, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    factories.practitioner(account=factories.account(name="Idris Vane"), trained_on=None)
    idris = Practitioner.objects.get(name="Idris Vane")
    busy, fine, begun, over, untrained = (
        factories.session(episode=episode, number=number, period=at(hour))
        for number, hour in enumerate((14, 16, 17, 8, 19), 1)
    )
    other = factories.episode(referral=factories.referral(family_name="Busy"), practitioner=noor)
    factories.session(episode=other, period=at(14))
    Session.objects.filter(pk=begun.pk).update(attendance="attended")
    holders = {one.ref: noor.ref for one in (busy, fine, begun, over)} | {untrained.ref: idris.ref}

    said = commands.cover(actor=boss, ref=practitioner.ref, away=sick(), holders=holders, at=moment())

    fine.refresh_from_db()
    assert fine.practitioner == noor
    assert set(
        Session.objects.exclude(pk=fine.pk).filter(episode=episode).values_list("practitioner", flat=True)
    ) == {practitioner.pk}
    assert len(said) == 4
    begins = at(14).lower
    assert begins
    start = dates.at(begins)
    assert f"Session 1 with Robin Example on {start} is not covered. Noor Hale has another" in said[0]
    assert "Its record has been begun" in said[1]
    assert "It is over, or it was cancelled" in said[2]
    assert "Idris Vane’s training is not signed off" in said[3]


def test_two_managers_who_cover_one_day_lose_nothing(
    boss: Actor, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    sam = factories.practitioner(account=factories.account(name="Sam Ashgrove"))
    session = factories.session(episode=episode, period=at(14))

    first, second, third = (
        commands.cover(actor=boss, ref=practitioner.ref, away=sick(), holders={session.ref: to}, at=moment())
        for to in (noor.ref, noor.ref, sam.ref)
    )

    session.refresh_from_db()
    assert (first, second) == ((), ())
    assert "Noor Hale holds it now" in third[0]
    assert session.practitioner == noor
    assert Leave.objects.count() == 1


def test_who_held_a_meeting_sees_the_person_until_its_record_is_finished(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    cover(manager, practitioner, **holding(session, noor))
    seen = []

    for hours, state in ((24, "planned"), (25, "cancelled")):
        Session.objects.update(state=state)
        chores.stand_in(at=moment() + timedelta(hours=hours))
        seen.append(browser_of(noor).get(f"/sessions/{session.ref}/").status_code)

    assert seen == [200, 404]


def test_cover_for_leave_that_was_called_off_is_not_asked_for_any_longer(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14, days=10))
    cover(manager, practitioner, 9, 11, kind="annual", **holding(session, noor))
    manager.post(f"/leave/{Leave.objects.get().ref}/remove/")

    home = text(browser_of(noor).get("/"))
    said = text(browser_of(noor).post(f"/handovers/{HandoverRequest.objects.get().ref}/accept/", follow=True))

    session.refresh_from_db()
    assert "accept or refuse" not in home
    assert "the leave was called off" in said
    assert session.practitioner == practitioner


def test_leave_inside_leave_changes_nothing_and_a_longer_illness_makes_it_longer(
    manager: Client, practitioner: Practitioner
) -> None:
    cover(manager, practitioner, 0, 2)
    cover(manager, practitioner, 1, 1, kind="annual")
    cover(manager, practitioner, 2, 4)
    refused = cover(manager, practitioner, 4, 6, kind="annual")

    assert Leave.objects.get().days == DateRange(today(), today() + timedelta(days=5))
    assert refused.status_code == 422
    assert "is already recorded as away from" in text(refused)


def test_a_restricted_persons_meeting_is_neither_shown_nor_given(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    session = factories.session(episode=episode, period=at(14))
    Restriction.objects.create(case=episode.referral.ref, reason="x", made_by="carol", made_at=moment())

    page = text(manager.get(f"/leave/{practitioner.ref}/add/"))

    assert "Robin" not in page
    assert not Allocation.objects.filter(practitioner=noor).exists()
    assert session.practitioner == practitioner
