"""What changes while someone is at work: a plain sentence, typed words kept, nothing lost, every clock right."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.programme import factories
from tests.programme.calendar.planner.test_planner import WISH, seen
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import Outbox
from desist.programme.curriculum.models import CurriculumSession
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.attachments.models import Attachment
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

WORDS = "PLANTED-WORDS of a person"
RECORD = {
    "attendance": "attended",
    "compliance": "worked",
    "risk_check": "nothing",
    "work_done": WORDS,
    "form_submission": "once",
}
IN_USE: dict[str, Any] = {"used_by": "carol", "used_at": factories.NOW, "reason": "Agreed in the team"}
CUT = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="note.txt"\r\n\r\nhalf of it'


def given_away(episode: Episode) -> None:
    """Someone else works with the person from now on."""
    noor = factories.practitioner(account=factories.account(name="Noor Hale"))
    episode.allocations.update(ended_at=factories.NOW, reason="left")
    Allocation.objects.create(episode=episode, practitioner=noor, made_by="carol", made_at=factories.NOW)


def taken_back(referral: Referral) -> None:
    """The police take their referral back."""
    told = payloads.ReferralWithdrawn("moved")
    referrals.withdraw(Received(told, referral.thread, factories.POLICE, factories.NOW, actors.post()))


def record(session: Session) -> dict[str, str]:
    return {**RECORD, "form_version": str(session.version)}


def test_whoever_loses_a_person_while_writing_gets_the_words_back(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    form = record(session)
    given_away(episode)

    answer = kit_browser.post(f"/sessions/{session.ref}/record/", form)
    nobodys = kit_browser.post("/sessions/0000000000/record/", form)

    assert answer.status_code == 404
    assert "There is nothing here that you can see" in text(answer)
    assert "What you typed is kept here" in text(answer)
    assert WORDS in text(answer)
    assert answer.content == nobodys.content  # it does not say that there is such a session
    session.refresh_from_db()
    assert session.work_done == ""


def test_what_saves_itself_to_a_person_who_is_gone_changes_nothing(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    form = record(session)
    given_away(episode)

    assert kit_browser.post(f"/sessions/{session.ref}/save/", form).status_code == 404
    session.refresh_from_db()
    assert session.version == 1


def test_whoever_takes_over_finds_what_was_saved_and_goes_on(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode, session: Session
) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", record(session))
    given_away(episode)
    noor = Account.objects.get(name="Noor Hale")
    browser = signed_in(account=noor)

    page = text(browser.get(f"/sessions/{session.ref}/record/"))

    assert WORDS in page


def test_a_referral_taken_back_during_a_session_loses_no_word_of_it(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    form = record(session)
    taken_back(episode.referral)

    saved = kit_browser.post(f"/sessions/{session.ref}/record/", form)

    session.refresh_from_db()
    assert saved.status_code == 302
    assert session.work_done == WORDS
    assert "Withdrawn by the referrer" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_a_record_is_finished_after_the_referral_was_taken_back(
    kit_browser: Client, episode: Episode, session: Session
) -> None:
    kit_browser.post(f"/sessions/{session.ref}/record/", record(session))
    taken_back(episode.referral)
    session.refresh_from_db()

    kit_browser.post(f"/sessions/{session.ref}/finish/", {"form_version": str(session.version)})

    session.refresh_from_db()
    assert (session.state, session.work_done) == ("attended", WORDS)


def test_a_curriculum_put_into_use_while_a_plan_is_confirmed_is_shown_first(
    kit_browser: Client, episode: Episode
) -> None:
    confirm = seen(kit_browser, episode, WISH)
    row = factories.curriculum(state="current", number=1, **IN_USE)
    CurriculumSession.objects.filter(curriculum=row).update(minutes=45, title="Beginning anew")

    answer = kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, "confirm": confirm})

    assert answer.status_code == 422
    assert "Something changed since this was proposed" in text(answer)
    assert "10am" in answer.content.decode()
    assert not episode.sessions.exists()


def test_what_runs_keeps_what_it_was_planned_with(kit_browser: Client, episode: Episode) -> None:
    confirm = seen(kit_browser, episode, WISH)
    kit_browser.post(f"/planner/{episode.ref}/plan/", {**WISH, "confirm": confirm})
    before = list(episode.sessions.order_by("number").values_list("about", "curriculum", "period"))

    row = factories.curriculum(state="current", number=1, **IN_USE)
    CurriculumSession.objects.filter(curriculum=row).update(title="Beginning anew")

    assert list(episode.sessions.order_by("number").values_list("about", "curriculum", "period")) == before
    first = episode.sessions.get(number=1)
    assert "Beginning anew" not in text(kit_browser.get(f"/sessions/{first.ref}/prepare/"))


def test_an_upload_that_is_cut_half_way_leaves_nothing(signed_in: Callable[..., Client]) -> None:
    referral = factories.referral()
    browser = signed_in(role=Role.MANAGER)
    before = Outbox.objects.count()

    for page in (
        reverse("attachments:attachments", args=[referral.ref]),
        reverse("imports:table"),
    ):
        answer = browser.generic("POST", page, CUT, content_type="multipart/form-data; boundary=cut")
        assert answer.status_code in {400, 422}
        assert browser.get(page).status_code == 200  # and the page is ready for another try

    assert not Attachment.objects.exists()
    assert (Referral.objects.count(), Outbox.objects.count()) == (1, before)
