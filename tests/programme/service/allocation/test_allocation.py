"""Who works with whom: the clock that is never paused, handing over, leaving, and standing in."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.post.models import Outbox, Partner
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation import chores, commands
from desist.programme.sessions.models import Session
from desist.programme.triage.models import Delay
from desist.references import spoken
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion, Restriction

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    """A second practitioner."""
    return factories.practitioner(account=factories.account(name="Noor Hale"))


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=uuid.uuid4())


@pytest.fixture
def waiting(practitioner: Practitioner, police: Partner) -> Episode:
    """Someone who waits, in the first fortnight."""
    return factories.episode(
        referral=factories.referral(completed_at=NOW - timedelta(days=3)), state="waiting"
    )


def allocate(manager: Client, episode: Episode, to: Practitioner, **fields: str) -> Any:
    version = Episode.objects.get(pk=episode.pk).version
    form = {"practitioner": to.ref, "form_version": str(version), **fields}
    return manager.post(f"/allocation/{episode.ref}/", form, follow=True)


def hand_over(manager: Client, whose: Practitioner, **fields: str) -> Any:
    form = {"why": "workload", "at_once": "on", "form_version": "1", **fields}
    return manager.post(f"/allocation/{whose.ref}/hand-over/", form, follow=True)


def current(episode: Episode) -> list[str]:
    rows = Allocation.objects.filter(episode=episode, ended_at=None)
    return sorted(rows.values_list("practitioner__name", flat=True))


def ahead(episode: Episode, *, days: int, number: int = 1) -> Session:
    start = NOW + timedelta(days=days)
    return factories.session(episode=episode, number=number, period=TimestamptzRange(start, start + HOUR))


def test_a_person_is_allocated_and_the_day_stays_readable(
    manager: Client, waiting: Episode, practitioner: Practitioner
) -> None:
    before = text(manager.get(f"/allocation/{waiting.ref}/"))
    page = text(allocate(manager, waiting, practitioner))

    assert "Day 3 of 14" in before
    assert current(waiting) == ["Kit Marlow"]
    assert "day 3 of 14" in page
    assert Outbox.objects.get().kind == "progress-notice"


def test_after_14_days_a_coded_reason_is_asked_once_and_the_figure_stays(
    manager: Client, practitioner: Practitioner, police: Partner
) -> None:
    late = factories.episode(
        referral=factories.referral(completed_at=NOW - timedelta(days=17)), state="waiting"
    )

    bare = allocate(manager, late, practitioner)
    page = text(allocate(manager, late, practitioner, delay="no_capacity", note="Two finish next week"))

    assert bare.status_code == 422
    assert "day 17, 3 days late: no practitioner has capacity" in page
    assert Delay.objects.get().note == "Two finish next week"


def test_somebody_whom_the_service_had_before_desist_has_a_reason_of_their_own(
    manager: Client, practitioner: Practitioner, police: Partner
) -> None:
    before = factories.episode(
        referral=factories.referral(completed_at=NOW - timedelta(days=90)), state="waiting"
    )

    page = text(allocate(manager, before, practitioner, delay="taken_over"))

    assert "taken over from before desist" in page
    assert Delay.objects.get().reason == "taken_over"


def test_a_command_too_wants_its_reasons(
    boss: Actor, episode: Episode, noor: Practitioner, police: Partner
) -> None:
    late = factories.episode(
        referral=factories.referral(completed_at=NOW - timedelta(days=17)), state="waiting"
    )
    for row in (episode, late):
        with pytest.raises(Refused):
            commands.allocate(
                actor=boss,
                ref=row.ref,
                chosen=commands.Chosen(noor.ref),
                version=1,
                submission="one",
                at=NOW,
            )


def test_a_reason_that_was_given_in_triage_is_not_asked_again(
    manager: Client, practitioner: Practitioner, police: Partner
) -> None:
    late = factories.episode(
        referral=factories.referral(completed_at=NOW - timedelta(days=17)), state="waiting"
    )
    Delay.objects.create(
        referral=late.referral, reason="staff", submission="x", recorded_by="carol", recorded_at=NOW
    )

    page = text(manager.get(f"/allocation/{late.ref}/"))
    allocate(manager, late, practitioner)

    assert "Staff absence" in page
    assert current(late) == ["Kit Marlow"]


def test_another_practitioner_takes_over_with_a_reason_and_the_sessions_that_fit(
    manager: Client, episode: Episode, noor: Practitioner
) -> None:
    free, busy, away = (
        ahead(episode, days=days, number=number) for number, days in enumerate((3, 10, 17), 1)
    )
    held = factories.attended(episode=episode, number=4)
    other = factories.episode(referral=factories.referral(), practitioner=noor)
    ahead(other, days=10)
    day = dates.day_of(NOW + timedelta(days=17))
    factories.leave(practitioner=noor, days=DateRange(day, day + timedelta(days=1)))

    page = text(allocate(manager, episode, noor, ended="workload", at_once="on"))

    for row in (free, busy, away, held):
        row.refresh_from_db()
    assert current(episode) == ["Noor Hale"]
    assert [row.practitioner.name for row in (free, busy, away, held)] == [
        *("Noor Hale", "Kit Marlow", "Kit Marlow", "Kit Marlow")
    ]
    assert "could not be moved to the new practitioner: 2" in page
    assert Allocation.objects.get(practitioner__name="Kit Marlow").reason == "workload"
    page = text(manager.get(f"/planner/{episode.ref}/"))
    assert page.count("Kit Marlow no longer works with this person.") == 2


@pytest.mark.parametrize("how", ["kept", "restricted", "full", "stale", "ended", "elsewhere"])
def test_who_may_not_is_refused_with_the_reason(
    manager: Client, boss: Actor, waiting: Episode, practitioner: Practitioner, how: str
) -> None:
    version, sentence = 1, ""
    if how == "kept":
        Exclusion.objects.create(
            case=waiting.referral.ref, account=practitioner.ref, allowed=False, made_by="x", made_at=NOW
        )
        sentence = "has declared a conflict"
    elif how == "restricted":
        Restriction.objects.create(case=waiting.referral.ref, made_by="x", made_at=NOW)
        for who in (boss.who,):
            Exclusion.objects.create(
                case=waiting.referral.ref, account=who, allowed=True, made_by="x", made_at=NOW
            )
        sentence = "is not named for this restricted case"
    elif how == "full":
        Practitioner.objects.update(capacity=0)
        sentence = "has no capacity: 0 people already"
    elif how == "stale":
        version = 0
    elif how == "ended":
        Episode.objects.update(state="left", ended_at=NOW)
    else:
        Practitioner.objects.update(area="elsewhere")
        sentence = "not listed in this area"
    expected = commands.CannotBeAllocated if sentence else Changed
    with pytest.raises(expected, match=sentence or None):
        commands.allocate(
            actor=boss,
            ref=waiting.ref,
            chosen=commands.Chosen(practitioner.ref),
            version=version,
            submission="one",
            at=NOW,
        )

    assert current(waiting) == []


def test_the_page_says_of_everybody_else_why_not(
    manager: Client, waiting: Episode, noor: Practitioner
) -> None:
    Practitioner.objects.filter(pk=noor.pk).update(trained_on=None)
    noor.arrangements.update(ended_by="carol", ended_at=NOW)

    page = text(manager.get(f"/allocation/{waiting.ref}/"))

    assert "Noor Hale’s training is not signed off. Noor Hale has no supervision in place." in page


@pytest.mark.parametrize("number", [1, 9])
def test_the_page_costs_the_same_for_a_large_team(
    manager: Client, waiting: Episode, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in range(number):
        factories.practitioner(account=factories.account(name=f"Somebody {one}"))

    with django_assert_num_queries(15):
        manager.get(f"/allocation/{waiting.ref}/")


def test_a_stale_page_allocates_nobody_and_keeps_the_choice(
    manager: Client, waiting: Episode, practitioner: Practitioner
) -> None:
    answer = allocate(manager, waiting, practitioner, form_version="0")

    assert answer.status_code == 422
    assert "A colleague changed this person" in text(answer)


def test_all_people_of_somebody_who_leaves_are_handed_over_at_once(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    second = factories.episode(referral=factories.referral(family_name="Second"), practitioner=practitioner)
    session = ahead(second, days=5)
    today = NOW.date()
    day = {"left_on-day": str(today.day), "left_on-month": str(today.month), "left_on-year": str(today.year)}

    page = text(
        hand_over(
            manager,
            practitioner,
            why="left",
            **day,
            **{f"to_{episode.ref}": noor.ref, f"to_{second.ref}": "nobody"},
        )
    )

    practitioner.refresh_from_db()
    session.refresh_from_db()
    assert practitioner.left_on == today
    assert (current(episode), current(second)) == (["Noor Hale"], [])
    assert session.practitioner == practitioner
    assert "could not be moved to the new practitioner: 1" in page
    assert "Kit Marlow has left by then" in text(manager.get(f"/planner/{second.ref}/"))
    assert "allocate a practitioner: nobody works with them" in text(manager.get("/"))


def test_nobody_is_handed_over_where_one_cannot_be(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    second = factories.episode(referral=factories.referral(), practitioner=practitioner)
    noor.capacity = 1
    noor.save()

    to = {f"to_{one.ref}": noor.ref for one in (episode, second)}
    answer = hand_over(manager, practitioner, **to)

    assert answer.status_code == 422
    assert "Nothing is changed. Noor Hale has no capacity: 1 people already." in text(answer)
    assert current(episode) == ["Kit Marlow"]


def test_people_who_came_meanwhile_are_not_forgotten(
    manager: Client, boss: Actor, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    handed = commands.HandOver({episode.ref: noor.ref}, "workload", None)
    factories.episode(referral=factories.referral(), practitioner=practitioner)

    with pytest.raises(Changed):
        commands.hand_over(actor=boss, ref=practitioner.ref, handed=handed, version=1, at=NOW)
    answer = hand_over(manager, practitioner, form_version="0")
    assert answer.status_code == 422


def test_without_leaving_nobody_yet_changes_nothing(
    boss: Actor, episode: Episode, practitioner: Practitioner
) -> None:
    handed = commands.HandOver({episode.ref: ""}, "workload", None)

    commands.hand_over(actor=boss, ref=practitioner.ref, handed=handed, version=1, at=NOW)

    assert current(episode) == ["Kit Marlow"]


def test_a_stale_hand_over_says_so(manager: Client, episode: Episode, practitioner: Practitioner) -> None:
    answer = hand_over(manager, practitioner, form_version="0", **{f"to_{episode.ref}": "nobody"})

    assert "Nothing is changed: a colleague changed Kit Marlow" in text(answer)


def test_whoever_stands_in_sees_the_people_from_the_first_day_to_the_last(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    from desist.accounts.models import Account

    browser = signed_in(account=Account.objects.get(ref=noor.ref))
    first = dates.day_of(NOW) + timedelta(days=3)
    factories.leave(practitioner=practitioner, days=DateRange(first, first + timedelta(days=2)), cover=noor)
    address = f"/episodes/{episode.ref}/"

    seen = []
    for day in range(-1, 5):
        chores.stand_in(at=NOW + timedelta(days=3 + day))
        chores.stand_in(at=NOW + timedelta(days=3 + day))
        seen.append(browser.get(address).status_code)

    assert seen == [404, 200, 200, 404, 404, 404]
    assert current(episode) == ["Kit Marlow"]
    assert "Kit Marlow" in text(signed_in().get(address))


def test_whoever_has_a_conflict_does_not_stand_in(
    episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    factories.declaration(practitioner=noor, case=episode.referral.ref)
    factories.leave(practitioner=practitioner, days=DateRange(NOW.date(), None), cover=noor)

    assert commands.stand_in(actor=actors.clock(), at=NOW) == 0


def test_whoever_has_the_person_already_does_not_stand_in_twice(
    episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    day = NOW.date() - timedelta(days=1)
    before = factories.leave(
        practitioner=practitioner, days=DateRange(day, day + timedelta(days=1)), cover=noor
    )
    Allocation.objects.create(episode=episode, practitioner=noor, leave=before, made_by="x", made_at=NOW)
    factories.leave(practitioner=practitioner, days=DateRange(NOW.date(), None), cover=noor)

    assert commands.stand_in(actor=actors.clock(), at=NOW) == 2  # the old one ends, the new one begins
    Allocation.objects.filter(leave=None).update(leave=None)
    assert commands.stand_in(actor=actors.clock(), at=NOW) == 0


def test_leave_that_is_removed_ends_the_standing_in(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    leave = factories.leave(practitioner=practitioner, days=DateRange(NOW.date(), None), cover=noor)
    commands.stand_in(actor=actors.clock(), at=NOW)
    manager.post(f"/leave/{leave.ref}/remove/")

    commands.stand_in(actor=actors.clock(), at=NOW)

    assert current(episode) == ["Kit Marlow"]


def test_one_is_current_and_the_database_says_so(
    episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    leave = factories.leave(practitioner=practitioner, cover=noor)
    for fields in ({"practitioner": noor}, {"practitioner": practitioner, "leave": leave}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Allocation.objects.create(episode=episode, made_by="x", made_at=NOW, **fields)


def test_a_declared_link_to_somebody_one_works_with_is_due_for_the_manager(
    manager: Client, episode: Episode, practitioner: Practitioner
) -> None:
    factories.declaration(practitioner=practitioner, case=episode.referral.ref)

    assert "Kit Marlow declared a link to them" in text(manager.get("/"))


def test_impossible_days_are_refused(manager: Client, practitioner: Practitioner) -> None:
    day = {"left_on-day": "31", "left_on-month": "2", "left_on-year": "2026"}

    answer = hand_over(manager, practitioner, why="left", **day)

    assert answer.status_code == 422
    assert "31 February 2026 is not a date" in text(answer)


def test_a_restricted_case_is_in_no_list_and_no_count_of_the_team(
    manager: Client, episode: Episode, practitioner: Practitioner, waiting: Episode
) -> None:
    Restriction.objects.create(case=episode.referral.ref, made_by="x", made_at=NOW)
    pages = [
        text(manager.get(address))
        for address in (
            "/team/",
            f"/team/{practitioner.ref}/",
            f"/allocation/{practitioner.ref}/hand-over/",
            f"/allocation/{waiting.ref}/",
        )
    ]

    assert episode.referral.family_name not in pages[2]
    assert "0 of 8" in pages[0]
    assert "0 of 8" in pages[1]
    assert "Nobody yet." in pages[1]
    assert "0 of 8 people" in pages[3]
    hand_over(manager, practitioner)
    assert current(episode) == ["Kit Marlow"]


def test_where_nobody_can_take_a_person_the_page_says_so(
    manager: Client, waiting: Episode, practitioner: Practitioner
) -> None:
    Practitioner.objects.update(capacity=0)

    page = text(manager.get(f"/allocation/{waiting.ref}/"))

    assert "Nobody can take this person now." in page
    assert "Who will work with this person?" not in page


def test_a_session_with_an_agenda_typed_ahead_goes_along(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    session = ahead(episode, days=5)
    Session.objects.filter(pk=session.pk).update(saved_at=NOW, saved_by="kit", agenda="1. The diary")

    hand_over(manager, practitioner, **{f"to_{episode.ref}": noor.ref})

    session.refresh_from_db()
    assert session.practitioner == noor


def test_nobody_is_handed_over_today_for_a_day_that_lies_ahead(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    ahead = dates.day_of(timezone.now()) + timedelta(days=1)
    day = {"left_on-day": str(ahead.day), "left_on-month": str(ahead.month), "left_on-year": str(ahead.year)}

    answer = hand_over(manager, practitioner, why="left", **day, **{f"to_{episode.ref}": noor.ref})

    practitioner.refresh_from_db()
    assert answer.status_code == 422
    assert "First day after they leave must be on or before" in text(answer)
    assert (current(episode), practitioner.left_on) == (["Kit Marlow"], None)


def test_a_link_declared_by_name_reaches_whoever_gives_people_out(
    manager: Client, episode: Episode, practitioner: Practitioner
) -> None:
    factories.episode(referral=factories.referral(family_name="Other"), practitioner=practitioner)

    factories.declaration(practitioner=practitioner, given_names="robin", family_name="EXAMPLE")
    page = text(manager.get("/"))

    assert "Robin Example : Kit Marlow declared a link to them" in page
    assert "Robin Other : Kit Marlow declared" not in page


def test_an_assessment_ahead_goes_along_where_the_other_is_free(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    start = timezone.now() + timedelta(days=3)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    row = factories.assessment(episode=episode, period=period)
    second = factories.episode(referral=factories.referral(family_name="Second"), practitioner=practitioner)
    later = TimestamptzRange(start + timedelta(days=1), start + timedelta(days=1, hours=1))
    stays = factories.assessment(episode=second, period=later)
    theirs = factories.episode(referral=factories.referral(family_name="Third"), practitioner=noor)
    factories.assessment(episode=theirs, period=later)

    page = text(hand_over(manager, practitioner, **{f"to_{one.ref}": noor.ref for one in (episode, second)}))

    row.refresh_from_db()
    stays.refresh_from_db()
    assert (row.practitioner, stays.practitioner) == (noor, practitioner)
    assert (
        f"Assessments to come that could not be moved to the new practitioner: 1, of {spoken(second.ref)}"
        in page
    )
    assert "Sessions to come" not in page


def test_where_nobody_follows_an_assessment_ahead_names_nobody_and_is_told(
    manager: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    start = timezone.now() + timedelta(days=3)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    row = factories.assessment(episode=episode, period=period)
    ahead(episode, days=5)
    today = dates.day_of(timezone.now())
    day = {"left_on-day": str(today.day), "left_on-month": str(today.month), "left_on-year": str(today.year)}

    asked = text(manager.get(f"/allocation/{practitioner.ref}/hand-over/"))
    answer = hand_over(manager, practitioner, why="left", **day, **{f"to_{episode.ref}": "nobody"})

    row.refresh_from_db()
    assert "Still planned: sessions 1, assessments 1." in asked
    assert (row.practitioner, row.version) == (None, 2)
    page = text(answer)
    assert "Sessions to come that could not be moved to the new practitioner: 1." in page
    assert (
        f"Assessments to come that could not be moved to the new practitioner: 1, of {spoken(episode.ref)}"
        in page
    )
    assert f'href="/assessments/of/{episode.ref}/"' in answer.content.decode()
    assert "Held by No practitioner is named" in text(manager.get(f"/assessments/{row.ref}/"))

    went = text(allocate(manager, episode, noor))
    row.refresh_from_db()
    assert row.practitioner == noor
    assert "Assessments to come" not in went
