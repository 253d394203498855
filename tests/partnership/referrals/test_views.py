"""An officer's pages: search, write, check, send, put right, take back."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership import factories

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.partnership.referrals.models import Referral
from desist.post.models import Outbox, Partner
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

PERSON = {
    "given_names": "Robin",
    "family_name": "Example",
    "born-day": "28",
    "born-month": "2",
    "born-year": "1990",
}
BEHAVIOUR = {
    "behaviours": ["watching"],
    "channels": ["email"],
    "methods": ["tracker"],
    "relationship": "stranger",
    "behaviour_account": "Put a tracker under a car.",
}


def words(response: Any) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def begin(browser: Client, **typed: str) -> Any:
    return browser.post(reverse("referrals:start"), {"programme": factories.PROGRAMME, **PERSON, **typed})


def test_looking_the_person_up_is_limited_and_counted_as_every_search_for_people(
    officer: Client, programme: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 2)
    for name in ("Robin", "Robyn"):
        begin(officer, given_names=name)

    stopped = begin(officer, given_names="Rowan")
    looked = begin(officer, given_names="Rowan", nobody_of_these="yes")

    assert stopped.status_code == 422
    assert "which is as often as anyone may" in words(stopped)
    assert 'value="Rowan"' in stopped.content.decode()
    assert AccountAlert.objects.get().kind == "searches"
    assert looked.status_code == 302


def test_looking_ones_own_name_up_is_told(officer: Client, programme: Partner) -> None:
    own = Account.objects.get().name.split()

    begin(officer, given_names=own[0], family_name=own[1])

    assert AccountAlert.objects.get().kind == "own_search"


def section(row: Referral, key: str = "person") -> str:
    return reverse("referrals:section", args=[row.ref, key])


def test_somebody_unknown_is_begun_with_what_was_looked_up(officer: Client, programme: Partner) -> None:
    response = begin(officer, pnc="03/62845E")

    row = Referral.objects.get()
    assert response["Location"] == section(row, "reach")
    assert (row.family_name, row.pnc, row.area) == ("Example", "03/0062845E", factories.AREA)
    assert "Part 2 of 8" in words(officer.get(response["Location"]))
    assert "1 of 8 parts are finished" in words(officer.get(reverse("referrals:referral", args=[row.ref])))


def test_each_save_leads_to_the_next_unfinished_part_and_the_last_one_to_the_check(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished(contact_by="", referrer_name="")

    first = officer.post(section(row), {**PERSON, "form_version": "1"})
    reach = officer.post(section(row, "reach"), {"contact_by": "through_referrer", "form_version": "2"})
    contact = {"referrer_kind": "police", "referrer_name": "Ash Vale", "referrer_phone": "01632 960 000"}
    last = officer.post(section(row, "contact"), {**contact, "form_version": "3"})

    assert [one["Location"] for one in (first, reach, last)] == [
        section(row, "reach"),
        section(row, "contact"),
        reverse("referrals:check", args=[row.ref]),
    ]


def test_the_officer_who_referred_before_is_not_asked_again_whom_to_contact(
    officer: Client, programme: Partner
) -> None:
    account = Account.objects.get()
    factories.finished(started_by=account.ref, referrer_name=account.name, referrer_phone="01632 960 321")

    begin(officer, nobody_of_these="yes")

    row = Referral.objects.get(referrer_phone="01632 960 321", family_name="Example", route="")
    assert row.referrer_name == account.name


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"given_names": "Robyn", "family_name": "Exampel"}, "Same date of birth and a similar name"),
        ({"given_names": "Robin", "family_name": "Examples", "born": None}, "Similar name"),
        ({"given_names": "X", "family_name": "Y", "born": None, "pnc": "03/0062845E"}, "Same PNC number"),
    ],
)
def test_somebody_who_may_be_the_same_is_shown_before_anything_is_begun(
    officer: Client, programme: Partner, known: dict[str, Any], why: str
) -> None:
    row = factories.finished(**known)

    response = begin(officer, pnc="03/62845E")

    assert why in words(response)
    assert reverse("referrals:referral", args=[row.ref]) in response.content.decode()
    assert Referral.objects.count() == 1

    begin(officer, nobody_of_these="yes")

    assert Referral.objects.count() == 2


def test_begun_twice_by_the_same_form_is_begun_once(officer: Client, programme: Partner) -> None:
    first = begin(officer, nobody_of_these="yes", form_submission="the-same")
    again = begin(officer, nobody_of_these="yes", form_submission="the-same")

    assert first["Location"] == again["Location"]
    assert Referral.objects.count() == 1


def test_somebody_of_another_area_is_never_shown(officer: Client, programme: Partner) -> None:
    factories.finished(area="Elsewhere", pnc="03/0062845E")

    response = begin(officer, pnc="03/62845E")

    assert response.status_code == 302


def test_a_number_with_a_wrong_letter_is_kept_and_called_unverified(
    officer: Client, programme: Partner
) -> None:
    row = factories.draft()

    page = officer.post(section(row), {**PERSON, "pnc": "2003/0062845F", "form_version": "1"}, follow=True)

    assert "kept as unverified" in words(page)
    row.refresh_from_db()
    assert row.pnc == "2003/0062845F"
    assert "(unverified)" in words(officer.get(reverse("referrals:check", args=[row.ref])))


def test_an_alarm_keeps_the_words_and_a_reason_is_told_to_the_data_protection_officer(
    officer: Client, programme: Partner
) -> None:
    row = factories.draft()
    typed = {**BEHAVIOUR, "behaviour_account": "Reported at 14 Otterfell Road", "form_version": "1"}

    asked = officer.post(section(row, "behaviour"), typed)

    assert asked.status_code == 422
    assert "Reported at 14 Otterfell Road" in asked.content.decode()
    assert "looks like an address" in words(asked)

    officer.post(section(row, "behaviour"), {**typed, "false_alarm": "agency"})

    row.refresh_from_db()
    assert row.behaviour_account == "Reported at 14 Otterfell Road"
    event = AuditEvent.objects.get(action="partnership.answer_for_words")
    assert event.reason == "behaviour account: address: It belongs to a police station, court or service"
    assert "Otterfell" not in str(AuditEvent.objects.values_list())


def test_a_stale_tab_keeps_its_words_and_overwrites_nothing(officer: Client, programme: Partner) -> None:
    row = factories.draft()
    officer.post(section(row), {**PERSON, "form_version": "1"})

    stale = officer.post(section(row), {**PERSON, "given_names": "Robinson", "form_version": "1"})

    assert stale.status_code == 422
    assert "What this part says now is shown above the form" in words(stale)
    assert "Given names Robin " in words(stale)
    assert "Robinson" in stale.content.decode()
    row.refresh_from_db()
    assert row.given_names == "Robin"
    officer.post(section(row), {**PERSON, "given_names": "Robinson", "form_version": "2"})
    row.refresh_from_db()
    assert row.given_names == "Robinson"  # what was typed, once both were seen


def test_a_stale_tab_of_what_was_sent_shows_what_it_says_now(officer: Client, programme: Partner) -> None:
    row = factories.referral(given_names="Robin", version=2)
    page = reverse("referrals:amend", args=[row.ref, "person"])
    typed = {**PERSON, "given_names": "Robinson", "amend_reason": "mistake"}

    stale = officer.post(page, {**typed, "form_version": "1"})
    again = officer.post(page, {**typed, "form_version": "2"})

    assert stale.status_code == 422
    assert "Given names Robin " in words(stale)
    assert 'name="form_version" value="2"' in stale.content.decode()
    assert again.status_code == 302
    assert Outbox.objects.get().kind == "referral-amended"


def test_sent_twice_is_sent_once(officer: Client, programme: Partner) -> None:
    row = factories.finished()
    address = reverse("referrals:check", args=[row.ref])

    first = officer.post(address, {"form_version": "1"})
    again = officer.post(address, {"form_version": "1"})

    assert first["Location"] == again["Location"]
    assert Outbox.objects.filter(kind="referral").count() == 1


def test_a_judgement_of_risk_is_edited_before_it_is_sent_and_crosses_with_the_referral(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished(risk_tool="", risk_to=[])
    typed = {
        "risk_tool": "dash",
        "risk_result": "High",
        "risk_rater": "Ash Vale",
        "risk_to": ["victim"],
        "risk_rated_on-day": "1",
        "risk_rated_on-month": "2",
        "risk_rated_on-year": "2026",
        "risk_when": "Near 12 Quarry Lane on pay nights",
        "form_version": "1",
    }

    asked = officer.post(section(row, "risk"), typed)
    kept = officer.post(section(row, "risk"), {**typed, "risk_when": "On pay nights"})
    check = words(officer.get(reverse("referrals:check", args=[row.ref])))
    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "2"})

    assert asked.status_code == 422
    assert "looks like an address" in words(asked)
    assert kept["Location"] == reverse("referrals:check", args=[row.ref])
    assert "When is the risk greatest? On pay nights" in check
    row.refresh_from_db()
    assert (row.state, row.risk_rated_on) == ("sent", date(2026, 2, 1))
    assert Outbox.objects.get().kind == "referral"


def test_an_unfinished_draft_is_not_sent_and_says_what_is_open(officer: Client, programme: Partner) -> None:
    row = factories.finished(risk_kinds=[], route="")

    response = officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "1"})

    assert response.status_code == 422
    assert "Route and legal basis, Needs and risks to staff" in words(response)


def test_a_megabyte_is_refused_in_words_and_nothing_changes(officer: Client, programme: Partner) -> None:
    row = factories.draft()
    typed = {**BEHAVIOUR, "behaviour_account": "x" * 1_000_000, "form_version": "1"}

    response = officer.post(section(row, "behaviour"), typed)

    assert response.status_code == 422
    assert "must be 4,000 characters or fewer" in words(response)
    row.refresh_from_db()
    assert row.version == 1


def test_what_was_sent_is_put_right_with_a_reason(officer: Client, programme: Partner) -> None:
    row = factories.referral()
    address = reverse("referrals:amend", args=[row.ref, "person"])
    typed = {**PERSON, "given_names": "Robyn", "form_version": "1"}

    without = officer.post(address, typed)
    given = officer.post(address, {**typed, "amend_reason": "mistake"}, follow=True)

    assert without.status_code == 422
    assert "The referral has been amended" in words(given)
    assert "The person. A mistake in what was sent" in words(given)
    assert Outbox.objects.filter(kind="referral-amended").count() == 1
    row.refresh_from_db()
    assert (row.given_names, row.amendments) == ("Robyn", 1)


def test_nothing_new_is_not_sent(officer: Client, programme: Partner) -> None:
    row = factories.referral()

    response = officer.post(
        reverse("referrals:amend", args=[row.ref, "person"]),
        {**PERSON, "form_version": "1", "amend_reason": "mistake"},
    )

    assert "Nothing here is different" in words(response)
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_what_is_over_is_neither_put_right_nor_taken_back(
    officer: Client, programme: Partner, state: str
) -> None:
    row = factories.referral(state=state)
    typed = {**PERSON, "given_names": "Robyn", "form_version": "1", "amend_reason": "mistake"}

    amended = officer.post(reverse("referrals:amend", args=[row.ref, "person"]), typed)
    withdrawn = officer.post(reverse("referrals:withdraw", args=[row.ref]), {"reason": "mistake"})

    assert amended.status_code == withdrawn.status_code == 422
    assert not Outbox.objects.exists()


def test_a_referral_is_taken_back_with_a_coded_reason(officer: Client, programme: Partner) -> None:
    row = factories.referral(state="accepted")

    page = officer.post(reverse("referrals:withdraw", args=[row.ref]), {"reason": "moved"}, follow=True)

    assert "The person moved to another area" in words(page)
    assert "Kit Marlow" in words(page)
    row.refresh_from_db()
    assert (row.state, row.withdraw_reason) == ("withdrawn", "moved")


def test_the_list_narrows_to_a_state_and_pages(officer: Client, programme: Partner) -> None:
    for _ in range(26):
        factories.draft()
    factories.referral()

    sent = words(officer.get(reverse("referrals:referrals"), {"state": "sent"}))
    every = words(officer.get(reverse("referrals:referrals")))

    assert "Showing 1 referral" in sent
    assert "there are more" in every
