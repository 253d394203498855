"""A picture is looked at on the page of its file without what the camera wrote into it, and kept by no browser."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.exhibits.test_making import picture

from desist.advocacy.evidence import keeping, queries
from desist.advocacy.evidence.models import Original
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim

pytestmark = pytest.mark.django_db


def drawn(browser: Client, row: Original) -> str:
    """The address of the picture, where the page of the file shows it."""
    page = browser.get(reverse("evidence:file", args=[row.ref])).content.decode()
    address = reverse("evidence:picture", args=[row.ref])
    return address if address in page else ""


def test_a_picture_is_shown_without_the_place_that_the_camera_wrote_into_it(
    browser_of_fable: Client, robin: Victim
) -> None:
    row = factories.original(victim=robin.ref, content=picture())

    answer = browser_of_fable.get(drawn(browser_of_fable, row))

    assert b"Quayside" in picture()
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store")
    assert answer.content.startswith(picture()[:4])
    assert b"Quayside" not in answer.content


@pytest.mark.parametrize(
    "fields",
    [
        {"content": b"<html><script>alert(1)</script>"},
        {"content": factories.SOUND},
        {"content": picture(), "state": "dropping"},
    ],
)
def test_what_is_no_picture_or_is_removed_is_absent(
    browser_of_fable: Client, robin: Victim, fields: dict[str, object]
) -> None:
    row = factories.original(victim=robin.ref, **fields)  # type: ignore[arg-type]  # named facts

    assert not drawn(browser_of_fable, row)
    assert browser_of_fable.get(reverse("evidence:picture", args=[row.ref])).status_code == 404


def test_a_picture_that_was_cut_or_changed_is_no_error(browser_of_fable: Client, robin: Victim) -> None:
    cut = factories.original(victim=robin.ref, content=picture()[:40])
    changed = factories.original(victim=robin.ref, content=picture())
    changed.pieces.update(digest="0" * 64)

    assert browser_of_fable.get(drawn(browser_of_fable, cut)).status_code == 422
    assert not drawn(browser_of_fable, changed)
    assert browser_of_fable.get(reverse("evidence:picture", args=[changed.ref])).status_code == 404


def test_a_large_picture_and_one_of_a_client_whose_key_was_destroyed_are_not_shown(
    browser_of_fable: Client, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = factories.original(victim=robin.ref, content=picture())
    with monkeypatch.context() as smaller:
        smaller.setattr(queries, "SHOWN", 0)
        assert not drawn(browser_of_fable, row)
        assert browser_of_fable.get(reverse("evidence:picture", args=[row.ref])).status_code == 404
    PersonKey.objects.update(wrapped=b"", destroyed_at=factories.NOW, destroyed_by="carol")

    assert keeping.parts(row) == 1
    assert not drawn(browser_of_fable, row)
