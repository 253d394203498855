"""A programme asks the police to judge a person whom another organisation referred, and they answer."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.partnership import factories
from tests.partnership.disclosures.reading import crossed
from tests.programme.reading import text

from desist.accounts.nudges.sources import Source
from desist.keys import sitekeys
from desist.partnership.judgements import commands
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.pages.nudges.sources import SOURCES
from desist.partnership.pages.nudges.states import Kind
from desist.partnership.pairs import naming
from desist.post import payloads
from desist.post.handlers import Received, handler_of
from desist.post.models import Outbox, Partner
from desist.referral import answers
from desist.refusals import Changed
from desist.ui.words import ANSWER
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

QUESTION = payloads.JudgementRequest(
    factories.AREA, "Robin", "Outerwood", factories.NOW.date().replace(year=1990), factories.NOW
)
JUDGED = {
    "risk_tool": "s_dash",
    "risk_result": "High",
    "risk_rater": "Ash Vale",
    "risk_rated_on-day": "1",
    "risk_rated_on-month": "2",
    "risk_rated_on-year": "2024",
    "risk_to": ["victim", "self"],
    "risk_when": "On pay nights",
    "form_submission": "judged-1",
}


def arrived(payload: payloads.Payload) -> Received:
    return Received(payload, "asked-1", factories.PROGRAMME, factories.NOW, actors.post())


def sent(keys: sitekeys.SiteKeys) -> dict[str, Any]:
    """What the one envelope to the programme says."""
    (said,) = crossed(keys, "police-judgement")
    return said


def test_a_question_is_on_the_list_and_in_to_do_until_it_is_answered(
    officer: Client, programme: Partner, settings: Any
) -> None:
    settings.DESIST_HANDLERS = ["desist.partnership.judgements.handlers"]
    handler_of(QUESTION)(arrived(QUESTION))
    row = JudgementRequest.objects.get()

    listed, to_do = text(officer.get("/judgements/")), text(officer.get("/"))

    assert "Robin Outerwood" in listed
    assert "Northmere programme" in listed
    assert "Robin Outerwood : send your judgement of risk" in to_do
    answered = officer.post(f"/judgements/{row.ref}/", JUDGED, follow=True)
    assert "Your judgement is on its way to the programme." in text(answered)
    assert "What was concluded? High" in text(answered)
    assert "send your judgement" not in text(officer.get("/"))


def test_the_answer_holds_the_judgement_and_nothing_else(
    officer: Client, programme: Partner, programme_keys: sitekeys.SiteKeys
) -> None:
    row = factories.judgement_request()

    officer.post(f"/judgements/{row.ref}/", JUDGED)

    told = sent(programme_keys)
    assert (told["risk_tool"], told["risk_result"], told["risk_to"]) == ("s_dash", "High", ["victim", "self"])
    assert set(told) == {*answers.RISK, "answered_at"}


def test_a_force_that_holds_no_judgement_says_so_with_one_button(
    officer: Client, programme: Partner, programme_keys: sitekeys.SiteKeys
) -> None:
    row = factories.judgement_request()

    page = officer.post(f"/judgements/{row.ref}/none-held/", follow=True)

    assert "The programme is told that you hold no judgement." in text(page)
    assert "no judgement is held" in text(page)
    assert not any(value for name, value in sent(programme_keys).items() if name != "answered_at")


def test_two_officers_answer_and_the_second_keeps_what_was_typed(officer: Client, programme: Partner) -> None:
    row = factories.judgement_request()
    officer.post(f"/judgements/{row.ref}/", JUDGED)

    late = officer.post(
        f"/judgements/{row.ref}/", {**JUDGED, "risk_result": "Moderate", "form_submission": "2"}
    )

    assert late.status_code == 422
    assert "a colleague has since answered" in text(late)
    assert "Moderate" in late.content.decode()
    assert Outbox.objects.count() == 1
    assert "This was answered by Kit Marlow" in text(officer.get(f"/judgements/{row.ref}/"))


def test_words_that_may_lead_to_the_victim_are_asked_about_before_anything_leaves(
    officer: Client, programme: Partner
) -> None:
    row = factories.judgement_request()

    place = officer.post(f"/judgements/{row.ref}/", {**JUDGED, "risk_when": "At 12 Elm Street, NR1 2AB"})
    name = officer.post(f"/judgements/{row.ref}/", {**JUDGED, "risk_when": "When Xanthe works late"})

    assert (place.status_code, name.status_code) == (422, 422)
    assert "Tick “Xanthe”" in text(name)
    assert not Outbox.objects.exists()
    assert json.dumps(JudgementRequest.objects.get().answers) == "{}"


def test_the_name_of_a_victim_whom_the_force_knows_is_not_sent_though_it_was_ticked(
    officer: Client, programme: Partner
) -> None:
    row = factories.judgement_request()
    referral = factories.referral(family_name="Outerwood", born=row.born)
    factories.side(pair=referral.pair, name_digests=naming.digests("Xanthe", "Velmorrith"))
    typed = {**JUDGED, "risk_when": "When Xanthe works late", "no_name": ["Xanthe"]}

    page = officer.post(f"/judgements/{row.ref}/", typed)

    assert page.status_code == 422
    assert not Outbox.objects.exists()
    officer.post(f"/judgements/{row.ref}/", {**typed, ANSWER: "nobody_protected"})
    assert Outbox.objects.exists()


def test_a_word_that_was_not_asked_about_is_not_sent(actor: Actor, programme: Partner) -> None:
    row = factories.judgement_request()
    said = {**commands.NONE_HELD, "risk_tool": "s_dash", "risk_when": "When Xanthe works late"}

    with pytest.raises(Changed):
        commands.answer(actor=actor, ref=row.ref, answers=said, at=factories.NOW)


def test_an_officer_of_another_area_sees_no_question(officer: Client, programme: Partner) -> None:
    factories.judgement_request(area="southmere")

    assert "Nobody has asked" in text(officer.get("/judgements/"))


def test_an_open_question_is_told_by_e_mail_until_it_is_answered(programme: Partner) -> None:
    factories.judgement_request()
    factories.judgement_request(answered_by="kit", answered_at=factories.NOW)
    (source,) = (one for one in SOURCES if one.kind == Kind.JUDGEMENT)

    assert isinstance(source, Source)
    assert source.model._default_manager.filter(source.waiting).count() == 1
