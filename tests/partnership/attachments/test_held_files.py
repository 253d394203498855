"""A file in which something could lead to the victim: it is held, a second person releases it, and what was sent is recalled."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pypdf.generic import DictionaryObject, NameObject
from tests import staff
from tests.partnership import factories
from tests.referral import filled

from desist.accounts.models import Account
from desist.disclosure.codes import Recall
from desist.partnership.attachments import commands
from desist.partnership.attachments.handlers import HANDLERS
from desist.partnership.attachments.models import Attachment
from desist.partnership.referrals.models import Referral
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask, Outbox, Partner
from desist.referral import files
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import actors, gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

PLACE = "12 Quarry Lane"
SAID = f"She lives at {PLACE}, ZZ99 9ZZ. 07700 900123".encode()


def words(response: Any) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def attach(browser: Client, row: Referral, *, name: str = "t.txt", content: bytes = SAID) -> Any:
    file = SimpleUploadedFile(name, content)
    address = reverse("attachments:attachments", args=[row.ref])
    return browser.post(address, {"file": file, "read": "on"}, follow=True)


def post(browser: Client, page: str, row: Attachment, **typed: str) -> Any:
    sent = {"form_submission": "one", **typed}
    return browser.post(reverse(f"attachments:{page}", args=[row.ref]), sent, follow=True)


@pytest.fixture
def second(db: None) -> Account:
    return staff.account(name="Ash Vale")


@pytest.fixture
def colleague(second: Account) -> Client:
    """Another officer of the same force."""
    return staff.browser(account=second, role=Role.OFFICER)


@pytest.fixture
def held(officer: Client, programme: Partner) -> Attachment:
    """A held file of a referral that was sent."""
    attach(officer, factories.referral())
    return Attachment.objects.get()


@pytest.fixture
def sent(officer: Client, programme: Partner) -> Attachment:
    """A file that crossed."""
    attach(officer, factories.referral(), content=b"Reports on Mondays.")
    return Attachment.objects.get()


def test_a_file_that_says_where_she_lives_does_not_cross_after_a_referral(
    officer: Client, programme: Partner
) -> None:
    page = attach(officer, factories.referral())

    assert not Outbox.objects.exists()
    assert f"“{PLACE}” in the text looks like an address" in words(page)
    assert "“ZZ99 9ZZ” in the text looks like a postcode" in words(page)
    assert "“07700 900123” in the text looks like a telephone number" in words(page)
    assert "Not sent" in words(page)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", filled.inline(PLACE)),
        ("a.xlsx", filled.on_second_sheet(PLACE)),
        ("a.xlsx", filled.noted(PLACE)),
        ("a.xlsx", filled.named(PLACE)),
        ("a.xlsx", filled.headed(PLACE)),
        ("a.docx", filled.docx(**{"word/header1.xml": filled.WORD.format(filled.PARAGRAPH.format(PLACE))})),
        ("a.docx", filled.docx(**{"word/comments.xml": filled.WORD.format(filled.PARAGRAPH.format(PLACE))})),
        ("a.pdf", filled.note(PLACE)),
        ("a.pdf", filled.stamp(PLACE)),
        ("a.pdf", filled.layer(PLACE)),
        ("a.pdf", filled.bookmark(PLACE)),
        ("12_Quarry_Lane.txt", b"Reports on Mondays."),
        ("a.png", filled.PNG),
    ],
)
def test_nor_does_one_that_says_it_anywhere_inside(
    officer: Client, programme: Partner, name: str, content: bytes
) -> None:
    page = attach(officer, factories.referral(), name=name, content=content)

    assert not Outbox.objects.exists()
    assert Attachment.objects.get().held
    assert "Not sent" in words(page)


@pytest.mark.parametrize("change", [filled.very_hidden, filled.hidden_row, filled.hidden_column])
def test_a_workbook_that_hides_anything_is_not_even_kept(
    officer: Client, programme: Partner, change: Callable[[str], bytes]
) -> None:
    page = attach(officer, factories.referral(), name="a.xlsx", content=change("Nothing to see"))

    assert page.status_code == 422
    assert "hidden" in words(page)
    assert not Attachment.objects.exists()


def test_what_was_found_is_kept_so_that_a_look_reads_no_file(officer: Client, held: Attachment) -> None:
    """The file's own bytes are spoilt here: whatever reads them anew says so."""
    row = Attachment.objects.get()
    Attachment.objects.update(sealed=b"spoilt")

    pages = [
        words(officer.get(reverse("attachments:attachments", args=[row.referral.ref]))),
        words(officer.get(reverse("attachments:reason", args=[row.ref]))),
    ]

    for page in pages:
        assert f"“{PLACE}” in the text looks like an address" in page
    assert row.leads is not None
    assert b"Quarry" not in bytes(row.leads)


def test_what_was_found_that_cannot_be_unlocked_is_said_and_not_hidden(
    officer: Client, held: Attachment
) -> None:
    Attachment.objects.update(leads=b"spoilt")

    page = words(officer.get(reverse("attachments:reason", args=[held.ref])))

    assert "This file cannot be unlocked here" in page


def test_a_file_that_was_held_before_is_read_as_before(officer: Client, held: Attachment) -> None:
    Attachment.objects.update(leads=None)

    page = words(officer.get(reverse("attachments:reason", args=[held.ref])))

    assert f"“{PLACE}” in the text looks like an address" in page


PICTURE = "I looked at the picture: nobody can be found by it"
WITNESS = "It belongs to a witness, who agreed that it is passed on"


@pytest.mark.parametrize(
    ("name", "content", "offered"),
    [
        ("a.png", filled.PNG, True),
        ("12 Quarry Lane.png", filled.PNG, False),
        ("t.txt", SAID, False),
    ],
)
def test_a_picture_in_which_nobody_is_found_has_a_reason_of_its_own(
    officer: Client, programme: Partner, name: str, content: bytes, *, offered: bool
) -> None:
    attach(officer, factories.referral(), name=name, content=content)
    row = Attachment.objects.get()

    page = words(officer.get(reverse("attachments:reason", args=[row.ref])))
    answer = post(officer, "reason", row, reason="picture")

    assert (PICTURE in page) is offered
    assert WITNESS in page
    row.refresh_from_db()
    assert (answer.status_code, row.reason) == ((200, "picture") if offered else (422, ""))


def test_the_officer_of_data_protection_reads_that_it_was_a_picture(
    officer: Client, programme: Partner
) -> None:
    attach(officer, factories.referral(), name="a.png", content=filled.PNG)

    post(officer, "reason", Attachment.objects.get(), reason="picture")

    assert AuditEvent.objects.filter(reason=f"A picture: {PICTURE}").count() == 1


def test_the_command_takes_the_reason_of_pictures_for_pictures_alone(actor: Actor, held: Attachment) -> None:
    with pytest.raises(Refused, match="Not only pictures were found"):
        commands.give_reason(actor=actor, ref=held.ref, reason=FalseAlarm.PICTURE, at=factories.NOW)


def test_sending_a_draft_leaves_a_held_file_behind_until_it_is_released(
    officer: Client, colleague: Client, programme: Partner
) -> None:
    row = factories.finished()
    attach(officer, row)
    said = "1 attached, 1 of them not sent until a second person releases them"
    for page in ("check", "referral"):
        assert said in words(officer.get(reverse(f"referrals:{page}", args=[row.ref])))
    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "2"})
    file = Attachment.objects.get()
    before = list(Outbox.objects.values_list("kind", flat=True))

    post(officer, "reason", file, reason="agency")
    post(colleague, "release", file, looked="on")

    assert before == ["referral"]
    assert list(Outbox.objects.order_by("id").values_list("kind", flat=True)) == [
        "referral",
        "referral-attachment",
    ]


def test_a_file_that_is_released_before_its_referral_is_sent_goes_with_it(
    officer: Client, colleague: Client, programme: Partner
) -> None:
    row = factories.finished()
    attach(officer, row)
    file = Attachment.objects.get()
    post(officer, "reason", file, reason="agency")
    post(colleague, "release", file, looked="on")
    row.refresh_from_db()
    assert not Outbox.objects.exists()

    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": str(row.version)})

    assert Outbox.objects.filter(kind="referral-attachment").count() == 1


def test_a_file_that_an_older_reader_let_through_is_read_again_when_its_referral_is_sent(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished()
    attach(officer, row)
    Attachment.objects.update(held=False)

    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "2"})

    assert Attachment.objects.get().held
    assert not Outbox.objects.filter(kind="referral-attachment").exists()


def test_only_a_second_person_releases_it_and_the_data_protection_officer_reads_why_and_who(
    officer: Client, colleague: Client, held: Attachment, kit: Account, second: Account
) -> None:
    early = post(colleague, "release", held, looked="on")
    page = post(officer, "reason", held, reason="agency")
    twice = post(colleague, "reason", held, reason="number")
    himself = post(officer, "release", held, looked="on")
    unseen = post(colleague, "release", held)
    assert not Outbox.objects.exists()

    released = post(colleague, "release", held, looked="on")
    again = post(colleague, "release", held, looked="on")

    assert "Nobody has said yet" in words(early)
    assert "A second person must look at the file" in words(page)
    assert "already been given" in words(twice)
    assert "a second person must release it" in words(himself)
    assert "Look at the file first" in words(unseen)
    assert "Released by Ash Vale" in words(released)
    assert "not waiting for a decision" in words(again)
    assert Outbox.objects.filter(kind="referral-attachment").count() == 1
    told = AuditEvent.objects.exclude(reason="").filter(allowed=True).order_by("id")
    assert list(told.values_list("who", "action", "reason")) == [
        (
            kit.ref,
            "partnership.answer_for_file",
            "Address, postcode, telephone number: It belongs to a police station, court or service",
        ),
        (
            second.ref,
            "partnership.release_file",
            "Reason of Kit Marlow: It belongs to a police station, court or service",
        ),
    ]
    assert not any(PLACE in event.reason for event in AuditEvent.objects.all())


def test_the_second_person_finds_it_on_the_first_page_and_who_attached_it_does_not(
    officer: Client, colleague: Client, held: Attachment
) -> None:
    said = "Look at a file of the referral"
    before = words(colleague.get("/"))
    post(officer, "reason", held, reason="agency")

    assert said not in before
    assert said in words(colleague.get("/"))
    assert said not in words(officer.get("/"))


@pytest.mark.parametrize("page", ["reason", "release", "recall"])
def test_each_page_says_what_was_found_or_what_will_happen(
    colleague: Client, held: Attachment, page: str
) -> None:
    shown = words(colleague.get(reverse(f"attachments:{page}", args=[held.ref])))

    assert (PLACE in shown) == (page != "recall")
    assert words(post(colleague, page, held)).startswith("Error: ")


def test_a_held_file_is_removed_although_its_referral_was_sent(officer: Client, held: Attachment) -> None:
    page = officer.post(reverse("attachments:remove", args=[held.ref]), follow=True)

    assert "The file was removed" in words(page)
    assert not Attachment.objects.exists()


def test_a_file_whose_name_was_found_crosses_once_it_is_released_and_is_recalled_by_that_name(
    officer: Client, colleague: Client, programme: Partner
) -> None:
    attach(officer, factories.referral(), name="12 Quarry Lane.txt", content=b"Reports.")
    file = Attachment.objects.get()
    assert not Outbox.objects.exists()

    post(officer, "reason", file, reason="agency")
    post(colleague, "release", file, looked="on")
    post(officer, "recall", file, reason="wrong")

    kinds = list(Outbox.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["referral-attachment", "attachment-recall"]


def test_nothing_is_released_to_a_referral_that_is_closed_or_for_a_file_that_is_gone(
    officer: Client, colleague: Client, held: Attachment, actor: Actor
) -> None:
    post(officer, "reason", held, reason="nobody_protected")
    Referral.objects.update(state="withdrawn")

    page = post(colleague, "release", held, looked="on")
    listed = words(colleague.get("/"))

    assert "This referral is closed" in words(page)
    assert "Look at a file" not in listed
    assert not Outbox.objects.exists()
    assert post(officer, "recall", held, reason="wrong").status_code == 422


def test_what_a_newer_reader_refuses_is_said_in_its_place(officer: Client, held: Attachment) -> None:
    Attachment.objects.update(name="t.exe", leads=None)

    page = officer.get(reverse("attachments:attachments", args=[held.referral.ref]))

    assert "does not fit what is inside" in words(page)


def test_a_recall_goes_once_and_the_sender_reads_what_became_of_it(officer: Client, sent: Attachment) -> None:
    first = post(officer, "recall", sent, reason="wrong")
    post(officer, "recall", sent, reason="stop")
    about = sent.referral
    told = payloads.AttachmentRecalled(sent.digest, 3, factories.NOW)
    for _ in range(2):
        arrive(about, told)

    page = officer.get(reverse("attachments:attachments", args=[about.ref]))

    kinds = list(Outbox.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["referral-attachment", "attachment-recall"]
    assert "has not yet confirmed" in words(first)
    assert "can no longer open this file. It was opened 3 times before." in words(page)
    assert "Recall t.txt" not in words(page)
    assert about.happenings.filter(what="file_stopped").count() == 1


def arrive(about: Referral, told: payloads.AttachmentRecalled) -> None:
    received = Received(told, about.thread or "", factories.PROGRAMME, factories.NOW, actors.post())
    with transaction.atomic():
        HANDLERS[type(told)](received)


def test_an_answer_to_what_was_not_recalled_is_refused(sent: Attachment) -> None:
    with pytest.raises(CannotHandle, match="was not recalled from here"):
        arrive(sent.referral, payloads.AttachmentRecalled(sent.digest, 1, factories.NOW))


def test_a_recalled_file_makes_room_and_its_own_bytes_stay_refused(officer: Client, sent: Attachment) -> None:
    post(officer, "recall", sent, reason="wrong")

    again = attach(officer, sent.referral, content=b"Reports on Mondays.")
    for number in range(5):
        attach(officer, sent.referral, content=f"Part {number} of five".encode())

    assert "This file was recalled, so it cannot be attached to this referral again" in words(again)
    assert Attachment.objects.count() == 6


def test_where_writing_to_the_programme_has_ended_nothing_changes_and_the_page_says_so(
    officer: Client, sent: Attachment, programme: Partner
) -> None:
    programme.ended_at = factories.NOW
    programme.save()

    recalled = post(officer, "recall", sent, reason="stop")
    attached = attach(officer, sent.referral, content=b"Another note.")

    sent.refresh_from_db()
    assert sent.recalled_at is None
    assert Attachment.objects.count() == 1
    for page in (recalled, attached):
        assert page.status_code == 422
        assert "Writing to Northmere programme has ended" in words(page)


def test_a_partner_by_hand_is_told_of_a_recall_within_the_hour(
    officer: Client, sent: Attachment, programme: Partner
) -> None:
    programme.transport = "by_hand"
    programme.save()

    post(officer, "recall", sent, reason="stop")

    task = ByHandTask.objects.get()
    assert "Attachment recall" in task.text
    assert "Name: t.txt" in task.text
    assert sent.digest not in task.text
    assert (task.due_at - task.made_at).total_seconds() == 3600


def test_a_file_that_is_gone_or_goes_meanwhile_is_not_found(actor: Actor, held: Attachment) -> None:
    def and_then_it_goes(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "FOR UPDATE" in sql and "partnership_referral" in sql:
            Attachment.objects.all().delete()
        return found

    with connection.execute_wrapper(and_then_it_goes), pytest.raises(gate.NotFound):
        commands.give_reason(actor=actor, ref=held.ref, reason=FalseAlarm.NOBODY_PROTECTED, at=factories.NOW)
    Attachment.objects.all().delete()
    with pytest.raises(gate.NotFound):
        commands.recall(actor=actor, ref=held.ref, reason=Recall.WRONG, at=factories.NOW)


def test_a_file_that_an_older_desist_kept_as_it_was_is_rewritten_when_it_is_sent(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished()
    book = filled.xlsx()
    file = factories.attachment(referral=row, name="a.xlsx", media=files.Media.XLSX, content=book)

    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "1"})

    before = file.digest
    file.refresh_from_db()
    assert b"docProps" in book
    assert file.digest == files.inspect(name="a.xlsx", content=book).digest != before
    assert Outbox.objects.filter(kind="referral-attachment").count() == 1


def runs_by_itself() -> bytes:
    """A PDF with an action that runs when its page is opened."""
    return filled.written(
        filled.pdf(), lambda writer: writer.pages[0].update({NameObject("/AA"): DictionaryObject()})
    )


CLOSED = [
    ({"name": "a.xlsx", "content": filled.hidden_row("x")}, "Sheet 1 has hidden rows or columns"),
    (
        {"name": "a.docx", "content": filled.docx(**{"word/media/image1.emf": b"EMF"})},
        "This file holds a font, a drawing",
    ),
    ({"name": "a.pdf", "content": runs_by_itself()}, "This PDF holds an action that runs by itself"),
    ({"name": "a.txt", "sealed": bytes(40)}, "This file cannot be unlocked here"),
    ({"name": "a.txt", "key": "gone"}, "This file cannot be unlocked here"),
]


@pytest.mark.parametrize(("kept", "sentence"), CLOSED)
def test_a_referral_goes_without_a_file_that_cannot_be_sent_and_the_page_names_it(
    officer: Client, programme: Partner, kept: dict[str, Any], sentence: str
) -> None:
    row = factories.finished()
    file = factories.attachment(referral=row, **kept)

    page = officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "1"}, follow=True)
    listed = officer.get(reverse("attachments:attachments", args=[row.ref]))

    row.refresh_from_db()
    file.refresh_from_db()
    assert (row.state, file.held) == ("sent", True)
    assert list(Outbox.objects.values_list("kind", flat=True)) == ["referral"]
    assert f"“{file.name}” cannot be sent. {sentence}" in words(page)
    assert sentence in words(listed)
    assert "Not sent" in words(listed)


@pytest.mark.parametrize(("kept", "sentence"), CLOSED)
def test_a_held_file_that_cannot_be_sent_is_neither_given_a_reason_nor_released(
    officer: Client, colleague: Client, programme: Partner, kept: dict[str, Any], sentence: str
) -> None:
    file = factories.attachment(referral=factories.referral(), held=True, **kept)
    reason = post(officer, "reason", file, reason="agency")
    Attachment.objects.update(reason="agency", reason_by="ada", reason_at=factories.NOW)

    release = post(colleague, "release", file, looked="on")

    for page in (reason, release):
        assert page.status_code == 422
        assert f"“{file.name}” cannot be sent. {sentence}" in words(page)
    assert Attachment.objects.get().is_waiting
    assert not Outbox.objects.exists()


def test_a_file_that_was_released_and_cannot_be_sent_any_more_waits_again(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished()
    file = factories.attachment(
        referral=row,
        name="a.pdf",
        content=runs_by_itself(),
        held=True,
        reason="agency",
        reason_by="ada",
        reason_at=factories.NOW,
        released_by="ben",
        released_at=factories.NOW,
    )

    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "1"})

    file.refresh_from_db()
    assert file.is_waiting


@pytest.mark.parametrize(
    ("content", "changed", "status"),
    [
        (filled.hidden_row("x"), {}, 200),
        (filled.docx(), {}, 422),
        (filled.xlsx(), {"sealed": bytes(40)}, 422),
    ],
)
def test_a_file_that_is_kept_is_looked_at_here_or_a_sentence_says_why_not(
    officer: Client, programme: Partner, content: bytes, changed: dict[str, Any], status: int
) -> None:
    file = factories.attachment(referral=factories.draft(), name="a.xlsx", content=content, **changed)

    for page in ("look", "download"):
        assert officer.get(reverse(f"attachments:{page}", args=[file.ref])).status_code == status
