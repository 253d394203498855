"""A person's phone as staff see it: phone or paper, the invitation in the room, an end, and what the person sent."""

from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.programme import factories

from desist import sites
from desist.programme.episodes.models import Episode
from desist.programme.phones import commands
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.sessions.diary.models import DiaryDay
from desist.refusals import Refused
from desist.sites import Site, Zone
from desist.wall.actors import Actor, Role

WORDS = "Rang them: another time is booked"


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture(autouse=True)
def with_pages(own_keys: None, tmp_path: Path, settings: Settings) -> None:
    """The service has pages for phones."""
    programme = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8701)
    pages = Site("my-week", Zone.PARTICIPANT, "My week", 8706, shares=programme.name)
    sites.write_sites(folder=tmp_path, sites=(programme, pages))


def choose(browser: Client, episode: Episode, because: str = "", **more: str) -> Any:
    row = BetweenSessions.objects.filter(episode=episode).first()
    sent = {"on_paper": "yes" if because else "no", "because": because, "edition": "standard"}
    return browser.post(
        f"/between/{episode.ref}/", {**sent, "form_version": str(row.version if row else 0), **more}
    )


def invited(browser: Client, episode: Episode) -> Any:
    choose(browser, episode)
    return press(browser, episode)


def press(browser: Client, episode: Episode) -> Any:
    return browser.post(f"/phones/{episode.ref}/invite/", {"form_submission": token_hex(8)})


def begun(episode: Episode) -> Phone:
    row = Phone.objects.get(episode=episode, ended_at=None)
    row.device, row.pin, row.began_at = "d", "p", timezone.now()
    row.save()
    return row


def asked(episode: Episode, kind: str = "complaint", **fields: Any) -> PhoneRequest:
    known = {"submission": f"{kind}-of-{episode.ref}", "asked_at": timezone.now(), "words": "It was too loud"}
    return PhoneRequest.objects.create(episode=episode, kind=kind, **{**known, **fields})


def test_nobody_is_on_a_phone_until_it_is_recorded(kit_browser: Client, episode: Episode) -> None:
    shown = text(kit_browser.get(f"/phones/{episode.ref}/"))

    assert "Until then they work on paper" in shown
    assert "Invite their phone" not in shown
    answer = press(kit_browser, episode)
    assert answer.status_code == 422
    assert not Phone.objects.exists()


def test_an_invitation_is_shown_once_and_kept_as_a_digest(kit_browser: Client, episode: Episode) -> None:
    shown = text(invited(kit_browser, episode))

    row = Phone.objects.get()
    assert "<svg" in shown
    assert "http://participant.localhost:8706/" in shown
    assert row.until - row.invited_at == commands.INVITED
    assert row.invitation not in shown
    code = shown.split('<p class="govuk-heading-l">')[1].split("</p>")[0]
    assert commands.digest(code) == row.invitation
    assert "Invitation until" in text(kit_browser.get(f"/phones/{episode.ref}/"))


def test_a_second_invitation_ends_the_first(kit_browser: Client, episode: Episode) -> None:
    invited(kit_browser, episode)
    press(kit_browser, episode)

    assert Phone.objects.count() == 2
    assert Phone.objects.filter(ended_at=None).count() == 1


def test_an_invitation_that_was_not_used_in_time_is_not_shown(kit_browser: Client, episode: Episode) -> None:
    invited(kit_browser, episode)
    Phone.objects.update(until=timezone.now() - timedelta(minutes=1))

    assert "No phone is in use" in text(kit_browser.get(f"/phones/{episode.ref}/"))


@pytest.mark.parametrize("because", ["order", "no_phone", "wish"])
def test_on_paper_ends_the_phone_and_forbids_invitations(
    kit_browser: Client, episode: Episode, actor: Actor, because: str
) -> None:
    invited(kit_browser, episode)
    phone = begun(episode)

    choose(kit_browser, episode, because)

    phone.refresh_from_db()
    assert (phone.ended_by, phone.ended_at is None) == (actor.who, False)
    with pytest.raises(Refused, match="work on paper alone"):
        commands.invite(actor=actor, episode=episode.ref, submission="another", at=timezone.now())


def test_who_left_is_not_invited(kit_browser: Client, episode: Episode, actor: Actor) -> None:
    choose(kit_browser, episode)
    Episode.objects.update(state="left", ended_at=timezone.now())

    assert "No phone can be invited" in text(kit_browser.get(f"/phones/{episode.ref}/invite/"))
    with pytest.raises(Refused, match="has left the programme"):
        commands.invite(actor=actor, episode=episode.ref, submission="another", at=timezone.now())


@pytest.mark.parametrize("place", ["12 Quarry Lane, Northmere NM1 2AB", "Ring 01632 960 123"])
def test_words_for_the_phone_name_no_place_whatever_the_reason(
    kit_browser: Client, episode: Episode, place: str
) -> None:
    answer = choose(kit_browser, episode, place=place, false_alarm="agency")

    assert answer.status_code == 422
    assert not BetweenSessions.objects.exists()


def test_a_phone_is_ended_from_the_persons_page(kit_browser: Client, episode: Episode) -> None:
    invited(kit_browser, episode)
    phone = begun(episode)
    assert "End this phone" in text(kit_browser.get(f"/phones/{episode.ref}/"))

    shown = kit_browser.post(f"/phones/{episode.ref}/end/{phone.ref}/", follow=True)

    assert "It is ended" in text(shown)
    phone.refresh_from_db()
    assert phone.ended_at


def test_what_a_person_sent_is_in_to_do_until_it_is_answered(
    kit_browser: Client, episode: Episode, actor: Actor
) -> None:
    row = asked(episode)
    assert "complains: answer it" in text(kit_browser.get("/"))
    assert "It was too loud" in text(kit_browser.get(f"/phones/answer/{row.ref}/"))

    shown = text(kit_browser.post(f"/phones/answer/{row.ref}/", {"words": WORDS}, follow=True))

    assert WORDS in shown
    assert "complains" not in text(kit_browser.get("/"))
    with pytest.raises(Refused, match="answered already"):
        commands.answer(actor=actor, ref=row.ref, words="Other", at=timezone.now())


def test_a_tick_beside_the_homework_is_no_task(kit_browser: Client, episode: Episode, actor: Actor) -> None:
    row = asked(episode, "homework", session=factories.attended(episode=episode))

    assert "Did the homework" in text(kit_browser.get(f"/phones/{episode.ref}/"))
    assert "homework: answer it" not in text(kit_browser.get("/"))
    with pytest.raises(Refused):
        commands.answer(actor=actor, ref=row.ref, words="Seen", at=timezone.now())


def test_a_supervisor_reads_and_changes_nothing(signed_in: Any, episode: Episode) -> None:
    asked(episode)
    carol = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Carol Rowan"))

    shown = text(carol.get(f"/phones/{episode.ref}/"))
    assert "It was too loud" in shown
    assert "Note what you did" not in shown
    assert carol.post(f"/phones/{episode.ref}/invite/").status_code == 403


def test_a_service_without_pages_for_phones_says_so(
    kit_browser: Client, episode: Episode, tmp_path: Path
) -> None:
    (tmp_path / "sites.toml").unlink()

    assert "has no pages for phones" in text(kit_browser.get(f"/phones/{episode.ref}/"))


def test_a_day_noted_on_the_phone_says_when_and_by_whom(kit_browser: Client, episode: Episode) -> None:
    day = timezone.localdate()
    known = {"episode": episode, "day": day, "urge": 3, "entered_on": day, "typed_at": timezone.now()}
    DiaryDay.objects.create(typed_by="phone", **known)

    assert "On the day, on their phone" in text(kit_browser.get(f"/diary/{episode.ref}/"))
    assert "the person, on their phone" in text(
        kit_browser.post(f"/diary/{episode.ref}/{day}/", {"note": "x", "form_version": "0"})
    )
