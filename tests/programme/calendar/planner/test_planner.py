"""Planning the twelve in one step, and the page that shows a plan with everything that stands in its way."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import button, text

from desist.post.models import Outbox
from desist.programme.calendar.planner import commands, proposal
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.orders.models import Order
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

#: a Tuesday far from every bank holiday's reach, whatever today is
FIRST = date(timezone.now().year + 1, 1, 12)
FIRST += timedelta(days=(1 - FIRST.weekday()) % 7)
WISH = {
    "first-day": str(FIRST.day),
    "first-month": str(FIRST.month),
    "first-year": str(FIRST.year),
    "at": "10am",
    "room": "remote",
    "form_version": "1",
}


@pytest.fixture
def order(episode: Episode) -> Order:
    """An order that excludes places."""
    return factories.order(referral=episode.referral)


def seen(browser: Client, episode: Episode, form: dict[str, str]) -> str:
    """The fingerprint beside the proposal that is shown."""
    return button(browser.post(f"/planner/{episode.ref}/plan/", form), "confirm")


def plan(browser: Client, episode: Episode, **fields: str) -> Any:
    form = {**WISH, **fields}
    return browser.post(f"/planner/{episode.ref}/plan/", {**form, "confirm": seen(browser, episode, form)})


def test_twelve_sessions_are_planned_in_one_step(kit_browser: Client, episode: Episode) -> None:
    answer = plan(kit_browser, episode)

    assert answer.status_code == 302
    assert episode.sessions.count() == 12
    assert Outbox.objects.get().kind == "progress-notice"
    assert episode.referral.happenings.get(what="planned").detail == "12 of them"


def test_nothing_is_written_before_the_proposal_is_confirmed(kit_browser: Client, episode: Episode) -> None:
    page = text(kit_browser.post(f"/planner/{episode.ref}/plan/", WISH))

    assert "Proposed sessions" in page
    assert not Session.objects.exists()


def test_leave_and_busy_times_and_other_sessions_are_avoided(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    away = FIRST + timedelta(weeks=1)
    factories.leave(practitioner=practitioner, days=DateRange(away, away + timedelta(days=4)))
    factories.busy_time(episode=episode, weekday="1", starts="09:00", ends="11:00", last_on=FIRST)
    other = factories.episode(referral=factories.referral(), practitioner=practitioner)
    start = datetime.combine(FIRST + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=10)
    factories.session(episode=other, period=TimestamptzRange(start, start + timedelta(hours=1)))

    plan(kit_browser, episode)

    days = [one.period.lower.date() for one in episode.sessions.order_by("number")]
    assert days[0] == FIRST + timedelta(days=2)  # not on Tuesday: work; not on Wednesday: another session
    assert not any(away <= day < away + timedelta(days=4) for day in days)


def test_a_proposal_that_changed_is_shown_again(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    before = seen(kit_browser, episode, WISH)
    factories.leave(practitioner=practitioner, days=DateRange(FIRST, FIRST + timedelta(days=1)))

    answer = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, "confirm": before})

    assert answer.status_code == 422
    assert "Something changed since this was proposed" in text(answer)
    assert "Plan these sessions" in text(answer)
    assert not episode.sessions.exists()


def test_a_stale_page_plans_nothing_twice(kit_browser: Client, episode: Episode) -> None:
    plan(kit_browser, episode)

    again = plan(kit_browser, episode)

    assert again.status_code == 422
    assert "planned elsewhere" in text(again)
    assert 'name="form_version" value="2"' in again.content.decode()
    assert episode.sessions.count() == 12


def test_where_sessions_lie_ahead_nothing_is_planned_beside_them(
    kit_browser: Client, episode: Episode
) -> None:
    plan(kit_browser, episode)

    again = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, "form_version": "2", "confirm": "any"})

    assert again.status_code == 422
    assert "planned elsewhere" in text(again)
    assert episode.sessions.count() == 12


def test_what_was_cancelled_is_planned_again_and_keeps_what_it_was_planned_with(
    kit_browser: Client, episode: Episode
) -> None:
    factories.attended(episode=episode, number=1, curriculum=7, about="Theirs")
    factories.session(episode=episode, number=2, state="cancelled", curriculum=7, about="Theirs too")

    plan(kit_browser, episode)

    planned = episode.sessions.filter(state="planned")
    assert sorted(planned.values_list("number", flat=True)) == list(range(2, 13))
    assert planned.get(number=2).about == "Theirs too"
    assert planned.get(number=2).curriculum == 7
    assert planned.get(number=3).curriculum == 0


def test_when_all_twelve_were_held_there_is_nothing_to_plan(kit_browser: Client, episode: Episode) -> None:
    for number in range(1, 13):
        factories.attended(episode=episode, number=number)

    answer = kit_browser.post(f"/planner/{episode.ref}/plan/", WISH)

    assert "All twelve sessions have been held, missed or planned" in text(answer)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first-day": "31", "first-month": "2"}, "is not a date"),
        ({"first-year": "2020"}, "are in the past"),
        ({"at": "25:00"}, "no such time"),
        ({"minutes": "200"}, "between 30 and 150"),
        ({"room": "gone"}, "Choose one of the answers shown"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(
    kit_browser: Client, episode: Episode, fields: dict[str, str], sentence: str
) -> None:
    answer = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, **fields})

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_nobody_plans_for_somebody_who_is_not_allocated_or_whose_practitioner_left(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    manager = signed_in(role=Role.MANAGER)
    practitioner.left_on = date(2020, 1, 1)
    practitioner.save()
    left = manager.post(f"/planner/{episode.ref}/plan/", WISH)
    Allocation.objects.update(ended_at=factories.NOW)
    nobody = manager.post(f"/planner/{episode.ref}/plan/", WISH)

    assert "This person has no practitioner" in text(left)
    assert "This person has no practitioner" in text(nobody)
    assert "This person has no practitioner" in text(manager.get(f"/planner/{episode.ref}/"))


def test_nothing_is_planned_from_a_page_that_is_older_than_the_end(
    kit_browser: Client, episode: Episode
) -> None:
    Episode.objects.update(state="completed", ended_at=factories.NOW)

    late = kit_browser.post(f"/planner/{episode.ref}/plan/", WISH)

    assert late.status_code == 422
    assert "The programme has ended for this person, so nothing more can be planned" in text(late)
    assert not Session.objects.exists()


def test_a_place_is_asked_about_where_an_order_excludes_places(
    kit_browser: Client, episode: Episode, order: Order
) -> None:
    room = factories.room()

    silent = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, "room": room.ref})
    outside = plan(kit_browser, episode, room=room.ref, inside="outside")

    assert silent.status_code == 422
    assert "Say whether this place, at this time, is inside" in text(silent)
    assert outside.status_code == 302
    check = PlaceCheck.objects.get()
    assert (check.inside, check.exclusions, check.premises) == (False, order.exclusions, room.premises)


def test_a_place_inside_an_exclusion_needs_its_reason(
    kit_browser: Client, episode: Episode, order: Order
) -> None:
    room = factories.room()
    inside = {"room": room.ref, "inside": "inside"}

    bare = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, **inside})
    plan(kit_browser, episode, **inside, inside_reason="agreed", inside_words="Sgt Vale, on 3 March")

    assert bare.status_code == 422
    check = PlaceCheck.objects.get()
    assert (check.inside, check.reason, check.words) == (True, "agreed", "Sgt Vale, on 3 March")
    assert "Inside an excluded area (the police or the court agreed to it)" in text(
        kit_browser.get(f"/planner/{episode.ref}/")
    )


def test_a_remote_session_is_not_asked_about(kit_browser: Client, episode: Episode, order: Order) -> None:
    assert plan(kit_browser, episode).status_code == 302
    assert not PlaceCheck.objects.exists()


def test_a_command_too_asks_about_the_place(episode: Episode, order: Order, actor: Any) -> None:
    room = factories.room()
    wish = commands.Wish(FIRST, time(10), None, commands.Place(room.ref))
    found = commands.propose(episode=episode, wish=wish, at=timezone.now())

    with pytest.raises(Refused, match="An order excludes places"):
        commands.plan(
            actor=actor,
            ref=episode.ref,
            wish=wish,
            seen=proposal.fingerprint(found),
            version=1,
            at=timezone.now(),
        )


def test_the_database_too_wants_the_reason_of_a_place_inside(episode: Episode) -> None:
    now = factories.NOW
    fields: dict[str, Any] = {
        "episode": episode,
        "premises": factories.room().premises,
        "period": TimestamptzRange(now, now + timedelta(hours=1)),
        "exclusions": ["There"],
        "said_by": "carol",
        "said_at": now,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceCheck.objects.create(inside=True, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceCheck.objects.create(inside=False, reason="allowed", **fields)


def test_the_planner_says_in_words_what_stands_in_the_way(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    room = factories.room()
    plan(kit_browser, episode, room=room.ref)
    factories.order(referral=episode.referral)
    factories.leave(practitioner=practitioner, days=DateRange(FIRST, FIRST + timedelta(days=1)))
    factories.busy_time(
        episode=episode, weekday="1", starts="00:00", ends="00:00", kind="worship", last_on=FIRST
    )
    room.premises.never_book = True
    room.premises.save()

    page = text(kit_browser.get(f"/planner/{episode.ref}/"))

    assert "Kit Marlow is away then." in page
    assert "The person cannot come then (religious observance)." in page
    assert "The room can no longer be booked." in page
    assert "Nobody has said whether this place is inside an area that the order excludes." in page
    assert page.count("Getting started") == 1


def test_a_week_without_a_session_is_said(kit_browser: Client, episode: Episode) -> None:
    factories.session(episode=episode, number=1)
    factories.session(episode=episode, number=3)

    assert "9 March 2026 No session" in text(kit_browser.get(f"/planner/{episode.ref}/"))


def test_a_supervisor_reads_the_plan_and_changes_nothing(
    signed_in: Callable[..., Client], session: Session
) -> None:
    supervisor = signed_in(role=Role.SUPERVISOR)

    page = text(supervisor.get(f"/planner/{session.episode.ref}/"))

    assert "Session 1" in page
    assert "Add a time" not in page
    assert supervisor.post(f"/rescheduling/{session.ref}/move/").status_code == 403


def test_an_empty_plan_says_what_will_stand_there(kit_browser: Client, episode: Episode) -> None:
    page = text(kit_browser.get(f"/planner/{episode.ref}/"))

    assert "No session is planned" in page
    assert "Plan the twelve sessions" in page


#: how the agreement stands -> what the refusal says
STOPPED = {"refused": "does not agree to take part", "withdrawn": "withdrew"}
WITHDREW = {"withdrawn_at": factories.NOW, "withdrawn_by": "carol", "withdrawal_reason": "no_reason"}


@pytest.mark.parametrize(("state", "sentence"), STOPPED.items())
def test_nothing_is_planned_with_somebody_who_refused_or_withdrew(
    kit_browser: Client, episode: Episode, state: str, sentence: str
) -> None:
    before = seen(kit_browser, episode, WISH)
    factories.agreement(episode=episode, state=state, **(WITHDREW if state == "withdrawn" else {}))

    wished = kit_browser.post(f"/planner/{episode.ref}/plan/", WISH)
    confirmed = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, "confirm": before})

    for answer in (wished, confirmed):
        assert answer.status_code == 422
        assert f"Nothing was planned: this person {sentence}" in text(answer)
        assert f'value="{WISH["at"]}"' in answer.content.decode()
    assert not episode.sessions.exists()


@pytest.mark.parametrize("state", STOPPED)
def test_a_requirement_lets_sessions_be_planned_all_the_same(
    kit_browser: Client, episode: Episode, state: str
) -> None:
    fields = WITHDREW if state == "withdrawn" else {}
    factories.agreement(episode=episode, state=state, requirement="Order of 3 March, condition 4", **fields)

    assert plan(kit_browser, episode).status_code == 302


def test_who_was_not_told_may_have_dates_and_the_page_says_what_is_lacking(
    kit_browser: Client, episode: Episode
) -> None:
    page = kit_browser.get(f"/planner/{episode.ref}/plan/")

    assert "Has not yet been told the limits of confidentiality" in text(page)
    assert f'href="/agreement/{episode.ref}/"' in page.content.decode()
    assert plan(kit_browser, episode).status_code == 302
