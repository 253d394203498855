"""What was held at another time than planned, or before anything was planned here, is put down as it was."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from psycopg.types.range import DateRange
from tests.programme import factories
from tests.programme.calendar.late_entries.saying import (
    CAME,
    NOW,
    TODAY,
    WHY,
    enter,
    form,
    hold,
    moment,
    span,
    was,
)
from tests.programme.reading import text
from tests.programme.returned import answer

from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.rescheduling import commands
from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates import commands as certificates
from desist.programme.service.returns.facts import Period
from desist.programme.service.returns.queries import LATE_CHANGES
from desist.programme.sessions.models import Session
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.ui.dates import LONDON
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db


def test_a_session_that_was_held_on_another_day_stands_there_with_who_asked_and_why(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    Session.objects.filter(pk=begun.pk).update(attendance="attended", work_done="The drive past")
    drawn = kit_browser.get(f"/late-entries/{begun.ref}/")

    answer = kit_browser.post(f"/late-entries/{begun.ref}/", form(4))

    begun.refresh_from_db()
    assert drawn.status_code == 200
    assert (answer.status_code, begun.period) == (302, span(4, 14, 60))
    assert (begun.version, begun.room, begun.work_done) == (2, None, "The drive past")
    page = text(kit_browser.get(f"/planner/{episode.ref}/"))
    assert "Session 1: held at another time by Kit Marlow" in page
    assert "Asked by: the person. The person’s work or education. Shift changed." in page
    assert "Session 1 held at another time" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_the_room_that_it_was_planned_in_may_stay_even_once_it_is_closed(
    actor: Actor, begun: Session
) -> None:
    room = begun.room
    assert room is not None
    room.closed_on = TODAY
    room.save()

    hold(actor, begun, was(2, room=room.ref))

    begun.refresh_from_db()
    assert (begun.room, begun.period) == (room, span(2, 14, 60))
    with pytest.raises(Refused, match="can no longer be booked"):
        hold(actor, begun, was(1, room="nowhere"), decision="two")


def test_a_room_that_closed_since_is_where_it_was_held_and_no_place_is_taken_for_granted(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    room, unheard_of = begun.room, factories.premises(name="Elm House", never_book=True)
    factories.room(premises=unheard_of, name="Elm House, room 1")
    assert room is not None
    room.closed_on = TODAY
    room.save()
    address = f"/late-entries/{episode.ref}/enter/"
    drawn = kit_browser.get(address).content.decode()
    assert "The Mill, room 2 (can no longer be booked)" in drawn
    assert "Elm House" not in drawn
    assert not re.search(r"<input[^>]*name=\"room\"[^>]*checked", drawn)

    sent = form(30, which="core-2", why="before", words="")
    nowhere = kit_browser.post(address, {**sent, "room": ""})
    there = kit_browser.post(address, {**sent, "room": room.ref})

    assert "Choose where" in text(nowhere)
    assert (there.status_code, episode.sessions.get(number=2).room) == (302, room)


def test_the_certificate_prints_the_day_on_which_it_really_was(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    factories.order(referral=episode.referral, requirements=["Attend weekly"])
    hold(actor, begun, was(5))
    kit_browser.post(f"/sessions/{begun.ref}/record/", {**CAME, "form_version": "2"})
    assert kit_browser.post(f"/sessions/{begun.ref}/finish/", {"form_version": "3"}).status_code == 302

    requirement = certificates.requirements(episode)[0]
    issue = certificates.Issue(requirement=requirement, override=None)
    certificates.issue(actor=actor, episode=episode.ref, issue=issue, submission="s", at=NOW)

    assert episode.certificates.get().days == [TODAY - timedelta(days=5)]


@pytest.mark.parametrize("state", ["attended", "missed", "cancelled"])
def test_what_is_finished_or_cancelled_keeps_its_time(
    actor: Actor, kit_browser: Client, episode: Episode, state: str
) -> None:
    if state == "attended":
        row = factories.attended(episode=episode, period=span(3))
    elif state == "missed":
        row = factories.missed(episode=episode, period=span(3))
    else:
        row = factories.session(episode=episode, period=span(3), state=state)
    before = row.period

    with pytest.raises(Changed):
        hold(actor, row, was(2))
    refused = kit_browser.post(f"/late-entries/{row.ref}/", form(2))

    row.refresh_from_db()
    assert (refused.status_code, row.period) == (422, before)
    assert "its record is finished" in text(refused)
    assert "Shift changed." in text(refused)


def test_a_session_that_was_held_earlier_than_planned_is_put_down_and_recorded_at_once(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    row = factories.session(episode=episode, number=2, period=span(-4))
    assert "Change when it was held" in text(kit_browser.get(f"/sessions/{row.ref}/"))

    still_ahead = kit_browser.post(f"/late-entries/{row.ref}/", form(-4))
    saved = kit_browser.post(f"/late-entries/{row.ref}/", form(1))
    kit_browser.post(f"/sessions/{row.ref}/record/", {**CAME, "form_version": "2"})
    answer = kit_browser.post(f"/sessions/{row.ref}/finish/", {"form_version": "3"})

    row.refresh_from_db()
    assert "must be on or before" in text(still_ahead)
    assert (saved.status_code, answer.status_code) == (302, 302)
    assert (row.state, row.period) == ("attended", span(1, 14, 60))


def test_a_session_of_tomorrow_that_was_held_today_is_no_change_at_the_last_moment(
    actor: Actor, episode: Episode
) -> None:
    evening = moment(0, 18)
    Episode.objects.filter(pk=episode.pk).update(opened_at=moment(8, 9))
    tomorrow = factories.session(episode=episode, period=span(-1))

    hold(actor, tomorrow, was(0), at=evening)

    week = Period(TODAY, TODAY + timedelta(days=7))
    assert Move.objects.get().made_at == evening
    assert answer(LATE_CHANGES, week) == []


def test_what_was_held_lies_neither_ahead_nor_before_the_person_was_accepted(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    with pytest.raises(Refused, match="in the future"):
        hold(actor, begun, was(-1))
    with pytest.raises(Refused, match="before the work with the person began"):
        hold(actor, begun, was(9, hour=10))

    too_early = kit_browser.post(f"/late-entries/{begun.ref}/", form(9))
    ahead = kit_browser.post(f"/late-entries/{begun.ref}/", form(-2))

    assert "must be on or after" in text(too_early)
    assert "must be on or before" in text(ahead)
    assert not Move.objects.exists()


def test_nothing_was_held_after_the_programme_had_ended_for_the_person(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    Episode.objects.filter(pk=episode.pk).update(state="completed", ended_at=moment(4, 12))

    with pytest.raises(Refused, match="had ended for this person before that day"):
        hold(actor, begun, was(3))
    with pytest.raises(Refused, match="had ended for this person before that day"):
        enter(actor, episode, 2, was(3))
    refused = kit_browser.post(f"/late-entries/{begun.ref}/", form(3))
    assert "the programme had ended for this person before that day" in text(refused)
    assert "Shift changed." in text(refused)

    hold(actor, begun, was(4))
    enter(actor, episode, 2, was(5))
    begun.refresh_from_db()
    assert begun.period == span(4, 14, 60)
    assert episode.sessions.filter(number=2).exists()


def test_an_hour_of_today_that_is_still_to_come_was_not_held(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    morning = datetime.combine(TODAY, time(9), LONDON)

    with pytest.raises(Refused, match="in the future"):
        hold(actor, begun, was(0, hour=11), at=morning)
    hold(actor, begun, was(0, hour=8), at=morning)

    begun.refresh_from_db()
    assert begun.period.lower == datetime.combine(TODAY, time(8), LONDON)


def test_nobody_was_in_two_meetings_and_the_page_says_who_was_in_another(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    other = factories.episode(
        referral=factories.referral(family_name="Otherperson"), practitioner=begun.practitioner
    )
    factories.attended(episode=other, period=span(4, 14))

    with pytest.raises(Refused, match="Kit Marlow has another session then"):
        hold(actor, begun, was(4))
    refused = kit_browser.post(f"/late-entries/{begun.ref}/", form(4))

    assert refused.status_code == 422
    assert "Kit Marlow has another session then. Check the times of both meetings" in text(refused)
    assert "Otherperson" not in text(refused)


def test_a_meeting_that_was_put_there_at_the_last_moment_is_refused_by_the_database(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.attended(episode=episode, number=2, period=span(4, 14))
    monkeypatch.setattr(planner, "of_held", lambda **_: [])  # it looked free when it was looked at

    with pytest.raises(planner.TimeTaken):
        hold(actor, begun, was(4))
    with pytest.raises(planner.TimeTaken):
        enter(actor, episode, 3, was(4))
    refused = kit_browser.post(f"/late-entries/{begun.ref}/", form(4))

    assert refused.status_code == 422
    assert "has just been booked at this time" in text(refused)
    assert not Move.objects.exists()


def test_the_person_and_the_room_are_in_one_place_too(actor: Actor, episode: Episode, begun: Session) -> None:
    factories.attended(episode=episode, number=2, period=span(4, 14))
    room = factories.room(name="The Mill, room 3")
    colleague = factories.practitioner(account=factories.account(name="Noor Hale"))
    elsewhere = factories.episode(referral=factories.referral(), practitioner=colleague)
    factories.attended(episode=elsewhere, period=span(5, 14), room=room)

    with pytest.raises(Refused, match="the person has another session then"):
        hold(actor, begun, was(4))
    with pytest.raises(Refused, match="the room is taken then"):
        hold(actor, begun, was(5, room=room.ref))
    hold(actor, begun, was(5))


def test_an_assessment_stands_in_the_way_and_neither_leave_nor_a_bank_holiday_does(
    actor: Actor, episode: Episode, begun: Session
) -> None:
    day = TODAY - timedelta(days=6)
    factories.leave(practitioner=begun.practitioner, days=DateRange(day, day + timedelta(days=1)))
    factories.assessment(episode=episode, period=span(5, 14), state="appointed")

    with pytest.raises(Refused):
        hold(actor, begun, was(5))
    hold(actor, begun, was(6))

    holiday = proposal.held(day=date(2026, 12, 25), at=time(10), minutes=60, taken=[])
    assert holiday == proposal.period(date(2026, 12, 25), time(10), 60)


def test_an_hour_that_the_clocks_skip_was_not_held() -> None:
    with pytest.raises(Refused, match="the clocks go forward"):
        proposal.held(day=date(2026, 3, 29), at=time(1, 30), minutes=60, taken=[])


def test_the_same_decision_twice_says_it_once_and_a_stale_page_says_nothing(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    first, again = (kit_browser.post(f"/late-entries/{begun.ref}/", form(4)) for _ in range(2))
    stale = kit_browser.post(f"/late-entries/{begun.ref}/", form(2, form_submission="other"))

    assert (first.status_code, again.status_code, stale.status_code) == (302, 302, 422)
    assert "Not saved: the plan or the record has since been saved" in text(stale)
    assert Move.objects.count() == 1
    with pytest.raises(Changed):
        hold(actor, begun, was(2), decision="third")


def test_a_record_that_saved_itself_meanwhile_accuses_nobody(kit_browser: Client, begun: Session) -> None:
    record = {"attendance": "attended", "work_done": "The drive past", "form_version": "1"}
    kit_browser.post(f"/sessions/{begun.ref}/save/", record)
    begun.refresh_from_db()
    assert begun.version == 2

    stale = text(kit_browser.post(f"/late-entries/{begun.ref}/", form(4)))

    assert "the plan or the record has since been saved. Check the time shown now" in stale
    assert f"({dates.at(begun.period.lower)}, The Mill, room 2), and save again" in stale
    assert "Shift changed." in stale
    assert "first" not in stale.split("Not saved")[1].split("save again")[0]


def test_another_reason_is_said_in_words_and_bad_input_is_kept(kit_browser: Client, begun: Session) -> None:
    refused = kit_browser.post(
        f"/late-entries/{begun.ref}/", form(4, why="other", words="", minutes="5", at="soon")
    )

    assert refused.status_code == 422
    assert "Say in words what the other reason is" in text(refused)
    assert 'value="soon"' in refused.content.decode()


def test_a_time_that_is_typed_after_the_session_is_no_change_at_the_last_moment(
    actor: Actor, begun: Session
) -> None:
    hold(actor, begun, was(4))

    week = Period(TODAY - timedelta(days=7), TODAY)
    assert answer(LATE_CHANGES, week) == []


def test_pages_lead_there_from_every_session_that_has_no_finished_record_and_from_the_planner(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    ahead = factories.session(episode=episode, number=2, period=span(-6))
    over = factories.attended(episode=episode, number=3, period=span(2))

    planner_page = kit_browser.get(f"/planner/{episode.ref}/").content.decode()
    assert f"/late-entries/{begun.ref}/" in planner_page
    assert f"/late-entries/{ahead.ref}/" in planner_page
    assert f"/late-entries/{over.ref}/" not in planner_page
    assert f"/late-entries/{episode.ref}/enter/" in planner_page
    for row, leads in ((begun, True), (ahead, True), (over, False)):
        page = kit_browser.get(f"/sessions/{row.ref}/").content.decode()
        assert (f"/late-entries/{row.ref}/" in page) is leads


def test_what_was_said_to_have_been_held_by_mistake_is_cancelled_until_somebody_wrote_whether_they_came(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    hold(actor, begun, was(1))
    begun.refresh_from_db()
    assert (
        f"/rescheduling/{begun.ref}/cancel/"
        in kit_browser.get(f"/planner/{begun.episode.ref}/").content.decode()
    )
    Session.objects.filter(pk=begun.pk).update(attendance="attended")
    with pytest.raises(Changed):
        commands.cancel(actor=actor, ref=begun.ref, why=WHY, version=begun.version, decision="late", at=NOW)

    Session.objects.filter(pk=begun.pk).update(attendance="")
    commands.cancel(actor=actor, ref=begun.ref, why=WHY, version=begun.version, decision="mistake", at=NOW)

    begun.refresh_from_db()
    assert begun.state == "cancelled"
