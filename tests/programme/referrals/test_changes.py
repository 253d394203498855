"""A referral that is put right or taken back mid-programme reaches whoever works with the person, until they have read it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post import payloads
from desist.post.handlers import Received
from desist.programme.episodes.models import Episode
from desist.programme.referrals import commands
from desist.programme.referrals.models import Referral
from desist.referral import answers
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

TAKEN_BACK = "The police took back the referral of"
AMENDED = "was amended: read what changed"


def arrived(referral: Referral, payload: payloads.Payload) -> Received:
    return Received(payload, referral.thread, factories.POLICE, factories.NOW, actors.post())


def amend(episode: Episode, number: int = 1, **changed: Any) -> None:
    values = answers.crossing({**answers.of(episode.referral), **changed})
    payload = payloads.ReferralAmended(
        **values, reason="new_fact", number=number, amended_at=factories.NOW - timedelta(hours=1)
    )
    commands.amend(arrived(episode.referral, payload))


def withdraw(episode: Episode) -> None:
    commands.withdraw(arrived(episode.referral, payloads.ReferralWithdrawn("custody")))


def press(browser: Client, episode: Episode, version: int | str | None = None) -> str:
    row = Referral.objects.get(pk=episode.referral.pk)
    said = {"version": row.version if version is None else version}
    return text(browser.post(f"/referrals/{row.ref}/read/", said, follow=True))


def test_an_amendment_is_due_and_on_the_persons_page_until_it_was_read(
    kit_browser: Client, episode: Episode
) -> None:
    amend(episode, own_phone="01632 960 777")

    assert AMENDED in text(kit_browser.get("/"))
    assert "Read what changed" in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "The police changed the referral" in read
    assert "01632 960 777" in read

    assert "Noted in the history." in press(kit_browser, episode)

    assert AMENDED not in text(kit_browser.get("/"))
    assert "Read what changed" not in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    assert "The change was read" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_an_amendment_that_changes_nothing_asks_for_nothing(kit_browser: Client, episode: Episode) -> None:
    amend(episode)

    assert AMENDED not in text(kit_browser.get("/"))


def test_what_was_changed_again_meanwhile_is_read_again(kit_browser: Client, episode: Episode) -> None:
    amend(episode, own_phone="01632 960 777")
    seen = Referral.objects.get(pk=episode.referral.pk).version
    amend(episode, number=2, own_phone="01632 960 778")

    for stale in (seen, "", "x"):
        assert "Read it once more" in press(kit_browser, episode, stale)
    assert AMENDED in text(kit_browser.get("/"))


def test_saying_so_twice_is_one_line(kit_browser: Client, episode: Episode) -> None:
    amend(episode, own_phone="01632 960 777")

    for _ in range(2):
        press(kit_browser, episode)

    assert episode.referral.happenings.filter(what="read").count() == 1


def test_a_withdrawal_asks_for_a_decision(kit_browser: Client, episode: Episode) -> None:
    withdraw(episode)

    assert TAKEN_BACK in text(kit_browser.get("/"))
    assert "Decide whether the work goes on" in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "the person is in custody or in hospital" in read
    assert "Record a leaving" in read

    press(kit_browser, episode)

    assert TAKEN_BACK not in text(kit_browser.get("/"))
    assert "The work goes on although it was taken back" in text(kit_browser.get(f"/history/{episode.ref}/"))


def test_a_withdrawal_that_comes_twice_asks_once(kit_browser: Client, episode: Episode) -> None:
    withdraw(episode)
    press(kit_browser, episode)

    withdraw(episode)

    assert TAKEN_BACK not in text(kit_browser.get("/"))


@pytest.mark.parametrize("decided", ["held", "ended"])
def test_a_leaving_decides_it_too(kit_browser: Client, episode: Episode, decided: str) -> None:
    withdraw(episode)

    if decided == "held":
        factories.leaving(episode=episode)
    else:
        factories.ended(episode=episode, state="left")

    assert TAKEN_BACK not in text(kit_browser.get("/"))
    assert "Decide whether the work goes on" not in text(kit_browser.get(f"/episodes/{episode.ref}/"))


def test_who_may_not_answer_is_not_asked(signed_in: Callable[..., Client], episode: Episode) -> None:
    withdraw(episode)

    assert TAKEN_BACK in text(signed_in(role=Role.MANAGER).get("/"))
    assert TAKEN_BACK not in text(signed_in(role=Role.SUPERVISOR).get("/"))
    assert "The work goes on all the same" not in text(
        signed_in(role=Role.SUPERVISOR).get(f"/referrals/of/{episode.ref}/")
    )


def test_before_the_decision_and_after_the_end_there_is_nothing_to_read(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    waiting = factories.referral()
    commands.withdraw(arrived(waiting, payloads.ReferralWithdrawn("custody")))
    factories.ended(episode=episode)
    amend(episode, own_phone="01632 960 777")

    assert not Referral.objects.exclude(unread_since=None).exists()
    manager = signed_in(role=Role.MANAGER)
    assert manager.post(f"/referrals/{waiting.ref}/read/", {"version": "2"})["Location"] == (
        f"/referrals/{waiting.ref}/"
    )


def test_who_does_not_work_with_the_person_reads_and_answers_nothing(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    amend(episode, own_phone="01632 960 777")
    noor = signed_in(account=factories.account(name="Noor Hale"))

    assert AMENDED not in text(noor.get("/"))
    assert noor.post(f"/referrals/{episode.referral.ref}/read/", {"version": "2"}).status_code == 404
    assert Referral.objects.exclude(unread_since=None).exists()
