"""Triage in real requests: criteria that advise, a decision that is signed, advice, delays, and a clock that never stops."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.post.models import ByHandTask, Outbox, Partner
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.triage import commands
from desist.programme.triage.models import Advice, Criteria, Decision, Delay
from desist.refusals import Changed
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

pytestmark = pytest.mark.django_db

CRITERIA = {
    "proceedings": ["none", "sentenced", "no_further_action"],
    "youngest": "18",
    "other_areas": ["kent", "surrey"],
    "reason": "Agreed with the commissioner",
    "replaces": "",
}


@pytest.fixture
def manager(signed_in: Callable[..., Client], practitioner: Practitioner) -> Client:
    """A manager of a service with a practitioner who has places."""
    return signed_in(role=Role.MANAGER)


@pytest.fixture
def managing(kit: Account) -> Actor:
    return Actor(who=kit.ref, role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def referral(police: Partner) -> Referral:
    return factories.referral()


def decide(browser: Client, referral: Referral, **sent: str) -> Any:
    """Decide on a page that was drawn just now, unless another version is given."""
    version = str(Referral.objects.get(pk=referral.pk).version)
    return browser.post(f"/triage/{referral.ref}/decide/", {"form_version": version, **sent})


def test_a_referral_that_meets_the_criteria_is_accepted_and_signed(
    manager: Client, referral: Referral
) -> None:
    answer = decide(manager, referral, outcome="accepted", note="Clear case.")

    assert answer.status_code == 302
    signed = Decision.objects.get()
    assert (signed.outcome, signed.all_met, signed.override) == ("accepted", True, "")
    assert [finding[0] for finding in signed.findings] == ["proceedings", "age", "area", "capacity"]
    assert Episode.objects.get().referral == referral
    assert [envelope.kind for envelope in Outbox.objects.all()] == ["referral-decision"]


def test_the_page_that_decides_shows_who_may_be_the_same_person(manager: Client, referral: Referral) -> None:
    assert "may already have been referred" not in text(manager.get(f"/triage/{referral.ref}/decide/"))
    factories.referral(state="accepted")

    page = text(manager.get(f"/triage/{referral.ref}/decide/"))

    assert "This person may already have been referred" in page
    assert "same date of birth and a similar name. Accepted" in page


def test_against_a_criterion_it_takes_a_reason(manager: Client, police: Partner) -> None:
    manager.post("/triage/criteria/change/", CRITERIA)
    referral = factories.referral(proceedings="under_investigation")

    page = text(manager.get(f"/triage/{referral.ref}/decide/"))
    without = decide(manager, referral, outcome="accepted", note="Typed already")
    reasoned = decide(manager, referral, outcome="accepted", override="risk")

    assert "Under investigation: nobody is accepted at this stage" in page
    assert without.status_code == 422
    assert "Say why it is accepted although a criterion is not met" in text(without)
    assert "Typed already" in text(without)
    assert reasoned.status_code == 302
    signed = Decision.objects.get()
    assert (signed.all_met, signed.override, signed.criteria) == (False, "risk", Criteria.objects.get())
    assert "The risk is higher without the programme" in text(manager.get(f"/triage/{referral.ref}/"))


def test_somebody_is_taken_by_the_police_area_in_which_they_live(manager: Client, police: Partner) -> None:
    manager.post("/triage/criteria/change/", CRITERIA)
    asked = text(manager.get("/triage/criteria/"))

    found = {
        home: text(manager.get(f"/triage/{factories.referral(lives_in=home).ref}/"))
        for home in ("own", "kent", "essex", "elsewhere", "")
    }

    assert "Police areas where people must live northmere, Kent, Surrey" in asked
    assert "Lives in northmere; people are accepted from Kent, Surrey, northmere" in found["own"]
    assert "Lives in Kent; " in found["kent"]
    assert "Lives in Essex; " in found["essex"]
    assert "Lives in Outside England and Wales; " in found["elsewhere"]
    assert "Not known where the person lives; " in found[""]


@pytest.mark.parametrize("home", ["essex", ""])
def test_whoever_lives_elsewhere_or_nobody_knows_where_is_accepted_with_a_reason_alone(
    manager: Client, police: Partner, home: str
) -> None:
    manager.post("/triage/criteria/change/", CRITERIA)
    referral = factories.referral(lives_in=home)

    without = decide(manager, referral, outcome="accepted")
    reasoned = decide(manager, referral, outcome="accepted", override="asked")

    assert (without.status_code, reasoned.status_code) == (422, 302)


def test_a_refusal_is_coded_and_told(manager: Client, referral: Referral) -> None:
    codeless = decide(manager, referral, outcome="declined")
    coded = decide(manager, referral, outcome="declined", decline_reason="capacity")

    assert codeless.status_code == 422
    assert coded.status_code == 302
    assert Decision.objects.get().decline_reason == "capacity"
    assert not Episode.objects.exists()


@pytest.mark.parametrize("reason", ["duplicate", "unreached", "moved", "custody", "died"])
def test_what_is_true_of_many_people_has_a_code_that_crosses_in_words(
    manager: Client, referral: Referral, reason: str
) -> None:
    Partner.objects.filter(name=referral.partner).update(transport="by_hand")

    decide(manager, referral, outcome="declined", decline_reason=reason)

    words = str(DeclineReason(reason).label)
    assert f"Reason: {words}" in ByHandTask.objects.get().text
    assert words in text(manager.get(f"/referrals/{referral.ref}/"))


def test_another_reason_is_said_in_the_note_and_no_word_of_it_crosses(
    manager: Client, referral: Referral
) -> None:
    Partner.objects.filter(name=referral.partner).update(transport="by_hand")

    wordless = decide(manager, referral, outcome="declined", decline_reason="other")
    said = decide(manager, referral, outcome="declined", decline_reason="other", note="Emigrated.")

    assert wordless.status_code == 422
    assert "Say in the note for the file why it is declined" in text(wordless)
    assert said.status_code == 302
    assert "Reason: Another reason: ask the programme" in ByHandTask.objects.get().text
    assert "Emigrated" not in ByHandTask.objects.get().text


def test_of_two_who_decide_at_once_the_second_is_told(
    manager: Client, managing: Actor, referral: Referral
) -> None:
    decide(manager, referral, outcome="accepted")

    stale = {"form_version": str(referral.version), "note": "Mine"}
    second = decide(manager, referral, outcome="declined", decline_reason="capacity", **stale)

    assert second.status_code == 422
    assert "decided, amended or withdrawn since you opened the page" in text(second)
    assert "The last decision: accepted, by you, " in text(second)
    assert "Mine" in text(second)
    with pytest.raises(Changed):
        commands.decide(
            actor=managing,
            ref=referral.ref,
            decided=commands.Decided(State.DECLINED, "capacity", "", ""),
            version=2,
            at=factories.NOW,
        )
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("outcome", ["accepted", "consultation"])
def test_whoever_decides_on_an_old_page_hears_who_only_advised_and_when(
    manager: Client, signed_in: Callable[..., Client], referral: Referral, outcome: str
) -> None:
    decide(
        signed_in(role=Role.MANAGER, account=factories.account(name="Noor Hale")),
        referral,
        outcome="consultation",
    )

    answer = decide(manager, referral, outcome=outcome, note="Mine", form_version="1")

    assert answer.status_code == 422
    assert "The last decision: consultation only, by Noor Hale, " in text(answer)
    assert "Mine" in text(answer)
    assert Decision.objects.count() == 1
    assert not Episode.objects.exists()


def test_what_the_referrer_changed_is_read_again_before_it_is_decided(
    manager: Client, referral: Referral
) -> None:
    Referral.objects.filter(pk=referral.pk).update(version=2)

    answer = decide(manager, referral, outcome="accepted", form_version="1")

    assert answer.status_code == 422
    assert "since you opened the page. It is now: waiting for a decision" in text(answer)
    assert 'name="form_version" value="2"' in answer.content.decode()


def test_consultation_only_gets_advice_and_no_episode(manager: Client, referral: Referral) -> None:
    decide(manager, referral, outcome="consultation")
    waiting = text(manager.get("/triage/"))
    advice = {
        "given_to": "PC Ash Vale",
        "how": "telephone",
        "given_on-day": "2",
        "given_on-month": "3",
        "given_on-year": "2026",
        "words": "Apply for an interim order.",
        "form_submission": "one-advice",
    }

    for _ in range(2):
        answer = manager.post(f"/triage/{referral.ref}/advice/", advice, follow=True)

    assert "Consultation only: advice to give" in waiting
    assert "Apply for an interim order." in text(answer)
    assert Advice.objects.count() == 1
    assert not Episode.objects.exists()
    assert "advice to give" not in text(manager.get("/triage/"))


def test_a_consultation_can_be_accepted_after_all(manager: Client, referral: Referral) -> None:
    decide(manager, referral, outcome="consultation")

    answer = decide(manager, referral, outcome="accepted")

    assert answer.status_code == 302
    assert list(Decision.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "consultation",
        "accepted",
    ]


def test_the_inbox_holds_what_waits_until_somebody_is_allocated(manager: Client, police: Partner) -> None:
    waits = factories.referral(family_name="Waits")
    accepted = factories.episode(referral=factories.referral(family_name="Accepted"), state="waiting")
    begun = factories.episode(referral=factories.referral(family_name="Begun"), state="in_sessions")

    page = text(manager.get("/triage/"))

    assert waits.family_name in page
    assert accepted.referral.family_name in page
    assert begun.referral.family_name not in page


def test_the_raw_figure_stays_whatever_the_reason(manager: Client, police: Partner) -> None:
    late = factories.referral(completed_at=factories.NOW - timedelta(days=400))
    before = text(manager.get("/triage/"))

    sent = {"reason": "no_capacity", "note": "Agency asked.", "form_submission": "one-delay"}
    for _ in range(2):
        manager.post(f"/triage/{late.ref}/delay/", sent)

    after = text(manager.get("/triage/"))
    assert "Give the reason" in before
    assert "days late" in before
    assert "days late" in after
    assert "No practitioner has capacity" in after
    assert Delay.objects.count() == 1


def test_criteria_keep_their_history(manager: Client) -> None:
    first = manager.post("/triage/criteria/change/", CRITERIA, follow=True)
    current = Criteria.objects.get()
    manager.post(
        "/triage/criteria/change/",
        {**CRITERIA, "youngest": "16", "reason": "From sixteen now", "replaces": current.ref},
    )

    page = text(manager.get("/triage/criteria/"))
    assert "Agreed with the commissioner" in text(first)
    assert "From sixteen now" in page
    assert "Agreed with the commissioner" in page
    assert Criteria.objects.filter(ended_at=None).get().youngest == 16


def test_of_two_who_change_the_criteria_the_second_is_told(manager: Client) -> None:
    manager.post("/triage/criteria/change/", CRITERIA)

    second = manager.post("/triage/criteria/change/", {**CRITERIA, "youngest": "21"})

    assert second.status_code == 422
    assert "has since changed the criteria" in text(second)
    assert 'value="21"' in second.content.decode()
    assert Criteria.objects.count() == 1


def test_impossible_criteria_are_refused(manager: Client) -> None:
    answer = manager.post("/triage/criteria/change/", {**CRITERIA, "youngest": "-3", "proceedings": []})

    assert answer.status_code == 422
    assert "Youngest age must be between 10 and 99" in text(answer)
    assert not Criteria.objects.exists()


def test_the_inbox_costs_a_constant_number_of_queries(manager: Client, police: Partner) -> None:
    counts = []
    for _ in range(3):
        factories.referral()
        factories.episode(referral=factories.referral(), state="waiting")
        with CaptureQueriesContext(connection) as asked:
            manager.get("/triage/")
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_someone_like_them_is_told_apart_before_the_person_is_accepted(
    manager: Client, referral: Referral
) -> None:
    other = factories.referral(state="accepted")

    silent = decide(manager, referral, outcome="accepted", note="Typed already")
    told = {"likeness": "another", "likeness_reason": "Another place of birth, says the referrer"}
    decide(manager, referral, outcome="accepted", **told)

    assert silent.status_code == 422
    assert "Answer “Is this one of the people who are like them?”" in text(silent)
    assert "Typed already" in text(silent)
    signed = Decision.objects.get()
    assert (signed.likeness, signed.compared) == ("another", [other.ref])
    assert "Another person (Another place of birth" in text(manager.get(f"/triage/{referral.ref}/"))


def test_a_person_on_the_programme_is_not_accepted_a_second_time_but_declined(
    manager: Client, referral: Referral, practitioner: Practitioner
) -> None:
    factories.episode(referral=factories.referral(state="accepted"), practitioner=practitioner)
    same = {"likeness": "same", "likeness_reason": "Same PNC number"}

    answer = decide(manager, referral, outcome="accepted", **same)

    assert "This person is on the programme already: decline the referral as a duplicate" in text(answer)
    assert "Same PNC number" in answer.content.decode()
    assert not Decision.objects.exists()
    assert decide(manager, referral, outcome="declined", decline_reason="duplicate").status_code == 302


def test_a_person_who_left_is_accepted_again(
    manager: Client, referral: Referral, practitioner: Practitioner
) -> None:
    before = factories.referral(state="accepted")
    factories.ended(episode=factories.episode(referral=before, practitioner=practitioner))

    decide(manager, referral, outcome="accepted", likeness="same", likeness_reason="Says so himself")

    assert Decision.objects.get().likeness == "same"


def test_a_referral_that_is_kept_from_the_manager_blocks_nothing_and_its_reason_is_kept_from_them(
    manager: Client, kit: Account, referral: Referral, signed_in: Callable[..., Client]
) -> None:
    hidden = factories.referral(state="accepted")
    ola = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    kept = {"account": kit.ref, "allowed": False, "reason": "", "made_by": "c", "made_at": factories.NOW}
    Exclusion.objects.create(case=hidden.ref, **kept)

    decide(ola, referral, outcome="accepted", likeness="another", likeness_reason="Another birthplace")
    second = factories.referral()
    Exclusion.objects.create(case=referral.ref, **kept)

    assert "Another birthplace" in text(ola.get(f"/triage/{referral.ref}/"))
    Exclusion.objects.filter(case=referral.ref).update(account="somebody")
    page = text(manager.get(f"/triage/{referral.ref}/"))
    assert "Decision: accepted" in page
    assert "Another birthplace" not in page
    assert "like them" not in page
    Exclusion.objects.filter(case=referral.ref).update(account=kit.ref)
    assert decide(manager, second, outcome="accepted").status_code == 302
