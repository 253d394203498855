"""Files on the police side: attached, looked at, taken away, and sent after their referral."""

import base64
import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.partnership import factories

from desist.partnership.attachments import commands
from desist.partnership.attachments.models import Attachment
from desist.partnership.referrals.models import Referral
from desist.post import payloads
from desist.post.by_hand import spoken
from desist.post.models import ByHandTask, Outbox, Partner
from desist.references import reference
from desist.referral import files
from desist.wall import gate
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOTE = b"Reports to the station on Mondays."


def words(response: Any) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def attach(
    officer: Client, row: Referral, *, name: str = "note.txt", content: bytes = NOTE, read: str = "on"
) -> Any:
    file = SimpleUploadedFile(name, content)
    return officer.post(
        reverse("attachments:attachments", args=[row.ref]), {"file": file, "read": read}, follow=True
    )


def test_a_file_is_kept_unreadable_and_shown_to_who_may_see_it(officer: Client, programme: Partner) -> None:
    row = factories.draft()

    page = attach(officer, row)

    kept = Attachment.objects.get()
    assert "The file was attached" in words(page)
    assert NOTE not in bytes(kept.sealed)
    assert NOTE.decode() in words(officer.get(reverse("attachments:look", args=[kept.ref])))
    saved = officer.get(reverse("attachments:download", args=[kept.ref]))
    assert saved.content == NOTE
    assert saved["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert saved["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert saved["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "run.exe", "content": b"MZ\x90\x00"}, "cannot be attached"),
        ({"content": b""}, "The file is empty"),
        ({"content": b"x" * (files.MOST_BYTES + 1)}, "larger than 4 MB"),
        ({"read": ""}, "Read the file first"),
    ],
)
def test_what_may_not_be_attached_leaves_nothing(
    officer: Client, programme: Partner, typed: dict[str, Any], sentence: str
) -> None:
    page = attach(officer, factories.draft(), **typed)

    assert page.status_code == 422
    assert sentence in words(page)
    assert not Attachment.objects.exists()


def test_an_upload_that_is_cut_half_way_leaves_nothing(officer: Client, programme: Partner) -> None:
    row = factories.draft()
    whole = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="note.txt"\r\n\r\nhalf of it'

    response = officer.generic(
        "POST",
        reverse("attachments:attachments", args=[row.ref]),
        whole,
        content_type="multipart/form-data; boundary=cut",
    )

    assert response.status_code in {400, 422}
    assert not Attachment.objects.exists()


def test_the_same_file_twice_and_a_sixth_are_refused(officer: Client, programme: Partner) -> None:
    row = factories.draft()
    for number in range(files.MOST_FILES - 1):
        attach(officer, row, content=NOTE + bytes([65 + number]))
    attach(officer, row)

    twice = attach(officer, row)
    sixth = attach(officer, row, content=b"another")

    assert "already attached" in words(twice)
    assert "at most 5 files" in words(sixth)
    assert Attachment.objects.count() == files.MOST_FILES


def test_words_in_a_file_that_look_like_a_locator_are_spoken_of(officer: Client, programme: Partner) -> None:
    page = attach(officer, factories.draft(), content=b"Seen at 14 Otterfell Road")

    assert "“14 Otterfell Road” in the text looks like an address" in words(page)


def test_a_file_of_a_draft_is_taken_away_and_one_that_was_sent_is_not(
    officer: Client, programme: Partner
) -> None:
    draft, sent = (factories.attachment(referral=row) for row in (factories.draft(), factories.referral()))

    gone = officer.post(reverse("attachments:remove", args=[draft.ref]), follow=True)
    kept = officer.post(reverse("attachments:remove", args=[sent.ref]))

    assert "The file was removed" in words(gone)
    assert kept.status_code == 422
    assert list(Attachment.objects.values_list("ref", flat=True)) == [sent.ref]


def test_the_referral_is_locked_before_its_file_as_discarding_does_it(actor: Actor, own_keys: None) -> None:
    file = factories.attachment(referral=factories.draft())

    with CaptureQueriesContext(connection) as asked:
        commands.remove(actor=actor, ref=file.ref, at=factories.NOW)

    locked = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    assert [' FROM "partnership_referral" ' in sql for sql in locked] == [True]


def test_a_file_makes_the_pages_of_its_draft_old_and_no_part_is_kept_from_being_saved(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished()
    check = reverse("referrals:check", args=[row.ref])
    reach = reverse("referrals:section", args=[row.ref, "reach"])
    typed = {"contact_by": "phone", "own_phone": "01632 960123", "form_version": "1"}
    attach(officer, row)

    sent = officer.post(check, {"form_version": "1"})
    first = officer.post(reach, typed)
    again = officer.post(reach, {**typed, "form_version": "2"})
    officer.post(reverse("attachments:remove", args=[Attachment.objects.get().ref]))
    late = officer.post(check, {"form_version": "3"})

    row.refresh_from_db()
    assert "changed elsewhere" in words(sent)
    assert 'name="form_version" value="2"' in sent.content.decode()  # what stands there was seen now
    assert "What it says now" in words(first)
    assert "01632 960123" in first.content.decode()
    assert 'name="form_version" value="2"' in first.content.decode()
    assert again.status_code == 302
    assert "changed elsewhere" in words(late)
    assert (row.state, row.own_phone, row.version) == ("draft", "01632 960123", 4)


def test_a_file_that_is_not_there_or_of_another_area_is_not_found(actor: Actor, own_keys: None) -> None:
    elsewhere = factories.attachment(referral=factories.draft(area="southmere"))

    for ref in (elsewhere.ref, reference()):
        with pytest.raises(gate.NotFound):
            commands.remove(actor=actor, ref=ref, at=factories.NOW)

    assert Attachment.objects.exists()


def test_files_cross_with_their_referral_and_after_it(officer: Client, programme: Partner) -> None:
    row = factories.finished()
    attach(officer, row)
    assert not Outbox.objects.exists()

    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "2"})
    attach(officer, row, content=b"later")

    assert list(Outbox.objects.order_by("id").values_list("kind", flat=True)) == [
        "referral",
        "referral-attachment",
        "referral-attachment",
    ]


def test_a_partner_by_hand_is_told_of_a_file_and_handed_it_apart(officer: Client, programme: Partner) -> None:
    programme.transport = "by_hand"
    programme.save()
    row = factories.referral()

    attach(officer, row)

    task = ByHandTask.objects.get()
    assert "Content: handed over separately" in task.text
    assert "Name: note.txt" in task.text
    payload = payloads.ReferralAttachment("a.txt", "text/plain", "0", (base64.b64encode(NOTE).decode(),))
    assert base64.b64encode(NOTE).decode() not in spoken(payload)


def test_nothing_is_attached_to_what_is_over(officer: Client, programme: Partner) -> None:
    page = attach(officer, factories.referral(state="withdrawn"))

    assert "nothing can be attached" in words(page)
    assert not Attachment.objects.exists()
