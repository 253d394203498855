"""A draft can be discarded: it leaves the lists and the search, and nothing of the person is left of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import staff
from tests.partnership import factories
from tests.partnership.referrals.test_views import begin, words

from desist.accounts.models import Account
from desist.partnership.referrals.models import Happening, Referral
from desist.partnership.sending import commands
from desist.post.models import Outbox, Partner
from desist.references import spoken
from desist.referral import answers
from desist.referral.lists import DiscardReason
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(programme: Partner, kit: Account) -> Referral:
    """A draft that Kit began."""
    said = {"given_names": "Robin", "family_name": "Example", "own_phone": "01632 960001"}
    return factories.finished(**said, started_by=kit.ref)


def history(draft: Referral) -> Any:
    return apps.get_model("partnership", "ReferralEvent")._default_manager.filter(pgh_obj_id=draft.pk)


def discard(actor: Actor, draft: Referral, version: int = 1) -> None:
    commands.discard(
        actor=actor, ref=draft.ref, reason=DiscardReason.NOT_A_CASE, version=version, at=factories.NOW
    )


def test_it_leaves_the_lists_and_the_search_and_its_words_are_gone(
    officer: Client, draft: Referral, actor: Actor
) -> None:
    assert "Discard this draft" in words(officer.get(reverse("referrals:referral", args=[draft.ref])))

    gone = officer.post(
        reverse("referrals:discard", args=[draft.ref]),
        {"reason": "not_a_case", "form_version": "1"},
        follow=True,
    )

    draft.refresh_from_db()
    assert "The draft was discarded" in words(gone)
    assert "Example" not in words(gone)
    for state in ("", "draft", "discarded"):
        assert "Example" not in words(officer.get(reverse("referrals:referrals") + f"?state={state}"))
    assert answers.of(draft) == answers.empty()
    assert {(one.given_names, one.own_phone) for one in history(draft)} == {("", "")}
    assert (draft.state, draft.discard_reason) == ("discarded", "not_a_case")
    events = AuditEvent.objects.filter(action="partnership.discard_referral", allowed=True)
    assert [event.reason for event in events] == ["not_a_case"]
    assert begin(officer).status_code == 302  # nobody is found who may be the same person
    page = words(officer.get(reverse("referrals:referral", args=[draft.ref])))
    assert "Draft discarded" in page
    assert "Not a case for the programme" in page
    assert "Kit Marlow" in page


def test_its_files_go_with_it(actor: Actor, draft: Referral) -> None:
    factories.attachment(referral=draft)

    discard(actor, draft)

    assert not draft.attachments.exists()


def test_nothing_is_discarded_without_a_reason_or_with_a_word_left(draft: Referral) -> None:
    row = Referral.objects.filter(pk=draft.pk)
    emptied = {**answers.empty(), "state": "discarded", "discard_reason": "other"}

    for left in ({"discard_reason": ""}, {"own_phone": "01632 960001"}, {"aliases": ["Robyn"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**emptied | left)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(discard_reason="other")


def test_what_was_sent_keeps_its_history_even_made_a_draft_again(draft: Referral) -> None:
    row = Referral.objects.filter(pk=draft.pk)
    row.update(state="sent", sent_at=factories.NOW, thread="thread-x")
    row.update(state="draft", sent_at=None, thread=None)

    row.update(**answers.empty(), state="discarded", discard_reason="other")

    assert {(one.state, one.given_names) for one in history(draft)} == {
        ("draft", "Robin"),
        ("sent", "Robin"),
        ("discarded", ""),
    }


def test_twice_leads_to_the_same_place_and_changes_nothing_more(officer: Client, draft: Referral) -> None:
    page, sent = reverse("referrals:discard", args=[draft.ref]), {"reason": "other", "form_version": "1"}
    officer.post(page, sent)

    again = officer.post(page, {**sent, "reason": "mistake"})

    draft.refresh_from_db()
    assert again["Location"] == reverse("referrals:referrals")
    assert draft.discard_reason == "other"
    assert draft.happenings.filter(what="discarded").count() == 1


def test_what_was_sent_is_taken_back_instead_and_an_old_page_discards_nothing(
    officer: Client, actor: Actor, draft: Referral
) -> None:
    sent = factories.referral(started_by=actor.who)

    late = officer.post(
        reverse("referrals:discard", args=[sent.ref]), {"reason": "other", "form_version": "1"}
    )
    stale = officer.post(
        reverse("referrals:discard", args=[draft.ref]), {"reason": "other", "form_version": "7"}
    )

    assert "Withdraw it instead" in words(late)
    assert "A colleague changed this referral" in words(stale)
    with pytest.raises(Refused):
        discard(actor, sent)
    with pytest.raises(Changed):
        discard(actor, draft, version=9)


def test_whoever_still_types_is_told_and_nothing_is_sent(
    officer: Client, actor: Actor, draft: Referral
) -> None:
    discard(actor, draft)
    typed = {"given_names": "Robyn", "family_name": "Example", "form_version": "1"}
    typed |= {"born-day": "28", "born-month": "2", "born-year": "1990"}

    written = officer.post(reverse("referrals:section", args=[draft.ref, "person"]), typed)
    officer.post(reverse("referrals:check", args=[draft.ref]), {"form_version": "2"})

    assert "This draft was discarded" in words(written)
    assert "Robyn" in written.content.decode()
    commands.send(actor=actor, ref=draft.ref, version=2, at=factories.NOW)
    assert not Outbox.objects.exists()
    assert "Discard the draft" not in words(officer.get(reverse("referrals:discard", args=[draft.ref])))


def test_a_colleague_neither_discards_it_nor_loses_a_word(
    signed_in: Callable[..., Client], draft: Referral, actor: Actor
) -> None:
    colleague = signed_in(account=staff.account(name="Noor Hale"))
    page = reverse("referrals:discard", args=[draft.ref])

    refused = colleague.post(page, {"reason": "other", "form_version": "1"})

    draft.refresh_from_db()
    assert refused.status_code == 422
    assert "Ask them or your force lead to discard it" in words(refused)
    assert "Discard the draft" not in words(colleague.get(page))
    assert "Discard this draft" not in words(colleague.get(reverse("referrals:referral", args=[draft.ref])))
    assert (draft.state, draft.given_names) == ("draft", "Robin")
    with pytest.raises(gate.NotFound):
        discard(replace(actor, who="carol"), draft)


def test_what_a_force_lead_discards_is_listed_and_whoever_began_it_is_told(
    signed_in: Callable[..., Client], officer: Client, draft: Referral
) -> None:
    lead = signed_in(role=Role.FORCE_LEAD, account=staff.account(name="Noor Hale"))
    colleague = signed_in(account=staff.account(name="Ola Reed"))

    lead.post(reverse("referrals:discard", args=[draft.ref]), {"reason": "not_a_case", "form_version": "1"})

    told = f"A colleague discarded your draft {spoken(draft.ref)}"
    assert told in words(officer.get(reverse("home:home")))
    assert told not in words(lead.get(reverse("home:home")))
    for browser in (lead, officer):
        listed = words(browser.get(reverse("referrals:discarded")))
        assert spoken(draft.ref) in listed
        assert "by Kit Marlow" in listed
        assert "by Noor Hale" in listed
        assert "Not a case for the programme" in listed
    assert spoken(draft.ref) not in words(colleague.get(reverse("referrals:discarded")))
    Happening.objects.filter(what="discarded").update(at=timezone.now() - timedelta(days=15))
    assert told not in words(officer.get(reverse("home:home")))


def test_what_one_discards_oneself_is_no_news(officer: Client, draft: Referral) -> None:
    officer.post(reverse("referrals:discard", args=[draft.ref]), {"reason": "mistake", "form_version": "1"})

    assert "A colleague discarded" not in words(officer.get(reverse("home:home")))
    assert spoken(draft.ref) in words(officer.get(reverse("referrals:discarded")))
