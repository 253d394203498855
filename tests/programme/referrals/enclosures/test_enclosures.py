"""Files of a draft: attached while it is typed in, taken along when it is taken in, gone when it is discarded."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.referrals.intake.test_intake import COMPLETE

from desist.accounts.models import Account
from desist.post import own
from desist.post.models import Partner
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.enclosures import commands
from desist.programme.referrals.enclosures.models import Enclosure
from desist.programme.referrals.intake import commands as intake
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.referral import answers, files
from desist.referral.lists import DiscardReason
from desist.refusals import Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOTE = b"Reports to the station on Mondays."


@pytest.fixture
def draft(police: Partner, kit: Account) -> Draft:
    """A draft that Kit began."""
    return factories.draft(answers=answers.to_json(COMPLETE), started_by=kit.ref)


def attach(browser: Client, draft: Draft, *, name: str = "note.txt", content: bytes = NOTE) -> Any:
    sent = {"file": SimpleUploadedFile(name, content), "read": "on"}
    return browser.post(f"/enclosures/{draft.ref}/", sent, follow=True)


def take_in(actor: Actor, draft: Draft) -> Referral:
    draft.refresh_from_db()
    ref = intake.take_in(
        actor=actor, ref=draft.ref, version=draft.version, complete_on=date(2026, 3, 3), at=factories.NOW
    )
    return Referral.objects.get(ref=ref)


def test_it_is_kept_unreadable_and_saved_as_it_came(kit_browser: Client, draft: Draft) -> None:
    page = attach(kit_browser, draft)

    kept = Enclosure.objects.get()
    assert "The file was attached" in text(page)
    assert NOTE not in bytes(kept.sealed)
    saved = kit_browser.get(f"/enclosures/{draft.ref}/{kept.ref}/")
    assert saved.content == NOTE
    assert saved["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Attachments 1 attached" in text(kit_browser.get(f"/intake/{draft.ref}/"))


def test_it_goes_along_when_the_referral_is_taken_in(
    kit_browser: Client, signed_in: Callable[..., Client], actor: Actor, draft: Draft
) -> None:
    attach(kit_browser, draft)

    referral = take_in(actor, draft)

    kept = Attachment.objects.get(referral=referral)
    manager = signed_in(role=Role.MANAGER)
    assert not Enclosure.objects.exists()
    assert manager.get(f"/attachments/file/{kept.ref}/").content == NOTE
    assert kept.added_by == actor.who
    assert list(referral.happenings.order_by("pk").values_list("what", "detail")) == [
        ("typed_in", ""),
        ("attached", "TEXT"),
    ]


def test_it_goes_with_a_draft_that_is_discarded(actor: Actor, draft: Draft) -> None:
    factories.enclosure(draft=draft)

    intake.discard(actor=actor, ref=draft.ref, reason=DiscardReason.MISTAKE, version=1, at=factories.NOW)

    assert not Enclosure.objects.exists()


def test_whoever_has_not_seen_it_neither_discards_the_draft_nor_takes_it_in(
    kit_browser: Client, draft: Draft
) -> None:
    sent = {"reason": "mistake", "form_version": "1"}
    day = {"complete_on-day": "3", "complete_on-month": "3", "complete_on-year": "2026"}
    attach(kit_browser, draft, name="order.txt")

    discarded = kit_browser.post(f"/intake/{draft.ref}/discard/", sent)
    taken = kit_browser.post(f"/intake/{draft.ref}/check/", {**day, "form_version": "1"})

    assert "A colleague changed this after you opened the page" in text(discarded)
    assert "This was changed elsewhere" in text(taken)
    assert "Files order.txt" in text(taken)
    assert 'name="form_version" value="2"' in taken.content.decode()  # what stands there was seen now
    file = Enclosure.objects.get()
    kit_browser.post(f"/enclosures/{draft.ref}/{file.ref}/remove/")
    again = kit_browser.post(f"/intake/{draft.ref}/check/", {**day, "form_version": "2"})
    assert "This was changed elsewhere" in text(again)
    assert "Files None" in text(again)


def test_it_is_taken_away_once_and_of_its_own_draft_alone(kit_browser: Client, draft: Draft) -> None:
    mine, other = factories.enclosure(draft=draft), factories.enclosure(draft=factories.draft())

    for file in (mine, mine, other):
        gone = kit_browser.post(f"/enclosures/{draft.ref}/{file.ref}/remove/", follow=True)

    assert "The file was removed" in text(gone)
    assert list(Enclosure.objects.all()) == [other]
    assert kit_browser.get(f"/enclosures/{draft.ref}/{other.ref}/").status_code == 404
    assert kit_browser.get(f"/enclosures/{draft.ref}/{reference()}/").status_code == 404


def test_attaching_saving_and_taking_away_are_told_apart_in_the_audit(
    kit_browser: Client, draft: Draft
) -> None:
    attach(kit_browser, draft)
    file = Enclosure.objects.get()
    kit_browser.get(f"/enclosures/{draft.ref}/{file.ref}/")
    kit_browser.post(f"/enclosures/{draft.ref}/{file.ref}/remove/")

    done = {"programme.enclose_file", "programme.see_enclosure", "programme.remove_enclosure"}
    events = AuditEvent.objects.filter(action__in=done).order_by("pk")
    assert list(events.values_list("action", "row", "allowed")) == [
        ("programme.enclose_file", f"programme.draft:{draft.ref}", True),
        ("programme.see_enclosure", f"programme.enclosure:{file.ref}", True),
        ("programme.remove_enclosure", f"programme.draft:{draft.ref}", True),
    ]


def test_a_file_attached_in_another_tab_does_not_keep_a_part_from_being_saved(
    kit_browser: Client, draft: Draft
) -> None:
    typed = {"contact_by": "phone", "own_phone": "01632 960123", "form_version": "1"}
    attach(kit_browser, draft)

    first = kit_browser.post(f"/intake/{draft.ref}/reach/", typed)
    again = kit_browser.post(f"/intake/{draft.ref}/reach/", {**typed, "form_version": "2"})

    assert first.status_code == 422
    assert "What it says now" in text(first)
    assert "Only through the referrer" in text(first)
    assert "01632 960123" in first.content.decode()
    assert 'name="form_version" value="2"' in first.content.decode()
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["own_phone"] == "01632 960123"


def test_the_same_file_twice_and_one_too_many_are_refused(
    kit_browser: Client, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(kit_browser, draft)

    twice = attach(kit_browser, draft)
    monkeypatch.setattr(files, "MOST_FILES", 1)
    third = attach(kit_browser, draft, content=b"Another note.")

    assert "This file is already attached" in text(twice)
    assert "A referral has at most" in text(third)
    assert Enclosure.objects.count() == 1


def test_words_that_look_like_a_locator_are_said_and_a_file_that_runs_is_refused(
    kit_browser: Client, draft: Draft
) -> None:
    warned = attach(kit_browser, draft, content=b"Reports at 12 Mill Lane.")
    refused = attach(kit_browser, draft, name="run.exe", content=b"MZ\x90\x00")

    assert "Something in the text looks like an address" in text(warned)
    assert "cannot be attached" in text(refused)


def test_what_a_newer_look_refuses_is_not_handed_out(kit_browser: Client, draft: Draft) -> None:
    ref, keys = reference(), own.keys().current
    kept = factories.enclosure(
        draft=draft,
        ref=ref,
        name="run.exe",
        sealed=files.lock(keys=keys, ref=ref, content=b"MZ\x90\x00"),
    )

    assert kit_browser.get(f"/enclosures/{draft.ref}/{kept.ref}/").status_code == 422


def test_what_is_no_draft_any_more_is_left_as_it_is(kit_browser: Client, actor: Actor, draft: Draft) -> None:
    discarded = factories.draft(discard_reason="other", discarded_by="carol", discarded_at=factories.NOW)
    take_in(actor, draft)

    late = attach(kit_browser, draft)
    removed = kit_browser.post(f"/enclosures/{draft.ref}/{reference()}/remove/", follow=True)

    assert "This is no longer a draft" in text(late)
    assert "This is no longer a draft" in text(removed)
    with pytest.raises(Refused):
        commands.remove(actor=actor, ref=discarded.ref, file="x", at=factories.NOW)
