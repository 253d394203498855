"""A referral that is typed in by a programme that works alone, from the search to the decision."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts import searching
from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.post.models import ByHandTask, Outbox, Partner
from desist.programme.clocks import LONDON
from desist.programme.referrals.intake import commands
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.models import Referral
from desist.referral import answers
from desist.refusals import Changed
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db

PERSON = {
    "given_names": "Robin",
    "family_name": "Example",
    "born-day": "28",
    "born-month": "2",
    "born-year": "1990",
}
COMPLETE: dict[str, Any] = {
    **answers.empty(),
    "given_names": "Robin",
    "family_name": "Example",
    "born": date(1990, 2, 28),
    "contact_by": "phone",
    "route": "self",
    "legal_basis": "agreement",
    "proceedings": "none",
    "behaviours": ["contacting"],
    "channels": ["email"],
    "methods": ["none"],
    "relationship": "ex_partner",
    "behaviour_account": "Wrote every day after being asked to stop.",
    "offence_kind": "none",
    "orders": ["none"],
    "need_kinds": ["none"],
    "risk_kinds": ["none"],
    "risk_tool": "none",
    "risk_to": ["none"],
    "referrer_kind": "self",
}


def complete(**fields: Any) -> Draft:
    return factories.draft(answers=answers.to_json(COMPLETE), **fields)


def take_in(browser: Client, draft: Draft, day: date | None = None, version: int = 1) -> Any:
    day = day or timezone.now().astimezone(LONDON).date()
    typed = {f"complete_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    address = reverse("intake:check", args=[draft.ref])
    return browser.post(address, {**typed, "form_version": str(version)}, follow=True)


def begin(browser: Client, **typed: str) -> Any:
    return browser.post(reverse("intake:start"), {**PERSON, "partner": "nobody", **typed})


def test_looking_the_person_up_is_limited_and_counted_as_every_search_for_people(
    kit_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LIMIT", 2)
    for name in ("Robin", "Robyn"):
        begin(kit_browser, given_names=name)

    stopped = begin(kit_browser, given_names="Rowan")
    looked = begin(kit_browser, given_names="Rowan", nobody_of_these="yes")

    assert stopped.status_code == 422
    assert "which is as often as anyone may" in text(stopped)
    assert 'value="Rowan"' in stopped.content.decode()
    assert AccountAlert.objects.get().kind == "searches"
    assert looked.status_code == 302


def test_a_practitioner_types_a_self_referral_in_and_a_manager_decides_it(
    kit_browser: Client, signed_in: Callable[..., Client], own_keys: None
) -> None:
    begun = begin(kit_browser)
    draft = Draft.objects.get()
    assert begun["Location"] == reverse("intake:section", args=[draft.ref, "reach"])
    draft.answers = answers.to_json(COMPLETE)
    draft.save()

    page = take_in(kit_browser, draft)

    assert "has been submitted. A manager will decide it" in text(page)
    row = Referral.objects.get()
    assert answers.of(row) == COMPLETE
    assert (row.partner, row.state) == ("", "received")
    manager = signed_in(role=Role.MANAGER)
    assert "No referrer is linked (entered by this service)" in text(
        manager.get(reverse("referrals:referral", args=[row.ref]))
    )


def test_the_clock_counts_from_the_day_the_referral_was_complete(kit_browser: Client) -> None:
    day = timezone.now().astimezone(LONDON).date() - timedelta(days=3)

    take_in(kit_browser, complete(), day)

    assert Referral.objects.get().completed_at.astimezone(LONDON).date() == day


def test_a_day_in_the_future_is_refused(kit_browser: Client) -> None:
    page = take_in(kit_browser, complete(), timezone.localdate() + timedelta(days=3))

    assert page.status_code == 422
    assert "on or before" in text(page)
    assert not Referral.objects.exists()


def test_taken_in_twice_is_taken_in_once(kit_browser: Client) -> None:
    draft = complete()

    take_in(kit_browser, draft)
    take_in(kit_browser, draft)

    assert Referral.objects.count() == 1


@pytest.mark.parametrize("how", ["kept from it", "restricted"])
def test_what_was_typed_of_a_case_that_one_may_not_see_is_gone(
    kit_browser: Client, kit: Account, how: str
) -> None:
    case = factories.referral()
    draft = complete(referral=case)
    address = reverse("intake:draft", args=[draft.ref])
    before = kit_browser.get(address).status_code

    if how == "restricted":
        Restriction.objects.create(case=case.ref, made_by="x", made_at=factories.NOW)
    else:
        Exclusion.objects.create(
            case=case.ref, account=kit.ref, allowed=False, made_by="x", made_at=factories.NOW
        )

    assert (before, kit_browser.get(address).status_code) == (200, 404)


def test_an_unfinished_draft_says_what_is_open(kit_browser: Client) -> None:
    draft = factories.draft(answers=answers.to_json({**COMPLETE, "route": ""}))

    page = take_in(kit_browser, draft)

    assert page.status_code == 422
    assert "not finished: Route and legal basis" in text(page)


def test_a_stale_tab_keeps_its_words(kit_browser: Client) -> None:
    draft = factories.draft()
    address = reverse("intake:section", args=[draft.ref, "person"])
    kit_browser.post(address, {**PERSON, "form_version": "1"})

    stale = kit_browser.post(address, {**PERSON, "given_names": "Robinson", "form_version": "1"})

    assert stale.status_code == 422
    assert "Robinson" in stale.content.decode()
    draft.refresh_from_db()
    assert draft.answers["given_names"] == "Robin"


def test_an_alarm_that_is_answered_for_is_told_to_the_data_protection_officer(kit_browser: Client) -> None:
    draft = factories.draft()
    typed = {
        "need_kinds": "other",
        "needs": "Reports at 14 Otterfell Road",
        "risk_kinds": "none",
        "form_version": "1",
        "false_alarm": "agency",
    }

    kit_browser.post(reverse("intake:section", args=[draft.ref, "safety"]), typed)

    event = AuditEvent.objects.get(action="programme.answer_for_words")
    assert event.reason.startswith("needs: address: ")
    assert "Otterfell" not in event.reason


def test_somebody_who_may_be_referred_already_is_shown_first_and_nobody_of_another_area(
    kit_browser: Client,
) -> None:
    factories.referral(area="Elsewhere")
    assert begin(kit_browser).status_code == 302

    factories.referral()
    page = begin(kit_browser)

    assert "Same date of birth and a similar name" in text(page)
    assert Draft.objects.count() == 1
    assert begin(kit_browser, nobody_of_these="yes").status_code == 302


def test_begun_twice_by_the_same_form_is_begun_once(kit_browser: Client) -> None:
    first = begin(kit_browser, nobody_of_these="yes", form_submission="the-same")
    again = begin(kit_browser, nobody_of_these="yes", form_submission="the-same")

    assert first["Location"] == again["Location"]
    assert Draft.objects.count() == 1


def test_a_form_leads_nobody_to_what_another_area_began(actor: Actor) -> None:
    factories.draft(started_by=actor.who, submission="the-same", area="Elsewhere")
    before = Draft.objects.values().get()

    with pytest.raises(gate.NotFound):
        commands.start(actor=actor, partner="", answers=COMPLETE, submission="the-same", at=factories.NOW)

    assert Draft.objects.values().get() == before


def test_who_is_told_by_hand_gets_a_task_when_it_is_decided(
    police: Partner, kit_browser: Client, signed_in: Callable[..., Client]
) -> None:
    police.transport = "by_hand"
    police.save()
    draft = complete(partner=police.name)
    take_in(kit_browser, draft)
    row = Referral.objects.get()

    signed_in(role=Role.MANAGER).post(
        reverse("triage:decide", args=[row.ref]),
        {"outcome": "declined", "decline_reason": "capacity", "form_version": str(row.version)},
    )

    row.refresh_from_db()
    assert row.state == "declined"
    assert ByHandTask.objects.get().partner == police
    assert not Outbox.objects.exists()


def test_only_who_may_bring_in_a_table_is_led_to_it(
    kit_browser: Client, signed_in: Callable[..., Client]
) -> None:
    manager = signed_in(role=Role.MANAGER)

    assert "Import a table" in text(manager.get(reverse("intake:drafts")))
    assert "Import a table" not in text(kit_browser.get(reverse("intake:drafts")))


def test_drafts_of_the_area_are_listed_until_they_are_taken_in(kit_browser: Client) -> None:
    draft = complete()
    factories.draft(area="Elsewhere", answers=answers.to_json({**COMPLETE, "family_name": "Elsewhere"}))

    before = text(kit_browser.get(reverse("intake:drafts")))
    after = text(take_in(kit_browser, draft))

    assert "Robin Example" in before
    assert "Elsewhere" not in before
    assert "No referral is being entered" in after


def test_a_word_that_may_be_the_victims_name_is_ticked_before_it_is_submitted(kit_browser: Client) -> None:
    draft = complete()
    draft.answers["behaviour_account"] = "He followed Sarah home."
    draft.save()
    day = {"complete_on-day": "1", "complete_on-month": "3", "complete_on-year": "2026", "form_version": "1"}
    address = reverse("intake:check", args=[draft.ref])

    assert "Sarah In “What the person did" in text(kit_browser.get(address))
    refused = kit_browser.post(address, day)
    assert "Tick “Sarah”" in text(refused)
    assert not Referral.objects.exists()

    kit_browser.post(address, {**day, "no_name": ["Sarah"]})
    assert Referral.objects.exists()


def test_words_that_may_be_names_and_that_no_page_asked_about_are_not_taken_in(actor: Actor) -> None:
    told = COMPLETE | {"behaviour_account": "Wrote to Velmorith every day."}
    draft = factories.draft(answers=answers.to_json(told))

    with pytest.raises(Changed):
        commands.take_in(
            actor=actor, ref=draft.ref, version=1, complete_on=factories.NOW.date(), at=factories.NOW
        )

    assert not Referral.objects.exists()
