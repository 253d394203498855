"""A concern is followed: screened by another role, enquired into, decided, referred to the council, and closed."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.post.models import Outbox
from desist.programme.concerns import commands
from desist.programme.concerns.commands import Closing, Done
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.concerns.stages import Kind, Stage, Step, Way
from desist.programme.concerns.states import Outcome
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.tasks.models import Task
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = factories.NOW
SCREENING = {
    "kind": "adult",
    "result": "council",
    "words": "His mother may be at risk.",
    "form_submission": "screened-once",
}
REFERRAL = {
    "council": "Northmere council",
    "whom": "Ash Lane, duty social worker",
    "done_on-day": "3",
    "done_on-month": "3",
    "done_on-year": "2026",
    "words": "Asked for an enquiry about his mother.",
    "form_submission": "referred-once",
}
CLOSING = {"outcome": "acted", "words": "The council looks after it.", "form_submission": "closed-once"}


@pytest.fixture
def concern(session: Session) -> Concern:
    """Raised by the person's practitioner, acknowledged by the other side."""
    return factories.concern(
        session=session, kind=Kind.CHILD, raised_role=Role.PRACTITIONER, acknowledged_at=AT
    )


@pytest.fixture
def manager() -> Client:
    return staff.browser(account=factories.account(name="Ola Reed"), role=Role.MANAGER)


@pytest.fixture
def supervisor() -> Client:
    return staff.browser(account=factories.account(name="Sol Arden"), role=Role.SUPERVISOR)


def leader(role: Role = Role.MANAGER, who: str = "") -> Actor:
    """An actor of a role with an account of their own."""
    who = who or factories.account(name="Noor Hale").ref
    return Actor(who=who, role=role, area=factories.AREA, correlation=uuid.uuid4())


def take(actor: Actor, concern: Concern, step: Step, at: Any = AT, **said: Any) -> None:
    """Record a step with plain words."""
    done = Done(**{"words": "Words", "kind": "child"} | said)
    commands.take(actor=actor, ref=concern.ref, step=step, done=done, submission=str(uuid.uuid4()), at=at)


def referred(concern: Concern, actor: Actor) -> None:
    """The council has the concern."""
    take(actor, concern, Step.SCREENED, result=Way.COUNCIL)
    take(actor, concern, Step.REFERRED, council="Northmere council", whom="Ash Lane", done_on=AT.date())


def test_a_concern_goes_to_the_council_and_back(
    manager: Client, kit_browser: Client, concern: Concern
) -> None:
    address = f"/concerns/{concern.ref}/"
    assert "To be screened : Programme manager, by Wednesday 4 March 2026" in text(kit_browser.get(address))

    asked = manager.post(f"{address}screen/", SCREENING, follow=True)
    assert "To be referred to the council : you" in text(asked)
    kit_browser.post(f"{address}refer/", REFERRAL)
    page = text(kit_browser.get(address))
    assert "Waiting for the council : you, by Wednesday 4 March" in page
    assert "Northmere council, 3 March 2026. Taken by Ash Lane, duty social worker" in page
    said = {"result": "assesses", "whom": "Ash Lane", "words": "They enquire.", "form_submission": "answered"}
    kit_browser.post(f"{address}answer/", said)
    manager.post(f"{address}close/", CLOSING)

    concern.refresh_from_db()
    assert (concern.kind, concern.outcome) == ("adult", Outcome.ACTED)
    steps = list(concern.steps_taken.order_by("number").values_list("step", "stage"))
    assert steps == [("screened", "referral"), ("referred", "council"), ("answered", "actions")]
    closed = text(manager.get(address))
    assert "Closed" in closed
    assert "Next step" not in closed


def test_an_enquiry_is_owed_by_the_colleague_that_was_chosen_and_the_decision_by_the_one_who_chose(
    manager: Client, kit_browser: Client, kit: Account, concern: Concern
) -> None:
    address = f"/concerns/{concern.ref}/"
    asked = {**SCREENING, "result": "enquire", "owner": kit.ref}
    asked |= {"due_on-day": "6", "due_on-month": "3", "due_on-year": "2099"}

    manager.post(f"{address}screen/", asked)
    assert "enquire into the concern" in text(kit_browser.get("/"))
    kit_browser.post(f"{address}enquire/", {"words": "The child lives elsewhere.", "form_submission": "e"})
    assert "decide what to do about the concern" in text(manager.get("/"))
    assert kit_browser.get(f"{address}decide/").status_code == 403
    manager.post(f"{address}decide/", {"result": "act", "words": "Reasons", "form_submission": "d"})

    last = concern.steps_taken.get(number=3)
    assert (last.stage, last.words) == ("actions", "Reasons")


def test_another_role_than_the_one_that_raised_it_screens(manager: Client, session: Session) -> None:
    by_manager = factories.concern(session=session, kind="staff", raised_role=Role.MANAGER)

    answer = manager.post(f"/concerns/{by_manager.ref}/screen/", SCREENING)

    assert answer.status_code == 422
    assert "a programme manager raised this concern, so another role has to screen it" in text(answer)
    assert "His mother may be at risk." in text(answer)
    assert "Screen the concern" not in text(manager.get(f"/concerns/{by_manager.ref}/"))


def test_nobody_screens_their_own_concern_in_another_role(session: Session) -> None:
    actor = leader(Role.SUPERVISOR)
    own = factories.concern(session=session, kind="staff", raised_role=Role.PRACTITIONER)
    Concern.objects.update(raised_by=actor.who)

    with pytest.raises(Refused, match="another person has to screen it"):
        take(actor, own, Step.SCREENED, result=Way.NOTHING)


def test_of_two_screenings_at_once_one_counts_and_the_other_is_told(
    manager: Client, supervisor: Client, concern: Concern
) -> None:
    address = f"/concerns/{concern.ref}/screen/"
    for _ in range(2):  # a double click
        assert manager.post(address, SCREENING).status_code == 302

    other = {**SCREENING, "result": "nothing", "words": "My own words", "form_submission": "other"}
    answer = supervisor.post(address, other)

    assert answer.status_code == 422
    assert "Not saved: Ola Reed was first (screened" in text(answer)
    assert "The concern is now to be referred to the council" in text(answer)
    assert "My own words" in text(answer)
    assert ConcernStep.objects.count() == 1


def test_a_colleague_who_may_not_see_the_concern_is_not_given_the_enquiry(concern: Concern) -> None:
    actor = leader()

    with pytest.raises(Refused, match="Choose another colleague"):
        take(actor, concern, Step.SCREENED, result=Way.ENQUIRE, owner="stranger", due_on=date(2026, 3, 9))

    assert not ConcernStep.objects.exists()


def test_a_step_out_of_turn_is_refused_with_what_the_concern_is_now(concern: Concern) -> None:
    with pytest.raises(Refused, match="this concern is to be screened"):
        take(leader(), concern, Step.DECIDED, result=Way.ACT)


def test_the_alert_waits_for_no_step(kit_browser: Client, session: Session) -> None:
    form = {"kind": "life", "what": "w", "told_whom": "t", "answer": "a", "contact": "01632 960 009"}
    form |= {"told_on-day": "3", "told_on-month": "3", "told_on-year": "2026", "told_time": "2:20pm"}

    kit_browser.post(f"/concerns/{session.ref}/raise/", {**form, "form_submission": "raised"})

    raised = Concern.objects.get()
    assert (raised.kind, raised.raised_role) == ("life", "practitioner")
    assert Outbox.objects.count() == 1
    assert not ConcernStep.objects.exists()


def test_a_late_step_is_in_to_do_of_who_owes_it_and_of_those_who_lead(
    manager: Client, supervisor: Client, kit_browser: Client, concern: Concern, kit: Account
) -> None:
    browsers = (kit_browser, manager, supervisor)
    other = factories.concern(session=concern.session, kind="life", raised_at=AT + timedelta(minutes=1))
    asked = {"result": Way.ENQUIRE, "owner": kit.ref}
    take(leader(who="ola"), other, Step.SCREENED, **asked, due_on=date(2199, 1, 1))
    Concern.objects.filter(pk=concern.pk).update(kind="")
    early = [text(browser.get("/")) for browser in browsers]
    Concern.objects.filter(pk=concern.pk).update(kind="child")
    take(leader(who="ola"), concern, Step.SCREENED, **asked, due_on=AT.date())
    late = [text(browser.get("/")) for browser in browsers]

    assert [page.count("enquire into the concern") for page in early] == [1, 0, 0]
    assert [page.count("enquire into the concern") for page in late] == [2, 1, 1]
    assert f"{kit.name}: Robin Example : enquire into the concern" in late[1]
    assert f"{kit.name}:" not in late[0]


def test_a_step_owed_by_a_colleague_who_left_is_with_those_who_lead(
    manager: Client, concern: Concern
) -> None:
    take(leader(who="gone"), concern, Step.SCREENED, result=Way.COUNCIL, due_on=date(2199, 1, 1))

    assert "has left: another colleague has to do this" in text(manager.get("/"))


def test_a_silent_council_is_chased_by_name_and_closed_by_a_manager_alone_with_a_reason(
    manager: Client, supervisor: Client, concern: Concern, kit_browser: Client
) -> None:
    referred(concern, leader())
    assert "chase Northmere council: no decision about the concern yet" in text(manager.get("/"))
    chased = {"result": "nobody", "words": "Rang three times.", "form_submission": "chased"}
    chased |= {"due_on-day": "9", "due_on-month": "3", "due_on-year": "2099"}
    kit_browser.post(f"/concerns/{concern.ref}/chase/", chased)
    last = concern.steps_taken.latest("number")
    assert (last.stage, last.council, last.owner) == (
        "council",
        "Northmere council",
        concern.steps_taken.get(number=2).owner,
    )
    close = f"/concerns/{concern.ref}/close/"

    by_supervisor = supervisor.post(close, {**CLOSING, "council_reason": "It never answered."})
    without = manager.post(close, CLOSING)
    manager.post(close, {**CLOSING, "council_reason": "It never answered."})

    assert "ask a manager to close the concern" in text(by_supervisor)
    assert without.status_code == 422
    concern.refresh_from_db()
    assert concern.council_reason == "It never answered."
    assert "The council had not decided: It never answered." in text(manager.get(f"/concerns/{concern.ref}/"))


def test_the_command_too_asks_why_a_council_that_is_silent_is_let_go(concern: Concern) -> None:
    actor = leader()
    referred(concern, actor)

    with pytest.raises(Refused, match="has not said what it decided"):
        commands.close(actor=actor, ref=concern.ref, closing=Closing(Outcome.ACTED, "Done", ""), at=AT)


def test_a_concern_closes_with_no_open_action_alone(manager: Client, concern: Concern) -> None:
    take(leader(), concern, Step.SCREENED, result=Way.ACT)
    action = {"words": "Ring the school", "due_on-day": "6", "due_on-month": "3", "due_on-year": "2099"}
    given = manager.get(f"/tasks/give/{concern.ref}/")
    action |= {"to": given.wsgi_request.actor.who, "form_submission": "given"}  # type: ignore[attr-defined]
    assert "Ring the school" in text(manager.post(f"/tasks/give/{concern.ref}/", action, follow=True))

    refused = manager.post(f"/concerns/{concern.ref}/close/", CLOSING)
    manager.post(f"/tasks/{Task.objects.get().ref}/done/")
    closed = manager.post(f"/concerns/{concern.ref}/close/", {**CLOSING, "form_submission": "again"})

    assert "Not closed: 1 action is still open" in text(refused)
    assert closed.status_code == 302


def test_a_concern_that_is_not_decided_is_not_closed(manager: Client, concern: Concern) -> None:
    answer = manager.post(f"/concerns/{concern.ref}/close/", CLOSING)

    assert "Not closed: this concern is still to be screened" in text(answer)
    assert f"/concerns/{concern.ref}/close/" not in manager.get("/concerns/").content.decode()


def test_what_is_over_is_over(concern: Concern) -> None:
    actor = leader()
    take(actor, concern, Step.SCREENED, result=Way.NOTHING)
    commands.close(actor=actor, ref=concern.ref, closing=Closing(Outcome.WATCHED, "Done", ""), at=AT)

    with pytest.raises(Refused, match="this concern is closed"):
        take(actor, concern, Step.REFERRED, council="c", whom="w", done_on=AT.date())


def test_an_older_concern_goes_to_the_council_and_is_owed_by_who_took_it_there(
    kit_browser: Client, session: Session, kit: Account
) -> None:
    old = factories.concern(session=session, acknowledged_at=AT)
    actor = leader(Role.PRACTITIONER, kit.ref)

    take(actor, old, Step.REFERRED, council="Northmere council", whom="Ash Lane", done_on=AT.date())
    take(actor, old, Step.ANSWERED, result="nothing", whom="Ash Lane")

    assert list(old.steps_taken.order_by("number").values_list("owner", flat=True)) == [kit.ref, kit.ref]
    assert "Actions, then to be closed" in text(kit_browser.get(f"/concerns/{old.ref}/"))


def test_concerns_are_counted_by_kind_and_listed_by_it(manager: Client, session: Session) -> None:
    for kind in ("child", "child", "life"):
        factories.concern(
            session=session,
            kind=kind,
            raised_at=AT + timedelta(minutes=len(kind), seconds=Concern.objects.count()),
        )
    factories.concern(session=session, raised_at=AT - timedelta(hours=1), what="Older")

    page = text(manager.get("/service/"))
    listed = text(manager.get("/concerns/?kind=life"))

    assert "A child 2 " in page
    assert "Threat to life 1 " in page
    assert "Raised before kinds were asked for 1 " in page
    assert "Showing 1" in listed or "Older" not in listed


def test_actions_about_a_concern_go_along_when_the_person_is_given_to_a_colleague(
    manager: Client, concern: Concern, kit: Account, session: Session
) -> None:
    noor = factories.account(name="Noor Hale")
    staff.grant(account=noor, role=Role.PRACTITIONER)
    factories.practitioner(account=noor)
    task = factories.own_task(about=session.episode, case=concern.ref)
    assert task.held_by == kit.ref
    sent = {"practitioner": noor.ref, "ended": "workload", "at_once": "on"}

    manager.post(
        f"/allocation/{session.episode.ref}/", {**sent, "form_version": str(session.episode.version)}
    )

    task.refresh_from_db()
    assert task.held_by == noor.ref


def test_who_looked_at_a_concern_is_recorded(kit_browser: Client, concern: Concern, kit: Account) -> None:
    kit_browser.get(f"/concerns/{concern.ref}/")

    assert AuditEvent.objects.filter(action="programme.see_concern", who=kit.ref, allowed=True).exists()


def test_nothing_of_a_step_leaves_the_programme(concern: Concern) -> None:
    referred(concern, leader())

    assert Outbox.objects.count() == 0
    assert Stage(concern.steps_taken.latest("number").stage) is Stage.COUNCIL
