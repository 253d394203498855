"""What became impossible or unlawful after it was planned reaches a desk: To do, the service today, the page of leave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models.signals import post_init
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import button, text

from desist import working_days
from desist.post import payloads
from desist.post.handlers import Received
from desist.programme.calendar.clashes import queries
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.orders import commands as orders
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Premises, Room
from desist.programme.sessions.models import Session
from desist.ui import dates
from desist.ui.dates import LONDON
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW
BEFORE = NOW - timedelta(days=5)  # a Thursday: every session of the factories lies ahead
UNSAID = "nobody has said whether this place is inside an area that the order excludes"


@pytest.fixture
def room() -> Room:
    return factories.room()


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


def found(actor: Actor, at: Any = BEFORE) -> tuple[queries.ToMove, ...]:
    return queries.to_move(people=list(Episode.objects.values_list("pk", flat=True)), actor=actor, at=at)


def whys(actor: Actor) -> list[str]:
    """Why meetings cannot be held as planned."""
    return [one.words.partition("cannot be held as planned: ")[2] for one in found(actor)]


def away(practitioner: Practitioner, **fields: Any) -> Leave:
    return factories.leave(practitioner=practitioner, **fields)


def check(episode: Episode, room: Room | None, *exclusions: str, **fields: Any) -> PlaceCheck:
    """Someone said of every session of these weeks whether the place is inside."""
    said = {
        "premises": room.premises if room else None,
        "period": TimestamptzRange(NOW, NOW + timedelta(weeks=12)),
        "exclusions": list(exclusions),
        "inside": False,
        "said_by": "carol",
        "said_at": NOW,
    }
    return PlaceCheck.objects.create(episode=episode, **said | fields)


def test_nothing_is_asked_of_a_plan_in_whose_way_nothing_stands(actor: Actor, session: Session) -> None:
    factories.assessment(episode=session.episode)

    assert found(actor) == ()


def test_a_session_in_leave_is_to_be_moved_where_it_can_be_moved(
    actor: Actor, session: Session, practitioner: Practitioner
) -> None:
    away(practitioner)

    (one,) = found(actor)

    assert one.words == "session 1 cannot be held as planned: Kit Marlow is away then"
    assert (one.route, one.ref, one.number) == ("rescheduling:move", session.ref, 1)


@pytest.mark.parametrize(("hours", "late"), [(49, 0), (48, 1), (1, 1)])
def test_it_is_late_within_two_days(
    actor: Actor, session: Session, practitioner: Practitioner, hours: int, late: int
) -> None:
    away(practitioner)

    (one,) = found(actor, at=NOW - timedelta(hours=hours))

    assert one.late == late


def test_what_has_begun_is_not_asked_to_be_moved(
    actor: Actor, session: Session, practitioner: Practitioner
) -> None:
    away(practitioner)

    assert found(actor, at=NOW) == ()


def test_an_order_that_came_after_twelve_sessions_were_planned_is_one_line_that_leads_to_the_plan(
    actor: Actor, episode: Episode, room: Room
) -> None:
    for number in range(1, 13):
        factories.session(episode=episode, number=number, room=room)
    factories.order(referral=episode.referral)

    (one,) = found(actor)

    assert one.words == f"12 sessions cannot be held as planned: {UNSAID}"
    assert (one.route, one.ref, one.number) == ("planner:planner", episode.ref, 12)
    assert one.clock == "The first is on Tuesday 3 March 2026, 2:30pm"


def test_a_remote_session_is_excluded_by_nothing(actor: Actor, session: Session) -> None:
    factories.order(referral=session.episode.referral)

    assert whys(actor) == []


def test_an_order_excludes_until_its_last_day(actor: Actor, episode: Episode, room: Room) -> None:
    factories.session(episode=episode, number=1, room=room)
    factories.session(episode=episode, number=2, room=room)
    factories.order(referral=episode.referral, ends_on=NOW.date())

    (one,) = found(actor)

    assert one.words.startswith("session 1 cannot")


@pytest.mark.parametrize(
    ("exclusions", "asks"),
    [(("The harbour quarter of Northmere",), False), (("Elsewhere",), True), ((), True)],
)
def test_an_answer_about_a_place_answers_for_what_was_asked_about(
    actor: Actor, episode: Episode, room: Room, exclusions: tuple[str, ...], *, asks: bool
) -> None:
    factories.session(episode=episode, room=room)
    factories.order(referral=episode.referral)
    check(episode, room, *exclusions)

    assert whys(actor) == ([UNSAID] if asks else [])


def test_an_answer_stays_one_where_an_order_ended_since(actor: Actor, episode: Episode, room: Room) -> None:
    factories.session(episode=episode, room=room)
    factories.order(referral=episode.referral)
    factories.order(referral=episode.referral, exclusions=["Elsewhere"], event="ended")
    check(episode, room, "The harbour quarter of Northmere", "Elsewhere")

    assert whys(actor) == []


def test_an_answer_about_another_building_or_another_time_is_none(
    actor: Actor, episode: Episode, room: Room
) -> None:
    factories.session(episode=episode, room=room)
    order = factories.order(referral=episode.referral)
    check(episode, factories.room(name="Another"), *order.exclusions)
    check(episode, room, *order.exclusions, period=TimestamptzRange(NOW + timedelta(days=1), None))

    assert whys(actor) == [UNSAID]


def test_a_place_inside_that_somebody_agreed_to_is_said_on_the_planner_and_asks_nothing(
    actor: Actor, kit_browser: Client, episode: Episode, room: Room
) -> None:
    start = timezone.now() + timedelta(days=1)
    while working_days.holiday(dates.day_of(start)):
        start += timedelta(days=1)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    factories.session(episode=episode, room=room, period=period)
    order = factories.order(referral=episode.referral)
    agreed = {"inside": True, "reason": "agreed", "words": "Sgt Vale, on 3 March"}
    check(episode, room, *order.exclusions, period=period, **agreed)

    page = text(kit_browser.get(f"/planner/{episode.ref}/"))

    assert "Inside an excluded area (the police or the court agreed to it)." in page
    assert "Move the session" not in page
    assert UNSAID not in text(kit_browser.get("/"))


@pytest.mark.parametrize("what", ["room", "premises", "never"])
def test_a_room_that_can_no_longer_be_booked_asks_for_another(
    actor: Actor, episode: Episode, room: Room, what: str
) -> None:
    factories.session(episode=episode, room=room)
    if what == "room":
        Room.objects.update(closed_on=NOW.date())
    else:
        Premises.objects.update(**({"never_book": True} if what == "never" else {"closed_on": NOW.date()}))

    assert whys(actor) == ["the room can no longer be booked"]


def test_times_at_which_the_person_cannot_come_and_bank_holidays_are_said_too(
    actor: Actor, episode: Episode
) -> None:
    factories.session(episode=episode, number=1)
    easter = NOW + timedelta(days=34)
    factories.session(episode=episode, number=2, period=TimestamptzRange(easter, easter + timedelta(hours=1)))
    factories.busy_time(episode=episode, weekday="1", starts="14:00", ends="15:00")

    assert whys(actor) == ["the person cannot come then (work); Easter Monday is a bank holiday"]


def test_somebody_who_no_longer_works_with_the_person_holds_no_session(
    actor: Actor, session: Session, practitioner: Practitioner
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    Allocation.objects.update(practitioner=noor)

    assert whys(actor) == ["Kit Marlow no longer works with this person"]

    away(noor, cover=practitioner)
    assert whys(actor) == []  # they stand in


def test_a_last_day_after_the_session_gives_nobody_the_person_back(
    actor: Actor, session: Session, practitioner: Practitioner
) -> None:
    Allocation.objects.update(
        practitioner=factories.practitioner(account=factories.account(name="Noor Hale"))
    )
    day = session.period.lower.date()
    Practitioner.objects.filter(pk=practitioner.pk).update(left_on=day + timedelta(days=9))
    assert whys(actor) == ["Kit Marlow no longer works with this person"]

    Practitioner.objects.filter(pk=practitioner.pk).update(left_on=day)
    assert whys(actor) == ["Kit Marlow has left by then"]


def test_an_assessment_is_asked_about_like_a_session(
    actor: Actor, episode: Episode, practitioner: Practitioner, room: Room
) -> None:
    away(practitioner)
    row = factories.assessment(episode=episode, room=room)
    order = factories.order(referral=episode.referral)

    (one,) = found(actor)

    assert one.words == f"the assessment cannot be held as planned: Kit Marlow is away then; {UNSAID}"
    assert (one.route, one.ref, one.clock) == (
        "assessments:move",
        row.ref,
        "Thursday 5 March 2026, 5:30pm",
    )
    Leave.objects.update(removed_at=NOW, removed_by="carol")
    check(episode, room, *order.exclusions)
    assert found(actor) == ()


@pytest.mark.parametrize("asked", [False, True])
def test_a_place_that_is_on_no_list_is_asked_about(actor: Actor, episode: Episode, *, asked: bool) -> None:
    place = {"how": "elsewhere", "elsewhere": "The town hall", "elsewhere_reason": "No room is free"}
    factories.assessment(episode=episode, **place)
    order = factories.order(referral=episode.referral)
    if asked:
        check(episode, None, *order.exclusions)

    assert whys(actor) == ([] if asked else [UNSAID])


def test_an_assessment_that_nobody_is_named_for_needs_nobody_to_be_free(
    actor: Actor, episode: Episode
) -> None:
    factories.assessment(episode=episode, practitioner=None)

    assert whys(actor) == []


def test_whoever_moves_no_meeting_is_not_asked(
    actor: Actor, session: Session, practitioner: Practitioner
) -> None:
    away(practitioner)

    assert found(replace(actor, role=Role.SUPERVISOR)) == ()


def ahead(episode: Episode, *, days: int = 1, **fields: Any) -> Session:
    """A session that lies ahead of today."""
    start = timezone.now() + timedelta(days=days)
    return factories.session(
        episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)), **fields
    )


def all_week(practitioner: Practitioner, **fields: Any) -> Leave:
    today = timezone.localdate()
    return away(practitioner, days=DateRange(today, today + timedelta(days=7)), **fields)


def test_to_do_and_the_service_today_ask_for_it(
    kit_browser: Client, manager: Client, episode: Episode, practitioner: Practitioner
) -> None:
    row = ahead(episode)
    all_week(practitioner)

    for browser, address in ((kit_browser, "/"), (manager, "/team-to-do/")):
        page = browser.get(address)
        assert "Robin Example : session 1 cannot be held as planned" in text(page)
        assert f'href="/rescheduling/{row.ref}/move/"' in page.content.decode()
    assert "Meetings that cannot be held as planned 1 late 1" in text(manager.get("/service/"))


def test_who_stands_in_is_asked_too(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    noor = factories.account(name="Noor Hale")
    cover = factories.practitioner(account=noor)
    ahead(episode)
    leave = all_week(practitioner, cover=cover)
    Allocation.objects.create(episode=episode, practitioner=cover, leave=leave, made_by="carol", made_at=NOW)

    page = text(signed_in(account=noor).get("/"))

    assert "cannot be held as planned" in page
    assert "Kit Marlow is away then" in page


@pytest.mark.parametrize("number", [1, 6])
def test_my_day_costs_the_same_queries_however_much_is_to_be_moved(
    kit_browser: Client,
    practitioner: Practitioner,
    episode: Episode,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    room = factories.room()
    others = [
        factories.episode(referral=factories.referral(), practitioner=practitioner) for _ in range(number - 1)
    ]
    for one, other in enumerate([episode, *others]):
        factories.order(referral=other.referral)
        ahead(other, days=one + 1, room=room)
    all_week(practitioner, cover=factories.practitioner(account=factories.account(name="Noor Hale")))

    with django_assert_num_queries(26):
        page = text(kit_browser.get("/"))
    assert page.count("cannot be held as planned") == number


def test_the_answer_to_leave_that_is_noted_lists_whom_it_hits(
    manager: Client, episode: Episode, practitioner: Practitioner, room: Room
) -> None:
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    row = ahead(episode, room=room)
    ahead(episode, number=2, days=30)
    appointed = factories.assessment(
        episode=factories.episode(referral=factories.referral(given_names="Sam"), practitioner=practitioner),
        period=TimestamptzRange(row.period.upper, row.period.upper + timedelta(hours=1)),
    )
    day, form = timezone.localdate(), {"kind": "sick", "cover": noor.ref}
    form |= {f"hold_{one.ref}": "ring" for one in (row, appointed)}
    for name, on in (("first", day), ("last", day + timedelta(days=3))):
        form |= {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}

    answer = manager.post(f"/leave/{practitioner.ref}/add/", form, follow=True)

    page, said = text(answer), answer.content.decode()
    assert "Meetings given to colleagues: 0." in page
    assert f"Session 1, {room.name} Kit Marlow. Noor Hale is covering" in page
    assert "Assessment, By video" in page
    assert "Sam Example" in page
    assert "Session 2" not in page
    for address in (f"/rescheduling/{row.ref}/move/", f"/sessions/{row.ref}/prepare/"):
        assert f'href="{address}"' in said
    for address in (f"/assessments/{appointed.ref}/move/", f"/assessments/{appointed.ref}/"):
        assert f'href="{address}"' in said


def test_the_page_of_leave_reads_no_meeting_of_another_day(
    manager: Client, episode: Episode, practitioner: Practitioner
) -> None:
    within, _ = ahead(episode), ahead(episode, number=2, days=30)
    all_week(practitioner)
    read: list[str] = []

    def note(instance: Session, **_: object) -> None:
        read.append(instance.ref)

    post_init.connect(note, sender=Session)
    try:
        page = text(manager.get("/leave/"))
    finally:
        post_init.disconnect(note, sender=Session)

    assert "Robin Example" in page
    assert read == [within.ref]


def test_the_page_of_leave_names_nobody_whom_the_manager_may_not_see(
    manager: Client, episode: Episode, practitioner: Practitioner
) -> None:
    ahead(episode)
    all_week(practitioner)
    before = text(manager.get("/leave/"))
    Restriction.objects.create(case=episode.referral.ref, reason="x", made_by="carol", made_at=NOW)
    after = text(manager.get("/leave/"))

    assert "Robin Example" in before
    assert "Robin" not in after
    assert "No meeting with a person you can see" in after
    assert "cannot be held as planned" not in text(manager.get("/team-to-do/"))


NOTICE = payloads.OrderNotice(
    order="token",
    event="made",
    on=date(2026, 2, 3),
    kind="full",
    made_on=date(2026, 2, 2),
    served_on="",
    ends_on="",
    hearing_on="",
    requirements=(),
    exclusions=("The area on the court’s map A",),
    told_at=NOW,
)


def receive(episode: Episode, notice: payloads.OrderNotice = NOTICE) -> None:
    received = Received(notice, episode.referral.thread, factories.POLICE, NOW, actors.post())
    with transaction.atomic():
        orders.receive(received)


def read(browser: Client, episode: Episode) -> str:
    episode.referral.refresh_from_db()
    sent = {"version": episode.referral.version}
    return text(browser.post(f"/referrals/{episode.referral.ref}/read/", sent, follow=True))


def test_an_order_that_the_police_tell_is_to_be_read_like_an_amendment(
    kit_browser: Client, episode: Episode
) -> None:
    receive(episode)

    told = "Robin Example : the police sent details of an order: read it, and look at what is planned"
    assert told in text(kit_browser.get("/"))
    assert "The police sent details of an order Read what they told" in text(
        kit_browser.get(f"/episodes/{episode.ref}/")
    )
    page = kit_browser.get(f"/referrals/of/{episode.ref}/")
    assert "Their changes are shown below" not in text(page)
    assert f'href="/orders/of/{episode.ref}/"' in page.content.decode()
    assert "Noted in the history" in read(kit_browser, episode)
    assert told not in text(kit_browser.get("/"))
    assert "The police sent details of an order" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_a_newer_notice_is_read_anew_and_an_older_one_is_not(kit_browser: Client, episode: Episode) -> None:
    receive(episode)
    read(kit_browser, episode)

    receive(episode, replace(NOTICE, told_at=NOW - timedelta(days=1)))
    older = text(kit_browser.get("/"))
    receive(episode, replace(NOTICE, event="ended", told_at=NOW + timedelta(days=1)))
    newer = text(kit_browser.get("/"))

    assert (
        "the police sent details of an order" in older,
        "the police sent details of an order" in newer,
    ) == (False, True)


def test_a_page_from_before_the_order_says_nothing_of_it_was_read(
    kit_browser: Client, episode: Episode
) -> None:
    receive(episode)
    episode.referral.refresh_from_db()
    before = episode.referral.version
    receive(episode, replace(NOTICE, order="another"))

    answer = kit_browser.post(f"/referrals/{episode.referral.ref}/read/", {"version": before}, follow=True)

    assert "Read it once more" in text(answer)
    assert "the police sent details of an order" in text(kit_browser.get("/"))


@pytest.mark.parametrize(
    ("others", "sentence", "title"),
    [
        (
            ["amended"],
            "the police sent details of an order, and the referral was amended: read it",
            "The referrer changed the referral; the police sent details of an order",
        ),
        (
            ["withdrawn"],
            "the referrer withdrew the referral, and the police sent details of an order: read it and decide",
            "The referrer withdrew the referral; the police sent details of an order",
        ),
        (
            ["withdrawn", "amended"],
            "the referrer withdrew the referral, and the police sent details of an order: read it and decide",
            "The referrer withdrew the referral, and changed it; the police sent details of an order",
        ),
    ],
)
def test_an_order_beside_what_the_referrer_did_is_named_with_it(
    kit_browser: Client, episode: Episode, others: list[str], sentence: str, title: str
) -> None:
    receive(episode)
    for what in others:
        episode.referral.happened(what, by="", at=NOW)  # type: ignore[arg-type]  # a code

    assert sentence in text(kit_browser.get("/"))
    assert title in text(kit_browser.get(f"/episodes/{episode.ref}/"))


def test_an_order_of_somebody_who_waits_for_a_decision_asks_nobody_to_read_it(police: object) -> None:
    waiting = factories.referral()

    received = Received(NOTICE, waiting.thread, factories.POLICE, NOW, actors.post())
    with transaction.atomic():
        orders.receive(received)

    waiting.refresh_from_db()
    assert waiting.unread_since is None
    assert waiting.happenings.get().what == "order_told"


def test_a_move_to_the_same_time_answers_about_the_place(
    kit_browser: Client, episode: Episode, room: Room
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    while not working_days.is_working(day):
        day += timedelta(days=1)
    start = datetime.combine(day, time(14), LONDON)
    row = factories.session(
        episode=episode, room=room, period=TimestamptzRange(start, start + timedelta(hours=1))
    )
    factories.order(referral=episode.referral)
    form = {
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "at": "2pm",
        "scope": "one",
        "room": room.ref,
        "inside": "outside",
        "asked_by": "justice",
        "why": "court",
        "form_version": "1",
        "form_submission": "decision",
    }

    before = text(kit_browser.get("/"))
    shown = kit_browser.post(f"/rescheduling/{row.ref}/move/", form)
    kit_browser.post(f"/rescheduling/{row.ref}/move/", {**form, "confirm": button(shown, "confirm")})
    after = text(kit_browser.get("/"))

    assert (UNSAID in before, UNSAID in after) == (True, False)
