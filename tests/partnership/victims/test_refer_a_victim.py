"""The police refer a victim who agreed: what crosses, and that nothing of it stays."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.partnership import factories

from desist import locators
from desist.keys import sitekeys
from desist.locators import Finding
from desist.partnership.pairs.models import Side
from desist.partnership.victims.models import VictimReferral
from desist.post import own, seal
from desist.post.models import Outbox, Partner
from desist.post.transports import Transport
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

ADVOCACY = "harbour-advocacy"
SECRETS = ("Hollow", "960 077", "harbour.example", "Quayside", "Text first", "Waits outside")
TYPED = {
    "advocacy": ADVOCACY,
    "agreed": "on",
    "agreed_on-day": "2",
    "agreed_on-month": "3",
    "agreed_on-year": "2026",
    "given_names": "Robin",
    "family_name": "Hollow",
    "phone": "01632 960 077",
    "email": "robin@harbour.example",
    "address": "",
    "safety": "Text first",
    "account": "Waits outside at five",
    "behaviours": ["loitering"],
    "relationship": "ex_partner",
    "crime_reference": "45/1234/26",
    "referral": "",
    "officer_name": "Ash Vale",
    "officer_phone": "01632 960 500",
    "form_submission": "one",
}


@pytest.fixture
def keys(own_keys: None) -> sitekeys.SiteKeys:
    return sitekeys.generate(site=ADVOCACY, on=date(2026, 1, 1))


@pytest.fixture
def service(db: None, keys: sitekeys.SiteKeys) -> Partner:
    """The advocacy service in the force's partner register."""
    return Partner.objects.create(
        name=ADVOCACY,
        zone="advocacy",
        title="Harbour Advocacy",
        transport=Transport.COURIER,
        keys=keys.public.to_json(),
        phone="01632 960 004",
        area=factories.AREA,
        added_at=factories.NOW,
    )


def crossed(keys: sitekeys.SiteKeys) -> dict[str, object]:
    """What the advocacy service reads in the one envelope."""
    sent = Outbox.objects.get()
    body = seal.unseal(
        header=seal.Header(sent.ref, own.site().name, ADVOCACY),
        sealed=bytes(sent.sealed),
        keys=[keys.current.seal],
        by=[key.sign for key in own.keys().public.keys],
    )
    return body.values


def test_what_the_victim_agreed_to_share_crosses_once(
    service: Partner, keys: sitekeys.SiteKeys, signed_in: Callable[..., Client]
) -> None:
    browser = signed_in()

    first = browser.post(reverse("victims:start"), TYPED)
    browser.post(reverse("victims:start"), TYPED)

    assert first.status_code == 302
    values = crossed(keys)
    assert (values["family_name"], values["phone"], values["address"]) == ("Hollow", "01632 960 077", "")
    assert VictimReferral.objects.get().shared == ["phone", "email"]


def test_what_the_referral_of_the_person_says_is_not_asked_again(
    service: Partner, signed_in: Callable[..., Client]
) -> None:
    person = factories.referral(offence="Stalking, 45/1234/26.")

    page = signed_in().get(reverse("victims:start"), {"beside": person.ref})

    forms: Any = lxml.html.document_fromstring(page.content).forms  # type: ignore[attr-defined]  # the types name no forms
    form = next(one for one in forms if "account" in one.fields)
    said = {name: value for name, value in form.form_values() if value}
    del said["form_submission"], said["csrfmiddlewaretoken"]
    assert said == {
        "advocacy": ADVOCACY,
        "account": "Followed on three days.",
        "behaviours": "following",
        "relationship": "ex_partner",
        "crime_reference": "45/1234/26",
        "referral": person.ref,
        "officer_name": "Officer Ash Vale",
        "officer_phone": "01632 960 000",
    }


def test_a_referral_of_another_area_tells_the_form_nothing(
    service: Partner, signed_in: Callable[..., Client]
) -> None:
    elsewhere = factories.referral(area="Elsewhere")

    assert signed_in().get(reverse("victims:start"), {"beside": elsewhere.ref}).status_code == 404


def test_nothing_of_it_stays_on_this_side(service: Partner, signed_in: Callable[..., Client]) -> None:
    browser = signed_in()
    browser.post(reverse("victims:start"), TYPED)

    page = browser.get(reverse("victims:victims")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM partnership_victimreferral t")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT t::text FROM partnership_victimreferralevent t")
        kept += str(cursor.fetchall())

    assert "45/1234/26" in page
    assert "45/1234/26" in kept
    assert "telephone, e-mail" in page
    for secret in SECRETS:
        assert secret not in page + kept


def test_without_their_agreement_nothing_is_sent(service: Partner, signed_in: Callable[..., Client]) -> None:
    answer = signed_in().post(reverse("victims:start"), TYPED | {"agreed": ""})

    assert answer.status_code == 422
    assert "Without their agreement nothing is sent" in answer.content.decode()
    assert not Outbox.objects.exists()


def test_a_number_that_cannot_ring_is_asked_again(service: Partner, signed_in: Callable[..., Client]) -> None:
    answer = signed_in().post(reverse("victims:start"), TYPED | {"phone": "at work", "email": "robin"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a telephone number, like 01632 960 001" in page
    assert "Enter an e-mail address, like sam@example.org" in page


def test_both_people_of_a_case_are_known_to_belong_together(
    service: Partner, signed_in: Callable[..., Client]
) -> None:
    person = factories.referral()

    signed_in().post(reverse("victims:start"), TYPED | {"referral": person.ref})

    side = Side.objects.get()
    assert VictimReferral.objects.get().referral == person
    assert (side.pair, side.state, side.thread) == (
        person.pair,
        "stands",
        VictimReferral.objects.get().thread,
    )


def test_a_place_that_they_did_not_agree_to_share_is_found_in_the_account(
    service: Partner, keys: sitekeys.SiteKeys, signed_in: Callable[..., Client]
) -> None:
    browser, words = signed_in(), "Waits outside 14 Otterfell Road"

    asked = browser.post(reverse("victims:start"), TYPED | {"account": words})

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "“14 Otterfell Road” looks like an address. Reword it, or say why it is safe to keep" in page
    assert words in page
    assert not Outbox.objects.exists()

    browser.post(reverse("victims:start"), TYPED | {"account": words, "false_alarm": "referred_person"})

    assert crossed(keys)["account"] == words
    event = AuditEvent.objects.get(action="partnership.answer_for_words")
    assert event.row == f"partnership.victimreferral:{VictimReferral.objects.get().ref}"
    assert event.reason.startswith("account: address: It belongs to the person who stalks")
    assert "Otterfell" not in str(AuditEvent.objects.values_list())


def test_how_they_are_reached_safely_crosses_as_they_said_it(
    service: Partner, keys: sitekeys.SiteKeys, signed_in: Callable[..., Client]
) -> None:
    safety = "Ring her sister first, 01632 960 078"

    answer = signed_in().post(reverse("victims:start"), TYPED | {"safety": safety})

    assert answer.status_code == 302
    assert crossed(keys)["safety"] == safety


def test_a_reader_that_breaks_after_the_form_was_read_sends_nothing_and_loses_nothing(
    service: Partner, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = itertools.count()

    def once(words: str) -> tuple[Finding, ...]:
        # The form reads what was typed, and the command reads it again.
        if next(asked):
            raise RuntimeError(words[:0])
        return ()

    monkeypatch.setattr(locators, "find", once)

    answer = signed_in().post(reverse("victims:start"), TYPED)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Desist could not check these words" in page
    assert str(TYPED["account"]) in page
    assert not Outbox.objects.exists()
    assert not VictimReferral.objects.exists()


SCREENED = {
    "risk_tool": "s_dash",
    "risk_tool_version": "2009",
    "risk_result": "High concern",
    "risk_rater": "Ash Vale",
    "risk_rater_trained": "yes",
    "risk_rated_on-day": "1",
    "risk_rated_on-month": "3",
    "risk_rated_on-year": "2026",
}
RISK = ("risk_tool", "risk_tool_version", "risk_result", "risk_rater", "risk_rater_trained", "risk_rated_on")


def test_the_result_of_a_screening_crosses_and_none_of_it_stays(
    service: Partner, keys: sitekeys.SiteKeys, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in().post(reverse("victims:start"), TYPED | SCREENED)

    assert answer.status_code == 302
    values = crossed(keys)
    assert [values[name] for name in RISK] == [
        "s_dash",
        "2009",
        "High concern",
        "Ash Vale",
        "yes",
        "2026-03-01",
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM partnership_victimreferral t")
        assert "High concern" not in str(cursor.fetchall())


def test_a_referral_without_a_screening_crosses_without_one(
    service: Partner, keys: sitekeys.SiteKeys, signed_in: Callable[..., Client]
) -> None:
    signed_in().post(reverse("victims:start"), TYPED)

    assert [crossed(keys)[name] for name in RISK] == ["", "", "", "", "", ""]


def test_a_screening_is_whole_or_refused_and_its_words_are_read(
    service: Partner, signed_in: Callable[..., Client]
) -> None:
    browser, address = signed_in(), reverse("victims:start")

    lacking = browser.post(address, TYPED | SCREENED | {"risk_result": ""})
    leading = browser.post(address, TYPED | SCREENED | {"risk_result": "High, rings 01632 960 077"})

    assert (lacking.status_code, leading.status_code) == (422, 422)
    assert "What was the result: answer this, or leave the whole screening empty" in lacking.content.decode()
    assert not Outbox.objects.exists()
