"""The service's own risk form: five domains, scenarios with actions, versions that stay, and a second person's signature."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.db.utils import InternalError
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.risk.scenarios import commands
from desist.programme.risk.scenarios.models import RiskForm, RiskScenario
from desist.programme.risk.scenarios.states import TRANSITIONS, Decision, Domain, State
from desist.refusals import Changed, Refused
from desist.tasks.models import Task
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

SCENARIO = {
    "domain": "children",
    "whom": "Her two children",
    "what": "He waits at the school gate",
    "likely": "possible",
    "imminence": "weeks",
    "signs": "He asks about term dates",
    "form_submission": "one-scenario",
}
REVIEW = {"review_on-day": "3", "review_on-month": "3", "review_on-year": "2027", "form_submission": "begun"}


@pytest.fixture
def manager() -> Client:
    return staff.browser(account=factories.account(name="Ola Reed"), role=Role.MANAGER)


def leader(who: str = "noor") -> Actor:
    return Actor(who=who, role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


def offered(form: RiskForm, actor: Actor) -> None:
    """A supervisor is asked for the second signature."""
    sol = Account.objects.filter(name="Sol Arden").first() or factories.account(name="Sol Arden")
    staff.grant(account=sol, role=Role.SUPERVISOR)
    commands.offer(actor=actor, ref=form.ref, to=sol.ref, at=factories.NOW)


def signed(episode: Episode, actor: Actor, **fields: Any) -> RiskForm:
    """A version that its practitioner offered and a manager signed."""
    row = factories.risk_form(episode=episode, **fields)
    offered(row, actor)
    row.refresh_from_db()
    commands.sign(
        actor=leader(),
        ref=row.ref,
        decision=Decision.SIGN,
        reason="",
        version=row.version,
        at=factories.NOW,
    )
    row.refresh_from_db()
    return row


def test_a_form_is_begun_filled_signed_by_a_second_person_and_read(
    kit_browser: Client, manager: Client, episode: Episode
) -> None:
    assert "No risk form yet" in text(kit_browser.get(f"/scenarios/of/{episode.ref}/"))
    for _ in range(2):
        kit_browser.post(f"/scenarios/of/{episode.ref}/begin/", REVIEW)
    form = RiskForm.objects.get()
    for _ in range(2):
        kit_browser.post(f"/scenarios/{form.ref}/add/", SCENARIO)
    ola = Account.objects.get(name="Ola Reed").ref
    for _ in range(2):
        kit_browser.post(f"/scenarios/{form.ref}/offer/", {"to": ola, "form_submission": "asked"})
    assert text(manager.get("/")).count("Read and sign the risk form, version 1") == 1
    asked = Task.objects.get()
    assert "Sign or give back" in text(manager.get(f"/scenarios/scenario/{asked.case}/"))
    form.refresh_from_db()
    manager.post(
        f"/scenarios/{form.ref}/sign/",
        {"decision": "sign", "form_submission": "signed", "form_version": str(form.version)},
    )

    page = text(kit_browser.get(f"/scenarios/of/{episode.ref}/"))
    assert RiskScenario.objects.count() == 1
    asked.refresh_from_db()
    assert asked.done_by == ola
    assert "Signed by Ola Reed" in page
    assert "Possible; within weeks" in page
    assert all(str(one.label) in page for one in Domain)
    assert page.count("No scenario is written here.") == len(Domain) - 1


def test_an_action_hangs_on_its_scenario_through_every_version(
    kit_browser: Client, manager: Client, episode: Episode, actor: Actor, kit: Account
) -> None:
    first = signed(episode, actor)
    scenario = first.scenarios.get()
    action = {"words": "Ring the school", "to": kit.ref, "form_submission": "given"}
    action |= {"due_on-day": "6", "due_on-month": "3", "due_on-year": "2099"}
    kit_browser.post(f"/tasks/give/{scenario.origin}/", action)
    kit_browser.post(f"/scenarios/of/{episode.ref}/begin/", REVIEW)
    second = RiskForm.objects.get(number=2)

    assert "Ring the school" in text(kit_browser.get(f"/scenarios/{second.ref}/"))
    assert "Ring the school" in text(kit_browser.get(f"/scenarios/{first.ref}/"))
    assert "Version 2 Being written" in text(kit_browser.get(f"/scenarios/scenario/{scenario.ref}/"))
    assert Task.objects.filter(done_at=None).latest("pk").case == second.scenarios.get().origin


def test_what_no_longer_applies_stays_with_its_reason_and_is_not_taken_over(
    kit_browser: Client, episode: Episode, actor: Actor
) -> None:
    form = factories.risk_form(episode=episode, scenarios=2)
    gone = form.scenarios.earliest("pk")
    address = f"/scenarios/scenario/{gone.ref}/change/"
    said = {**SCENARIO, "over": "She moved away", "form_version": str(gone.version)}
    for _ in range(2):
        assert kit_browser.post(address, said).status_code == 302

    stale = kit_browser.post(address, {**said, "over": "Other words"})

    assert stale.status_code == 422
    assert "a colleague changed this scenario" in text(stale)
    assert "Why it no longer applies She moved away" in text(kit_browser.get(f"/scenarios/{form.ref}/"))
    offered(form, actor)
    form.refresh_from_db()
    commands.sign(actor=leader(), ref=form.ref, decision=Decision.SIGN, reason="", version=form.version, at=factories.NOW)  # fmt: skip
    kit_browser.post(f"/scenarios/of/{episode.ref}/begin/", REVIEW)
    assert RiskForm.objects.get(number=2).scenarios.count() == 1


def test_nobody_signs_what_they_wrote_themselves(episode: Episode, actor: Actor) -> None:
    form = factories.risk_form(episode=episode)
    RiskScenario.objects.update(written_by="noor")
    offered(form, actor)
    form.refresh_from_db()

    with pytest.raises(Refused, match="Another person has to read and sign it"):
        commands.sign(
            actor=leader(), ref=form.ref, decision=Decision.SIGN, reason="", version=form.version, at=factories.NOW
        )  # fmt: skip

    form.refresh_from_db()
    assert form.state == State.OFFERED


def test_a_form_that_is_given_back_is_in_to_do_with_its_reason(
    kit_browser: Client, manager: Client, episode: Episode, actor: Actor
) -> None:
    form = factories.risk_form(episode=episode)
    offered(form, actor)
    form.refresh_from_db()
    back = {"decision": "return", "reason": "Say when he would come", "form_version": str(form.version)}
    for _ in range(2):
        assert manager.post(f"/scenarios/{form.ref}/sign/", back).status_code == 302

    assert "the risk form was given back: change it" in text(kit_browser.get("/"))
    assert "Say when he would come" in text(kit_browser.get(f"/scenarios/{form.ref}/"))
    overtaken = manager.post(f"/scenarios/{form.ref}/sign/", {**back, "decision": "sign"})
    assert "was given back or signed since you opened the page" in text(overtaken)


def test_an_empty_form_is_not_offered_and_an_offered_one_not_changed(
    kit_browser: Client, episode: Episode, actor: Actor
) -> None:
    form = factories.risk_form(episode=episode, scenarios=0)
    sol = factories.account(name="Sol Arden")
    staff.grant(account=sol, role=Role.SUPERVISOR)
    assert "has no scenario yet" in text(kit_browser.post(f"/scenarios/{form.ref}/offer/", {"to": sol.ref}))
    row = factories.scenario(form=form)
    for _ in range(2):
        offered(form, actor)

    added = kit_browser.post(f"/scenarios/{form.ref}/add/", SCENARIO)
    changed = kit_browser.post(f"/scenarios/scenario/{row.ref}/change/", {**SCENARIO, "form_version": "1"})

    for answer in (added, changed):
        assert answer.status_code == 422
        assert "is waiting for the second signature. Nothing in it can be changed now" in text(answer)
        assert "He waits at the school gate" in text(answer)


def test_a_colleague_who_may_not_see_the_person_is_not_asked_to_sign(episode: Episode, actor: Actor) -> None:
    form = factories.risk_form(episode=episode)

    with pytest.raises(Refused, match="Choose another colleague"):
        commands.offer(actor=actor, ref=form.ref, to="stranger", at=factories.NOW)

    form.refresh_from_db()
    assert (form.state, Task.objects.count()) == (State.DRAFT, 0)


def test_a_signed_form_that_must_be_reviewed_is_in_to_do(
    kit_browser: Client, episode: Episode, actor: Actor
) -> None:
    signed(episode, actor, review_on=date(2199, 1, 1))
    assert "review the risk form" not in text(kit_browser.get("/"))
    other = factories.episode(referral=factories.referral(family_name="Late"), practitioner=episode.allocations.get().practitioner)  # fmt: skip
    signed(other, actor, review_on=factories.NOW.date() - timedelta(days=1))

    page = text(kit_browser.get("/"))
    assert "Robin Late : review the risk form" in page
    assert "Review overdue" in text(kit_browser.get(f"/scenarios/of/{other.ref}/"))


def test_the_database_lets_nobody_change_a_signed_form(episode: Episode, actor: Actor) -> None:
    form = signed(episode, actor)

    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        RiskForm.objects.filter(pk=form.pk).update(review_on=date(2199, 1, 1))


def test_a_signature_that_comes_twice_signs_once_and_a_later_one_is_told(
    episode: Episode, actor: Actor
) -> None:
    form = signed(episode, actor)
    again: dict[str, Any] = {"ref": form.ref, "decision": Decision.SIGN, "reason": "", "at": factories.NOW}

    commands.sign(actor=leader(), version=form.version, **again)
    with pytest.raises(Changed):
        commands.sign(actor=leader("ash"), version=form.version, **again)

    assert TRANSITIONS[State.SIGNED] == ()


def test_a_practitioner_reads_and_writes_their_own_people_alone(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    form = factories.risk_form(episode=episode)
    stranger = factories.account(name="Noor Hale")
    factories.practitioner(account=stranger)
    browser = signed_in(account=stranger)

    assert browser.get(f"/scenarios/{form.ref}/").status_code == 404
    assert browser.get(f"/scenarios/of/{episode.ref}/").status_code == 404
    assert signed_in(role=Role.SUPERVISOR).get(f"/scenarios/{form.ref}/add/").status_code == 403
