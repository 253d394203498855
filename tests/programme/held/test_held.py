"""What was held at another time than planned, or before anything was planned here, is put down as it was."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.post.models import Outbox
from desist.programme.certificates import commands as certificates
from desist.programme.episodes.commands import Stale
from desist.programme.episodes.models import Episode
from desist.programme.held import commands as held
from desist.programme.moves import commands
from desist.programme.planner import commands as planner
from desist.programme.planner import proposal, states
from desist.programme.planner.models import Move
from desist.programme.planner.proposal import LONDON
from desist.programme.premises.commands import CannotBeBooked
from desist.programme.referrals.models import Referral
from desist.programme.returns.facts import Period
from desist.programme.returns.queries import late_changes
from desist.programme.sessions.models import UNCONTACTED, Session
from desist.ui import dates
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = dates.day_of(NOW)
WHY = commands.Why(states.Asked.PERSON, states.Why.WORK, "Shift changed.")


def moment(ago: int, hour: int) -> datetime:
    """An hour of a day that lies so many days back."""
    return datetime.combine(TODAY - timedelta(days=ago), time(hour), LONDON)


def span(ago: int, hour: int = 10, minutes: int = 90) -> TimestamptzRange:
    start = moment(ago, hour)
    return TimestamptzRange(start, start + timedelta(minutes=minutes))


def was(ago: int, hour: int = 14, minutes: int = 60, room: str = "") -> held.Held:
    return held.Held(TODAY - timedelta(days=ago), time(hour), minutes, room)


def form(ago: int, **fields: Any) -> dict[str, Any]:
    day = TODAY - timedelta(days=ago)
    given = {
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "at": "2pm",
        "minutes": "60",
        "room": "remote",
        "asked_by": "person",
        "why": "work",
        "words": "Shift changed.",
        "form_version": "1",
        "form_submission": "decision",
    }
    return given | fields


@pytest.fixture
def begun(episode: Episode) -> Session:
    """A session that was planned for three days ago, of which nobody has said anything; accepted eight days ago."""
    Episode.objects.filter(pk=episode.pk).update(opened_at=NOW - timedelta(days=8))
    episode.refresh_from_db()
    return factories.session(episode=episode, period=span(3), room=factories.room())


def hold(actor: Actor, session: Session, when: held.Held, **changes: Any) -> None:
    given: dict[str, Any] = {"why": WHY, "version": session.version, "decision": "one", "at": NOW}
    held.hold(actor=actor, ref=session.ref, held=when, **given | changes)


def enter(actor: Actor, episode: Episode, number: int, when: held.Held, **changes: Any) -> None:
    why = commands.Why(states.Asked.SERVICE, states.Why.BEFORE, "")
    given: dict[str, Any] = {"why": why, "decision": f"entered {number}", "at": NOW}
    held.enter(actor=actor, ref=episode.ref, number=number, held=when, **given | changes)


def test_a_session_that_was_held_on_another_day_stands_there_with_who_asked_and_why(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    Session.objects.filter(pk=begun.pk).update(attendance="attended", work_done="The drive past")
    drawn = kit_browser.get(f"/held/{begun.ref}/")

    answer = kit_browser.post(f"/held/{begun.ref}/", form(4))

    begun.refresh_from_db()
    assert drawn.status_code == 200
    assert (answer.status_code, begun.period) == (302, span(4, 14, 60))
    assert (begun.version, begun.room, begun.work_done) == (2, None, "The drive past")
    page = text(kit_browser.get(f"/planner/{episode.ref}/"))
    assert "Session 1: held at another time by Kit Marlow" in page
    assert "Asked by: the person. The person’s work or education. Shift changed." in page
    assert "Session 1: held at another time" in text(kit_browser.get(f"/history/{episode.ref}/"))


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
    with pytest.raises(CannotBeBooked):
        hold(actor, begun, was(1, room="nowhere"), decision="two")


def test_a_room_that_closed_since_is_where_it_was_held_and_no_place_is_taken_for_granted(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    room, unheard_of = begun.room, factories.premises(name="Elm House", never_book=True)
    factories.room(premises=unheard_of, name="Elm House, room 1")
    assert room is not None
    room.closed_on = TODAY
    room.save()
    address = f"/held/{episode.ref}/enter/"
    drawn = kit_browser.get(address).content.decode()
    assert "The Mill, room 2 (can no longer be booked)" in drawn
    assert "Elm House" not in drawn
    assert not re.search(r"<input[^>]*name=\"room\"[^>]*checked", drawn)

    sent = form(30, number="2", why="before", words="")
    nowhere = kit_browser.post(address, {**sent, "room": ""})
    there = kit_browser.post(address, {**sent, "room": room.ref})

    assert "Choose where" in text(nowhere)
    assert (there.status_code, episode.sessions.get(number=2).room) == (302, room)


def test_the_certificate_prints_the_day_on_which_it_really_was(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    factories.order(referral=episode.referral, requirements=["Attend weekly"])
    hold(actor, begun, was(5))
    record = {"attendance": "attended", "risk_check": "nothing", "compliance": "worked", "form_version": "2"}
    kit_browser.post(f"/sessions/{begun.ref}/record/", record)
    assert kit_browser.post(f"/sessions/{begun.ref}/finish/", {"form_version": "3"}).status_code == 302

    requirement = certificates.requirements(episode)[0]
    issue = certificates.Issue(requirement=requirement, override=None)
    certificates.issue(actor=actor, episode=episode.ref, issue=issue, submission="s", at=NOW)

    assert episode.certificates.get().days == [TODAY - timedelta(days=5)]


@pytest.mark.parametrize("state", ["attended", "missed", "cancelled", "ahead"])
def test_what_is_finished_cancelled_or_still_ahead_keeps_its_time(
    actor: Actor, kit_browser: Client, episode: Episode, state: str
) -> None:
    if state == "attended":
        row = factories.attended(episode=episode, period=span(3))
    elif state == "missed":
        row = factories.missed(episode=episode, period=span(3))
    else:
        row = factories.session(
            episode=episode,
            period=span(-3 if state == "ahead" else 3),
            state="planned" if state == "ahead" else state,
        )
    before = row.period

    with pytest.raises(commands.NotMovable):
        hold(actor, row, was(2))
    refused = kit_browser.post(f"/held/{row.ref}/", form(2))

    row.refresh_from_db()
    assert (refused.status_code, row.period) == (422, before)
    reason = "it is still to come" if state == "ahead" else "its record is finished"
    assert reason in text(refused)
    assert "Shift changed." in text(refused)


def test_what_was_held_lies_neither_ahead_nor_before_the_person_was_accepted(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    day = TODAY - timedelta(days=9)
    with pytest.raises(held.Ahead):
        hold(actor, begun, was(-1))
    with pytest.raises(held.TooEarly):
        hold(actor, begun, held.Held(day, time(10), 60, ""))

    too_early = kit_browser.post(f"/held/{begun.ref}/", form(9))
    ahead = kit_browser.post(f"/held/{begun.ref}/", form(-2))

    assert "must be on or after" in text(too_early)
    assert "must be on or before" in text(ahead)
    assert not Move.objects.exists()


def test_nothing_was_held_after_the_programme_had_ended_for_the_person(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    Episode.objects.filter(pk=episode.pk).update(state="completed", ended_at=moment(4, 12))

    with pytest.raises(held.AfterEnd):
        hold(actor, begun, was(3))
    with pytest.raises(planner.NotAllocated):
        enter(actor, episode, 2, was(2))
    refused = kit_browser.post(f"/held/{begun.ref}/", form(3))
    assert "the programme had ended for this person before that day" in text(refused)
    assert "Shift changed." in text(refused)

    hold(actor, begun, was(4))
    begun.refresh_from_db()
    assert begun.period == span(4, 14, 60)


def test_an_hour_of_today_that_is_still_to_come_was_not_held(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    morning = datetime.combine(TODAY, time(9), LONDON)

    with pytest.raises(held.Ahead):
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

    with pytest.raises(proposal.Obstructed, match="Kit Marlow has another session then"):
        hold(actor, begun, was(4))
    refused = kit_browser.post(f"/held/{begun.ref}/", form(4))

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
    refused = kit_browser.post(f"/held/{begun.ref}/", form(4))

    assert refused.status_code == 422
    assert "has just been booked at this time" in text(refused)
    assert not Move.objects.exists()


def test_the_person_and_the_room_are_in_one_place_too(actor: Actor, episode: Episode, begun: Session) -> None:
    factories.attended(episode=episode, number=2, period=span(4, 14))
    room = factories.room(name="The Mill, room 3")
    colleague = factories.practitioner(account=factories.account(name="Noor Hale"))
    elsewhere = factories.episode(referral=factories.referral(), practitioner=colleague)
    factories.attended(episode=elsewhere, period=span(5, 14), room=room)

    with pytest.raises(proposal.Obstructed, match="the person has another session then"):
        hold(actor, begun, was(4))
    with pytest.raises(proposal.Obstructed, match="the room is taken then"):
        hold(actor, begun, was(5, room=room.ref))
    hold(actor, begun, was(5))


def test_an_assessment_stands_in_the_way_and_neither_leave_nor_a_bank_holiday_does(
    actor: Actor, episode: Episode, begun: Session
) -> None:
    day = TODAY - timedelta(days=6)
    factories.leave(practitioner=begun.practitioner, days=DateRange(day, day + timedelta(days=1)))
    factories.assessment(episode=episode, period=span(5, 14), state="appointed")

    with pytest.raises(proposal.Obstructed):
        hold(actor, begun, was(5))
    hold(actor, begun, was(6))

    holiday = proposal.held(day=date(2026, 12, 25), at=time(10), minutes=60, taken=[])
    assert holiday == proposal.period(date(2026, 12, 25), time(10), 60)


def test_an_hour_that_the_clocks_skip_was_not_held() -> None:
    with pytest.raises(proposal.Obstructed, match="the clocks go forward"):
        proposal.held(day=date(2026, 3, 29), at=time(1, 30), minutes=60, taken=[])


def test_the_same_decision_twice_says_it_once_and_a_stale_page_says_nothing(
    actor: Actor, kit_browser: Client, begun: Session
) -> None:
    first, again = (kit_browser.post(f"/held/{begun.ref}/", form(4)) for _ in range(2))
    stale = kit_browser.post(f"/held/{begun.ref}/", form(2, form_submission="other"))

    assert (first.status_code, again.status_code, stale.status_code) == (302, 302, 422)
    assert "Not saved: the plan or the record has since been saved" in text(stale)
    assert Move.objects.count() == 1
    with pytest.raises(Stale):
        hold(actor, begun, was(2), decision="third")


def test_a_record_that_saved_itself_meanwhile_accuses_nobody(kit_browser: Client, begun: Session) -> None:
    record = {"attendance": "attended", "work_done": "The drive past", "form_version": "1"}
    kit_browser.post(f"/sessions/{begun.ref}/save/", record)
    begun.refresh_from_db()
    assert begun.version == 2

    stale = text(kit_browser.post(f"/held/{begun.ref}/", form(4)))

    assert "the plan or the record has since been saved. Check the time shown now" in stale
    assert f"({dates.at(begun.period.lower)}, The Mill, room 2), and save again" in stale
    assert "Shift changed." in stale
    assert "first" not in stale.split("Not saved")[1].split("save again")[0]


def test_another_reason_is_said_in_words_and_bad_input_is_kept(kit_browser: Client, begun: Session) -> None:
    refused = kit_browser.post(f"/held/{begun.ref}/", form(4, why="other", words="", minutes="5", at="soon"))

    assert refused.status_code == 422
    assert "Say in words what the other reason is" in text(refused)
    assert 'value="soon"' in refused.content.decode()


def test_a_time_that_is_typed_after_the_session_is_no_change_at_the_last_moment(
    actor: Actor, begun: Session
) -> None:
    hold(actor, begun, was(4))

    week = Period(TODAY - timedelta(days=7), TODAY)
    assert late_changes(Referral.objects.all(), period=week) == ()


def test_sessions_that_were_held_before_desist_are_entered_one_by_one_and_the_plan_goes_on_from_there(
    kit_browser: Client, episode: Episode
) -> None:
    Episode.objects.filter(pk=episode.pk).update(state="allocated")
    fields = {"why": "before", "words": ""}
    for number in (1, 2):
        sent = form(40 - 7 * number, number=str(number), form_submission=f"entry {number}", **fields)
        answer = kit_browser.post(f"/held/{episode.ref}/enter/", sent, follow=True)
        assert f"Session {number} is entered." in text(answer)

    episode.refresh_from_db()
    rows = list(episode.sessions.order_by("number"))
    assert [one.period for one in rows] == [span(33, 14, 60), span(26, 14, 60)]
    assert {one.state for one in rows} == {"planned"}
    assert all(one.about for one in rows)
    assert (episode.state, episode.version) == ("in_sessions", 2)
    assert Outbox.objects.filter(kind="progress-notice").count() == 2
    page = text(kit_browser.get(f"/planner/{episode.ref}/"))
    assert "Plan the twelve sessions" in page
    assert "Session 2: entered afterwards by Kit Marlow" in page
    assert "Held before the service used Desist." in page

    day = TODAY + timedelta(days=7)
    wish = planner.Wish(day, time(10), None, planner.Place(None))
    proposed = planner.propose(episode=episode, wish=wish, at=NOW)
    assert [one.number for one in proposed] == list(range(3, 13))
    planned = {**form(-7), "first-day": str(day.day), "first-month": str(day.month)}
    planned |= {"first-year": str(day.year), "at": "10am", "minutes": "", "form_version": "2"}
    seen = {"confirm": proposal.fingerprint(proposed)}
    answer = kit_browser.post(f"/planner/{episode.ref}/plan/", {**planned, **seen})
    assert (answer.status_code, episode.sessions.count()) == (302, 12)


def test_an_entered_session_is_recorded_as_any_other_and_may_be_of_before_the_acceptance(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    enter(actor, episode, 1, was(60))
    row = episode.sessions.get()

    record = {"attendance": "attended", "risk_check": "nothing", "compliance": "worked", "form_version": "1"}
    kit_browser.post(f"/sessions/{row.ref}/record/", record)
    hold(actor, Session.objects.get(pk=row.pk), was(61))
    answer = kit_browser.post(f"/sessions/{row.ref}/finish/", {"form_version": "3"})

    row.refresh_from_db()
    assert (answer.status_code, row.state, row.period) == (302, "attended", span(61, 14, 60))


def test_what_was_entered_for_the_wrong_person_is_taken_back_until_somebody_wrote_whether_they_came(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    enter(actor, episode, 5, was(10))
    row = episode.sessions.get(number=5)
    sent = {"asked_by": "person", "why": "other", "words": "Another person’s", "form_version": "1"}
    planner_page = kit_browser.get(f"/planner/{episode.ref}/").content.decode()
    assert f"/moves/{row.ref}/cancel/" in planner_page
    assert f"/moves/{begun.ref}/cancel/" not in planner_page
    assert "cannot be cancelled" not in text(kit_browser.get(f"/moves/{row.ref}/cancel/"))

    Session.objects.filter(pk=row.pk).update(attendance="attended")
    refused = kit_browser.post(f"/moves/{row.ref}/cancel/", {**sent, "form_submission": "first"})
    assert "Not cancelled: it has begun" in text(refused)
    assert f"/moves/{row.ref}/cancel/" not in kit_browser.get(f"/planner/{episode.ref}/").content.decode()
    Session.objects.filter(pk=row.pk).update(attendance="")
    taken_back = kit_browser.post(f"/moves/{row.ref}/cancel/", {**sent, "form_submission": "second"})

    row.refresh_from_db()
    assert (taken_back.status_code, row.state) == (302, "cancelled")
    assert late_changes(Referral.objects.all(), period=Period(TODAY - timedelta(days=20), TODAY)) == ()
    enter(actor, episode, 5, was(12), decision="rightly")


def test_what_was_missed_before_the_work_began_here_starts_no_clock(
    actor: Actor, kit_browser: Client, signed_in: Callable[..., Client], episode: Episode, begun: Session
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    for number, ago in ((2, 150), (3, 5)):
        enter(actor, episode, number, was(ago))
    record = {"state": "missed", "attendance": "missed", "missed_reason": "no_word"}
    recorded = {**record, "recorded_by": actor.who, "recorded_at": NOW}
    episode.sessions.filter(number__in=[2, 3]).update(**recorded)
    long_ago, lately = episode.sessions.filter(number__in=[2, 3]).order_by("number")

    my_day = kit_browser.get("/").content.decode()
    assert f"/sessions/{lately.ref}/" in my_day
    assert f"/sessions/{long_ago.ref}/" not in my_day
    assert list(Session.objects.filter(UNCONTACTED)) == [lately]
    assert re.search(r"Missed sessions without contact\s+1\b", text(manager.get("/service/")))
    assert "Contact the person:" in text(kit_browser.get(f"/sessions/{lately.ref}/"))
    assert "Contact the person:" not in text(kit_browser.get(f"/sessions/{long_ago.ref}/"))


def test_the_same_entry_twice_enters_once_and_no_number_is_entered_again(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    factories.attended(episode=episode, number=2, period=span(3))
    enter(actor, episode, 1, was(10))
    enter(actor, episode, 1, was(10))
    assert episode.sessions.count() == 2

    for number in (1, 2):
        with pytest.raises(held.Entered):
            enter(actor, episode, number, was(9), decision=f"again {number}")
    refused = kit_browser.post(f"/held/{episode.ref}/enter/", form(9, number="2", why="before"))
    assert refused.status_code == 422


def test_a_session_that_was_cancelled_and_held_all_the_same_can_be_entered(
    actor: Actor, episode: Episode
) -> None:
    room = factories.room()
    factories.session(episode=episode, number=1, period=span(3), state="cancelled")

    enter(actor, episode, 1, was(4, room=room.ref))

    assert episode.sessions.get(state="planned").room == room


def test_what_is_entered_lies_neither_ahead_nor_years_back_nor_across_another_meeting(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    factories.attended(episode=episode, number=2, period=span(10, 14))

    with pytest.raises(held.Ahead):
        enter(actor, episode, 1, was(-1))
    with pytest.raises(held.TooEarly):
        enter(actor, episode, 1, was(1200))
    sent = form(10, number="1", why="before", words="Paper file")
    refused = kit_browser.post(f"/held/{episode.ref}/enter/", sent)

    assert refused.status_code == 422
    assert "No session can have been held on" in text(refused)
    assert "Paper file" in text(refused)
    assert episode.sessions.count() == 1


def test_nothing_is_entered_for_somebody_with_whom_nobody_works(
    actor: Actor, signed_in: Callable[..., Client], episode: Episode
) -> None:
    episode.allocations.update(ended_at=NOW)
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    refused = manager.post(f"/held/{episode.ref}/enter/", form(9, number="1", why="before"))

    assert refused.status_code == 422
    assert "This person has no practitioner" in text(refused)


def test_once_all_twelve_are_there_nothing_is_left_to_enter(kit_browser: Client, episode: Episode) -> None:
    for number in range(1, 13):
        factories.attended(episode=episode, number=number, period=span(100 - 7 * number))

    assert "There are none left to enter" in text(kit_browser.get(f"/held/{episode.ref}/enter/"))
    assert "Plan the twelve sessions" not in text(kit_browser.get(f"/planner/{episode.ref}/"))


def test_pages_lead_there_from_a_session_that_has_begun_and_from_the_planner(
    kit_browser: Client, episode: Episode, begun: Session
) -> None:
    ahead = factories.session(episode=episode, number=2, period=span(-6))

    planner_page = kit_browser.get(f"/planner/{episode.ref}/").content.decode()
    assert f"/held/{begun.ref}/" in planner_page
    assert f"/held/{ahead.ref}/" not in planner_page
    assert f"/held/{episode.ref}/enter/" in planner_page
    assert f"/held/{begun.ref}/" in kit_browser.get(f"/sessions/{begun.ref}/").content.decode()
    assert f"/held/{ahead.ref}/" not in kit_browser.get(f"/sessions/{ahead.ref}/").content.decode()
