"""The pages on which the police decide: each refusal is one plain sentence, and what was typed stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories

from desist import locators
from desist.accounts.models import Account
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.referrals.models import Referral
from desist.post.models import Outbox, Partner
from desist.post.transports import Transport
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

TYPED = {
    "words": "He was stopped twice in May.",
    "nature": "fact",
    "as_of-day": "1",
    "as_of-month": "3",
    "as_of-year": "2026",
    "purpose": "sessions",
    "may_be_raised": "no",
    "basis": "emergency",
    "necessity": "The risk rose",
    "proportionality": "Counts alone",
}


@pytest.fixture
def second(signed_in: Callable[..., Client]) -> Client:
    """A second officer."""
    return signed_in(account=staff.account(name="Darcy Brackenridge"))


def post(client: Client, name: str, ref: str, **typed: Any) -> Any:
    return client.post(reverse(f"disclosures:{name}", args=[ref]), typed)


def read(client: Client, name: str, ref: str) -> str:
    return client.get(reverse(f"disclosures:{name}", args=[ref])).content.decode()


def test_a_disclosure_is_written_approved_by_two_and_recalled(
    officer: Client, second: Client, robin: Referral
) -> None:
    asked = factories.request(referral=robin)
    assert "Is he in breach?" in read(officer, "answer", asked.ref)
    answer = post(officer, "answer", asked.ref, **TYPED)
    ref = Disclosure.objects.get().ref
    assert answer["Location"] == reverse("disclosures:disclosure", args=[ref])

    assert "decide about the disclosure" in officer.get("/").content.decode()
    post(officer, "approve", ref, form_version="1")
    page = read(officer, "disclosure", ref)
    assert "You have approved it. A colleague has to approve it as well" in page
    same = post(officer, "approve", ref, form_version="1")
    assert (same.status_code, "approved this already" in same.content.decode()) == (422, True)
    post(second, "approve", ref, form_version="1")
    assert Outbox.objects.count() == 1
    page = read(officer, "disclosure", ref)
    assert "two people of one organisation" in page
    assert "Not confirmed yet" in page
    assert "He was stopped twice" in page

    post(officer, "recall", ref, reason="wrong")
    page = read(officer, "disclosure", ref)
    assert "What it said is no longer shown" in page
    assert "He was stopped twice" not in page
    late = post(officer, "recall", ref, reason="wrong")
    assert (late.status_code, "Only what was sent" in late.content.decode()) == (422, True)


def test_a_disclosure_that_nobody_asked_for_is_begun_from_the_referral(
    officer: Client, robin: Referral
) -> None:
    page = officer.get(reverse("referrals:referral", args=[robin.ref])).content.decode()
    assert reverse("disclosures:start", args=[robin.ref]) in page

    leaky = post(officer, "start", robin.ref, **TYPED | {"words": "Call 01632 960 077"})
    assert leaky.status_code == 422
    assert "looks like a telephone number" in leaky.content.decode()
    assert "Call 01632 960 077" in leaky.content.decode()
    post(officer, "start", robin.ref, **TYPED)

    assert Disclosure.objects.get().request is None


def test_a_draft_is_written_anew_and_dropped(officer: Client, robin: Referral) -> None:
    ref = factories.disclosure(referral=robin).ref
    assert "He was stopped near the station" in read(officer, "write", ref)
    post(officer, "write", ref, **TYPED, form_version="1")
    stale = post(officer, "write", ref, **TYPED, form_version="1")
    assert "A colleague has rewritten this since you opened it" in stale.content.decode()

    post(officer, "drop", ref, form_version="2")
    twice = officer.post(reverse("disclosures:drop", args=[ref]), {"form_version": "3"}, follow=True)

    assert Disclosure.objects.get().state == "dropped"
    assert "A colleague decided this first: not sent" in twice.content.decode()


def test_what_may_be_raised_says_when_the_police_told_the_person(officer: Client, robin: Referral) -> None:
    without = post(officer, "start", robin.ref, **TYPED | {"may_be_raised": "yes"})
    assert without.status_code == 422
    assert "When did the police tell the person?" in without.content.decode()

    day = {"told_on-day": "2", "told_on-month": "3", "told_on-year": "2026"}
    post(officer, "start", robin.ref, **TYPED | {"may_be_raised": "yes"} | day)
    assert Disclosure.objects.get().may_be_raised

    page = read(officer, "disclosure", Disclosure.objects.get().ref)
    assert "Yes: the police told the person on 2 March 2026" in page


def test_a_day_below_no_counts_for_nothing(officer: Client, robin: Referral) -> None:
    day = {"told_on-day": "2", "told_on-month": "3", "told_on-year": "2026"}

    post(officer, "start", robin.ref, **TYPED | day)

    assert Disclosure.objects.get().told_on is None


def test_an_agreement_is_named_where_it_is_the_footing(officer: Client, robin: Referral) -> None:
    agreement = factories.agreement(title="Northmere 2026")
    named = TYPED | {"basis": "agreement", "agreement": agreement.ref}

    missing = post(officer, "start", robin.ref, **TYPED | {"basis": "agreement"})
    post(officer, "start", robin.ref, **named)

    assert "Choose the sharing agreement" in missing.content.decode()
    assert "A sharing agreement: Northmere 2026" in read(officer, "disclosure", Disclosure.objects.get().ref)


def test_a_request_is_refused_in_one_coded_word(officer: Client, robin: Referral) -> None:
    asked = factories.request(referral=robin)
    assert "answer the programme’s question" in officer.get("/").content.decode()
    assert "Is he in breach?" in read(officer, "refuse-request", asked.ref)

    post(officer, "refuse-request", asked.ref, reason="nothing")
    twice = post(officer, "refuse-request", asked.ref, reason="nothing")

    assert DisclosureRequest.objects.get().reason == "nothing"
    assert "A colleague answered this request first" in twice.content.decode()


def test_an_offer_is_decided(officer: Client, robin: Referral) -> None:
    row = factories.offer(referral=robin)
    assert "decide whether to pass on" in officer.get("/").content.decode()
    assert "Never tell anyone on the programme’s side" in read(officer, "disclosure", row.ref)

    footing = {name: TYPED[name] for name in ("basis", "necessity", "proportionality")}
    # Nobody vouches for a row that came by no envelope: it cannot be passed on.
    late = post(officer, "pass-on", row.ref, **footing, form_version="1")
    assert late.status_code == 422
    assert "The service’s approval expired after 72 hours" in late.content.decode()


def test_an_offer_is_refused_on_its_page(officer: Client, robin: Referral, service: Partner) -> None:
    row = factories.offer(referral=robin)
    assert "Why is nothing disclosed?" in read(officer, "refuse", row.ref)

    post(officer, "refuse", row.ref, reason="unclear", form_version="1")

    row.refresh_from_db()
    assert row.state == "refused"
    assert "The question is not clear" in read(officer, "disclosure", row.ref)
    twice = post(officer, "refuse", row.ref, reason="unclear", form_version="2")
    assert twice.status_code == 422


def test_the_exact_copy_is_printed_for_a_programme_by_hand(
    officer: Client, second: Client, robin: Referral, programme: Partner
) -> None:
    Partner.objects.filter(pk=programme.pk).update(transport=Transport.BY_HAND)
    row = factories.disclosure(referral=robin)
    assert "There is nothing to hand over" in read(officer, "print", row.ref)
    post(officer, "approve", row.ref, form_version="1")
    post(second, "approve", row.ref, form_version="1")

    printed = read(officer, "print", row.ref)
    assert "He was stopped near the station twice in May." in printed
    assert "Fingerprint (SHA-256)" in printed
    assert "Fingerprint to be read back" in read(officer, "received", row.ref)
    post(officer, "received", row.ref, whom="Sol Arden")
    twice = post(officer, "received", row.ref, whom="Sol Arden")
    assert "by Sol Arden" in read(officer, "disclosure", row.ref)
    assert twice.status_code == 422


def test_the_list_shows_what_waits_first(officer: Client, robin: Referral, kit: Account) -> None:
    factories.disclosure(referral=robin, state="dropped", closed_at=factories.NOW)
    factories.request(referral=robin)
    draft = factories.disclosure(referral=robin, started_at=factories.NOW.replace(day=1))

    page = officer.get(reverse("disclosures:disclosures")).content.decode()

    assert page.index(draft.ref) < page.index("Not sent")
    assert "Answer the question about Robin Example" in page


NUMBER = "He gave his solicitor’s number, 01632 960 077."
ANSWERED = {"false_alarm": "agency"}
TOLD = "telephone number: It belongs to a police station, court or service"


def told() -> list[str]:
    """What the data protection officer reads of words that were answered for."""
    events = AuditEvent.objects.filter(action="partnership.answer_for_words", allowed=True)
    return list(events.order_by("id").values_list("reason", flat=True))


@pytest.mark.parametrize("place", ["words", "necessity", "proportionality"])
def test_an_answer_about_words_of_a_new_disclosure_lets_them_stay_and_is_told(
    officer: Client, second: Client, robin: Referral, place: str
) -> None:
    asked = post(officer, "start", robin.ref, **TYPED | {place: NUMBER})
    post(officer, "start", robin.ref, **TYPED | {place: NUMBER} | ANSWERED)

    row = Disclosure.objects.get()
    assert asked.status_code == 422
    assert "Why is it safe to keep?" in asked.content.decode()
    assert getattr(row, place) == NUMBER
    assert told() == [f"{place}: {TOLD}"]
    for one in (officer, second):
        post(one, "approve", row.ref, form_version="1")
    assert Outbox.objects.filter(kind="disclosure").count() == 1


@pytest.mark.parametrize("place", ["words", "necessity", "proportionality"])
def test_an_answer_about_words_that_are_written_anew_lets_them_stay_and_is_told(
    officer: Client, robin: Referral, place: str
) -> None:
    row = factories.disclosure(referral=robin)

    post(officer, "write", row.ref, **TYPED | {place: NUMBER} | ANSWERED, form_version="1")

    row.refresh_from_db()
    assert getattr(row, place) == NUMBER
    assert told() == [f"{place}: {TOLD}"]


def test_words_of_a_draft_of_yesterday_are_asked_about_before_they_are_approved(
    officer: Client, robin: Referral
) -> None:
    ref = factories.disclosure(referral=robin, words=NUMBER).ref

    asked = post(officer, "approve", ref, form_version="1")
    answered = post(officer, "approve", ref, **ANSWERED, form_version="1")

    assert asked.status_code == 422
    assert "Why is it safe to keep?" in asked.content.decode()
    assert answered.status_code == 302
    assert told() == [f"words: {TOLD}"]


def test_words_that_could_not_be_read_are_not_approved(
    officer: Client, robin: Referral, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise RecursionError(text)

    ref = factories.disclosure(referral=robin).ref
    monkeypatch.setattr(locators, "find", broken)

    page = post(officer, "approve", ref, form_version="1")

    assert page.status_code == 422
    assert "Desist could not check these words" in page.content.decode()
