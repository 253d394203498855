"""An agency without Desist answers by a form that it fills in: read back, looked at and kept, or refused in a sentence."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import SupportReferral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]


@pytest.fixture
def row(episode: Episode) -> SupportReferral:
    """Robin, referred to an agency that is rung."""
    agency = factories.agency(name="Anchor Alcohol Service", answers="hand")
    return factories.support(
        episode=episode,
        agency=agency,
        need="substances",
        told="Drinks before contact.",
        referred_on=timezone.localdate(),
    )


def form(browser: Client, row: SupportReferral) -> str:
    answer = browser.get(f"/answer-files/{row.ref}/form/")
    assert answer["Content-Disposition"] == 'attachment; filename="answer-form.txt"'
    return answer.content.decode("utf-8-sig")


def filled(blank: str, line: str = "We accept the referral", words: str = "A first talk on Monday.") -> str:
    written = blank.replace(f"[ ] {line}", f"[x] {line}")
    return written.replace("Words:\r\n", f"Words:\r\n{words}\r\n")


def back(browser: Client, row: SupportReferral, written: str | bytes) -> str:
    content = written if isinstance(written, bytes) else written.encode()
    file = SimpleUploadedFile("answer.txt", content)
    return text(browser.post(f"/answer-files/{row.ref}/", {"file": file, "form_submission": "read"}))


def keep(browser: Client, row: SupportReferral, **changes: object) -> str:
    day = timezone.localdate()
    said = {
        "said": "accepted",
        "on-day": day.day,
        "on-month": day.month,
        "on-year": day.year,
        "words": "A first talk on Monday.",
        "form_version": row.version,
        "form_submission": "keep",
    }
    return text(browser.post(f"/answer-files/{row.ref}/keep/", said | changes, follow=True))


def test_the_form_names_nobody_and_no_reference(row: SupportReferral, kit_browser: Client) -> None:
    blank = form(kit_browser, row)
    person = row.episode.referral

    assert "[ ] We accept the referral" in blank
    assert "Northmere service made to Anchor Alcohol Service" in blank
    for secret in (person.family_name, person.given_names, row.ref, person.ref, row.episode.ref, "Drinks"):
        assert secret not in blank, secret


def test_a_filled_in_form_is_read_back_looked_at_and_kept_with_the_name_of_the_colleague(
    row: SupportReferral, kit_browser: Client
) -> None:
    page = back(kit_browser, row, filled(form(kit_browser, row)))
    nothing = row.news.count()
    kept = keep(kit_browser, row)

    assert "A first talk on Monday." in page
    assert nothing == 0
    assert "The agency’s answer is kept." in kept
    assert "Accepted" in kept
    news = row.news.get()
    assert (news.said, news.words) == ("accepted", "A first talk on Monday.")
    assert news.by


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda blank: blank, "No line of the form has an x"),
        (lambda blank: filled(filled(blank), "We do not accept it"), "More than one line"),
        (
            lambda blank: filled(blank).replace("We accept the referral", "We accept him"),
            "is not one of this form",
        ),
        (lambda blank: filled(blank).replace("Day:", "Day: 41/2/2026"), "The day on the form cannot be read"),
        ("Dear all, we accept.", "This file is not an answer form"),
        (
            lambda blank: re.sub(r"-[0-9a-f]{32}", "-" + "0" * 32, filled(blank)),
            "belongs to another referral",
        ),
        (b"%PDF-1.7 not a text", "The form is a plain text"),
        ("x" * 70_000, "too large for an answer form"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(
    row: SupportReferral, kit_browser: Client, change: Callable[[str], str] | str | bytes, sentence: str
) -> None:
    written = change(form(kit_browser, row)) if callable(change) else change
    page = back(kit_browser, row, written)

    assert sentence in page
    assert not row.news.exists()


def test_the_form_of_another_referral_is_refused(row: SupportReferral, kit_browser: Client) -> None:
    other = factories.support(episode=row.episode, agency=row.agency, referred_on=timezone.localdate())

    page = back(kit_browser, row, filled(form(kit_browser, other)))

    assert "belongs to another referral or another service" in page


def test_an_old_form_is_refused_with_where_the_referral_stands(
    row: SupportReferral, kit_browser: Client
) -> None:
    written = filled(form(kit_browser, row))
    keep(kit_browser, row)

    page = back(kit_browser, row, written)

    assert "This form is old" in page
    assert "By now the referral stands at: Accepted" in page


def test_what_a_colleague_recorded_meanwhile_is_not_overwritten(
    row: SupportReferral, kit_browser: Client
) -> None:
    keep(kit_browser, row, said="declined", words="They are full.")

    page = keep(kit_browser, row, form_submission="second")

    assert "by now this referral stands at: Not accepted" in page
    assert "A first talk on Monday." in page
    assert row.news.count() == 1


def test_words_that_lead_to_someone_are_asked_about(row: SupportReferral, kit_browser: Client) -> None:
    page = keep(kit_browser, row, words="She lives at 12 Quarry Lane now.")

    assert "looks like an address" in page
    assert not row.news.exists()


def test_a_form_in_the_wide_text_of_some_editors_is_read(row: SupportReferral, kit_browser: Client) -> None:
    page = back(kit_browser, row, filled(form(kit_browser, row)).encode("utf-16"))

    assert "A first talk on Monday." in page


def test_an_agency_that_answers_in_desist_has_no_form(row: SupportReferral, kit_browser: Client) -> None:
    SupportReferral.objects.update(thread="thread-of-robin")

    page = kit_browser.get(f"/answer-files/{row.ref}/")

    assert "This agency answers in Desist" in text(page)
    assert (
        f"/answer-files/{row.ref}/" not in kit_browser.get(f"/support/of/{row.episode.ref}/").content.decode()
    )


def test_the_page_of_the_person_leads_to_it(row: SupportReferral, kit_browser: Client) -> None:
    page = kit_browser.get(f"/support/of/{row.episode.ref}/").content.decode()

    assert f"/answer-files/{row.ref}/" in page
    assert f"/answer-files/{row.ref}/form/" in kit_browser.get(f"/answer-files/{row.ref}/").content.decode()
