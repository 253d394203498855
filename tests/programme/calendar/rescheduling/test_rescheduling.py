"""Changing a plan: one or all later ones, who asked and why, two people at once, and what stays as it is."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import button, text

from desist import working_days
from desist.post.models import ByHandTask, Outbox, Partner
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.rescheduling import commands
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.sessions.models import Session
from desist.refusals import Changed, Refused
from desist.ui.dates import LONDON
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def working(days: int) -> date:
    """A working day at least so many days from now."""
    day = NOW.astimezone(LONDON).date() + timedelta(days=days)
    while not working_days.is_working(day):
        day += timedelta(days=1)
    return day


DAY = working(20)


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(), LONDON) + timedelta(hours=hour)


def weekly_from_the_day(count: int) -> list[datetime]:
    """So many sessions at two, a week apart but for the weeks that bank holidays leave no room in."""
    lengths = dict.fromkeys(range(count), 90)
    found = proposal.weekly(first=DAY, at=time(14), lengths=lengths, taken=())
    return [one.period.start for one in found]


def form(day: date = DAY, **fields: Any) -> dict[str, Any]:
    given = {
        "scope": "one",
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "at": "2pm",
        "room": "remote",
        "asked_by": "person",
        "why": "work",
        "words": "Shift changed.",
        "form_version": "1",
        "form_submission": "decision",
    }
    return given | fields


def move(browser: Client, session: Session, fields: dict[str, Any] | None = None) -> Any:
    """Look, then confirm."""
    sent = fields or form()
    shown = browser.post(f"/rescheduling/{session.ref}/move/", sent)
    return browser.post(f"/rescheduling/{session.ref}/move/", {**sent, "confirm": button(shown, "confirm")})


@pytest.fixture
def ahead(episode: Episode) -> list[Session]:
    """Four sessions, a week apart, from a week from now on."""
    starts = [at(NOW.astimezone(LONDON).date() + timedelta(weeks=week), 10) for week in range(1, 5)]
    return [
        factories.session(
            episode=episode,
            number=number,
            period=TimestamptzRange(start, start + timedelta(minutes=90)),
            about=f"Theme {number}",
            curriculum=0,
        )
        for number, start in enumerate(starts, start=1)
    ]


def test_one_session_is_moved_and_the_history_says_who_asked_and_why(
    kit_browser: Client, episode: Episode, ahead: list[Session]
) -> None:
    answer = move(kit_browser, ahead[0])

    ahead[0].refresh_from_db()
    assert answer.status_code == 302
    assert ahead[0].period.lower == at(DAY, 14)
    page = text(kit_browser.get(f"/planner/{episode.ref}/"))
    assert "Session 1: moved by Kit Marlow" in page
    assert "Asked by: the person. The person’s work or education." in page
    assert "Shift changed." in page


def test_nothing_is_moved_before_it_is_confirmed(kit_browser: Client, ahead: list[Session]) -> None:
    page = text(kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form()))

    assert "Where the sessions would be" in page
    assert not Move.objects.exists()


def test_it_and_all_later_ones_follow_weekly_and_the_ones_before_stay(
    kit_browser: Client, ahead: list[Session]
) -> None:
    before = ahead[0].period

    move(kit_browser, ahead[1], form(scope="later"))

    starts = [one.period.lower for one in Session.objects.order_by("number")]
    assert starts[0] == before.lower
    assert starts[1:] == weekly_from_the_day(3)
    assert Move.objects.filter(scope="later").count() == 3


def test_an_agenda_typed_ahead_goes_along(kit_browser: Client, ahead: list[Session]) -> None:
    keys = [one.pk for one in ahead]
    Session.objects.filter(pk__in=keys).update(saved_at=NOW, saved_by="kit", agenda="1. The diary")

    move(kit_browser, ahead[0], form(scope="later"))
    rest = kit_browser.post(
        f"/rescheduling/{ahead[1].ref}/cancel/", form(form_version="2", form_submission="another")
    )

    assert Move.objects.filter(kind="moved").count() == len(ahead)
    assert rest.status_code == 302
    assert set(Session.objects.filter(pk__in=keys).values_list("agenda", flat=True)) == {"1. The diary"}


def test_what_is_recorded_or_said_to_be_attended_is_not_moved(
    kit_browser: Client, episode: Episode, ahead: list[Session]
) -> None:
    held = factories.attended(episode=episode, number=5)
    Session.objects.filter(pk=ahead[2].pk).update(saved_at=NOW, saved_by="kit", attendance="attended")
    written = Session.objects.get(pk=ahead[2].pk).period

    recorded = kit_browser.post(f"/rescheduling/{held.ref}/move/", form())
    move(kit_browser, ahead[0], form(scope="later"))
    refused = kit_browser.post(f"/rescheduling/{ahead[2].ref}/move/", form())

    assert "Not moved: it is attended" in text(recorded)
    assert "its record says whether the person came" in text(refused)
    assert Session.objects.get(pk=ahead[2].pk).period == written
    assert Move.objects.count() == 3


def test_two_people_who_move_a_session_at_once(kit_browser: Client, ahead: list[Session]) -> None:
    shown = kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form())
    move(kit_browser, ahead[0])

    second = kit_browser.post(
        f"/rescheduling/{ahead[0].ref}/move/",
        {**form(form_submission="another", words="Mine"), "confirm": button(shown, "confirm")},
    )

    assert second.status_code == 422
    assert "the plan or the record has since been saved" in text(second)
    assert "Mine" in second.content.decode()
    assert Move.objects.count() == 1


def test_a_double_click_moves_once(kit_browser: Client, ahead: list[Session]) -> None:
    shown = kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form())
    for _ in range(2):
        answer = kit_browser.post(
            f"/rescheduling/{ahead[0].ref}/move/", {**form(), "confirm": button(shown, "confirm")}
        )
        assert answer.status_code == 302

    assert Move.objects.count() == 1


def test_a_time_that_somebody_took_meanwhile_is_shown_anew(
    kit_browser: Client, episode: Episode, practitioner: Practitioner, ahead: list[Session]
) -> None:
    fields = form(scope="later")
    shown = kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", fields)
    other = factories.episode(referral=factories.referral(), practitioner=practitioner)
    start = weekly_from_the_day(2)[1]
    factories.session(episode=other, period=TimestamptzRange(start, start + timedelta(hours=1)))

    answer = kit_browser.post(
        f"/rescheduling/{ahead[0].ref}/move/", {**fields, "confirm": button(shown, "confirm")}
    )

    assert answer.status_code == 422
    assert "Something changed since this was proposed" in text(answer)
    assert not Move.objects.exists()


def test_the_database_refuses_what_two_took_at_the_same_moment(
    episode: Episode, practitioner: Practitioner, ahead: list[Session]
) -> None:
    with (
        pytest.raises(planner.TimeTaken, match="A time is taken"),
        planner.taking("A time is taken"),
        transaction.atomic(),
    ):
        factories.session(episode=episode, number=9, period=ahead[0].period)
    with pytest.raises(IntegrityError), planner.taking("A time is taken"), transaction.atomic():
        factories.session(episode=episode, number=1, period=TimestamptzRange(at(DAY, 9), at(DAY, 10)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day-day": "31", "day-month": "2"}, "is not a date"),
        ({"day-day": "1", "day-year": "2020"}, "must be on or after"),
        ({"day-day": "1", "day-year": "2099"}, "must be on or before"),
        ({"at": "nine"}, "must be a time"),
        ({"why": "other", "words": ""}, "Say in words what the other reason is"),
        ({"why": ""}, "Answer “Why?”"),
        ({"why": "nobody"}, "Choose one of the answers shown"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    kit_browser: Client, ahead: list[Session], fields: dict[str, Any], sentence: str
) -> None:
    answer = kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form(**fields))

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_bank_holiday_leave_and_the_person_s_own_time_are_refused_each_in_a_sentence(
    kit_browser: Client, episode: Episode, practitioner: Practitioner, ahead: list[Session]
) -> None:
    holiday = next(day for day in (DAY + timedelta(days=n) for n in range(330)) if working_days.holiday(day))
    factories.leave(practitioner=practitioner, days=DateRange(DAY, DAY + timedelta(days=1)))
    later = next(day for day in map(working, range(40, 50)) if day.weekday() != DAY.weekday())
    factories.busy_time(episode=episode, weekday=str(later.weekday()), starts="13:00", ends="15:00")

    on_holiday = text(kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form(holiday)))
    on_leave = text(kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form(DAY)))
    at_work = text(kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form(later)))

    assert f"{working_days.holiday(holiday)} is a bank holiday. Choose another time" in on_holiday
    assert "Kit Marlow is away then. Choose another time" in on_leave
    assert "the person cannot come then (work). Choose another time" in at_work


def test_an_hour_that_the_clocks_skip_is_refused(kit_browser: Client, ahead: list[Session]) -> None:
    day = next(
        one
        for one in (NOW.astimezone(LONDON).date() + timedelta(days=n) for n in range(1, 366))
        if at(one, 0).utcoffset() == timedelta(0) and at(one, 5).utcoffset() == timedelta(hours=1)
    )

    page = text(kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form(day, at="1:30am")))

    assert "the clocks go forward over this hour" in page


def test_an_hour_of_today_that_lies_back_is_refused(kit_browser: Client, ahead: list[Session]) -> None:
    today = NOW.astimezone(LONDON).date()
    with pytest.raises(Refused):
        target = commands.Target(states.Scope.ONE, today, time(0), 30, planner.Place(None))
        commands.propose(moving=[ahead[0]], target=target, at=NOW)


def test_who_stands_in_can_hold_a_session(
    kit_browser: Client, practitioner: Practitioner, ahead: list[Session]
) -> None:
    cover = factories.practitioner(account=factories.account(name="Ola Reed"))
    factories.leave(practitioner=practitioner, days=DateRange(DAY, DAY + timedelta(days=7)), cover=cover)

    move(kit_browser, ahead[0], form(practitioner=cover.ref))

    ahead[0].refresh_from_db()
    assert ahead[0].practitioner == cover
    assert Move.objects.get().practitioner_before == practitioner


def test_a_room_that_can_no_longer_be_booked_is_refused(kit_browser: Client, ahead: list[Session]) -> None:
    room = factories.room()
    room.premises.never_book = True
    room.premises.save()

    answer = kit_browser.post(f"/rescheduling/{ahead[0].ref}/move/", form(room=room.ref))

    assert answer.status_code == 422
    assert room.name not in text(kit_browser.get(f"/rescheduling/{ahead[0].ref}/move/"))
    with pytest.raises(Refused, match="can no longer be booked"):
        premises.room(factories.AREA, room.ref)


def test_a_place_inside_an_exclusion_is_kept_with_a_move(kit_browser: Client, ahead: list[Session]) -> None:
    factories.order(referral=ahead[0].episode.referral)
    room = factories.room()

    move(kit_browser, ahead[0], form(room=room.ref, inside="outside"))

    ahead[0].refresh_from_db()
    assert ahead[0].room == room
    assert ahead[0].episode.place_checks.get().inside is False


def test_a_session_is_cancelled_with_who_asked_and_why_and_the_referrer_hears_the_count(
    kit_browser: Client, episode: Episode, ahead: list[Session]
) -> None:
    for _ in range(2):  # a double click
        answer = kit_browser.post(f"/rescheduling/{ahead[0].ref}/cancel/", form())
        assert answer.status_code == 302

    ahead[0].refresh_from_db()
    assert ahead[0].state == "cancelled"
    assert Move.objects.get().kind == "cancelled"
    assert Outbox.objects.get().kind == "progress-notice"
    assert "Session 1: cancelled" in text(kit_browser.get(f"/planner/{episode.ref}/"))


def test_a_referrer_with_desist_hears_new_days_and_nobody_is_rung_about_them(
    kit_browser: Client, ahead: list[Session]
) -> None:
    move(kit_browser, ahead[0], form())
    told = Outbox.objects.get().kind
    Partner.objects.update(transport="by_hand")
    move(kit_browser, ahead[1], form(working(30), form_submission="another"))

    assert told == "progress-notice"
    assert not ByHandTask.objects.exists()


def test_what_has_begun_or_changed_is_not_cancelled(
    kit_browser: Client, episode: Episode, ahead: list[Session]
) -> None:
    begun = factories.session(episode=episode, number=9)
    gone = factories.session(episode=episode, number=10, state="cancelled")

    over = kit_browser.post(f"/rescheduling/{begun.ref}/cancel/", form())
    twice = kit_browser.post(f"/rescheduling/{gone.ref}/cancel/", form())
    stale = kit_browser.post(f"/rescheduling/{ahead[0].ref}/cancel/", form(form_version="0"))

    assert "Not cancelled: it has begun" in text(over)
    assert "Not cancelled: it is cancelled" in text(twice)
    assert "the plan or the record has since been saved" in text(stale)
    assert (over.status_code, twice.status_code, stale.status_code) == (422, 422, 422)


def test_a_catch_up_takes_over_what_was_planned_and_a_pivot_has_no_theme(
    kit_browser: Client, episode: Episode, ahead: list[Session]
) -> None:
    for number, what in (("1", "2"), ("2", "pivot"), ("2", "pivot")):  # the last is a double click
        fields = form(
            DAY, what=what, at=f"{int(number) + 1}pm", minutes="60", form_submission=f"add-{number}"
        )
        assert kit_browser.post(f"/rescheduling/{episode.ref}/add/", fields).status_code == 302

    catch_up, pivot = Session.objects.get(kind="catch_up"), Session.objects.get(kind="pivot")
    assert (catch_up.number, catch_up.about) == (2, "Theme 2")
    assert (pivot.number, pivot.about, pivot.curriculum) == (1, "", None)
    assert Move.objects.filter(kind="added").count() == 2


def test_an_added_session_is_asked_about_its_place_and_does_not_double_book(
    kit_browser: Client, episode: Episode, ahead: list[Session]
) -> None:
    factories.order(referral=episode.referral)
    room = factories.room()
    fields = form(what="pivot", minutes="60", room=room.ref)

    silent = kit_browser.post(f"/rescheduling/{episode.ref}/add/", fields)
    kit_browser.post(f"/rescheduling/{episode.ref}/add/", {**fields, "inside": "outside"})
    again = kit_browser.post(
        f"/rescheduling/{episode.ref}/add/", {**fields, "inside": "outside", "form_submission": "b"}
    )

    assert "Say whether this place" in text(silent)
    assert Session.objects.filter(kind="pivot").count() == 1
    assert "the person has another session then" in text(again)


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_nothing_is_added_for_somebody_who_refused_or_withdrew_and_what_was_typed_stays(
    kit_browser: Client, episode: Episode, ahead: list[Session], state: str
) -> None:
    withdrew = {"withdrawn_at": NOW, "withdrawn_by": "carol", "withdrawal_reason": "no_reason"}
    factories.agreement(episode=episode, state=state, **(withdrew if state == "withdrawn" else {}))

    answer = kit_browser.post(f"/rescheduling/{episode.ref}/add/", form(what="pivot", minutes="60"))

    assert answer.status_code == 422
    assert "Nothing was planned: this person" in text(answer)
    assert "Shift changed." in text(answer)
    assert episode.sessions.count() == len(ahead)


def test_a_command_that_is_not_up_to_date_moves_nothing(
    signed_in: Callable[..., Client], ahead: list[Session], actor: Actor
) -> None:
    target = commands.Target(states.Scope.ONE, DAY, time(14), None, planner.Place(None))
    given: dict[str, Any] = {
        "actor": actor,
        "ref": ahead[0].ref,
        "target": target,
        "why": commands.Why("person", "work", ""),
        "decision": "one",
        "at": NOW,
    }
    with pytest.raises(Changed):
        commands.move(**given, seen="", version=0)
    with pytest.raises(planner.ProposalChanged):
        commands.move(**given, seen="", version=1)


def test_a_move_says_from_when_to_when(ahead: list[Session]) -> None:
    fields: dict[str, Any] = {
        "session": ahead[0],
        "kind": "moved",
        "decision": "x",
        "asked_by": "person",
        "why": "work",
        "made_by": "carol",
        "made_at": NOW,
        "before": ahead[0].period,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.create(**{**fields, "after": ahead[0].period, "why": "other"})
