"""What was held before anyone planned it here is entered, and nobody outside hears of it before it is recorded."""

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.calendar.late_entries.saying import CAME, NOW, TODAY, enter, form, hold, span, was
from tests.programme.reading import text
from tests.programme.returned import answer

from desist import working_days
from desist.keys import sitekeys
from desist.post import own, seal
from desist.post.models import Outbox
from desist.programme import clocks
from desist.programme.calendar.late_entries import commands as held
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal
from desist.programme.episodes.models import Episode
from desist.programme.service.returns.facts import Period
from desist.programme.service.returns.queries import LATE_CHANGES
from desist.programme.sessions.models import Session
from desist.programme.sessions.reached import UNCONTACTED
from desist.programme.sessions.states import Kind
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

#: stage, sessions attended and planned, as the police were told, the oldest first
Told = Callable[[], list[tuple[str, int, int]]]
MISSED = {"attendance": "missed", "missed_reason": "no_word", "whose_reason": "person"}


@pytest.fixture
def allocated(episode: Episode) -> Episode:
    """Robin, allocated and with nothing planned: the work began before it was planned here."""
    Episode.objects.filter(pk=episode.pk).update(state="allocated")
    episode.refresh_from_db()
    return episode


@pytest.fixture
def told(police_keys: sitekeys.SiteKeys) -> Told:
    """What the police were told of how far someone is."""

    def told() -> list[tuple[str, int, int]]:
        found = []
        for one in Outbox.objects.filter(kind="progress-notice").order_by("pk"):
            header = seal.Header(one.ref, own.site().name, factories.POLICE)
            by = [own.keys().public.current.sign]
            keys = [police_keys.current.seal]
            said = seal.unseal(header=header, sealed=bytes(one.sealed), keys=keys, by=by).values
            found.append((str(said["stage"]), int(said["attended"]), int(said["planned"])))
        return found

    return told


def finish(browser: Client, session: Session, record: dict[str, str]) -> None:
    """Write a record and finish it."""
    session.refresh_from_db()
    browser.post(f"/sessions/{session.ref}/record/", {**record, "form_version": str(session.version)})
    answer = browser.post(f"/sessions/{session.ref}/finish/", {"form_version": str(session.version + 1)})
    assert answer.status_code == 302


def test_sessions_that_were_held_before_desist_are_entered_one_by_one_and_the_plan_goes_on_from_there(
    kit_browser: Client, episode: Episode
) -> None:
    Episode.objects.filter(pk=episode.pk).update(state="allocated")
    fields = {"why": "before", "words": ""}
    for number in (1, 2):
        sent = form(40 - 7 * number, which=f"core-{number}", form_submission=f"entry {number}", **fields)
        answer = kit_browser.post(f"/late-entries/{episode.ref}/enter/", sent, follow=True)
        assert f"Session {number} is entered." in text(answer)

    episode.refresh_from_db()
    rows = list(episode.sessions.order_by("number"))
    assert [one.period for one in rows] == [span(33, 14, 60), span(26, 14, 60)]
    assert {one.state for one in rows} == {"planned"}
    assert all(one.about for one in rows)
    page = text(kit_browser.get(f"/planner/{episode.ref}/"))
    assert "Plan the twelve sessions" in page
    assert "Session 2: entered afterwards by Kit Marlow" in page
    assert "Held before the service used Desist." in page

    day = TODAY + timedelta(days=7)
    wish = planner.Wish(day, time(10), None, planner.Place(None))
    proposed = planner.propose(episode=episode, wish=wish, at=NOW)
    assert [one.number for one in proposed] == list(range(3, 13))
    planned = {**form(-7), "first-day": str(day.day), "first-month": str(day.month)}
    planned |= {"first-year": str(day.year), "at": "10am", "minutes": "", "form_version": "1"}
    seen = {"confirm": proposal.fingerprint(proposed)}
    answer = kit_browser.post(f"/planner/{episode.ref}/plan/", {**planned, **seen})
    assert (answer.status_code, episode.sessions.count()) == (302, 12)


def test_an_entered_session_is_recorded_as_any_other_and_may_be_of_before_the_acceptance(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    enter(actor, episode, 1, was(60))
    row = episode.sessions.get()

    kit_browser.post(f"/sessions/{row.ref}/record/", {**CAME, "form_version": "1"})
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
    assert f"/rescheduling/{row.ref}/cancel/" in planner_page
    assert f"/rescheduling/{begun.ref}/cancel/" not in planner_page
    assert "cannot be cancelled" not in text(kit_browser.get(f"/rescheduling/{row.ref}/cancel/"))

    Session.objects.filter(pk=row.pk).update(attendance="attended")
    refused = kit_browser.post(f"/rescheduling/{row.ref}/cancel/", {**sent, "form_submission": "first"})
    assert "Not cancelled: it has begun" in text(refused)
    assert (
        f"/rescheduling/{row.ref}/cancel/" not in kit_browser.get(f"/planner/{episode.ref}/").content.decode()
    )
    Session.objects.filter(pk=row.pk).update(attendance="")
    taken_back = kit_browser.post(f"/rescheduling/{row.ref}/cancel/", {**sent, "form_submission": "second"})

    row.refresh_from_db()
    assert (taken_back.status_code, row.state) == (302, "cancelled")
    assert answer(LATE_CHANGES, Period(TODAY - timedelta(days=20), TODAY)) == []
    enter(actor, episode, 5, was(12), decision="rightly")


def test_what_was_missed_before_the_work_began_here_starts_no_clock(
    actor: Actor, kit_browser: Client, signed_in: Callable[..., Client], episode: Episode, begun: Session
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    late = (TODAY - working_days.before(TODAY, clocks.FOLLOW_UP_DAYS + 1)).days
    for number, ago in ((2, 150), (3, late)):
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
    assert "No contact has been recorded" in text(kit_browser.get(f"/sessions/{lately.ref}/"))
    assert "No contact has been recorded" not in text(kit_browser.get(f"/sessions/{long_ago.ref}/"))


def test_the_same_entry_twice_enters_once_and_no_number_is_entered_again(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    factories.attended(episode=episode, number=2, period=span(3))
    enter(actor, episode, 1, was(10))
    enter(actor, episode, 1, was(10))
    assert episode.sessions.count() == 2

    for number in (1, 2):
        with pytest.raises(Refused, match="since been held, missed or planned"):
            enter(actor, episode, number, was(9), decision=f"again {number}")
    refused = kit_browser.post(f"/late-entries/{episode.ref}/enter/", form(9, which="core-2", why="before"))
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

    with pytest.raises(Refused, match="in the future"):
        enter(actor, episode, 1, was(-1))
    with pytest.raises(Refused, match="before the work with the person began"):
        enter(actor, episode, 1, was(1200))
    sent = form(10, which="core-1", why="before", words="Paper file")
    refused = kit_browser.post(f"/late-entries/{episode.ref}/enter/", sent)

    assert refused.status_code == 422
    assert "No session can have been held on" in text(refused)
    assert "Paper file" in text(refused)
    assert episode.sessions.count() == 1


def test_nothing_is_entered_for_somebody_with_whom_nobody_works(
    actor: Actor, signed_in: Callable[..., Client], episode: Episode
) -> None:
    episode.allocations.update(ended_at=NOW)
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    refused = manager.post(f"/late-entries/{episode.ref}/enter/", form(9, which="core-1", why="before"))

    assert refused.status_code == 422
    assert "This person has no practitioner" in text(refused)


def test_once_all_twelve_are_there_only_what_is_beside_them_is_left_to_enter(
    kit_browser: Client, episode: Episode
) -> None:
    for number in range(1, 13):
        factories.attended(episode=episode, number=number, period=span(100 - 7 * number))

    page = text(kit_browser.get(f"/late-entries/{episode.ref}/enter/"))
    assert "You can still enter an urgent session. " in page
    assert "Catch-up of session" not in page
    assert "Plan the twelve sessions" not in text(kit_browser.get(f"/planner/{episode.ref}/"))


@pytest.mark.parametrize("record", [CAME, MISSED])
def test_nobody_outside_hears_of_an_entry_before_its_record_is_finished(
    actor: Actor,
    kit_browser: Client,
    allocated: Episode,
    told: Told,
    record: dict[str, str],
) -> None:
    attended = int(record == CAME)
    for number, ago in ((1, 33), (2, 26)):
        enter(actor, allocated, number, was(ago))
    allocated.refresh_from_db()
    assert (allocated.state, allocated.version, told()) == ("allocated", 1, [])

    finish(kit_browser, allocated.sessions.get(number=1), record)

    allocated.refresh_from_db()
    assert (allocated.state, allocated.version) == ("in_sessions", 2)
    assert told() == [("in_sessions", attended, 0)]

    finish(kit_browser, allocated.sessions.get(number=2), CAME)
    allocated.refresh_from_db()
    assert (allocated.state, allocated.version) == ("in_sessions", 2)
    assert told()[1:] == [("in_sessions", attended + 1, 0)]


def test_an_entry_of_somebody_else_is_taken_back_without_a_word_to_anybody(
    actor: Actor, kit_browser: Client, allocated: Episode, told: Told
) -> None:
    enter(actor, allocated, 1, was(33))
    row = allocated.sessions.get()

    sent = {"asked_by": "practitioner", "why": "other", "words": "Another person’s", "form_version": "1"}
    assert kit_browser.post(f"/rescheduling/{row.ref}/cancel/", sent).status_code == 302

    allocated.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, allocated.state, told()) == ("cancelled", "allocated", [])


def test_once_the_sessions_have_begun_a_plan_is_told_without_what_nobody_has_recorded(
    actor: Actor, kit_browser: Client, episode: Episode, told: Told
) -> None:
    first = factories.session(episode=episode, number=4, period=span(2))
    factories.session(episode=episode, number=5, period=span(-5))
    enter(actor, episode, 3, was(9))

    finish(kit_browser, first, CAME)

    assert told() == [("in_sessions", 1, 1)]


def test_a_session_that_was_missed_and_made_up_before_is_entered_whole(
    actor: Actor, kit_browser: Client, allocated: Episode
) -> None:
    address = f"/late-entries/{allocated.ref}/enter/"
    enter(actor, allocated, 3, was(20))
    with pytest.raises(Refused, match="since been held, missed or planned"):
        enter(actor, allocated, held.EnteredSession(Kind.CATCH_UP, 3), was(15), decision="too early")
    assert "Catch-up of session 3" not in text(kit_browser.get(address))

    finish(kit_browser, allocated.sessions.get(), MISSED)
    assert "Catch-up of session 3, " in text(kit_browser.get(address))
    sent = form(15, which="catch_up-3", why="before", words="")
    answer = kit_browser.post(address, sent, follow=True)
    again = kit_browser.post(address, sent)
    twice = kit_browser.post(address, {**sent, "form_submission": "in another tab"})

    assert "Catch-up session 3 is entered." in text(answer)
    assert (again.status_code, twice.status_code) == (302, 422)
    made_up = allocated.sessions.get(kind="catch_up")
    assert (made_up.number, made_up.about) == (3, allocated.sessions.get(kind="core").about)
    finish(kit_browser, made_up, CAME)
    assert allocated.sessions.get(kind="catch_up").state == "attended"


def test_a_pivot_session_is_entered_and_numbered_as_it_comes(
    actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    factories.attended(episode=episode, number=1, kind="pivot", period=span(9))

    sent = form(6, which="pivot-0", why="unplanned", words="")
    answer = kit_browser.post(f"/late-entries/{episode.ref}/enter/", sent, follow=True)

    assert "Pivot session is entered." in text(answer)
    assert episode.sessions.get(kind="pivot", number=2).entered


def test_what_is_no_session_at_all_is_refused_and_words_are_kept(
    kit_browser: Client, episode: Episode
) -> None:
    sent = form(6, which="catch_up-7", why="before", words="Paper file")

    refused = kit_browser.post(f"/late-entries/{episode.ref}/enter/", sent)

    assert refused.status_code == 422
    assert "Choose one of the answers shown" in text(refused)
    assert "Paper file" in text(refused)


def test_every_page_of_a_session_says_that_it_was_entered_afterwards(
    actor: Actor, kit_browser: Client, episode: Episode, begun: Session
) -> None:
    enter(actor, episode, 2, was(9))
    entered = episode.sessions.get(number=2)

    assert "Entered afterwards: it was held before it was planned" in text(
        kit_browser.get(f"/sessions/{entered.ref}/")
    )
    assert "Entered afterwards" not in text(kit_browser.get(f"/sessions/{begun.ref}/"))
    for address in (f"/planner/{episode.ref}/", f"/episodes/{episode.ref}/"):
        assert text(kit_browser.get(address)).count("Entered afterwards") == 1
