"""Files in the programme: those that followed a referral, and those that are attached here."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.programme import factories
from tests.programme.reading import text

from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.programme.attachments import commands
from desist.programme.attachments.models import Attachment
from desist.programme.referrals.commands import UnknownThread
from desist.programme.referrals.models import Referral
from desist.referral import files
from desist.wall import actors
from desist.wall.actors import Role

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
        ({"content": (base64.b64encode(b"MZ\x90").decode(),)}, "cannot be attached"),
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
