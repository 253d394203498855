"""The register of sharing agreements: kept by few, and each says whether it covers a disclosure on a day."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.partnership import factories

from desist.post.agreements import commands, queries
from desist.post.models import Agreement, Partner
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

NOW, TODAY = factories.NOW, factories.NOW.date()
TYPED: dict[str, Any] = {
    "title": "Northmere",
    "parties": [factories.PROGRAMME],
    "others": "Northmere Council",
    "purposes": ["safety"],
    "lawful_basis": "Public task",
    "begins_on-day": "1",
    "begins_on-month": "1",
    "begins_on-year": "2026",
    "review_on-day": "1",
    "review_on-month": "1",
    "review_on-year": "2090",
    "form_submission": "one",
}


@pytest.fixture
def lead(signed_in: Callable[..., Client]) -> Client:
    """The force lead, who keeps the register."""
    return signed_in(role=Role.FORCE_LEAD)


def covers(agreement: Agreement, **changed: Any) -> None:
    values: dict[str, Any] = {"area": factories.AREA, "partner": factories.PROGRAMME, "purpose": "safety"}
    commands.covers(ref=agreement.ref, **{**values, "on": TODAY, **changed})


def test_an_agreement_is_entered_once_and_its_document_known_by_its_fingerprint_alone(lead: Client) -> None:
    typed = TYPED | {"file": SimpleUploadedFile("signed.pdf", b"%PDF-1.7 signed")}

    first = lead.post(reverse("post:keep-agreement"), typed)
    lead.post(reverse("post:keep-agreement"), TYPED)

    row = Agreement.objects.get()
    assert first.status_code == 302
    assert row.document == hashlib.sha256(b"%PDF-1.7 signed").hexdigest()
    page = lead.get(reverse("post:agreements")).content.decode()
    assert row.document in page
    assert "Northmere programme, Northmere Council" in page
    assert "In force" in page


def test_an_officer_reads_the_register_and_keeps_nothing(officer: Client) -> None:
    factories.agreement()

    assert officer.get(reverse("post:agreements")).status_code == 200
    assert officer.get(reverse("post:keep-agreement")).status_code == 403


def test_days_that_cannot_be_and_a_document_that_is_too_large_are_asked_again(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist.post.agreements.forms.LARGEST", 3)
    wrong = {"ends_on-day": "31", "ends_on-month": "12", "ends_on-year": "2025"}
    file = {"file": SimpleUploadedFile("signed.pdf", b"large")}

    answer = lead.post(reverse("post:keep-agreement"), TYPED | wrong | file)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Its last day is before its first" in page
    assert "The file is larger than 10 megabytes" in page


def test_an_agreement_is_changed_and_keeps_its_document(lead: Client) -> None:
    row = factories.agreement(document="f" * 64)
    address = reverse("post:agreement", args=[row.ref])

    drawn = lead.get(address).content.decode()
    answer = lead.post(address, TYPED | {"title": "Renewed", "form_version": "1"})

    row.refresh_from_db()
    assert "f" * 64 in drawn
    assert (answer.status_code, row.title, row.document, row.version) == (302, "Renewed", "f" * 64, 2)


def test_of_two_who_change_it_at_once_the_second_is_told_so(lead: Client) -> None:
    row = factories.agreement(version=2)

    answer = lead.post(reverse("post:agreement", args=[row.ref]), TYPED | {"form_version": "1"})

    assert answer.status_code == 422
    assert "was changed after you opened this page" in answer.content.decode()


def test_an_agreement_that_was_ended_covers_nothing_from_that_day_on(lead: Client) -> None:
    row = factories.agreement(title="Northmere")
    for _ in range(2):
        assert lead.post(reverse("post:end-agreement", args=[row.ref])).status_code == 302

    row.refresh_from_db()
    assert row.ended_on is not None
    covers(row, on=row.ended_on - timedelta(days=1))
    with pytest.raises(Refused, match="“Northmere” was ended on"):
        covers(row, on=row.ended_on)
    assert "Covers nothing" in lead.get(reverse("post:agreements")).content.decode()


@pytest.mark.parametrize(
    ("fields", "asked", "sentence"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, {}, "expired on 2 March 2026: renew it in the register"),
        ({"begins_on": TODAY + timedelta(days=1)}, {}, "begins on 4 March 2026: it does not cover this yet"),
        ({}, {"partner": "another"}, "is not a party to “Northmere”"),
        ({}, {"purpose": "order"}, "does not cover this purpose: to keep or enforce an order"),
        ({}, {"area": "Elsewhere"}, "Name a sharing agreement"),
    ],
)
def test_what_an_agreement_does_not_cover_is_said_in_a_sentence(
    fields: dict[str, Any], asked: dict[str, Any], sentence: str
) -> None:
    row = factories.agreement(**{"title": "Northmere", "purposes": ["safety"], **fields})

    with pytest.raises(Refused, match=sentence):
        covers(row, **asked)


def test_an_agreement_covers_its_first_and_its_last_day() -> None:
    covers(factories.agreement(begins_on=TODAY, ends_on=TODAY))


def test_only_what_holds_today_is_offered_and_a_review_that_is_due_is_shown(actor: Actor) -> None:
    due = factories.agreement(title="B, review due", review_on=TODAY)
    factories.agreement(title="A, over", begins_on=date(2024, 1, 1), ends_on=date(2025, 1, 1))
    factories.agreement(title="Elsewhere", area="Elsewhere")

    rows, keeps = queries.agreements(actor=actor, at=NOW)

    assert [(row.title, row.in_force, row.review_is_due) for row in rows] == [
        ("B, review due", True, True),
        ("A, over", False, False),
    ]
    assert not keeps
    assert queries.in_force(actor=actor, at=NOW) == ((due.ref, "B, review due"),)
    assert queries.title(ref="unknown") == ""


def test_parties_are_the_partners_of_the_area(actor: Actor) -> None:
    Partner.objects.create(
        name="far",
        zone="programme",
        title="Far",
        transport="by_hand",
        phone="01632 960 009",
        area="Elsewhere",
        added_at=NOW,
    )

    assert queries.parties(actor=actor) == ((factories.PROGRAMME, "Northmere programme"),)
