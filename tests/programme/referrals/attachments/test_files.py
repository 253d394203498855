"""Files in the programme: those that followed a referral, and those that are attached here."""

import base64
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.programme import factories
from tests.programme.reading import text
from tests.referral import filled

from desist.keys.sitekeys import SiteKeys
from desist.post import own, payloads, seal
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.programme.referrals.attachments import commands
from desist.programme.referrals.attachments.handlers import HANDLERS
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.commands import UnknownThread
from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.referral import files
from desist.wall import actors
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOTE = b"Reports to the station on Mondays."


def arrived(thread: str, **changed: Any) -> Received:
    file = files.inspect(name="note.txt", content=NOTE)
    values: dict[str, Any] = {
        "name": file.name,
        "media": file.media.value,
        "digest": file.digest,
        "content": (base64.b64encode(NOTE).decode(),),
    }
    payload = payloads.ReferralAttachment(**values | changed)
    return Received(payload, thread, factories.POLICE, factories.NOW, actors.post())


@pytest.fixture
def referral(police: Partner) -> Referral:
    return factories.referral()


def test_a_file_that_followed_is_kept_once_and_shown(
    referral: Referral, signed_in: Callable[..., Client]
) -> None:
    manager = signed_in(role=Role.MANAGER)

    commands.receive(arrived(referral.thread))
    commands.receive(arrived(referral.thread))

    kept = Attachment.objects.get()
    assert NOTE not in bytes(kept.sealed)
    assert "Attachments (1)" in text(manager.get(reverse("referrals:referral", args=[referral.ref])))
    assert "by the referrer" in text(manager.get(reverse("attachments:attachments", args=[referral.ref])))
    assert NOTE.decode() in text(manager.get(reverse("attachments:look", args=[kept.ref])))
    assert manager.get(reverse("attachments:download", args=[kept.ref])).content == NOTE


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"content": ("%%%",)}, "is broken"),
        (
            {"content": (base64.b64encode(b"MZ\x90").decode(),), "digest": sha256(b"MZ\x90").hexdigest()},
            "cannot be attached",
        ),
        ({"digest": "0" * 64}, "not the one that was sent"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused(
    referral: Referral, changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CannotHandle, match=sentence):
        commands.receive(arrived(referral.thread, **changed))

    assert not Attachment.objects.exists()


def test_a_file_that_overtook_its_referral_waits(referral: Referral) -> None:
    with pytest.raises(UnknownThread):
        commands.receive(arrived("unknown"))


def test_a_manager_attaches_a_file_here(referral: Referral, signed_in: Callable[..., Client]) -> None:
    manager = signed_in(role=Role.MANAGER)
    address = reverse("attachments:attachments", args=[referral.ref])

    for _ in range(2):
        page = manager.post(
            address, {"file": SimpleUploadedFile("note.txt", NOTE), "read": "on"}, follow=True
        )

    assert "already attached" in text(page)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_nothing_is_attached_to_a_referral_that_was_over_before_the_file_came(
    referral: Referral, signed_in: Callable[..., Client], state: str
) -> None:
    Referral.objects.update(state=state, decided_by="carol", decided_at=factories.NOW)
    before = Referral.objects.values().get()

    page = signed_in(role=Role.MANAGER).post(
        reverse("attachments:attachments", args=[referral.ref]),
        {"file": SimpleUploadedFile("note.txt", NOTE), "read": "on"},
    )

    assert page.status_code == 422
    assert "This referral is closed, so nothing can be attached" in text(page)
    assert not Attachment.objects.exists()
    assert Referral.objects.values().get() == before


def test_a_file_too_many_is_told_what_can_be_done_here(
    referral: Referral, signed_in: Callable[..., Client]
) -> None:
    for number in range(files.MOST_FILES):
        factories.attachment(referral=referral, digest=str(number))

    page = signed_in(role=Role.MANAGER).post(
        reverse("attachments:attachments", args=[referral.ref]),
        {"file": SimpleUploadedFile("note.txt", NOTE), "read": "on"},
    )

    assert "at most 5 files. Send this one another way" in text(page)
    assert "emove one" not in text(page)


def recalled(referral: Referral, digest: str) -> None:
    payload = payloads.AttachmentRecall("note.txt", digest, "wrong", factories.NOW)
    with transaction.atomic():
        HANDLERS[type(payload)](
            Received(payload, referral.thread, factories.POLICE, factories.NOW, actors.post())
        )


DIGEST = sha256(NOTE).hexdigest()
GONE = "on Tuesday 3 March 2026, 2:30pm. You can no longer open this file."


def test_a_recalled_file_can_no_longer_be_opened_and_its_sender_reads_how_often_it_was(
    referral: Referral, police: Partner, police_keys: SiteKeys, signed_in: Callable[..., Client]
) -> None:
    manager = signed_in(role=Role.MANAGER)
    commands.receive(arrived(referral.thread))
    kept = Attachment.objects.get()
    for page in ("look", "download", "look"):
        manager.get(reverse(f"attachments:{page}", args=[kept.ref]))

    for _ in range(2):
        recalled(referral, DIGEST)

    kept.refresh_from_db()
    listed = text(manager.get(reverse("attachments:attachments", args=[referral.ref])))
    assert (kept.name, kept.size, bytes(kept.sealed)) == ("", 0, b"")
    assert f"Recalled by {police.title} {GONE}" in listed
    assert "note.txt" not in listed
    for page in ("look", "download"):
        answer = manager.get(reverse(f"attachments:{page}", args=[kept.ref]))
        assert answer.status_code == 422
        assert GONE in text(answer)
        assert NOTE.decode() not in text(answer)
    assert AuditEvent.objects.filter(row__endswith=kept.ref, allowed=True).count() == 5
    assert "File recalled by the referrer" in text(
        manager.get(reverse("referrals:referral", args=[referral.ref]))
    )
    (answered,) = Outbox.objects.filter(kind="attachment-recalled")
    assert told(answered, police_keys) == (DIGEST, 3)


def told(envelope: Outbox, keys: SiteKeys) -> tuple[str, int]:
    """What an answer says."""
    body = seal.unseal(
        header=seal.Header(envelope.ref, own.site().name, envelope.receiver),
        sealed=bytes(envelope.sealed),
        keys=[keys.current.seal],
        by=[own.keys().public.current.sign],
    )
    return body.values["digest"], body.values["opened"]


def test_a_recall_that_overtakes_its_file_makes_it_never_readable(
    referral: Referral, signed_in: Callable[..., Client]
) -> None:
    recalled(referral, DIGEST)
    commands.receive(arrived(referral.thread))

    kept = Attachment.objects.get()
    page = signed_in(role=Role.MANAGER).get(reverse("attachments:attachments", args=[referral.ref]))

    assert (kept.name, bytes(kept.sealed)) == ("", b"")
    assert GONE in text(page)
    assert NOTE.decode() not in text(page)


def test_a_recall_mid_programme_is_there_to_be_read(referral: Referral) -> None:
    commands.receive(arrived(referral.thread))
    Referral.objects.update(state="accepted", decided_by="carol", decided_at=factories.NOW)
    factories.episode(referral=referral)

    recalled(referral, DIGEST)

    referral.refresh_from_db()
    assert referral.unread_since == factories.NOW


def test_a_recall_of_what_nobody_sent_waits(referral: Referral) -> None:
    payload = payloads.AttachmentRecall("note.txt", DIGEST, "wrong", factories.NOW)

    with pytest.raises(UnknownThread):
        commands.recall(Received(payload, "unknown", factories.POLICE, factories.NOW, actors.post()))


def test_a_file_that_an_older_sender_did_not_rewrite_is_rewritten_here_and_known_by_what_was_sent(
    referral: Referral,
) -> None:
    book = filled.xlsx()
    digest = sha256(book).hexdigest()
    sent = {"name": "a.xlsx", "digest": digest, "content": (base64.b64encode(book).decode(),)}

    commands.receive(arrived(referral.thread, **sent))

    kept = Attachment.objects.get()
    content = files.unlock(keys=own.keys(), key=kept.key, ref=kept.ref, sealed=bytes(kept.sealed))
    assert b"docProps" in book
    assert b"docProps" not in content
    assert kept.digest == digest


def sealed(name: str, content: bytes) -> dict[str, Any]:
    """The columns of a file as an older Desist kept it: as it was."""
    keys, ref = own.keys().current, reference()
    locked = files.lock(keys=keys, ref=ref, content=content)
    return {"ref": ref, "name": name, "sealed": locked, "digest": sha256(content).hexdigest()}


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.xlsx", filled.hidden_row("Mondays"), "Mondays"),
        ("a.docx", filled.docx(**{"word/media/image1.emf": b"EMF"}), "Order of the court"),
    ],
)
def test_a_file_kept_before_is_opened_although_nobody_could_attach_one_like_it_today(
    referral: Referral, signed_in: Callable[..., Client], name: str, content: bytes, shown: str
) -> None:
    manager = signed_in(role=Role.MANAGER)
    kept = factories.attachment(referral=referral, **sealed(name, content))

    look = manager.get(reverse("attachments:look", args=[kept.ref]))
    saved = manager.get(reverse("attachments:download", args=[kept.ref]))

    assert (look.status_code, saved.status_code) == (200, 200)
    assert shown in text(look)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            lambda: sealed("a.docx", filled.docx(**{"word/vbaProject.bin": "x"})),
            "macros or another file. Save it without them, or as PDF. If you do not have the file yourself, ask its sender",
        ),
        (lambda: {"sealed": bytes(40)}, "This file cannot be unlocked here"),
    ],
)
def test_a_file_kept_before_that_runs_or_is_spoilt_stays_closed_and_says_what_to_do(
    referral: Referral,
    signed_in: Callable[..., Client],
    changed: Callable[[], dict[str, Any]],
    sentence: str,
) -> None:
    manager = signed_in(role=Role.MANAGER)
    kept = factories.attachment(referral=referral, **changed())

    for page in ("look", "download"):
        answer = manager.get(reverse(f"attachments:{page}", args=[kept.ref]))
        assert answer.status_code == 422
        assert sentence in text(answer)
