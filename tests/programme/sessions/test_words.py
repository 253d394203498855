"""What is typed for the shared screen is kept always, and shown only once nothing in it may lead to someone."""

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.sessions.test_views import sent

from desist import locators
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.wall.models import AuditEvent, Clearance

pytestmark = pytest.mark.django_db

AGENDA = "She lives at 12 Quarry Lane, ring 07700 900123"
FINDINGS = "“12 Quarry Lane” looks like an address"


def shared(browser: Client, session: Session) -> str:
    return text(browser.get(f"/sessions/{session.ref}/shared/"))


def test_an_address_in_the_agenda_is_kept_and_never_drawn_on_the_shared_screen(
    kit_browser: Client, session: Session
) -> None:
    answer = kit_browser.post(f"/sessions/{session.ref}/save/", sent(session, agenda=AGENDA))

    session.refresh_from_db()
    assert answer.status_code == 200
    assert answer.headers["Desist-Version"] == str(session.version)
    assert f"Agenda is not shown to the person: {FINDINGS}" in answer.content.decode()
    assert session.agenda == AGENDA
    assert "Quarry" not in shared(kit_browser, session)
    assert "07700" not in shared(kit_browser, session)


def test_homework_of_before_is_not_drawn_either_and_the_practitioner_reads_why(
    kit_browser: Client, episode: Episode
) -> None:
    factories.attended(episode=episode, number=1, homework_set="Walk past 12 Quarry Lane no more")
    today = factories.session(episode=episode, number=2, agenda="Sleep")

    assert "Quarry" not in shared(kit_browser, today)
    assert "Sleep" in shared(kit_browser, today)
    prepare = text(kit_browser.get(f"/sessions/{today.ref}/prepare/"))
    assert "One text is not shown to the person: it needs checking" in prepare
    assert f"Homework from last time: {FINDINGS}" in prepare


@pytest.mark.parametrize("button", ["", "finish"])
def test_the_page_asks_and_an_answer_shows_it(kit_browser: Client, session: Session, button: str) -> None:
    page = f"/sessions/{session.ref}/record/"
    asked = kit_browser.post(page, sent(session, agenda=AGENDA, next=button))

    session.refresh_from_db()
    assert asked.status_code == 422
    assert session.agenda == AGENDA
    assert "Saved, but not shown to the person yet" in text(asked)
    assert f"{FINDINGS}, “07700 900123” looks like a telephone number. Reword it" in text(asked)
    assert "Why is it safe to keep?" in text(asked)
    assert "One text is not shown" in text(kit_browser.get(page))

    answered = kit_browser.post(page, sent(session, agenda=AGENDA, next=button, false_alarm="agency"))

    assert answered.status_code == 302
    assert "12 Quarry Lane" in shared(kit_browser, session)
    told = AuditEvent.objects.get(action="programme.answer_for_words").reason
    assert told == "agenda: address, telephone number: It belongs to a police station, court or service"
    assert Clearance.objects.get().row == f"programme.episode:{session.episode.ref}"
    assert "not shown to the person" not in text(kit_browser.get(page))


def test_another_word_is_asked_about_anew(kit_browser: Client, session: Session) -> None:
    page = f"/sessions/{session.ref}/record/"
    kit_browser.post(page, sent(session, agenda=AGENDA, false_alarm="agency"))
    session.refresh_from_db()

    kit_browser.post(f"/sessions/{session.ref}/save/", sent(session, agenda=f"{AGENDA} today"))

    assert "Quarry" not in shared(kit_browser, session)


def test_a_concern_does_not_wait_for_words(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(
        f"/sessions/{session.ref}/record/", sent(session, agenda=AGENDA, next="concern")
    )

    assert answer.status_code == 302
    assert "/concerns/" in answer.headers["Location"]
    assert "Quarry" not in shared(kit_browser, session)


def test_a_record_is_not_finished_with_such_words(kit_browser: Client, session: Session) -> None:
    Session.objects.update(
        attendance="attended", risk_check="nothing", compliance="worked", homework_set="Ring 07700 900123"
    )
    page = f"/sessions/{session.ref}/finish/"
    form = {"form_version": str(session.version)}

    asked = kit_browser.post(page, form)

    session.refresh_from_db()
    assert asked.status_code == 422
    assert session.state == "planned"
    assert "homework set: “07700 900123” looks like a telephone number" in text(asked)

    kit_browser.post(page, {**form, "false_alarm": "not_a_place"})

    session.refresh_from_db()
    assert session.state == "attended"


def test_when_the_reader_fails_words_are_kept_and_nothing_is_shown(
    kit_browser: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str) -> None:
        raise RecursionError

    Session.objects.update(agenda="Diary first")
    monkeypatch.setattr(locators, "find", broken)

    saved = kit_browser.post(f"/sessions/{session.ref}/save/", sent(session, agenda="Sleep first"))
    pressed = kit_browser.post(
        f"/sessions/{session.ref}/record/", {**sent(session, agenda="Sleep first"), "form_version": "2"}
    )

    session.refresh_from_db()
    assert session.agenda == "Sleep first"
    assert "Desist could not check these words" in saved.content.decode()
    assert pressed.status_code == 422
    assert "Desist could not check these words" in text(pressed)
    assert "Sleep first" in pressed.content.decode()
    assert "Sleep" not in shared(kit_browser, session)


def test_a_correction_asks_as_well(kit_browser: Client, episode: Episode) -> None:
    row = factories.attended(episode=episode, number=1)
    typed = sent(row, homework_set="Ring 07700 900123", reason="later")

    asked = kit_browser.post(f"/corrections/{row.ref}/correct/", typed)

    row.refresh_from_db()
    assert asked.status_code == 422
    assert "looks like a telephone number" in text(asked)
    assert row.homework_set == ""
