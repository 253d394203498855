"""What the notice says of the service: set by a manager, printed, and kept as it was when a notice was given."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist import notices
from desist.programme.agreement import commands
from desist.programme.agreement.models import NoticeGiven, NoticeWords
from desist.programme.episodes.models import Episode
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

OWN = {
    "controller": "Northmere Behaviour Change (invented)",
    "telephone": "01632 960140",
    "email": "hello@northmere.example",
    "lawful_basis": "The law gives us this task.\n\nIt is not your agreement.",
    "retention": "We keep records for six years.\nThen we delete them.",
    "data_protection": "Ask our data protection officer: 01632 960142.",
    "complaints": "Write to the manager.\nOr ring 01632 960141.",
    "reason": "The service began",
    "replaces": "",
}
UNSET = "does not yet give the service’s details"


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def tell(browser: Client, episode: Episode, *, on: date, submission: str = "told") -> NoticeGiven:
    form = {"how": "paper", "understood": "All of it", "form_submission": submission}
    day = {"given_on-day": on.day, "given_on-month": on.month, "given_on-year": on.year}
    assert browser.post(f"/agreement/{episode.ref}/tell/", form | day).status_code == 302
    return NoticeGiven.objects.get(submission=submission)


def printed(answer: Any) -> str:
    """The words of a PDF on one line."""
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_a_manager_sets_it_and_it_stands_on_the_page_and_in_the_pdf(
    manager: Client, kit_browser: Client
) -> None:
    assert "Nobody has set it yet" in text(manager.get("/agreement/words/"))
    assert UNSET in text(kit_browser.get("/agreement/notice/"))

    answer = manager.post("/agreement/words/change/", OWN, follow=True)

    assert "Saved. Notices given from now on will include this." in text(answer)
    assert "What the information notice says about us" in text(manager.get("/settings/"))
    page = kit_browser.get("/agreement/notice/")
    pdf = kit_browser.get("/agreement/notice/pdf/")
    assert UNSET not in text(page)
    for words in (text(page), printed(pdf)):
        assert (
            "Northmere Behaviour Change (invented) runs this programme. It is the controller of what is written down about you"
            in words
        )
        assert "Telephone: 01632 960140" in words
        assert "E-mail: hello@northmere.example" in words
        assert (
            "Why we may use what we know about you The law gives us this task. It is not your agree" in words
        )
        assert "How long we keep records We keep records for six years. Then we delete them." in words
        assert "Questions about your data Ask our data protection officer: 01632 960142." in words
        assert "If you want to complain Write to the manager. Or ring 01632 960141." in words
    assert b"pdfuaid" in pdf.content


def test_without_an_email_none_is_printed() -> None:
    own = notices.OwnWords("Us", "01632 960140", "", "Write.", "Ask.", "The law.", "Six years.")

    whole = notices.with_own_words(notices.newest(), own)

    assert [section.heading for section in whole.sections][-5:] == [
        "Who we are",
        "Why we may use what we know about you",
        "How long we keep records",
        "Questions about your data",
        "If you want to complain",
    ]
    assert not any("E-mail" in words for section in whole.sections for words in section.paragraphs)
    assert notices.with_own_words(notices.newest(), None) == notices.newest()


def test_what_was_given_stays_readable_as_it_was_given(
    manager: Client, kit_browser: Client, episode: Episode
) -> None:
    manager.post("/agreement/words/change/", OWN)
    told = tell(kit_browser, episode, on=timezone.localdate())
    first = NoticeWords.objects.get()

    changed = OWN | {"controller": "Harbour Trust (invented)", "replaces": first.ref}
    manager.post("/agreement/words/change/", changed)

    for suffix, read in (("", text), ("pdf/", printed)):
        was = read(kit_browser.get(f"/agreement/given/{told.ref}/{suffix}"))
        assert "Northmere Behaviour Change (invented) runs this programme." in was
        assert "Harbour Trust" not in was
    assert "Harbour Trust (invented) runs" in text(kit_browser.get("/agreement/notice/"))
    assert f"As it was given on {dates.on(told.given_on)}." in text(
        kit_browser.get(f"/agreement/given/{told.ref}/")
    )
    listed = kit_browser.get(f"/agreement/{episode.ref}/").content.decode()
    assert f"/agreement/given/{told.ref}/" in listed
    again = tell(kit_browser, episode, on=timezone.localdate(), submission="again")
    assert again.words is not None
    assert again.words.controller == "Harbour Trust (invented)"
    history = text(manager.get("/agreement/words/"))
    assert "Harbour Trust (invented)" in history
    assert "Northmere Behaviour Change (invented)" in history


def test_a_notice_given_before_anything_was_set_says_so(kit_browser: Client, episode: Episode) -> None:
    warned = text(kit_browser.get(f"/agreement/{episode.ref}/tell/"))
    told = tell(kit_browser, episode, on=timezone.localdate() - timedelta(days=2))
    factories.notice_words(made_at=timezone.now())

    assert UNSET in warned
    assert UNSET not in text(kit_browser.get(f"/agreement/{episode.ref}/tell/"))
    assert "It did not give the service’s details: nobody had set them then." in text(
        kit_browser.get(f"/agreement/given/{told.ref}/")
    )
    assert "without the service’s details" in text(kit_browser.get(f"/agreement/{episode.ref}/"))


def test_a_notice_recorded_later_has_the_words_of_its_day(kit_browser: Client, episode: Episode) -> None:
    now, yesterday = timezone.now(), timezone.localdate() - timedelta(days=1)
    old = factories.notice_words(made_at=now - timedelta(days=9), ended_at=now - timedelta(minutes=1))
    new = factories.notice_words(made_at=now - timedelta(minutes=1))

    late = tell(kit_browser, episode, on=yesterday)
    today = tell(kit_browser, episode, on=timezone.localdate(), submission="today")
    before = tell(kit_browser, episode, on=yesterday - timedelta(days=30), submission="before")

    assert (late.words, today.words, before.words) == (old, new, None)


def test_the_last_minute_of_a_day_is_the_days_own_in_london() -> None:
    summer = datetime(2026, 6, 1, 22, 59, tzinfo=dates.LONDON)
    kept = factories.notice_words(made_at=summer)
    day = date(2026, 6, 1)

    assert commands.words_on(area=factories.AREA, day=day, at=summer + timedelta(days=3)) == kept
    assert commands.words_on(area=factories.AREA, day=day, at=summer - timedelta(hours=1)) is None
    assert commands.words_on(area="Elsewhere", day=day, at=summer + timedelta(days=3)) is None


def test_of_two_who_change_it_the_second_sees_what_it_says_and_saves(manager: Client) -> None:
    first = factories.notice_words()
    manager.post("/agreement/words/change/", OWN | {"replaces": first.ref, "telephone": "01632 960150"})

    answer = manager.post("/agreement/words/change/", OWN | {"replaces": first.ref})

    assert answer.status_code == 422
    assert "this was changed after you opened the page" in text(answer)
    assert "01632 960150" in text(answer)
    assert "Or ring 01632 960141." in answer.content.decode()
    newest = NoticeWords.objects.get(ended_at=None)
    assert f'value="{newest.ref}"' in answer.content.decode()
    assert manager.post("/agreement/words/change/", OWN | {"replaces": newest.ref}).status_code == 302
    assert NoticeWords.objects.count() == 3


def test_a_page_drawn_before_anybody_set_it_overwrites_nothing(manager: Client) -> None:
    factories.notice_words(controller="Harbour Trust (invented)")

    assert manager.post("/agreement/words/change/", OWN).status_code == 422
    assert manager.post("/agreement/words/change/", OWN | {"replaces": "nonsense"}).status_code == 422
    assert NoticeWords.objects.get().controller == "Harbour Trust (invented)"


def test_a_form_that_names_what_is_gone_is_kept(manager: Client) -> None:
    answer = manager.post("/agreement/words/change/", OWN | {"replaces": "nonsense"})

    assert answer.status_code == 422
    assert "Or ring 01632 960141." in answer.content.decode()
    assert not NoticeWords.objects.exists()


def test_a_double_click_sets_it_once(manager: Client) -> None:
    answers = [manager.post("/agreement/words/change/", OWN).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert NoticeWords.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"controller": ""}, "Which organisation is the data controller?"),
        ({"telephone": "ring us"}, "telephone number"),
        ({"email": "nobody"}, "name@example.org"),
        ({"lawful_basis": ""}, "What is the lawful basis"),
        ({"retention": ""}, "How long do you keep records?"),
        ({"complaints": "x" * 1001}, "1,000 characters or fewer"),
        ({"reason": ""}, "Why is it changed?"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_the_words_stay(
    manager: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = manager.post("/agreement/words/change/", OWN | changes)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Ask our data protection officer" in answer.content.decode()
    assert not NoticeWords.objects.exists()


def test_another_areas_words_are_not_printed(kit_browser: Client) -> None:
    factories.notice_words(area="Elsewhere", controller="Harbour Trust (invented)")

    page = text(kit_browser.get("/agreement/notice/"))

    assert "Harbour Trust" not in page
    assert UNSET in page


def test_whoever_does_not_work_with_the_person_finds_no_notice_given(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    told = factories.notice_given(episode=episode)
    noor = signed_in(account=factories.account(name="Noor Hale"))

    assert {noor.get(f"/agreement/given/{told.ref}/{page}").status_code for page in ("", "pdf/")} == {404}
