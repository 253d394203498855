"""The pages of a session: prepare, record, finish, in a real request each."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.post.models import Outbox
from desist.programme.calendar.rescheduling import commands as moves
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session, SessionFeedback
from desist.ui import dates
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

RECORD = {
    "attendance": "attended",
    "minutes_late": "5",
    "diary_review": "Six of seven days.",
    "risk_check": "nothing",
    "homework_review": "Done.",
    "work_done": "A chain of Friday.",
    "compliance": "worked",
    "homework_set": "Diary every evening.",
    "next_steps": "Look at sleep.",
}


def sent(session: Session, **changes: str) -> dict[str, str]:
    return {**RECORD, "form_version": str(session.version), **changes}


def test_the_preparation_shows_homework_concerns_and_earlier_chains(
    kit_browser: Client, episode: Episode
) -> None:
    earlier = factories.attended(episode=episode, number=1, homework_set="Walk another way home")
    factories.chain(session=earlier, behaviour="Rang the bell at noon")
    factories.concern(session=earlier, what="Spoke of a workplace")
    coming = factories.session(episode=episode, number=2)

    page = text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))

    assert "Walk another way home" in page
    assert "Rang the bell at noon" in page
    assert "Spoke of a workplace" in page


WITHDREW = {"withdrawn_at": timezone.now(), "withdrawn_by": "carol", "withdrawal_reason": "no_reason"}


@pytest.mark.parametrize(
    ("agreement", "warning"),
    [
        ({"state": "refused"}, "Does not agree to take part"),
        ({"state": "withdrawn", **WITHDREW}, "Withdrew"),
        ({"state": "agreed"}, ""),
        ({"state": "withdrawn", "requirement": "Condition 4", **WITHDREW}, ""),
    ],
)
def test_before_a_session_the_practitioner_reads_that_the_person_does_not_take_part(
    kit_browser: Client, session: Session, agreement: dict[str, str], warning: str
) -> None:
    factories.agreement(episode=session.episode, **agreement)

    for page in ("", "prepare/"):
        answer = kit_browser.get(f"/sessions/{session.ref}/{page}")
        assert ("Do not hold sessions unless this changes" in text(answer)) is bool(warning)
        assert warning in text(answer)


def test_before_a_session_the_practitioner_reads_that_nothing_was_said_yet_and_the_shared_screen_is_silent(
    kit_browser: Client, session: Session
) -> None:
    said = []
    for told in (False, True):
        if told:
            factories.notice_given(episode=session.episode)
        said += [kit_browser.get(f"/sessions/{session.ref}/{page}") for page in ("", "prepare/")]
    shown = [text(kit_browser.get(f"/sessions/{session.ref}/{page}/")) for page in ("shared", "feedback")]

    lacks = ["Has not yet been told the limits of confidentiality"] * 2 + ["Has not answered yet"] * 2
    assert [words in text(page) for words, page in zip(lacks, said, strict=True)] == [True] * 4
    assert all(f'href="/agreement/{session.episode.ref}/"' in page.content.decode() for page in said)
    assert not any("Has not yet been told" in page or "Has not answered" in page for page in shown)


def test_a_session_that_is_over_asks_nothing_of_the_footing_any_more(
    kit_browser: Client, episode: Episode
) -> None:
    over = factories.attended(episode=episode)

    assert "Has not yet been told" not in text(kit_browser.get(f"/sessions/{over.ref}/"))


def test_a_record_is_saved_without_javascript_and_shown(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(f"/sessions/{session.ref}/record/", sent(session), follow=True)

    assert answer.status_code == 200
    assert "Six of seven days." in text(answer)
    session.refresh_from_db()
    assert (session.version, session.minutes_late, session.state) == (2, 5, "planned")


def test_a_record_saves_itself_and_tells_the_new_version(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(f"/sessions/{session.ref}/save/", sent(session))

    assert (answer.status_code, answer["Desist-Version"]) == (204, "2")


def test_a_stale_tab_overwrites_nothing_and_both_are_shown(kit_browser: Client, session: Session) -> None:
    kit_browser.post(f"/sessions/{session.ref}/save/", sent(session, work_done="Words of the first tab"))

    quiet = kit_browser.post(
        f"/sessions/{session.ref}/save/", sent(session, work_done="Words of the second tab")
    )
    shown = kit_browser.post(
        f"/sessions/{session.ref}/record/", sent(session, work_done="Words of the second tab")
    )

    assert quiet.status_code == 409
    assert re.match(r"changed elsewhere at .+ by you\.", quiet.content.decode())
    assert shown.status_code == 422
    assert "Words of the first tab" in text(shown)
    assert "Words of the second tab" in text(shown)
    assert 'name="form_version" value="2"' in shown.content.decode()
    session.refresh_from_db()
    assert session.work_done == "Words of the first tab"


def test_a_form_sent_twice_saves_once(kit_browser: Client, session: Session) -> None:
    for _ in range(2):
        answer = kit_browser.post(f"/sessions/{session.ref}/record/", sent(session))
        assert answer.status_code == 302

    session.refresh_from_db()
    assert session.version == 2


def test_finishing_closes_the_record_and_tells_the_referrer(kit_browser: Client, session: Session) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", sent(session))

    answer = kit_browser.post(f"/sessions/{session.ref}/finish/", {"form_version": "2"}, follow=True)

    assert "Finished" in text(answer)
    session.refresh_from_db()
    assert session.state == "attended"
    assert session.recorded_by == session.practitioner.ref
    assert [envelope.kind for envelope in Outbox.objects.all()] == ["progress-notice"]


def test_how_it_ended_is_written_read_and_never_on_the_shared_screen(
    kit_browser: Client, session: Session
) -> None:
    early = sent(session, ended="person", minutes_held="20")

    kit_browser.post(f"/sessions/{session.ref}/record/", {**early, "next": "finish"})

    session.refresh_from_db()
    assert (session.ended, session.minutes_held) == ("person", 20)
    for page in ("", "finish/", "versions/2/"):
        assert "How it ended Early, by the person Minutes held 20" in text(
            kit_browser.get(f"/sessions/{session.ref}/{page}")
        )
    shared = text(kit_browser.get(f"/sessions/{session.ref}/shared/"))
    assert not any(words in shared for words in ("Early", "early", "Minutes", "20 of"))


def test_of_somebody_who_did_not_attend_no_end_is_kept(kit_browser: Client, session: Session) -> None:
    missed = sent(session, attendance="missed", missed_reason="came", ended="person", minutes_held="20")

    kit_browser.post(f"/sessions/{session.ref}/record/", missed)

    session.refresh_from_db()
    assert (session.missed_reason, session.ended, session.minutes_held) == ("came", "", None)


def test_finishing_says_what_is_missing(kit_browser: Client, session: Session) -> None:
    page = kit_browser.get(f"/sessions/{session.ref}/finish/")
    answer = kit_browser.post(f"/sessions/{session.ref}/finish/", {"form_version": "1"})

    assert "Say whether the person attended." in text(page)
    assert answer.status_code == 422
    assert "Not finished. Say whether the person attended" in text(answer)
    assert not Outbox.objects.exists()


def test_a_finished_record_is_not_saved_again(kit_browser: Client, session: Session) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", sent(session))
    kit_browser.post(f"/sessions/{session.ref}/finish/", {"form_version": "2"})

    again = kit_browser.post(f"/sessions/{session.ref}/record/", sent(session, work_done="Later words"))
    quiet = kit_browser.post(f"/sessions/{session.ref}/save/", sent(session, work_done="Later words"))
    twice = kit_browser.post(f"/sessions/{session.ref}/finish/", {"form_version": "3"})

    assert (again.status_code, quiet.status_code, twice.status_code) == (422, 409, 422)
    assert "this record was finished at" in text(again)
    assert "Later words" in text(again)


def test_a_cancelled_session_says_so_and_keeps_what_was_typed(kit_browser: Client, session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(state="cancelled")

    answer = kit_browser.post(f"/sessions/{session.ref}/record/", sent(session, work_done="Typed in vain"))

    assert "this session was cancelled" in text(answer)
    assert "Typed in vain" in text(answer)


def test_a_record_that_changed_is_read_again_before_it_is_finished(
    kit_browser: Client, session: Session
) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", sent(session))

    answer = kit_browser.post(f"/sessions/{session.ref}/finish/", {"form_version": "1"})

    assert answer.status_code == 422
    assert "Not finished: changed elsewhere at" in text(answer)
    assert 'name="form_version" value="2"' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a\x00b", "There was a character here that cannot be shown"),
        ("turned \u202e round", "There was a character here that cannot be shown"),
        ("x" * 1_000_000, "must be 20,000 characters or fewer"),
    ],
)
def test_what_cannot_be_kept_is_said_in_a_sentence(
    kit_browser: Client, session: Session, typed: str, sentence: str
) -> None:
    answer = kit_browser.post(f"/sessions/{session.ref}/record/", sent(session, work_done=typed))
    quiet = kit_browser.post(f"/sessions/{session.ref}/save/", sent(session, work_done=typed))

    assert (answer.status_code, quiet.status_code) == (422, 422)
    assert sentence in text(answer)
    assert sentence in quiet.content.decode()
    assert "Six of seven days." in text(answer)


def test_emoji_and_right_to_left_writing_are_kept(kit_browser: Client, session: Session) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", sent(session, work_done="שלום 🙂 مرحبا"))

    session.refresh_from_db()
    assert session.work_done == "שלום 🙂 مرحبا"


@pytest.mark.parametrize("page", ["", "prepare/", "record/", "finish/"])
def test_a_session_of_another_persons_caseload_is_not_there(
    signed_in: Callable[..., Client], session: Session, page: str
) -> None:
    other = signed_in(account=factories.account(name="Noor Hale"))

    assert other.get(f"/sessions/{session.ref}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("page", "status"), [("", 200), ("prepare/", 200), ("record/", 403), ("finish/", 403)]
)
def test_a_manager_reads_and_does_not_record(
    signed_in: Callable[..., Client], session: Session, page: str, status: int
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))

    assert manager.get(f"/sessions/{session.ref}/{page}").status_code == status


def test_another_colleague_is_named_in_what_changed(
    signed_in: Callable[..., Client], kit: Account, session: Session
) -> None:
    colleague = factories.account(name="Noor Hale")
    Session.objects.filter(pk=session.pk).update(
        version=2, saved_by=colleague.ref, saved_at=factories.NOW, work_done="Noor's words"
    )

    answer = signed_in(account=kit).post(f"/sessions/{session.ref}/save/", sent(session))

    assert answer.content.decode().startswith("changed elsewhere at 2:30pm by Noor Hale.")


def test_the_pages_cost_a_constant_number_of_queries(
    kit_browser: Client, episode: Episode, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 5):
        held = factories.attended(episode=episode, number=number, homework_set="Something")
        factories.chain(session=held)
        factories.concern(session=held, raised_at=factories.NOW + timedelta(minutes=number))
    coming = factories.session(episode=episode, number=6)

    for page, count in (("", 8), ("prepare/", 19), ("record/", 13), ("finish/", 8)):
        with django_assert_num_queries(count):
            assert kit_browser.get(f"/sessions/{coming.ref}/{page}").status_code == 200


def test_the_record_begins_with_the_proposed_agenda_and_names_no_concern(
    kit_browser: Client, episode: Episode
) -> None:
    earlier = factories.attended(episode=episode, number=1, homework_set="Walk another way home")
    factories.chain(session=earlier, behaviour="Rang the bell at noon")
    factories.concern(session=earlier, what="Spoke of a workplace")
    coming = factories.session(episode=episode, number=2)

    prepare = text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))
    record = text(kit_browser.get(f"/sessions/{coming.ref}/record/"))

    assert "Ask about the open concern" in prepare
    assert "Finish the chain “Rang the bell at noon”" in record
    assert "Ask about the open concern" not in record


def test_the_shared_screen_shows_the_session_and_nothing_else(kit_browser: Client, episode: Episode) -> None:
    earlier = factories.attended(episode=episode, number=1, homework_set="Walk another way home")
    factories.concern(session=earlier, what="Spoke of a workplace")
    today = factories.session(
        episode=episode, number=2, agenda="1. The diary", skill="ride", risk_note="Not for the screen"
    )
    factories.session(episode=episode, number=3)

    page = text(kit_browser.get(f"/sessions/{today.ref}/shared/"))

    for shown in ("1. The diary", "Walk another way home", "Ride the urge", "Next session"):
        assert shown in page
    for hidden in ("Spoke of a workplace", "Not for the screen", "Robin", "Referrals", "Concerns"):
        assert hidden not in page


def test_the_participants_first_answers_count(kit_browser: Client, session: Session) -> None:
    answers = {"said": "4", "understood": "3", "pace": "2", "clear": "1"}

    kit_browser.post(f"/sessions/{session.ref}/feedback/", answers)
    kit_browser.post(f"/sessions/{session.ref}/feedback/", {**answers, "said": "1"})

    assert SessionFeedback.objects.get().said == 4
    assert "I could say what I think Fully" in text(kit_browser.get(f"/sessions/{session.ref}/"))
    assert "Thank you for your answers." in text(kit_browser.get(f"/sessions/{session.ref}/shared/"))


def test_feedback_without_an_answer_asks_for_it(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(f"/sessions/{session.ref}/feedback/", {"said": "4"})

    assert answer.status_code == 422
    assert "Choose an answer: The pace was right for me" in text(answer)
    assert not SessionFeedback.objects.exists()


TODAY = dates.day_of(timezone.now())


def contact(on: date = TODAY, **changes: str) -> dict[str, str]:
    day = {f"tried_on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    return {"outcome": "spoke", "note": "Comes on Thursday.", "form_version": "0", **day, **changes}


def test_a_missed_session_is_followed_up_once(kit_browser: Client, episode: Episode) -> None:
    missed = factories.missed(episode=episode)
    note = contact()

    before = text(kit_browser.get(f"/sessions/{missed.ref}/"))
    kit_browser.post(f"/sessions/{missed.ref}/follow-up/", note)
    again = kit_browser.post(f"/sessions/{missed.ref}/follow-up/", {**note, "note": "Another word"})

    assert "Record the contact" in before
    assert "Comes on Thursday." in text(kit_browser.get(f"/sessions/{missed.ref}/"))
    assert again.status_code == 422
    assert "Another word" in text(again)


def test_a_session_that_was_held_is_not_followed_up(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(f"/sessions/{session.ref}/follow-up/", contact())

    assert answer.status_code == 422
    session.refresh_from_db()
    assert session.follow_up == ""


def test_a_message_that_was_left_ends_nothing_and_attempts_add_up(
    kit_browser: Client, episode: Episode
) -> None:
    missed = factories.missed(episode=episode)
    address = f"/sessions/{missed.ref}/follow-up/"

    kit_browser.post(address, contact(outcome="message", note="Left a voicemail."))
    waiting = text(kit_browser.get(f"/sessions/{missed.ref}/"))
    again = kit_browser.get(address)
    stale = kit_browser.post(address, contact(outcome="no_answer"))
    kit_browser.post(address, contact(note="Left a voicemail. Comes on Thursday.", form_version="1"))
    reached = text(kit_browser.get(f"/sessions/{missed.ref}/"))

    assert "The person has not been reached yet: was due by 5 March" in waiting
    assert "Record the contact" in waiting
    assert "Left a voicemail." in again.content.decode()
    assert f"Attempts so far: 1, the last on {dates.on(TODAY)} (Left a message or wrote)." in text(again)
    assert "another attempt has since been recorded" in text(stale)
    assert f"Last attempt {dates.on(TODAY)}, 2 attempts in all" in reached
    assert "Record the contact" not in reached


def test_no_attempt_lies_ahead_or_before_the_session(kit_browser: Client, episode: Episode) -> None:
    address = f"/sessions/{factories.missed(episode=episode).ref}/follow-up/"

    ahead = kit_browser.post(address, contact(TODAY + timedelta(days=1)))
    before = kit_browser.post(address, contact(date(2026, 3, 2)))

    assert (ahead.status_code, before.status_code) == (422, 422)
    assert f"must be on or before {dates.on(TODAY)}" in text(ahead)
    assert "must be on or after 3 March 2026" in text(before)


def test_a_session_that_lies_ahead_is_neither_attended_nor_missed(
    kit_browser: Client, episode: Episode
) -> None:
    begins = timezone.now() + timedelta(days=1)
    period = TimestamptzRange(begins, begins + timedelta(hours=1))
    ahead = factories.session(episode=episode, number=2, period=period)

    kept = kit_browser.post(f"/sessions/{ahead.ref}/record/", sent(ahead, agenda="What we look at"))
    said = text(kit_browser.get(kept["Location"]))
    page = text(kit_browser.get(f"/sessions/{ahead.ref}/finish/"))
    answer = kit_browser.post(f"/sessions/{ahead.ref}/finish/", {"form_version": "2"})

    sentence = f"This session has not begun: it is planned for {dates.at(begins)}"
    assert sentence in page
    assert answer.status_code == 422
    assert f"Not finished. {sentence}" in text(answer)
    ahead.refresh_from_db()
    assert (ahead.state, ahead.agenda, ahead.attendance) == ("planned", "What we look at", "")
    assert "This session has not begun: record afterwards whether they came." in said
    assert not Outbox.objects.exists()


def test_a_stray_click_on_a_session_ahead_keeps_it_movable(kit_browser: Client, episode: Episode) -> None:
    begins = timezone.now() + timedelta(days=1)
    period = TimestamptzRange(begins, begins + timedelta(hours=1))
    ahead = factories.session(episode=episode, number=2, period=period)
    address = f"/sessions/{ahead.ref}/save/"

    quiet = kit_browser.post(address, sent(ahead, agenda="What we look at"))
    both = kit_browser.post(address, sent(ahead, form_version="2", minutes_late="10 min", work_done="Words"))
    free = kit_browser.post(address, {"agenda": "Another", "form_version": "3"})

    sentence = "Did they attend? This session has not begun: record afterwards whether they came."
    assert (quiet.status_code, quiet["Desist-Version"], quiet.content.decode()) == (422, "2", sentence)
    assert (both.status_code, both["Desist-Version"]) == (422, "3")
    assert sentence in both.content.decode()
    assert "Minutes late" in both.content.decode()
    assert free.status_code == 204
    ahead.refresh_from_db()
    assert (ahead.attendance, ahead.agenda) == ("", "Another")
    assert kit_browser.get(f"/rescheduling/{ahead.ref}/move/").status_code == 200
    assert moves.free(ahead, timezone.now())


def test_whoever_notes_an_attempt_second_reads_what_the_first_noted(
    kit_browser: Client, episode: Episode
) -> None:
    missed = factories.missed(episode=episode)
    address = f"/sessions/{missed.ref}/follow-up/"

    kit_browser.post(address, contact(outcome="message", note="Left a voicemail."))
    second = text(kit_browser.post(address, contact(outcome="no_answer", note="Rang twice.")))

    assert "Noted by you Left a voicemail." in second
    assert "Rang twice." in second


def test_what_cannot_be_kept_does_not_keep_the_rest_from_being_saved(
    kit_browser: Client, session: Session
) -> None:
    kit_browser.post(f"/sessions/{session.ref}/save/", sent(session))

    quiet = kit_browser.post(
        f"/sessions/{session.ref}/save/",
        sent(session, form_version="2", minutes_late="10 min", work_done="Words of a long afternoon"),
    )

    assert (quiet.status_code, quiet["Desist-Version"]) == (422, "3")
    assert quiet.content.decode().startswith("Minutes late")
    session.refresh_from_db()
    assert (session.work_done, session.minutes_late) == ("Words of a long afternoon", 5)


def test_the_agenda_names_what_the_plan_foresees(kit_browser: Client, episode: Episode) -> None:
    coming = factories.session(episode=episode, about="Riding out an urge")

    page = text(kit_browser.get(f"/sessions/{coming.ref}/record/"))

    assert "1. Riding out an urge" in page
    assert "The next skill in the plan" not in page


def test_a_chain_says_in_which_kind_of_session_it_was_made(kit_browser: Client, episode: Episode) -> None:
    pivot = factories.attended(episode=episode, kind="pivot")
    factories.chain(session=pivot)
    coming = factories.session(episode=episode, number=2)

    assert ", pivot session 1" in text(kit_browser.get(f"/sessions/{coming.ref}/prepare/"))
