"""Told first, asked then; and what a withdrawal sets going."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pypdf
import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist import notices
from desist.accounts.models import Account
from desist.desk.duty.commands import NotANumber
from desist.notices import Limit
from desist.post.models import Outbox
from desist.programme.agreement import commands
from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven
from desist.programme.agreement.states import FOLLOWS, TRANSITIONS, FollowUp, State
from desist.programme.episodes.models import Episode
from desist.programme.sessions.progress import tell_progress
from desist.refusals import Changed
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

TELL = {
    "how": "read_out",
    "given_on-day": "3",
    "given_on-month": "3",
    "given_on-year": "2026",
    "understood": "You tell the police if somebody is in danger.",
    "form_submission": "one-telling",
}
AGREES = {
    "state": "agreed",
    "given": "signed",
    "note": "Wants to see his children again.",
    "answered_on-day": "3",
    "answered_on-month": "3",
    "answered_on-year": "2026",
    "form_version": "0",
}
REQUIRED = {**AGREES, "state": "required", "given": "", "requirement": "Order of 3 March 2026, condition 4"}
WITHDRAWS = {
    "reason": "legal_advice",
    "note": "Solicitor says no.",
    "contact": "01632 960 009",
    "form_version": "1",
}


def told(browser: Client, episode: Episode) -> None:
    browser.post(f"/agreement/{episode.ref}/tell/", TELL)


def agreed(browser: Client, episode: Episode, answer: dict[str, str] = AGREES) -> None:
    told(browser, episode)
    browser.post(f"/agreement/{episode.ref}/ask/", answer)


def test_nobody_is_asked_before_they_were_told(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/agreement/{episode.ref}/ask/", AGREES)

    assert answer.status_code == 422
    assert "Give the notice first" in text(answer)
    assert "Wants to see his children again." in text(answer)
    assert not Agreement.objects.exists()


def test_what_was_given_when_and_how_is_kept_once(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        told(kit_browser, episode)

    page = text(kit_browser.get(f"/agreement/{episode.ref}/"))
    kept = NoticeGiven.objects.get()
    assert (kept.notice, kept.how, kept.given_on) == (notices.newest().version, "read_out", date(2026, 3, 3))
    assert "You tell the police if somebody is in danger." in page


def test_an_agreement_is_recorded_with_how_it_was_given(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)

    page = text(kit_browser.get(f"/agreement/{episode.ref}/"))
    assert "Agreed to take part" in page
    assert "Signed on paper, kept on the file" in page
    assert "consent" not in page.lower()


def test_a_requirement_is_the_other_way_and_has_to_be_named(kit_browser: Client, episode: Episode) -> None:
    told(kit_browser, episode)

    nameless = kit_browser.post(f"/agreement/{episode.ref}/ask/", {**REQUIRED, "requirement": ""})
    named = kit_browser.post(f"/agreement/{episode.ref}/ask/", REQUIRED, follow=True)

    assert nameless.status_code == 422
    assert "Order of 3 March 2026, condition 4" in text(named)


def test_of_two_who_answer_at_once_the_second_is_told(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)

    second = kit_browser.post(f"/agreement/{episode.ref}/ask/", {**REQUIRED, "note": "Typed meanwhile"})

    assert second.status_code == 422
    assert "by now this person’s agreement is: Agreed to take part" in text(second)
    assert "Typed meanwhile" in text(second)


def test_a_withdrawal_alerts_at_once_and_sets_tasks(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)

    answer = kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS, follow=True)

    assert "the alert is on its way" in text(answer)
    assert "Stopped: the person has not agreed and is not required to attend" in text(answer)
    assert [envelope.kind for envelope in Outbox.objects.all()] == ["alert"]
    kinds = set(FollowUpTask.objects.values_list("kind", flat=True))
    assert kinds == {one.kind.value for one in FOLLOWS if not one.required_only}


def test_a_requirement_keeps_the_telling_going_and_adds_its_task(
    kit_browser: Client, episode: Episode
) -> None:
    agreed(kit_browser, episode, REQUIRED)

    answer = kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS, follow=True)

    assert "Continuing" in text(answer)
    assert FollowUpTask.objects.filter(kind=FollowUp.REQUIREMENT).exists()


def test_after_a_withdrawal_the_referrer_hears_no_more_counts(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)
    kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)

    tell_progress(episode, at=factories.NOW)

    assert [envelope.kind for envelope in Outbox.objects.all()] == ["alert"]


def test_a_withdrawal_sent_twice_alerts_once(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)

    first = kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)
    second = kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)

    assert (first.status_code, second.status_code) == (302, 422)
    assert Outbox.objects.count() == 1


def test_words_in_place_of_a_number_are_refused(kit_browser: Client, episode: Episode, actor: Actor) -> None:
    agreed(kit_browser, episode)

    answer = kit_browser.post(f"/agreement/{episode.ref}/withdraw/", {**WITHDRAWS, "contact": "he is angry"})

    assert answer.status_code == 422
    with pytest.raises(NotANumber):
        commands.withdraw(
            actor=actor,
            episode=episode.ref,
            withdrawal=commands.Withdrawal("other", "", "he is angry"),
            version=1,
            at=factories.NOW,
        )
    assert not Outbox.objects.exists()


def test_somebody_who_withdrew_can_come_back(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)
    kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)

    answer = kit_browser.post(f"/agreement/{episode.ref}/ask/", {**AGREES, "form_version": "2"}, follow=True)

    assert Agreement.objects.get().state == "agreed"
    assert "Continuing" in text(answer)


def test_what_is_due_after_a_withdrawal_stands_on_my_day(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)
    kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)

    assert "withdrew. Ring the referrer" in text(kit_browser.get("/"))


def test_a_task_is_done_once(kit_browser: Client, episode: Episode) -> None:
    agreed(kit_browser, episode)
    kit_browser.post(f"/agreement/{episode.ref}/withdraw/", WITHDRAWS)
    task = FollowUpTask.objects.get(kind=FollowUp.TELL)

    first = kit_browser.post(f"/agreement/task/{task.ref}/", {"note": "Told PC Vale at noon."}, follow=True)
    second = kit_browser.post(f"/agreement/task/{task.ref}/", {"note": "Again."})

    assert "Told PC Vale at noon." in text(first)
    assert second.status_code == 422
    assert "Again." in text(second)


def test_a_task_is_due_by_the_day_in_london(kit_browser: Client, episode: Episode, actor: Actor) -> None:
    agreed(kit_browser, episode)
    late = datetime(2026, 6, 1, 23, 30, tzinfo=ZoneInfo("UTC"))  # already 2 June in London

    commands.withdraw(
        actor=actor,
        episode=episode.ref,
        withdrawal=commands.Withdrawal("other", "", "01632 960 009"),
        version=1,
        at=late,
    )

    assert FollowUpTask.objects.get(kind=FollowUp.TELL).due_on == date(2026, 6, 2)
    assert "overdue" in text(kit_browser.get(f"/agreement/{episode.ref}/"))


def test_what_is_done_at_once_waits_for_no_working_day(
    kit_browser: Client, episode: Episode, actor: Actor
) -> None:
    agreed(kit_browser, episode)

    commands.withdraw(
        actor=actor,
        episode=episode.ref,
        withdrawal=commands.Withdrawal("other", "", "01632 960 009"),
        version=1,
        at=datetime(2026, 6, 6, 12, tzinfo=ZoneInfo("UTC")),  # a Saturday
    )

    assert FollowUpTask.objects.get(kind=FollowUp.TELL).due_on == date(2026, 6, 6)
    assert FollowUpTask.objects.get(kind=FollowUp.SESSIONS).due_on == date(2026, 6, 9)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("after", [State.AGREED, State.REQUIRED, State.REFUSED])
def test_only_what_the_table_says_may_follow(
    kit: Account, episode: Episode, actor: Actor, state: State, after: State
) -> None:
    notice = NoticeGiven.objects.create(
        episode=episode,
        notice="2026-11",
        how="paper",
        given_on=date(2026, 3, 1),
        understood="All of it",
        submission="told",
        given_by=kit.ref,
        recorded_at=factories.NOW,
    )
    if state is not State.NOT_ASKED:
        Agreement.objects.create(
            episode=episode,
            state=state,
            notice=notice,
            requirement="An order",
            answered_on=date(2026, 3, 1),
            answered_by=kit.ref,
            withdrawal_reason="other",
            withdrawn_by=kit.ref,
            withdrawn_at=factories.NOW - timedelta(days=1),
        )
    answer = commands.Answer(after, "spoken", "An order", "", date(2026, 3, 2))
    version = 0 if state is State.NOT_ASKED else 1

    try:
        commands.answer(actor=actor, episode=episode.ref, answer=answer, version=version, at=factories.NOW)
    except Changed:
        followed = False
    else:
        followed = True

    assert followed == (after in TRANSITIONS[state])


def test_the_notice_tells_every_limit_of_confidentiality(kit_browser: Client) -> None:
    page = text(kit_browser.get("/agreement/notice/"))

    for limit in Limit:
        assert str(limit.label) in page
    assert "116 123" in page
    assert "999" in page


def test_the_notice_says_who_is_told_what_and_when(kit_browser: Client) -> None:
    page = text(kit_browser.get("/agreement/notice/"))

    assert "They are not told what you said" not in page
    for words in (
        "what stage you have reached and how many sessions you came to",
        "your questionnaire totals, your goals in your own words, what we think about risk",
        "we issue certificates that list the days you came",
        "at once, and without asking you first",
        "The manager and the clinical supervisor can read your records too",
        "sit in on it, or watch or listen to a recording",
        "Six and twelve months after your time here ends",
    ):
        assert words in page


def test_nothing_in_the_notice_tells_of_a_victim_or_of_who_helps_them() -> None:
    newest = notices.newest()
    words = " ".join(line for section in newest.sections for line in (section.heading, *section.paragraphs))

    assert [term for term in ("victim", "survivor", "advocate", "partner") if term in words.lower()] == []


def test_an_earlier_notice_stays_readable(kit_browser: Client) -> None:
    earlier = text(kit_browser.get("/agreement/notice/?version=2026-11"))

    assert notices.newest().version == "2026-12"
    assert "Version 2026-11 of 25 November 2026" in earlier
    assert "They are not told what you said." in earlier


def test_the_notice_prints_as_a_pdf_that_screen_readers_follow(kit_browser: Client) -> None:
    answer = kit_browser.get(f"/agreement/notice/pdf/?version={notices.newest().version}")

    document = pypdf.PdfReader(io.BytesIO(answer.content))
    words = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a PDF dictionary
    assert b"pdfuaid" in answer.content
    assert "What we must pass on, whether you agree or not" in words
    assert "Northmere service" in words


def test_a_notice_that_is_none_is_absent(kit_browser: Client) -> None:
    assert kit_browser.get("/agreement/notice/?version=1999-01").status_code == 404


def test_a_withdrawal_after_a_colleague_changed_the_footing_is_recorded_at_the_second_press(
    kit_browser: Client, episode: Episode
) -> None:
    agreed(kit_browser, episode)
    kit_browser.post(f"/agreement/{episode.ref}/ask/", {**REQUIRED, "form_version": "1"})
    where = f"/agreement/{episode.ref}/withdraw/"

    late = kit_browser.post(where, {**WITHDRAWS, "form_version": "1"})
    shown = late.content.decode()
    again = kit_browser.post(where, {**WITHDRAWS, "form_version": "2"})

    assert (late.status_code, again.status_code) == (422, 302)
    assert 'name="form_version" value="2"' in shown
