"""A concern stays open until someone who leads the work says what came of it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.concerns import commands
from desist.programme.concerns.models import Concern
from desist.programme.concerns.states import TRANSITIONS, Outcome, State, state_of
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

FORM = {"outcome": "acted", "words": "Police spoke with him on Tuesday.", "form_submission": "sent-once"}
WHY = {"untaken_reason": "Reached the duty sergeant by telephone at 15:05."}


@pytest.fixture
def concern(session: Session) -> Concern:
    """Acknowledged by the other side, and open."""
    return factories.concern(session=session, acknowledged_at=factories.NOW + timedelta(minutes=9))


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_a_manager_or_supervisor_closes_a_concern_with_what_came_of_it(
    signed_in: Callable[..., Client], concern: Concern, role: Role
) -> None:
    leader = factories.account(name="Ola Reed")
    browser = signed_in(role=role, account=leader)

    answer = browser.post(f"/concerns/{concern.ref}/close/", FORM, follow=True)

    assert "The concern is closed." in text(answer)
    assert "Police or another service acted on it Police spoke with him on Tuesday." in text(answer)
    concern.refresh_from_db()
    assert (concern.outcome, concern.closed_by) == (Outcome.ACTED, leader.ref)
    assert AuditEvent.objects.filter(action="programme.close_concern", allowed=True, who=leader.ref).exists()


def test_an_open_concern_leaves_people_and_my_day_once_it_is_closed(
    manager: Client, concern: Concern
) -> None:
    before = [text(manager.get(address)) for address in ("/", "/episodes/")]
    manager.post(f"/concerns/{concern.ref}/close/", FORM)
    after = [text(manager.get(address)) for address in ("/", "/episodes/")]

    assert "close the concern" in before[0]
    assert "Open concern" in before[1]
    assert "close the concern" not in after[0]
    assert "Open concern" not in after[1]


def test_a_concern_that_nobody_took_up_closes_only_with_a_reason(manager: Client, session: Session) -> None:
    concern = factories.concern(session=session)

    refused = manager.post(f"/concerns/{concern.ref}/close/", FORM)
    manager.post(f"/concerns/{concern.ref}/close/", {**FORM, **WHY})

    assert refused.status_code == 422
    assert "Police spoke with him on Tuesday." in text(refused)
    concern.refresh_from_db()
    assert concern.untaken_reason == WHY["untaken_reason"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_whoever_leads_closes_nothing_that_nobody_took_up_without_saying_why(
    session: Session, role: Role
) -> None:
    concern = factories.concern(session=session)
    before = Concern.objects.values().get()
    leader = Actor(who="ola", role=role, area=factories.AREA, correlation=uuid.uuid4())
    closing = commands.Closing(Outcome.ACTED, "Police spoke with him on Tuesday.", "")

    with pytest.raises(Refused, match="Nobody on the other side"):
        commands.close(actor=leader, ref=concern.ref, closing=closing, at=factories.NOW)

    assert Concern.objects.values().get() == before
    refused = AuditEvent.objects.get(action="programme.close_concern")
    assert (refused.allowed, refused.who) == (False, "ola")


def test_the_database_too_keeps_an_untaken_concern_from_closing_without_a_reason(session: Session) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.concern(
            session=session, outcome="acted", closing_words="x", closed_by="carol", closed_at=factories.NOW
        )


def test_the_second_of_two_who_close_is_told_and_keeps_the_words(manager: Client, concern: Concern) -> None:
    for _ in range(2):  # a double click
        assert manager.post(f"/concerns/{concern.ref}/close/", FORM).status_code == 302

    answer = manager.post(f"/concerns/{concern.ref}/close/", {**FORM, "words": "My own words"})

    assert answer.status_code == 422
    assert "A colleague closed this concern first" in text(answer)
    assert "My own words" in text(answer)
    concern.refresh_from_db()
    assert concern.closing_words == FORM["words"]


def test_a_practitioner_does_not_close_a_concern(kit_browser: Client, concern: Concern) -> None:
    assert kit_browser.get(f"/concerns/{concern.ref}/close/").status_code == 403
    assert "Close the concern" not in text(kit_browser.get("/concerns/"))


def test_the_two_moments_of_a_concern_say_its_state_and_only_steps_of_the_table_happen() -> None:
    moments = (None, factories.NOW)

    states = {state_of(acknowledged_at=one, closed_at=two) for one in moments for two in moments}

    assert states == set(State)
    assert TRANSITIONS[State.CLOSED] == ()
