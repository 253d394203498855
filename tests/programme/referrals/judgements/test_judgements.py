"""The police add their judgement to a referral that another organisation sent."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post import payloads
from desist.post.handlers import CannotHandle, Received, handler_of
from desist.post.models import ByHandTask, Outbox, Partner
from desist.programme.episodes.models import Episode
from desist.programme.referrals.commands import UnknownThread
from desist.programme.referrals.judgements import commands
from desist.programme.referrals.judgements.models import PoliceJudgement
from desist.programme.referrals.models import Referral
from desist.referral import answers
from desist.refusals import Changed, Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

JUDGED: dict[str, Any] = {
    **{name: answers.empty()[name] for name in answers.RISK},
    "risk_tool": "s_dash",
    "risk_result": "High",
    "risk_rater": "Ash Vale",
    "risk_rated_on": date(2026, 2, 1),
    "risk_to": ["victim"],
}
NOTHING: dict[str, Any] = {name: answers.empty()[name] for name in answers.RISK}
TOLD = {
    "risk_tool": "s_dash",
    "risk_result": "High",
    "risk_rater": "Ash Vale",
    "risk_rated_on-day": "1",
    "risk_rated_on-month": "2",
    "risk_rated_on-year": "2024",
    "risk_to": "victim",
    "heard_from": "Sergeant Vale",
    "heard_on-day": "1",
    "heard_on-month": "2",
    "heard_on-year": "2026",
    "heard_time": "9:30am",
    "form_submission": "told-1",
}


@pytest.fixture
def outside(police: Partner, own_keys: None) -> Referral:
    """A referral that probation sent without an account."""
    return factories.referral(partner="", referrer_kind="probation")


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


@pytest.fixture
def manager_actor() -> Actor:
    return Actor(who="carol", role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


def arrived(thread: str, **changed: Any) -> Received:
    sent = answers.crossing({**JUDGED, **changed}, answers.RISK)
    payload = payloads.PoliceJudgement(**sent, answered_at=factories.NOW)
    return Received(payload, thread, factories.POLICE, factories.NOW, actors.post())


def ask(manager: Client, referral: Referral) -> PoliceJudgement:
    manager.post(f"/judgements/{referral.ref}/ask/", {"force": factories.POLICE, "form_submission": "ask-1"})
    return PoliceJudgement.objects.get()


def test_the_police_are_asked_once_and_their_answer_stands_on_the_referral(
    manager: Client, outside: Referral, settings: Any
) -> None:
    settings.DESIST_HANDLERS = ["desist.programme.referrals.judgements.handlers"]
    assert "Ask the police for their judgement" in text(manager.get(f"/referrals/{outside.ref}/"))
    row = ask(manager, outside)
    waits = text(manager.get(f"/referrals/{outside.ref}/"))
    handler = handler_of(arrived(row.thread).payload)
    handler(arrived(row.thread))
    handler(arrived(row.thread, risk_result="Low"))

    page = text(manager.get(f"/referrals/{outside.ref}/"))

    assert Outbox.objects.get().kind == "judgement-request"
    assert "Asked, no answer yet" in waits
    assert "As the police judge it" in page
    assert "What was concluded? High" in page
    assert "The police added their judgement by the police" in page
    assert "Ask the police again" in page


def test_the_judgement_of_a_person_in_sessions_is_on_the_risk_page_and_has_to_be_read(
    manager: Client, kit_browser: Client, episode: Episode, own_keys: None
) -> None:
    Referral.objects.update(referrer_kind="probation", partner="")
    row = ask(manager, episode.referral)

    commands.receive(arrived(row.thread))

    risk = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "As the police judge it" in risk
    assert "High" in risk
    assert "the police sent their judgement: read it" in text(kit_browser.get("/"))
    assert "The police sent their judgement" in text(kit_browser.get(f"/referrals/of/{episode.ref}/"))


def test_a_judgement_that_comes_once_the_person_has_left_is_kept_and_reaches_nobody_else(
    manager: Client, kit_browser: Client, episode: Episode, own_keys: None
) -> None:
    Referral.objects.update(referrer_kind="probation", partner="")
    row = ask(manager, episode.referral)
    sent = Outbox.objects.count()
    factories.ended(episode=episode, state="left")

    for _ in range(2):
        commands.receive(arrived(row.thread))

    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert page.count("As the police judge it") == 1
    assert "No review is overdue" in text(kit_browser.get("/risk/"))
    assert Outbox.objects.count() == sent


def test_a_force_that_holds_none_is_told_apart_from_one_that_has_not_answered(
    manager: Client, outside: Referral
) -> None:
    row = ask(manager, outside)

    commands.receive(arrived(row.thread, **NOTHING))

    assert "Holds no judgement" in text(manager.get(f"/referrals/{outside.ref}/"))


def test_the_police_are_not_asked_of_whom_they_referred(manager: Client, police: Partner) -> None:
    theirs = factories.referral(referrer_kind="police")

    assert "Ask the police" not in text(manager.get(f"/referrals/{theirs.ref}/"))
    assert "referred the person themselves" in text(manager.get(f"/judgements/{theirs.ref}/ask/"))


def test_a_referral_that_is_over_is_not_asked_about(manager_actor: Actor, outside: Referral) -> None:
    Referral.objects.update(state="declined")

    with pytest.raises(Refused, match="not under way"):
        commands.ask(actor=manager_actor, ref=outside.ref, force=factories.POLICE, at=factories.NOW)


def test_an_answer_that_nobody_asked_for_or_with_an_unknown_code_is_refused(
    manager: Client, outside: Referral
) -> None:
    row = ask(manager, outside)

    with pytest.raises(UnknownThread):
        commands.receive(arrived("another"))
    with pytest.raises(CannotHandle, match="risk_tool"):
        commands.receive(arrived(row.thread, risk_tool="runes"))


def test_what_a_force_without_desist_told_is_typed_in_once(manager: Client, outside: Referral) -> None:
    Partner.objects.update(transport="by_hand")
    ask(manager, outside)
    assert ByHandTask.objects.get().text.startswith("Judgement request.")
    address = f"/judgements/{outside.ref}/type-in/"
    form = manager.get(address)

    saved = manager.post(address, TOLD, follow=True)

    assert "Enter the police’s judgement" in text(form)
    assert "told by Sergeant Vale" in text(saved)
    late = manager.post(address, {**TOLD, "risk_result": "Low", "form_submission": "told-2"})
    assert late.status_code == 422
    assert "the police have already answered" in text(late)
    assert "No answer of a force without Desist is waited for" in text(manager.get(address))


def test_words_typed_in_that_were_not_asked_about_are_not_kept(
    manager: Client, manager_actor: Actor, outside: Referral
) -> None:
    Partner.objects.update(transport="by_hand")
    ask(manager, outside)
    said = {**JUDGED, "risk_when": "When Xanthe works late"}

    with pytest.raises(Changed):
        commands.type_in(
            actor=manager_actor,
            ref=outside.ref,
            answers=said,
            told_by="Sergeant Vale",
            told_at=factories.NOW,
            at=factories.NOW,
        )
    assert PoliceJudgement.objects.get().answered_at is None


def test_without_a_force_in_the_register_the_page_says_whom_to_ask(manager: Client, own_keys: None) -> None:
    row = factories.referral(partner="", referrer_kind="probation")

    assert "Ask your administrator to add it" in text(manager.get(f"/judgements/{row.ref}/ask/"))


def test_of_people_who_referred_themselves_the_page_says_to_tell_them_first(
    manager: Client, outside: Referral
) -> None:
    Referral.objects.update(referrer_kind="self")

    assert "tell the person, and ask whether they agree" in text(
        manager.get(f"/judgements/{outside.ref}/ask/")
    )
