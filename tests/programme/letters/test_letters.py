"""Letters: known facts alone, in three forms, kept as PDF, checked once more before they go out."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.letters import Variant
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Episode
from desist.programme.letters import commands, facts, templates
from desist.programme.letters.models import Letter, LetterTemplate
from desist.programme.letters.states import Kind, State
from desist.programme.referrals.models import Referral
from desist.ui import documents
from desist.wall.actors import Role
from desist.wall.models import AuditEvent, Clearance

pytestmark = pytest.mark.django_db


@pytest.fixture
def reached(episode: Episode) -> Episode:
    """Robin, whose address may be used."""
    factories.notice_words()
    Referral.objects.filter(pk=episode.referral.pk).update(
        contact_by="letter",
        own_address="4 Mill Lane\nNorthmere",
        own_postcode="NM1 1AA",
        own_email="robin@example.org",
    )
    episode.referral.refresh_from_db()
    return episode


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=staff.account(name="Carol Wren"))


def hour(*, days: int) -> TimestamptzRange:
    """An hour some days from now."""
    start = timezone.now() + timedelta(days=days)
    return TimestamptzRange(start, start + timedelta(hours=1))


def write(browser: Client, episode: Episode, kind: str, **fields: str) -> str:
    """Write a letter, and return what the page after it says."""
    sent = {"variant": "plain", "form_submission": f"{kind}-{fields}"[:60]} | fields
    return text(browser.post(f"/letters/of/{episode.ref}/write/{kind}/", sent, follow=True))


def send(browser: Client, letter: Letter, way: str = "post") -> str:
    day = timezone.localdate()
    on = {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}
    return text(browser.post(f"/letters/{letter.ref}/send/", {"way": way} | on, follow=True))


def printed(browser: Client, letter: Letter) -> str:
    """What the PDF of a letter says."""
    content = browser.get(f"/documents/{letter.document.ref}/").content
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


SHIPPED = [(kind, variant) for kind in Kind for variant in Variant]


@pytest.mark.parametrize(("kind", "variant"), SHIPPED)
def test_every_shipped_letter_is_written_from_known_facts(
    kit_browser: Client, reached: Episode, kind: Kind, variant: Variant
) -> None:
    factories.session(episode=reached, number=2, period=hour(days=7), room=factories.room())
    factories.missed(episode=reached, number=1, period=hour(days=-3))

    write(kit_browser, reached, kind.value, variant=variant.value)

    letter = Letter.objects.get()
    said = printed(kit_browser, letter)
    assert "{" not in said
    assert "01632 960140" in said or kind is Kind.REFERRER
    assert ("Robin Example" in said, letter.to) == (
        True,
        "Officer Ash Vale" if kind is Kind.REFERRER else "Robin Example",
    )
    assert "Kit Marlow" in said


def test_a_letter_is_kept_under_documents_and_stands_in_the_register_once_it_went_out(
    kit_browser: Client, manager: Client, reached: Episode
) -> None:
    page = write(kit_browser, reached, "invitation")
    letter = Letter.objects.get()
    sent = send(kit_browser, letter)

    document = Document.objects.get()
    assert (document.kind, document.name) == (
        "letter",
        f"letter-invitation-{timezone.localdate().isoformat()}.pdf",
    )
    assert "The letter is written" in page
    assert "Recorded in the register." in sent
    assert "4 Mill Lane" in printed(kit_browser, letter)
    row = Letter.objects.get()
    assert (row.state, row.way, row.sent_on, row.to) == (
        "sent",
        "post",
        timezone.localdate(),
        "Robin Example",
    )
    told = text(manager.get(f"/history/{reached.ref}/?kind=contacts"))
    assert "Letter went out" in told
    assert "Invitation, by post" in told
    listed = text(manager.get("/letters/"))
    assert "Invitation, Plain English" in listed
    assert "by post, by Kit Marlow" in listed
    assert text(manager.get("/letters/?state=written")).count("Robin Example") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"own_address": "9 Quay Street\nNorthmere"},
        {"own_address": ""},
        {"contact_by": "through_referrer"},
        {"given_names": "Rowan"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_a_letter_whose_address_or_facts_changed_since_is_refused_in_one_sentence(
    kit_browser: Client, reached: Episode, change: dict[str, str]
) -> None:
    write(kit_browser, reached, "invitation")
    Referral.objects.filter(pk=reached.referral.pk).update(**change)

    refused = send(kit_browser, Letter.objects.get())

    assert "an address or a fact in this letter is no longer right. Do not send it: write it again" in refused
    assert Letter.objects.get().state == State.WRITTEN


def test_a_place_that_can_no_longer_be_used_stops_the_letter_that_names_it_and_says_no_reason(
    kit_browser: Client, reached: Episode
) -> None:
    room = factories.room()
    factories.session(episode=reached, number=2, period=hour(days=7), room=room)
    write(kit_browser, reached, "appointment")
    room.barred_at = timezone.now()
    room.save()

    refused = send(kit_browser, Letter.objects.get())

    assert "is no longer right" in refused
    assert "barred" not in refused.lower()


def test_a_session_without_a_room_is_held_at_a_distance(kit_browser: Client, reached: Episode) -> None:
    factories.session(episode=reached, number=2, period=hour(days=7))
    write(kit_browser, reached, "appointment", variant="welsh")

    assert "Dros y ffôn neu fideo" in printed(kit_browser, Letter.objects.get())


def test_a_letter_may_be_handed_over_where_its_address_changed(kit_browser: Client, reached: Episode) -> None:
    write(kit_browser, reached, "invitation")
    Referral.objects.filter(pk=reached.referral.pk).update(own_address="9 Quay Street", own_email="")

    mailed = send(kit_browser, Letter.objects.get(), "email")
    handed = send(kit_browser, Letter.objects.get(), "handed")

    assert "is no longer right" in mailed
    assert "Recorded in the register." in handed


def test_a_letter_cannot_be_sent_before_it_was_written_nor_after_its_document_was_removed(
    kit_browser: Client, reached: Episode
) -> None:
    write(kit_browser, reached, "invitation")
    letter = Letter.objects.get()
    early = text(
        kit_browser.post(
            f"/letters/{letter.ref}/send/",
            {"way": "post", "on-day": "1", "on-month": "1", "on-year": "2025"},
        )
    )
    kit_browser.post(f"/documents/{letter.document.ref}/remove/", {"reason": "Another person"})

    assert "had not been written by then" in early
    assert "is no longer right" in send(kit_browser, letter)


def test_easy_read_is_offered_first_where_the_service_noted_the_need(
    kit_browser: Client, reached: Episode
) -> None:
    factories.circumstance(episode=reached, kind="easy_read")

    page = kit_browser.get(f"/letters/of/{reached.ref}/write/invitation/").content.decode()

    assert 'value="easy" checked' in page
    assert "have a reader of Welsh on your staff read it" in page


def test_a_letter_that_is_not_sent_says_so_and_is_settled(kit_browser: Client, reached: Episode) -> None:
    write(kit_browser, reached, "invitation")
    letter = Letter.objects.get()

    dropped = text(kit_browser.post(f"/letters/{letter.ref}/drop/", follow=True))
    again = send(kit_browser, letter)

    assert "this letter is not sent" in dropped
    assert "Not sent, closed by you" in dropped
    assert "already recorded what became of this letter" in again


def test_a_fact_that_is_not_known_is_named_and_nothing_is_written(
    kit_browser: Client, reached: Episode
) -> None:
    page = write(kit_browser, reached, "appointment")

    assert "{appointment} is not known here (day and time of the next session)" in page
    assert not Letter.objects.exists()
    assert not Document.objects.exists()


def test_a_letter_that_cannot_be_drawn_is_not_written(
    kit_browser: Client, reached: Episode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "LETTER", tmp_path / "gone.typ")

    page = write(kit_browser, reached, "invitation", more="Bring your diary.")

    assert "the PDF could not be made" in page
    assert "Bring your diary." in page
    assert not Letter.objects.exists()


def test_an_unknown_kind_of_letter_is_not_found(
    kit_browser: Client, manager: Client, reached: Episode
) -> None:
    assert kit_browser.get(f"/letters/of/{reached.ref}/write/summons/").status_code == 404
    assert manager.get("/letters/templates/invitation/french/").status_code == 404


def test_ones_own_words_are_read_for_what_may_lead_to_a_person(kit_browser: Client, reached: Episode) -> None:
    found = write(kit_browser, reached, "invitation", more="Come to 12 Larkspur Road.")
    before = Letter.objects.count()
    write(
        kit_browser,
        reached,
        "invitation",
        more="Come to 12 Larkspur Road.",
        false_alarm="agency",
    )
    write(kit_browser, reached, "invitation", more="Bring your diary.\n\nWe have tea.")

    assert "looks like an address" in found
    assert before == 0
    assert "Bring your diary. We have tea." in printed(kit_browser, Letter.objects.latest("pk"))


def test_somebody_who_needs_help_with_reading_is_offered_easy_read_first(
    kit_browser: Client, reached: Episode
) -> None:
    before = kit_browser.get(f"/letters/of/{reached.ref}/write/invitation/").content.decode()
    Referral.objects.filter(pk=reached.referral.pk).update(need_kinds=["reading"])
    after = kit_browser.get(f"/letters/of/{reached.ref}/write/invitation/").content.decode()

    assert 'value="plain" checked' in before
    assert 'value="easy" checked' in after


def test_where_no_address_may_be_used_the_page_says_so(kit_browser: Client, episode: Episode) -> None:
    assert "No postal address may be used" in text(
        kit_browser.get(f"/letters/of/{episode.ref}/write/invitation/")
    )


def test_a_service_writes_its_own_words_which_count_from_then_on(
    kit_browser: Client, manager: Client, reached: Episode
) -> None:
    write(kit_browser, reached, "invitation")
    said = {"title": "Meet us", "text": "Dear {name},\n\nCome and see us.", "replaces": ""}
    for _ in range(2):  # the same form twice
        answer = manager.post("/letters/templates/invitation/plain/", said)
    write(kit_browser, reached, "invitation", form_submission="second")

    assert answer.status_code == 302
    assert LetterTemplate.objects.count() == 1
    first, second = Letter.objects.order_by("pk")
    assert "Come and see us." not in printed(kit_browser, first)
    assert "Come and see us." in printed(kit_browser, second)
    assert "By Carol Wren" in text(manager.get("/letters/templates/"))


def test_who_changes_words_that_a_colleague_changed_first_reads_theirs_and_keeps_what_was_typed(
    manager: Client,
) -> None:
    first = {"title": "Meet us", "text": "Dear {name}, come.", "replaces": ""}
    manager.post("/letters/templates/invitation/plain/", first)
    late = manager.post(
        "/letters/templates/invitation/plain/", first | {"text": "Dear {name}, ring us.", "title": "Ring us"}
    )
    kept = LetterTemplate.objects.get()
    manager.post(
        "/letters/templates/invitation/plain/",
        {"title": "Ring us", "text": "Dear {name}, ring us.", "replaces": kept.ref},
    )

    assert late.status_code == 422
    assert "A colleague changed these words first" in text(late)
    assert "Dear {name}, come." in text(late)
    assert (
        commands.current(area=factories.AREA, kind=Kind.INVITATION, variant=Variant.PLAIN).title == "Ring us"
    )
    assert LetterTemplate.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("name", ["address", "person", "Name", ""])
def test_words_in_braces_that_stand_for_nothing_are_refused_by_name(manager: Client, name: str) -> None:
    sent = {"title": "Meet us", "text": f"Dear {{{name}}}, come.", "replaces": ""}

    page = text(manager.post("/letters/templates/invitation/plain/", sent))

    assert f"Nothing is known as {{{name}}}" in page
    assert not LetterTemplate.objects.exists()


def test_words_of_a_template_are_read_for_what_may_lead_to_a_person(manager: Client) -> None:
    sent = {"title": "Meet us", "text": "Dear {name}, come to 12 Larkspur Road.", "replaces": ""}

    assert "looks like an address" in text(manager.post("/letters/templates/invitation/plain/", sent))
    assert not LetterTemplate.objects.exists()
    assert not Clearance.objects.exists()


def test_a_practitioner_reads_the_words_and_changes_none(kit_browser: Client) -> None:
    page = text(kit_browser.get("/letters/templates/"))

    assert "As they came with Desist" in page
    assert "Change Invitation" not in page
    assert kit_browser.get("/letters/templates/invitation/plain/").status_code == 403


def test_letters_of_a_person_whom_one_may_not_see_are_not_found(
    signed_in: Callable[..., Client], kit_browser: Client, reached: Episode
) -> None:
    write(kit_browser, reached, "invitation")
    letter = Letter.objects.get()
    other = signed_in(account=staff.account(name="Sable Winterfold"))

    assert other.get(f"/letters/of/{reached.ref}/").status_code == 404
    assert other.get(f"/letters/{letter.ref}/send/").status_code == 404
    assert "Robin" not in text(other.get("/letters/"))


def test_the_table_holds_no_address_and_the_audit_says_who_wrote_and_who_sent(
    kit_browser: Client, reached: Episode
) -> None:
    write(kit_browser, reached, "invitation")
    send(kit_browser, Letter.objects.get())

    assert b"Mill Lane" not in bytes(Letter.objects.get().sealed_basis)
    done = AuditEvent.objects.filter(
        action__in=["programme.write_letter", "programme.send_letter"], allowed=True
    )
    assert {event.action for event in done} == {"programme.write_letter", "programme.send_letter"}


def test_every_word_in_braces_of_a_shipped_letter_is_known() -> None:
    for kind, variant in SHIPPED:
        assert facts.unknown(templates.shipped(kind, variant).text, kind=kind) == (), (kind, variant)
