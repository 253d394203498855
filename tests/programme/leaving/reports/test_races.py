"""Two people change one report: the second is told who was first, their words stay, and nothing happens twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import commands, queries
from desist.programme.leaving.reports.models import Report
from desist.programme.leaving.reports.records import Words
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
FORM, STALE = {"form_version": "1"}, {"form_version": "0"}
WORDS = {"themes": "MY OWN WORDS", "risks": "Court dates.", "recommendations": "Keep to the plan."}


@pytest.fixture
def ola(db: None) -> Account:
    return factories.account(name="Ola Reed")


@pytest.fixture
def manager(signed_in: Callable[..., Client], ola: Account) -> Client:
    return signed_in(role=Role.MANAGER, account=ola)


@pytest.fixture
def boss(ola: Account, actor: Actor) -> Actor:
    return Actor(who=ola.ref, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def ended(episode: Episode) -> Episode:
    return factories.ended(episode=episode)


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, then: Callable[[], object]) -> None:
    """Someone else does something right after a page was looked at: the moment of every race."""
    look: Callable[..., Any] = getattr(queries, name)

    def looked(**said: Any) -> Any:
        found = look(**said)
        monkeypatch.setattr(queries, name, look)  # once
        then()
        return found

    monkeypatch.setattr(queries, name, looked)


def test_whoever_begins_one_that_somebody_just_began_lands_on_that_one(
    kit_browser: Client, ended: Episode, boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(
        monkeypatch, "to_start", lambda: commands.start(actor=boss, episode=ended.ref, correction="", at=NOW)
    )

    answer = kit_browser.post(f"/reports/of/{ended.ref}/start/", {"form_submission": "once"})

    assert answer["Location"] == f"/reports/{Report.objects.get().ref}/"


def test_a_first_report_that_is_a_correction_by_now_says_so(
    kit_browser: Client, ended: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, "to_start", lambda: factories.signed(episode=ended))

    answer = kit_browser.post(f"/reports/of/{ended.ref}/start/", {"form_submission": "once"})

    assert answer.status_code == 422
    assert "a report has been signed since" in text(answer)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("page", ["offer", "take-back"])
def test_the_writers_pages_are_shown_before_anything_happens(
    kit_browser: Client, ended: Episode, page: str
) -> None:
    row = factories.report(episode=ended) if page == "offer" else factories.offered(episode=ended)

    assert kit_browser.get(f"/reports/{row.ref}/{page}/").status_code == 200
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize("page", ["sign", "give-back"])
def test_the_readers_pages_are_shown_before_anything_happens(
    manager: Client, ended: Episode, page: str
) -> None:
    row = factories.offered(episode=ended)

    assert manager.get(f"/reports/{row.ref}/{page}/").status_code == 200
    row.refresh_from_db()
    assert row.state == "offered"


def test_a_stale_tab_shows_both_and_sent_again_it_is_saved(
    kit_browser: Client, ended: Episode, boss: Actor, actor: Actor
) -> None:
    row = factories.report(episode=ended)
    theirs = Words(**{**dict.fromkeys(Words.__dataclass_fields__, ""), "themes": "THEIRS"})
    commands.save(actor=boss, ref=row.ref, words=theirs, version=1, at=NOW)

    first = kit_browser.post(f"/reports/{row.ref}/write/", {**WORDS, **FORM})
    again = kit_browser.post(f"/reports/{row.ref}/write/", {**WORDS, "form_version": "2"})

    assert first.status_code == 422
    assert "Not saved: changed elsewhere at 2:30pm by Ola Reed. Both are shown" in text(first)
    assert "THEIRS" in text(first)
    assert "MY OWN WORDS" in text(first)
    assert again.status_code == 302
    row.refresh_from_db()
    assert row.themes == "MY OWN WORDS"


def test_a_page_left_open_saves_nothing_over_what_was_handed_on(kit_browser: Client, ended: Episode) -> None:
    row = factories.offered(episode=ended)

    quiet = kit_browser.post(f"/reports/{row.ref}/save/", {**WORDS, **FORM})

    assert quiet.status_code == 409
    assert quiet.content.decode().startswith("this report was sent for review at 2:30pm by ")
    assert "Your words stay on this page" in quiet.content.decode()


def test_an_autosave_that_is_too_long_says_so(kit_browser: Client, ended: Episode) -> None:
    row = factories.report(episode=ended)

    quiet = kit_browser.post(f"/reports/{row.ref}/save/", {**WORDS, **FORM, "themes": "x" * 1_000_000})

    assert quiet.status_code == 422
    row.refresh_from_db()
    assert row.version == 1


def test_what_changed_since_it_was_read_is_not_handed_on(kit_browser: Client, ended: Episode) -> None:
    row = factories.report(episode=ended, version=4, saved_by="carol", saved_at=NOW)

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", {"form_version": "3"})

    assert answer.status_code == 422
    assert "Not done: changed elsewhere at 2:30pm" in text(answer)
    assert "Read it again below" in text(answer)


def test_taking_back_what_somebody_just_signed_says_who_and_when(
    kit_browser: Client, ended: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = factories.signed(episode=ended)

    answer = kit_browser.post(f"/reports/{row.ref}/take-back/", FORM)

    assert answer.status_code == 422
    assert "Not withdrawn from review: this report was signed at 2:30pm by a colleague" in text(answer)


def test_giving_back_what_the_writer_just_took_back_keeps_the_reason(
    manager: Client, ended: Episode, actor: Actor
) -> None:
    row = factories.offered(episode=ended)
    commands.take_back(actor=actor, ref=row.ref, version=1, at=NOW)

    answer = manager.post(f"/reports/{row.ref}/give-back/", {**FORM, "reason": "Say who does what."})

    assert answer.status_code == 422
    assert "Not returned: this report was returned and is being written again" in text(answer)
    assert "Say who does what." in answer.content.decode()


def test_a_draft_that_was_handed_on_twice_is_handed_on_once(
    kit_browser: Client, ended: Episode, actor: Actor
) -> None:
    row = factories.report(episode=ended)
    commands.offer(actor=actor, ref=row.ref, version=1, override=None, at=NOW)

    answer = kit_browser.post(f"/reports/{row.ref}/offer/", FORM)

    assert answer.status_code == 422
    assert "this report was sent for review at 2:30pm by you" in text(answer)
    assert ended.referral.happenings.filter(what="offered").count() == 1
