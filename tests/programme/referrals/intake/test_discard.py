"""A draft that is typed in here can be discarded, and nothing of the person is left of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.referrals.intake import commands
from desist.programme.referrals.intake.models import Draft
from desist.references import spoken
from desist.referral import answers
from desist.referral.answers import BY_KEY
from desist.referral.lists import DiscardReason
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

PERSON = {"given_names": "Quillon", "family_name": "Example", "born": date(1990, 2, 28)}


@pytest.fixture
def draft(kit: Account) -> Draft:
    """A draft that Kit began."""
    said = answers.to_json({**answers.empty(), **PERSON})
    return factories.draft(answers=said, started_by=kit.ref)


def history(draft: Draft) -> Any:
    return apps.get_model("programme", "DraftEvent")._default_manager.filter(pgh_obj_id=draft.pk)


def discard(actor: Actor, draft: Draft, version: int = 1) -> None:
    commands.discard(
        actor=actor, ref=draft.ref, reason=DiscardReason.DUPLICATE, version=version, at=factories.NOW
    )


def test_it_leaves_the_list_and_its_words_are_gone_with_their_history(
    kit_browser: Client, draft: Draft, actor: Actor
) -> None:
    assert "Discard this draft" in text(kit_browser.get(f"/intake/{draft.ref}/"))

    gone = kit_browser.post(
        f"/intake/{draft.ref}/discard/", {"reason": "duplicate", "form_version": "1"}, follow=True
    )

    assert gone.redirect_chain[0][0] == "/intake/"
    assert "The draft was discarded" in text(gone)
    assert "Quillon" not in text(gone)
    draft.refresh_from_db()
    assert (draft.answers, draft.discard_reason, draft.discarded_by) == ({}, "duplicate", actor.who)
    assert [one.answers for one in history(draft)] == [{}]
    events = AuditEvent.objects.filter(action="programme.discard_intake", allowed=True)
    assert [event.reason for event in events] == ["duplicate"]
    page = text(kit_browser.get(f"/intake/{draft.ref}/"))
    assert "This draft was discarded by Kit Marlow" in page
    assert "The person has already been referred" in page


def test_another_draft_keeps_its_history(actor: Actor, draft: Draft) -> None:
    other = factories.draft(answers={"given_names": "Robin"})

    discard(actor, draft)

    assert [one.answers for one in history(other)] == [{"given_names": "Robin"}]


def test_what_was_taken_in_keeps_its_history_even_made_a_draft_again(draft: Draft) -> None:
    row = Draft.objects.filter(pk=draft.pk)
    row.update(referral=factories.referral())

    row.update(
        referral=None, answers={}, discard_reason="other", discarded_by="carol", discarded_at=factories.NOW
    )

    assert [one.answers.get("given_names") for one in history(draft).order_by("pgh_id")] == [
        *("Quillon", "Quillon", None)
    ]


def test_twice_leads_to_the_same_place_and_changes_nothing_more(kit_browser: Client, draft: Draft) -> None:
    sent = {"reason": "mistake", "form_version": "1"}
    kit_browser.post(f"/intake/{draft.ref}/discard/", sent)

    again = kit_browser.post(f"/intake/{draft.ref}/discard/", {**sent, "reason": "other"})

    draft.refresh_from_db()
    assert again["Location"] == "/intake/"
    assert draft.discard_reason == "mistake"


def test_it_needs_a_reason_and_a_page_that_is_not_overtaken(kit_browser: Client, draft: Draft) -> None:
    reasonless = kit_browser.post(f"/intake/{draft.ref}/discard/", {"form_version": "1"})
    stale = kit_browser.post(f"/intake/{draft.ref}/discard/", {"reason": "other", "form_version": "7"})

    draft.refresh_from_db()
    assert reasonless.status_code == 422
    assert "A colleague changed this after you opened the page" in text(stale)
    assert draft.discarded_at is None


def test_what_was_taken_in_is_no_draft(kit_browser: Client, draft: Draft, actor: Actor) -> None:
    draft.referral = factories.referral()
    draft.save()

    late = kit_browser.post(f"/intake/{draft.ref}/discard/", {"reason": "other", "form_version": "1"})

    assert "it is no longer a draft" in text(late)
    with pytest.raises(Refused):
        discard(actor, draft)


def test_whoever_still_types_is_told_and_loses_no_word(
    kit_browser: Client, draft: Draft, actor: Actor
) -> None:
    discard(actor, draft)
    typed = {"given_names": "Robyn", "family_name": "Example", "form_version": "1"}
    typed |= {"born-day": "28", "born-month": "2", "born-year": "1990"}

    written = kit_browser.post(f"/intake/{draft.ref}/person/", typed)
    day = {"complete_on-day": "3", "complete_on-month": "3", "complete_on-year": "2026"}
    taken = kit_browser.post(f"/intake/{draft.ref}/check/", {**day, "form_version": "1"})

    assert "This draft has since been discarded" in text(written)
    assert "Robyn" in written.content.decode()
    assert "This draft has since been discarded" in text(taken)
    with pytest.raises(Refused):
        commands.write(
            actor=actor,
            ref=draft.ref,
            section=BY_KEY["person"],
            answers=answers.empty(),
            version=2,
            at=factories.NOW,
        )


def test_a_colleague_neither_discards_it_nor_loses_a_word(
    signed_in: Callable[..., Client], draft: Draft, actor: Actor
) -> None:
    colleague = signed_in(account=factories.account(name="Noor Hale"))
    page = f"/intake/{draft.ref}/discard/"

    refused = colleague.post(page, {"reason": "other", "form_version": "1"})

    draft.refresh_from_db()
    assert refused.status_code == 422
    assert "Ask them or a manager to discard it" in text(refused)
    assert "Discard the draft" not in text(colleague.get(page))
    assert "Discard this draft" not in text(colleague.get(f"/intake/{draft.ref}/"))
    assert draft.answers["given_names"] == "Quillon"
    with pytest.raises(gate.NotFound):
        discard(replace(actor, who="carol"), draft)


def test_what_a_manager_discards_is_listed_and_whoever_began_it_sees_it_on_their_day(
    signed_in: Callable[..., Client], kit_browser: Client, draft: Draft
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Noor Hale"))
    colleague = signed_in(account=factories.account(name="Ola Reed"))

    manager.post(f"/intake/{draft.ref}/discard/", {"reason": "not_a_case", "form_version": "1"})

    told = f"Noor Hale discarded your draft {spoken(draft.ref)}"
    assert told in text(kit_browser.get("/"))
    assert told not in text(manager.get("/"))
    for browser in (manager, kit_browser):
        listed = text(browser.get("/intake/discarded/"))
        assert spoken(draft.ref) in listed
        assert "by Kit Marlow" in listed
        assert "by Noor Hale" in listed
        assert "Not a case for the programme" in listed
    assert spoken(draft.ref) not in text(colleague.get("/intake/discarded/"))
    Draft.objects.filter(pk=draft.pk).update(discarded_at=timezone.now() - timedelta(days=15))
    assert told not in text(kit_browser.get("/"))


def test_what_one_discards_oneself_is_no_news(kit_browser: Client, draft: Draft) -> None:
    kit_browser.post(f"/intake/{draft.ref}/discard/", {"reason": "mistake", "form_version": "1"})

    assert "discarded your draft" not in text(kit_browser.get("/"))
    assert spoken(draft.ref) in text(kit_browser.get("/intake/discarded/"))


def test_nobody_of_another_area_discards_it(
    signed_in: Callable[..., Client], draft: Draft, actor: Actor
) -> None:
    elsewhere = signed_in(area="southmere", account=factories.account(name="Noor Hale"))

    assert elsewhere.post(f"/intake/{draft.ref}/discard/", {"reason": "other"}).status_code == 404
    discard(replace(actor), draft)
