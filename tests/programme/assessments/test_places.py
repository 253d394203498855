"""Where an assessment is: in a room of the list like a session, or said why not; nobody is in two places at once."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How
from desist.programme.calendar.appointments import commands as appointments
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.dates import LONDON
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

#: a Monday far from every bank holiday's reach, whatever today is, at half past two
JANUARY = date(timezone.now().year + 1, 1, 12)
MONDAY = JANUARY + timedelta(days=-JANUARY.weekday() % 7)
THEN = datetime.combine(MONDAY, time(14, 30), LONDON)
HOUR = TimestamptzRange(THEN, THEN + timedelta(hours=1))
FORM = {
    "day-day": str(MONDAY.day),
    "day-month": str(MONDAY.month),
    "day-year": str(MONDAY.year),
    "time": "2:30pm",
    "minutes": "60",
    "form_submission": "one",
}
ELSEWHERE = {
    "room": "elsewhere",
    "elsewhere": "The probation office",
    "elsewhere_reason": "They report there and have no bus",
}


@pytest.fixture
def room(db: None) -> Room:
    return factories.room(name="Room 2, The Mill")


@pytest.fixture
def other(practitioner: Practitioner) -> Episode:
    """Someone else whom someone else works with."""
    colleague = factories.practitioner(account=factories.account(name="Noor Hale"))
    return factories.episode(referral=factories.referral(given_names="Sam"), practitioner=colleague)


def appoint(browser: Client, episode: Episode, **fields: str) -> Any:
    return browser.post(f"/assessments/of/{episode.ref}/appoint/", {**FORM, **fields}, follow=True)


def cancel_all() -> None:
    Assessment.objects.update(state="cancelled", ended_reason="Ill", ended_by="carol", ended_at=THEN)


def test_an_appointment_holds_a_room_for_its_time(kit_browser: Client, episode: Episode, room: Room) -> None:
    page = text(appoint(kit_browser, episode, room=room.ref))

    row = Assessment.objects.get()
    assert (row.how, row.room, row.period) == ("room", room, HOUR)
    assert "Room 2, The Mill" in page


@pytest.mark.parametrize(("how", "words"), [("video", "By video"), ("telephone", "By telephone")])
def test_it_can_be_held_without_a_place(kit_browser: Client, episode: Episode, how: str, words: str) -> None:
    page = text(appoint(kit_browser, episode, room=how))

    assert Assessment.objects.get().how == how
    assert words in page


def test_a_place_that_is_on_no_list_needs_its_name_and_a_reason(
    kit_browser: Client, episode: Episode
) -> None:
    silent = appoint(kit_browser, episode, room="elsewhere", elsewhere="The probation office")
    said = appoint(kit_browser, episode, **ELSEWHERE)

    assert silent.status_code == 422
    assert "The probation office" in silent.content.decode()
    assert "The probation office" in text(said)
    assert Assessment.objects.get().elsewhere_reason == "They report there and have no bus"


def test_what_was_typed_about_elsewhere_counts_only_there(kit_browser: Client, episode: Episode) -> None:
    appoint(kit_browser, episode, **ELSEWHERE | {"room": "video"})

    assert Assessment.objects.get().elsewhere == ""


@pytest.mark.parametrize("barred", [{"never_book": True}, {"closed_on": factories.NOW.date()}])
def test_a_building_that_is_never_booked_is_neither_offered_nor_taken(
    kit_browser: Client, episode: Episode, room: Room, actor: Actor, barred: dict[str, Any]
) -> None:
    type(room.premises).objects.filter(pk=room.premises.pk).update(**barred)

    answer = appoint(kit_browser, episode, room=room.ref)

    assert answer.status_code == 422
    assert "Room 2, The Mill" not in text(answer)
    with pytest.raises(Refused, match="can no longer be booked"):
        appointments.appoint(
            actor=actor, episode=episode.ref, appointment=wanted(room), submission="two", at=factories.NOW
        )


def wanted(room: Room | None, **fields: Any) -> appointments.Appointment:
    place = planner.Place(room.ref) if room else planner.Place(None, elsewhere=True)
    how = How.ROOM if room else How.ELSEWHERE
    words = {} if room else {"elsewhere": "A library", "reason": "No bus"}
    return appointments.Appointment(THEN.date(), THEN.time(), 60, how, place, **words | fields)


def test_a_room_that_somebody_else_has_then_is_refused_in_a_sentence(
    kit_browser: Client, episode: Episode, other: Episode, room: Room
) -> None:
    factories.assessment(episode=other, room=room, period=HOUR)

    answer = appoint(kit_browser, episode, room=room.ref)

    assert answer.status_code == 422
    assert f"No assessment can be on {dates.weekday(MONDAY)} at 2:30pm: the room is taken then" in text(
        answer
    )
    assert not episode.assessments.exists()


def test_a_session_in_the_room_stands_in_its_way_too(
    kit_browser: Client, episode: Episode, other: Episode, room: Room
) -> None:
    factories.session(episode=other, room=room, period=HOUR)

    assert "the room is taken then" in text(appoint(kit_browser, episode, room=room.ref))


def test_the_practitioner_and_the_person_are_in_one_place(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    second = factories.episode(referral=factories.referral(), practitioner=practitioner)
    factories.assessment(episode=second, period=HOUR)

    held = text(appoint(kit_browser, episode, room="video"))
    cancel_all()
    factories.session(episode=episode, period=HOUR)
    theirs = text(appoint(kit_browser, episode, room="video"))

    assert "Kit Marlow has an assessment then" in held
    assert "the person has another session then" in theirs


def test_a_session_is_not_planned_over_an_assessment(
    kit_browser: Client, episode: Episode, room: Room
) -> None:
    factories.assessment(episode=episode, room=room, period=HOUR)

    answer = kit_browser.post(
        f"/planner/{episode.ref}/plan/",
        {
            "first-day": str(MONDAY.day),
            "first-month": str(MONDAY.month),
            "first-year": str(MONDAY.year),
            "at": "2:30pm",
            "minutes": "60",
            "room": room.ref,
            "form_version": "1",
        },
    )

    assert "moved from Monday: the person has an assessment then" in text(answer)


def test_moving_it_a_little_does_not_stand_in_its_own_way(
    kit_browser: Client, episode: Episode, room: Room
) -> None:
    row = factories.assessment(episode=episode, room=room, period=HOUR)
    first = text(kit_browser.get(f"/assessments/{row.ref}/move/"))

    form = {**FORM, "time": "3pm", "room": room.ref, "form_version": "1"}
    answer = kit_browser.post(f"/assessments/{row.ref}/move/", form)

    row.refresh_from_db()
    assert "Room 2, The Mill" in first
    assert answer.status_code == 302
    assert row.period.lower == THEN + timedelta(minutes=30)


def test_a_move_that_cannot_be_is_said_and_keeps_what_was_typed(
    kit_browser: Client, episode: Episode, other: Episode, room: Room
) -> None:
    factories.assessment(episode=other, room=room, period=HOUR)
    row = factories.assessment(episode=episode)

    form = {**FORM, "room": room.ref, "form_version": "1"}
    answer = kit_browser.post(f"/assessments/{row.ref}/move/", form)

    assert answer.status_code == 422
    assert "the room is taken then" in text(answer)
    row.refresh_from_db()
    assert row.room is None


def test_before_anybody_is_allocated_a_manager_makes_it(
    signed_in: Callable[..., Client], room: Room, kit: Account
) -> None:
    waiting = factories.episode(referral=factories.referral(), state="waiting")
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    assert appoint(manager, waiting, room=room.ref).status_code == 200
    assert Assessment.objects.get().room == room


def test_a_cancelled_one_frees_its_room(
    kit_browser: Client, episode: Episode, other: Episode, room: Room
) -> None:
    factories.assessment(episode=other, room=room, period=HOUR)
    cancel_all()

    assert appoint(kit_browser, episode, room=room.ref).status_code == 200


def test_an_order_asks_about_a_room_and_about_elsewhere_and_not_about_a_call(
    kit_browser: Client, episode: Episode, room: Room
) -> None:
    factories.order(referral=episode.referral)

    unanswered = [appoint(kit_browser, episode, **one) for one in ({"room": room.ref}, ELSEWHERE)]
    answered = appoint(kit_browser, episode, **ELSEWHERE, inside="outside")
    cancel_all()
    call = appoint(kit_browser, episode, room="telephone", form_submission="two")

    assert [one.status_code for one in unanswered] == [422, 422]
    assert "The harbour quarter of Northmere" in text(unanswered[0])
    assert (answered.status_code, call.status_code) == (200, 200)
    check = PlaceCheck.objects.get()
    assert (check.premises, check.inside) == (None, False)


def test_the_command_too_asks_about_a_place_on_no_list(episode: Episode, actor: Actor) -> None:
    factories.order(referral=episode.referral)

    with pytest.raises(Refused, match="An order excludes places"):
        appointments.appoint(
            actor=actor, episode=episode.ref, appointment=wanted(None), submission="one", at=factories.NOW
        )


def test_the_database_refuses_two_assessments_in_one_room(
    episode: Episode, other: Episode, room: Room
) -> None:
    factories.assessment(episode=other, room=room, period=HOUR)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.assessment(episode=episode, room=room, period=HOUR)


def test_the_database_refuses_a_session_over_an_assessment_and_the_other_way(
    episode: Episode, other: Episode, room: Room
) -> None:
    factories.assessment(episode=other, room=room, period=HOUR)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.session(episode=episode, room=room, period=HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.session(episode=other, period=HOUR)
    cancel_all()
    factories.session(episode=episode, room=room, period=HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.assessment(episode=other, room=room, period=HOUR)
    assert Session.objects.count() == 1


def test_a_time_that_was_taken_at_the_last_moment_is_said(
    episode: Episode, other: Episode, room: Room, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.session(episode=other, room=room, period=HOUR)
    monkeypatch.setattr(planner, "taken", lambda **_: [])  # it looked free when it was looked at

    with pytest.raises(planner.TimeTaken):
        appointments.appoint(
            actor=actor, episode=episode.ref, appointment=wanted(room), submission="one", at=factories.NOW
        )


@pytest.mark.parametrize(
    "fields", [{"how": "room"}, {"how": "elsewhere"}, {"how": "video", "elsewhere": "A library"}]
)
def test_the_database_too_wants_to_know_where(episode: Episode, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.assessment(episode=episode, **fields)


def test_premises_count_the_assessments_that_have_to_move(
    signed_in: Callable[..., Client], episode: Episode, room: Room
) -> None:
    factories.assessment(episode=episode, room=room, period=HOUR)
    type(room.premises).objects.filter(pk=room.premises.pk).update(never_book=True)

    page = text(signed_in(role=Role.MANAGER).get("/premises/"))

    assert "planned in rooms that can no longer be booked: 1." in page


def test_whoever_works_with_the_person_holds_the_assessment(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    page = text(appoint(kit_browser, episode, room="video"))

    assert Assessment.objects.get().practitioner == practitioner
    assert "Held by Kit Marlow" in page


def test_nobody_holds_an_assessment_and_another_meeting_at_once(
    episode: Episode, practitioner: Practitioner
) -> None:
    second = factories.episode(referral=factories.referral(given_names="Sam"), practitioner=practitioner)
    factories.assessment(episode=episode, period=HOUR)

    for make in (factories.assessment, factories.session):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(episode=second, period=HOUR)

    cancel_all()
    factories.session(episode=second, period=HOUR)
