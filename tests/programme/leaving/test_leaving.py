"""How someone leaves: who is told what, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.leaving.confirming import confirmed
from tests.programme.reading import text

from desist.desk.duty.commands import NotANumber
from desist.keys import sitekeys
from desist.post import own, seal
from desist.post.models import Outbox
from desist.programme.episodes import states as episodes
from desist.programme.episodes.models import Episode
from desist.programme.leaving import commands, hold
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import BY, TRANSITIONS, TREE, Ending, Reason, State
from desist.programme.sessions.models import Session
from desist.programme.sessions.progress import attended, tell_progress
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NOW = timezone.now()
UNTIL = hold.tellable_from(decided_at=NOW)
WITHDREW = {
    "by": "person",
    "person_reason": "withdrew",
    "contact": "01632 960 009",
    "note": "Said so by text.",
    "form_version": "1",
    "form_submission": "one-leaving",
}
DESELECTED = {
    "by": "service",
    "service_reason": "conduct",
    "service_contact": "01632 960 009",
    "note": "Shouted at staff.",
    "form_version": "1",
    "form_submission": "one-leaving",
}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def boss(actor: Actor) -> Actor:
    """A manager."""
    return Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def tomorrow(episode: Episode) -> Session:
    """A session that begins while a deselection of today is held."""
    start = NOW + timedelta(minutes=20)
    return factories.session(episode=episode, number=2, period=TimestamptzRange(start, start + HOUR))


@pytest.fixture
def next_week(episode: Episode) -> Session:
    start = NOW + timedelta(days=30)
    return factories.session(episode=episode, number=3, period=TimestamptzRange(start, start + HOUR))


def kinds() -> list[str]:
    return [envelope.kind for envelope in Outbox.objects.order_by("pk")]


def end(browser: Client, episode: Episode, form: dict[str, str]) -> str:
    return text(confirmed(browser, episode.ref, form))


def decide(
    actor: Actor,
    episode: Episode,
    reason: Reason,
    *,
    submission: str = "one-leaving",
    contact: str = "01632 960 009",
    at: datetime = NOW,
) -> None:
    """Someone decides it on a page that shows how the person stands now."""
    version = Episode.objects.get(pk=episode.pk).version
    commands.end(
        actor=actor,
        episode=episode.ref,
        ending=Ending(reason, "", contact),
        version=version,
        submission=submission,
        at=at,
    )


def test_every_reason_stands_in_the_tree_once() -> None:
    found = [reason for reasons in TREE.values() for reason in reasons]

    assert sorted(found) == sorted(Reason)
    assert set(BY) == set(Reason)
    assert set(TRANSITIONS) == set(State)


def test_a_withdrawal_alerts_at_once_and_waits_for_nobody(
    kit_browser: Client, episode: Episode, next_week: Session
) -> None:
    page = end(kit_browser, episode, WITHDREW)

    episode.refresh_from_db()
    next_week.refresh_from_db()
    assert (episode.state, next_week.state) == ("left", "cancelled")
    assert kinds() == ["alert", "progress-notice"]
    assert "By the person" in page


def test_a_deselection_is_held_and_nothing_shows_it(
    manager: Client, episode: Episode, tomorrow: Session, next_week: Session
) -> None:
    page = end(manager, episode, DESELECTED)

    leaving = Leaving.objects.get()
    episode.refresh_from_db()
    states = set(Session.objects.values_list("state", flat=True))
    assert (leaving.state, leaving.held_until) == ("held", UNTIL)
    assert (episode.state, states) == ("in_sessions", {"planned"})
    assert kinds() == ["alert", "place-ending"]
    assert "Nobody will be told before" in page
    assert "Decided; nobody has been told yet" in text(manager.get(f"/episodes/{episode.ref}/"))


def test_the_hold_ends_at_its_moment_and_not_a_second_before(
    manager: Client, episode: Episode, tomorrow: Session, next_week: Session
) -> None:
    end(manager, episode, DESELECTED)

    early = commands.release_due(at=UNTIL - timedelta(seconds=1))
    before = kinds()
    on_time = commands.release_due(at=UNTIL)
    again = commands.release_due(at=UNTIL)

    episode.refresh_from_db()
    tomorrow.refresh_from_db()
    next_week.refresh_from_db()
    assert (early, before, on_time, again) == (0, ["alert", "place-ending"], 1, 0)
    assert kinds() == ["alert", "place-ending", "progress-notice"]
    assert (episode.state, episode.ended_at) == ("left", UNTIL)
    # What has begun is still to be recorded.
    assert (tomorrow.state, next_week.state) == ("planned", "cancelled")


def test_an_assessment_that_is_ahead_is_cancelled_and_one_that_has_begun_is_not(
    manager: Client, episode: Episode
) -> None:
    ahead = factories.assessment(
        episode=episode, period=TimestamptzRange(UNTIL + HOUR, UNTIL + 2 * HOUR), submission="ahead"
    )
    end(manager, episode, DESELECTED)
    commands.release_due(at=UNTIL)
    ahead.refresh_from_db()
    other = factories.episode(referral=factories.referral(family_name="Other"))
    begun = factories.assessment(
        episode=other, period=TimestamptzRange(UNTIL - HOUR, UNTIL + HOUR), submission="begun"
    )
    end(manager, other, {**DESELECTED, "form_submission": "another-leaving"})
    commands.release_due(at=UNTIL)
    begun.refresh_from_db()

    assert (ahead.state, ahead.ended_reason, ahead.ended_at) == (
        "cancelled",
        "The person left the programme",
        UNTIL,
    )
    assert begun.state == "appointed"


def test_the_referrer_hears_the_stage_and_no_word_of_the_reason(
    manager: Client, episode: Episode, police_keys: sitekeys.SiteKeys
) -> None:
    end(manager, episode, DESELECTED)
    commands.release_due(at=UNTIL)

    notice = Outbox.objects.get(kind="progress-notice")
    header = seal.Header(notice.ref, own.site().name, factories.POLICE)
    by = [own.keys().public.current.sign]
    body = seal.unseal(header=header, sealed=bytes(notice.sealed), keys=[police_keys.current.seal], by=by)
    assert body.values["stage"] == "left"
    assert "conduct" not in str(body.values)


def test_a_session_made_up_counts_as_the_one_that_was_missed_and_a_pivot_does_not(
    manager: Client, episode: Episode, police_keys: sitekeys.SiteKeys
) -> None:
    for number in (number for number in range(1, 13) if number != 5):
        factories.attended(episode=episode, number=number)
    factories.missed(episode=episode, number=5)
    factories.attended(episode=episode, number=13, kind="pivot")
    before = (commands.phase(episode), attended(episode))
    later = TimestamptzRange(NOW + timedelta(weeks=20), NOW + timedelta(weeks=20, hours=1))
    factories.attended(episode=episode, number=5, kind="catch_up", period=later)

    tell_progress(episode, at=NOW)

    notice = Outbox.objects.get(kind="progress-notice")
    header = seal.Header(notice.ref, own.site().name, factories.POLICE)
    by = [own.keys().public.current.sign]
    body = seal.unseal(header=header, sealed=bytes(notice.sealed), keys=[police_keys.current.seal], by=by)
    assert before == ("during", set(range(1, 13)) - {5})
    assert commands.phase(episode) == "after_last"
    assert (body.values["attended"], body.values["planned"]) == (12, 0)
    assert "12 of 12" in text(manager.get("/episodes/"))


def test_the_person_is_told_only_after_the_hold(manager: Client, episode: Episode, actor: Actor) -> None:
    end(manager, episode, DESELECTED)
    ref = Leaving.objects.get().ref

    with pytest.raises(Refused):
        commands.tell_person(actor=actor, ref=ref, how="letter", told_at=UNTIL, at=UNTIL)
    commands.release_due(at=UNTIL)
    with pytest.raises(Refused):
        commands.tell_person(actor=actor, ref=ref, how="letter", told_at=UNTIL - HOUR, at=UNTIL + HOUR)
    for _ in range(2):  # a double click
        commands.tell_person(actor=actor, ref=ref, how="letter", told_at=UNTIL, at=UNTIL + HOUR)
    with pytest.raises(Refused, match="recorded this first"):
        commands.tell_person(actor=actor, ref=ref, how="letter", told_at=UNTIL + HOUR, at=UNTIL + HOUR)

    assert Leaving.objects.get().told_at == UNTIL


def test_the_database_too_keeps_the_hold(episode: Episode) -> None:
    faults: tuple[dict[str, Any], ...] = (
        {"held_until": None},
        {"state": "ended", "ended_at": factories.NOW},
        {"told_at": factories.NOW, "told_how": "letter", "told_by": "carol"},
    )
    for fields in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.leaving(episode=episode, **fields)


def test_whether_somebody_is_told_never_depends_on_who_stands_on_the_other_side(
    manager: Client, practitioner: object, episode: Episode
) -> None:
    alone = factories.episode(referral=factories.referral(partner="", family_name="Alone"))

    end(manager, episode, DESELECTED)
    end(manager, alone, {**DESELECTED, "form_submission": "another"})

    assert set(Leaving.objects.values_list("held_until", flat=True)) == {UNTIL}


def test_a_held_decision_is_taken_back_with_a_reason_until_its_hold_is_over(
    manager: Client, episode: Episode, actor: Actor
) -> None:
    row = factories.leaving(episode=episode, held_until=UNTIL)

    for _ in range(2):  # a double click
        page = text(manager.post(f"/leaving/{row.ref}/take-back/", {"reason": "New facts."}, follow=True))

    assert "Taken back" in page
    assert "New facts." in page
    assert commands.release_due(at=UNTIL) == 0


def test_a_hold_that_is_over_is_not_taken_back(episode: Episode, boss: Actor) -> None:
    row = factories.leaving(episode=episode, held_until=UNTIL)

    with pytest.raises(Refused):
        commands.take_back(actor=boss, ref=row.ref, reason="Late", at=UNTIL)


def test_a_withdrawal_during_the_hold_waits_for_nothing(
    kit_browser: Client, manager: Client, episode: Episode
) -> None:
    end(manager, episode, DESELECTED)

    end(kit_browser, episode, {**WITHDREW, "form_version": "2", "form_submission": "another"})

    found = dict(Leaving.objects.values_list("by", "state"))
    assert found == {"service": "taken_back", "person": "ended"}
    assert commands.release_due(at=UNTIL) == 0
    assert kinds() == ["alert", "place-ending", "alert", "progress-notice"]


def test_that_it_is_taken_back_is_told_to_the_other_side_too(
    manager: Client, episode: Episode, boss: Actor, police_keys: sitekeys.SiteKeys
) -> None:
    end(manager, episode, DESELECTED)

    commands.take_back(actor=boss, ref=Leaving.objects.get().ref, reason="A mistake", at=NOW + HOUR / 2)

    said = []
    for envelope in Outbox.objects.filter(kind="place-ending").order_by("pk"):
        body = seal.unseal(
            header=seal.Header(envelope.ref, own.site().name, factories.POLICE),
            sealed=bytes(envelope.sealed),
            keys=[police_keys.current.seal],
            by=[own.keys().public.current.sign],
        )
        until = datetime.fromisoformat(body.values["quiet_until"])
        said.append((set(body.values), body.values["stands"], until))
    fields = {"decided_at", "quiet_until", "stands"}
    assert said == [(fields, True, UNTIL), (fields, False, UNTIL)]


def test_a_leaving_sent_twice_is_recorded_once(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        end(kit_browser, episode, WITHDREW)

    assert Leaving.objects.count() == 1
    assert kinds().count("alert") == 1


@pytest.mark.parametrize("reason", [Reason.WITHDREW, Reason.CONDUCT])
def test_a_leaving_that_was_sent_once_more_before_the_first_was_answered_is_recorded_once(
    boss: Actor, actor: Actor, episode: Episode, reason: Reason
) -> None:
    who = boss if reason is Reason.CONDUCT else actor
    decide(who, episode, reason)
    before = (Leaving.objects.values().get(), Episode.objects.values().get(), kinds())

    decide(who, episode, reason, at=NOW + HOUR / 60)

    assert (Leaving.objects.values().get(), Episode.objects.values().get(), kinds()) == before


def test_other_words_in_a_leaving_that_is_sent_again_are_not_taken_for_kept(
    kit_browser: Client, episode: Episode
) -> None:
    end(kit_browser, episode, WITHDREW)

    page = end(kit_browser, episode, {**WITHDREW, "note": "She said so by telephone."})

    assert "Not saved" in page or "There is a problem" in page
    assert "She said so by telephone." in page
    assert Leaving.objects.get().note == "Said so by text."


def test_another_reason_or_number_in_a_leaving_that_was_kept_is_refused(
    actor: Actor, episode: Episode
) -> None:
    decide(actor, episode, Reason.WITHDREW)

    with pytest.raises(Refused):
        decide(actor, episode, Reason.COULD_NOT)
    with pytest.raises(Refused):
        decide(actor, episode, Reason.WITHDREW, contact="01632 960 010")

    kept = Leaving.objects.get()
    assert (kept.reason, kept.contact) == (Reason.WITHDREW, "01632 960 009")


def test_another_number_in_a_decision_that_is_held_is_refused_and_stays_on_the_page(
    manager: Client, episode: Episode
) -> None:
    end(manager, episode, DESELECTED)

    again = {**DESELECTED, "service_contact": "01632 960 010"}
    answer = confirmed(manager, episode.ref, again)

    assert "Not saved: this form was saved before with different words, which are kept" in text(answer)
    assert "01632 960 010" in answer.content.decode()


def test_what_is_held_is_not_decided_a_second_time_and_the_hold_runs_as_it_did(
    boss: Actor, episode: Episode
) -> None:
    decide(boss, episode, Reason.CONDUCT)
    before = (Leaving.objects.values().get(), Episode.objects.values().get(), kinds())

    with pytest.raises(Changed):
        decide(boss, episode, Reason.NON_ATTENDANCE, submission="another", at=NOW + timedelta(days=1))

    assert (Leaving.objects.values().get(), Episode.objects.values().get(), kinds()) == before
    assert Leaving.objects.get().held_until == UNTIL


@pytest.mark.parametrize("contact", ["", "at the mill", "01632 960 009 he knows the address"])
@pytest.mark.parametrize("reason", [Reason.WITHDREW, Reason.CONDUCT])
def test_nobody_leaves_with_an_alert_that_carries_no_number(
    boss: Actor, actor: Actor, episode: Episode, reason: Reason, contact: str
) -> None:
    before = Episode.objects.values().get()

    with pytest.raises(NotANumber):
        decide(boss if reason is Reason.CONDUCT else actor, episode, reason, contact=contact)

    assert Episode.objects.values().get() == before
    assert (Leaving.objects.exists(), kinds()) == (False, [])


def test_a_stale_page_keeps_what_was_typed(kit_browser: Client, episode: Episode) -> None:
    answer = confirmed(kit_browser, episode.ref, {**WITHDREW, "form_version": "0"})

    assert answer.status_code == 422
    assert "Said so by text." in text(answer)
    assert not Leaving.objects.exists()


def test_only_a_manager_deselects(kit_browser: Client, episode: Episode) -> None:
    answer = confirmed(kit_browser, episode.ref, DESELECTED)

    assert answer.status_code == 422
    assert not Leaving.objects.exists()


@pytest.mark.parametrize(
    ("state", "allowed"), [("waiting", False), ("allocated", False), ("in_sessions", True)]
)
def test_only_somebody_in_sessions_completes(
    kit_browser: Client, episode: Episode, state: str, allowed: bool
) -> None:
    Episode.objects.filter(pk=episode.pk).update(state=state)

    form = {"by": "completed", "form_version": "1", "form_submission": "done"}
    confirmed(kit_browser, episode.ref, form)

    episode.refresh_from_db()
    assert (episode.state == episodes.State.COMPLETED) is allowed


def test_a_person_who_left_takes_up_no_room(kit_browser: Client, manager: Client, episode: Episode) -> None:
    practitioner = episode.allocations.get().practitioner
    type(practitioner).objects.update(capacity=1)
    end(kit_browser, episode, WITHDREW)
    other = factories.episode(referral=factories.referral(family_name="Other"), state="waiting")

    form = {"practitioner": practitioner.ref, "form_version": "1", "delay": "other"}
    manager.post(f"/allocation/{other.ref}/", form)

    other.refresh_from_db()
    assert other.state == "allocated"


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_costs_the_same_however_long_its_history(
    kit_browser: Client, episode: Episode, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        factories.leaving(
            episode=episode,
            state="taken_back",
            decided_by=episode.allocations.get().practitioner.ref,
            taken_back_by=episode.allocations.get().practitioner.ref,
            taken_back_reason="New facts",
            taken_back_at=factories.NOW,
        )

    with django_assert_num_queries(8):
        kit_browser.get(f"/leaving/{episode.ref}/")
