"""Documents of a person: filed, looked at, removed; sealed at rest, and kept from anyone who may not see the person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.documents import states
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Episode
from desist.programme.pages.history.sources import SOURCES
from desist.programme.sessions.models import Session
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

WORDS = b"I have read the notice and I agree to take part."


def form(content: bytes = WORDS, name: str = "agreement.txt", **changed: Any) -> dict[str, Any]:
    return {
        "kind": "agreement",
        "dated-day": "3",
        "dated-month": "3",
        "dated-year": "2026",
        "file": SimpleUploadedFile(name, content),
        "read": "on",
    } | changed


def where(episode: Episode) -> str:
    return f"/documents/of/{episode.ref}/"


def test_a_signed_agreement_is_filed_once_sealed_and_looked_at(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    kit_browser.post(where(episode), form())
    again = kit_browser.post(where(episode), form())

    kept = Document.objects.get()
    listed = text(kit_browser.get(where(episode)))
    assert again.status_code == 422
    assert "already kept here" in text(again)
    assert WORDS not in bytes(kept.sealed)
    assert "Signed agreement to take part 3 March 2026 agreement.txt" in listed
    assert WORDS.decode() in text(kit_browser.get(f"/documents/{kept.ref}/look/"))
    assert kit_browser.get(f"/documents/{kept.ref}/").content == WORDS
    assert "agreement.txt" not in text(kit_browser.get(f"/sessions/{session.ref}/shared/"))


def test_words_that_look_like_an_address_are_pointed_out(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(where(episode), form(b"Seen at 12 Larkspur Road.", "note.txt"), follow=True)

    assert "Something in the text looks like an address" in text(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "What is it?"),
        ({"dated-year": "2999"}, "must be on or before"),
        ({"read": ""}, "Read the file first"),
        ({"file": ""}, "Choose a file"),
        ({"file": SimpleUploadedFile("cut.pdf", b"")}, "empty"),
        ({"file": SimpleUploadedFile("run.txt", b"MZ\x90\x00")}, "cannot be attached"),
    ],
)
def test_what_cannot_be_filed_is_said_plainly(
    kit_browser: Client, episode: Episode, changed: dict[str, Any], sentence: str
) -> None:
    answer = kit_browser.post(where(episode), form(**changed))

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Document.objects.exists()


def test_no_more_are_kept_than_a_page_can_show(
    kit_browser: Client, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist.programme.documents.commands.MOST", 1)
    monkeypatch.setattr("desist.programme.documents.queries.MOST", 1)
    factories.document(episode=episode)

    assert "Remove one that is not needed" in text(kit_browser.get(where(episode)))
    refused = kit_browser.post(where(episode), form())
    assert refused.status_code == 422
    assert f"At most {states.MOST} documents are kept of a person" in text(refused)


def test_what_was_filed_by_mistake_is_gone_with_its_name_and_its_reason_stays(
    kit_browser: Client, episode: Episode
) -> None:
    kept = factories.document(episode=episode, name="somebody-else.txt")
    address = f"/documents/{kept.ref}/remove/"

    kit_browser.post(address, {"reason": "About another person"})
    again = kit_browser.post(address, {"reason": "Once more"})

    gone = Document.objects.get()
    listed = text(kit_browser.get(where(episode)))
    assert (bytes(gone.sealed), gone.name) == (b"", "")
    assert "Removed About another person" in listed
    assert "somebody-else" not in listed
    assert again.status_code == 422
    assert "already been removed" in text(again)
    assert kit_browser.get(f"/documents/{kept.ref}/").status_code == 404
    assert kit_browser.get(f"/documents/{kept.ref}/look/").status_code == 404


def test_what_a_newer_desist_refuses_is_not_shown(kit_browser: Client, episode: Episode) -> None:
    kept = factories.document(episode=episode, name="letter.pdf")

    for page in ("", "look/"):
        answer = kit_browser.get(f"/documents/{kept.ref}/{page}")
        assert answer.status_code == 422
        assert "does not fit what is inside" in text(answer)


def test_a_supervisor_looks_and_files_nothing(signed_in: Callable[..., Client], episode: Episode) -> None:
    kept = factories.document(episode=episode)
    supervisor = signed_in(role=Role.SUPERVISOR)

    seen = text(supervisor.get(where(episode)))

    assert "letter.txt" in seen
    assert "File the document" not in seen
    assert "Remove" not in seen
    assert supervisor.post(where(episode), form()).status_code == 403
    assert supervisor.get(f"/documents/{kept.ref}/remove/").status_code == 403


def test_the_history_tells_of_documents_without_their_names(kit_browser: Client, episode: Episode) -> None:
    kept = factories.document(episode=episode)
    kit_browser.post(f"/documents/{kept.ref}/remove/", {"reason": "About another person"})

    lines = [line for source in SOURCES for line in source(episode)]

    told = {line.what: line.detail for line in lines if line.what.startswith("Document")}
    assert told == {"Document filed": "Letter", "Document removed": "Letter"}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["b.txt", "c.txt", "a.txt"]),
        ("?sort=dated", ["a.txt", "c.txt", "b.txt"]),
        ("?sort=kind", ["c.txt", "a.txt", "b.txt"]),  # Letter, Order, Signed agreement
        ("?sort=-filed_at", ["c.txt", "b.txt", "a.txt"]),
        ("?what=letter", ["c.txt"]),
        ("?what=risk", []),
        ("?what=secret&sort=name", ["b.txt", "c.txt", "a.txt"]),
    ],
)
def test_the_documents_are_filtered_and_sorted(
    kit_browser: Client, episode: Episode, asked: str, shown: list[str]
) -> None:
    for name, kind, dated, filed in (("a", "order", 9, 3), ("b", "agreement", 1, 2), ("c", "letter", 5, 1)):
        factories.document(
            episode=episode,
            name=f"{name}.txt",
            kind=kind,
            digest=name,
            dated=factories.NOW.date() - timedelta(days=dated),
            filed_at=factories.NOW - timedelta(days=filed),
        )

    page = text(kit_browser.get(where(episode) + asked))

    names = [name for name in ("a.txt", "b.txt", "c.txt") if name in page]
    assert sorted(names, key=page.index) == shown
    assert "File the document" in page


def test_a_document_is_filed_from_a_narrowed_list(kit_browser: Client, episode: Episode) -> None:
    factories.document(episode=episode)

    assert kit_browser.post(f"{where(episode)}?what=letter", {"kind": "order"}).status_code == 422
    assert kit_browser.post(f"{where(episode)}?what=letter", form()).status_code == 302
