"""The record of someone who left is finished by anyone who is still here."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange, TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.post.models import Outbox
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation import chores, commands
from desist.programme.sessions.models import Session
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=uuid.uuid4())


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    """A second practitioner, who has no room."""
    return factories.practitioner(account=factories.account(name="Noor Hale"), capacity=0)


@pytest.fixture
def unrecorded(episode: Episode) -> Session:
    """Robin left after a session that nobody recorded."""
    begun = NOW - timedelta(days=3)
    session = factories.session(episode=episode, period=TimestamptzRange(begun, begun + timedelta(hours=1)))
    factories.ended(episode=episode, state="left")
    return session


def form(to: Practitioner, **fields: str) -> dict[str, str]:
    return {"practitioner": to.ref, "ended": "left", "form_version": "1"} | fields


def browser_of(signed_in: Callable[..., Client], practitioner: Practitioner) -> Client:
    return signed_in(account=Account.objects.get(ref=practitioner.ref))


def give(boss: Actor, episode: Episode, to: Practitioner, **fields: Any) -> None:
    chosen = commands.Chosen(practitioner=to.ref, ended=fields.pop("ended", "left"))
    told: dict[str, Any] = {"version": 1, "at": NOW}
    told |= fields
    commands.finish(actor=boss, ref=episode.ref, chosen=chosen, **told)


def test_somebody_with_no_room_finishes_the_record_and_nobody_outside_hears_of_it(
    manager: Client, signed_in: Callable[..., Client], unrecorded: Session, noor: Practitioner
) -> None:
    episode = unrecorded.episode
    browser = browser_of(signed_in, noor)
    record = f"/sessions/{unrecorded.ref}/record/"
    assert browser.get(record).status_code == 404
    assert f"/allocation/{episode.ref}/finish/" in manager.get(f"/episodes/{episode.ref}/").content.decode()

    page = text(manager.post(f"/allocation/{episode.ref}/finish/", form(noor), follow=True))

    assert "They can finish and put right the record of this person." in page
    assert browser.get(record).status_code == 200
    assert "Noor Hale" in text(manager.get(f"/episodes/{episode.ref}/"))
    assert not Outbox.objects.exists()
    episode.refresh_from_db()
    assert (episode.state, episode.ended_at) == ("left", factories.NOW)
    assert AuditEvent.objects.filter(action="programme.allocate", allowed=True).exists()


def test_whoever_finishes_a_record_has_as_much_room_as_before(
    boss: Actor, manager: Client, unrecorded: Session, noor: Practitioner
) -> None:
    give(boss, unrecorded.episode, noor)
    Practitioner.objects.filter(pk=noor.pk).update(capacity=1)
    waiting = factories.episode(referral=factories.referral(completed_at=NOW), state="waiting")

    page = text(manager.get(f"/allocation/{waiting.ref}/"))

    assert "0 of 1 people" in page


def test_a_record_that_is_finished_is_put_right_once_whoever_wrote_it_has_gone(
    manager: Client,
    signed_in: Callable[..., Client],
    episode: Episode,
    practitioner: Practitioner,
    noor: Practitioner,
) -> None:
    session = factories.attended(episode=episode, saved_by=practitioner.ref, saved_at=NOW)
    factories.ended(episode=episode)
    address = f"/allocation/{episode.ref}/finish/"
    while_here = text(manager.get(address))
    refused = manager.post(address, form(noor))
    practitioner.left_on = NOW.date()
    practitioner.save()

    manager.post(address, form(noor))

    assert "Nobody needs to be found" in while_here
    assert refused.status_code == 422
    assert browser_of(signed_in, noor).get(f"/corrections/{session.ref}/correct/").status_code == 200


@pytest.mark.parametrize("left", ["an assessment", "contact after a missed session"])
def test_what_else_is_unfinished_counts_too(
    boss: Actor, episode: Episode, noor: Practitioner, left: str
) -> None:
    if left == "an assessment":
        factories.assessment(episode=episode, period=TimestamptzRange(NOW - DAY, NOW - DAY / 2))
    else:
        factories.missed(episode=episode)
    factories.ended(episode=episode)

    give(boss, episode, noor)

    assert episode.allocations.get(ended_at=None).practitioner == noor


def test_where_nothing_is_left_or_somebody_was_first_nobody_is_given_it(
    boss: Actor, episode: Episode, noor: Practitioner
) -> None:
    with pytest.raises(Changed):
        give(boss, episode, noor)  # the programme goes on
    factories.ended(episode=episode)

    with pytest.raises(Refused):
        give(boss, episode, noor)
    with pytest.raises(Changed):
        give(boss, episode, noor, version=7)

    assert Allocation.objects.filter(practitioner=noor).count() == 0


def test_it_says_why_somebody_else_no_longer_has_it(
    boss: Actor, unrecorded: Session, noor: Practitioner
) -> None:
    episode = unrecorded.episode
    with pytest.raises(Refused):
        give(boss, episode, noor, ended="")

    give(boss, episode, noor)

    assert episode.allocations.exclude(ended_at=None).get().reason == "left"


def test_nobody_works_with_a_person_and_somebody_is_found_without_a_reason(
    boss: Actor, unrecorded: Session, noor: Practitioner
) -> None:
    unrecorded.episode.allocations.update(ended_at=NOW, reason="left")

    give(boss, unrecorded.episode, noor, ended="")

    assert unrecorded.episode.allocations.get(ended_at=None).practitioner == noor


@pytest.mark.parametrize("why", ["a link", "another area"])
def test_whoever_may_not_work_with_the_person_does_not_finish_it_either(
    boss: Actor, manager: Client, unrecorded: Session, noor: Practitioner, why: str
) -> None:
    if why == "a link":
        factories.declaration(practitioner=noor, case=unrecorded.episode.referral.ref)
        assert "has declared a conflict" in text(manager.get(f"/allocation/{unrecorded.episode.ref}/finish/"))
    else:
        Practitioner.objects.filter(pk=noor.pk).update(area="elsewhere")

    with pytest.raises(commands.CannotBeAllocated):
        give(boss, unrecorded.episode, noor)


def test_a_stale_page_gives_it_to_nobody_and_keeps_the_choice(
    manager: Client, unrecorded: Session, noor: Practitioner
) -> None:
    answer = manager.post(f"/allocation/{unrecorded.episode.ref}/finish/", form(noor, form_version="0"))

    assert answer.status_code == 422
    assert "A colleague changed this person" in text(answer)
    assert not Allocation.objects.filter(practitioner=noor).exists()


def test_a_stand_in_sees_people_who_left_while_their_record_is_unfinished(
    signed_in: Callable[..., Client], unrecorded: Session, practitioner: Practitioner, noor: Practitioner
) -> None:
    browser = browser_of(signed_in, noor)
    finished = factories.episode(
        referral=factories.referral(family_name="Done"), practitioner=practitioner, state="in_sessions"
    )
    factories.attended(episode=finished, number=2, period=TimestamptzRange(NOW - 9 * DAY, NOW - 8 * DAY))
    factories.ended(episode=finished)
    days = DateRange(NOW.date() - DAY, NOW.date() + 5 * DAY)
    factories.leave(practitioner=practitioner, days=days, cover=noor)

    chores.stand_in(at=NOW)

    assert browser.get(f"/sessions/{unrecorded.ref}/record/").status_code == 200
    assert browser.get(f"/episodes/{finished.ref}/").status_code == 404


def test_a_practitioner_gives_no_record_to_anybody(
    kit_browser: Client, unrecorded: Session, noor: Practitioner
) -> None:
    address = f"/allocation/{unrecorded.episode.ref}/finish/"

    assert kit_browser.post(address, form(noor)).status_code == 403
    assert address not in kit_browser.get(f"/episodes/{unrecorded.episode.ref}/").content.decode()
