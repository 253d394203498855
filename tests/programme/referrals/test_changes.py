"""The practitioner of a person hears that the referral was amended or withdrawn, until they have read it."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post import payloads
from desist.post.handlers import Received
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.referrals import commands
from desist.programme.referrals.attachments import commands as attachments
from desist.programme.referrals.models import Referral
from desist.referral import answers, files
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

TAKEN_BACK = "the referrer withdrew the referral"
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


def send_file(episode: Episode) -> None:
    file = files.inspect(name="note.txt", content=b"Carries a knife.")
    payload = payloads.ReferralAttachment(
        file.name, file.media.value, file.digest, (base64.b64encode(file.content).decode(),)
    )
    attachments.receive(arrived(episode.referral, payload))


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
    assert "The referrer changed the referral" in read
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

    for stale in (seen, "", "x", "9" * 5000):
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
    assert "Decide whether to continue" in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "the person is in custody or in hospital" in read
    assert "End the programme" in read

    press(kit_browser, episode)

    assert TAKEN_BACK not in text(kit_browser.get("/"))
    assert "The programme continues despite the withdrawal" in text(
        kit_browser.get(f"/history/{episode.ref}/")
    )


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
    assert "Decide whether to continue" not in text(kit_browser.get(f"/episodes/{episode.ref}/"))


def test_who_may_not_answer_is_not_asked(signed_in: Callable[..., Client], episode: Episode) -> None:
    withdraw(episode)

    assert TAKEN_BACK in text(signed_in(role=Role.MANAGER).get("/"))
    assert TAKEN_BACK not in text(signed_in(role=Role.SUPERVISOR).get("/"))
    assert "Continue the programme despite the withdrawal" not in text(
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


def test_a_manager_does_not_read_in_place_of_whoever_works_with_the_person(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode
) -> None:
    amend(episode, risks_to_staff="Carries a knife.")
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Mona Reed"))

    page = text(manager.get(f"/referrals/of/{episode.ref}/"))
    assert "until the person’s practitioner, or their cover, has read the change" in page
    assert "I have read what changed" not in page
    assert "has to read it themselves" in press(manager, episode)

    assert AMENDED in text(kit_browser.get("/"))
    assert not episode.referral.happenings.filter(what="read").exists()


def test_who_stands_in_reads_it_too(signed_in: Callable[..., Client], episode: Episode) -> None:
    noor = factories.account(name="Noor Hale")
    owner = episode.allocations.get()
    Allocation.objects.create(
        episode=episode,
        practitioner=factories.practitioner(account=noor),
        leave=factories.leave(practitioner=owner.practitioner),
        made_by="carol",
        made_at=factories.NOW,
    )
    amend(episode, risks_to_staff="Carries a knife.")

    assert "Noted in the history." in press(signed_in(account=noor), episode)

    assert not Referral.objects.exclude(unread_since=None).exists()


def test_a_manager_reads_it_while_nobody_works_with_the_person(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    episode.allocations.update(ended_at=factories.NOW, reason="handed_over")
    amend(episode, own_phone="01632 960 777")
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Mona Reed"))

    assert "Noted in the history." in press(manager, episode)

    assert not Referral.objects.exclude(unread_since=None).exists()


def test_a_file_that_the_police_send_mid_programme_is_due_until_it_was_read(
    kit_browser: Client, episode: Episode
) -> None:
    seen = Referral.objects.get(pk=episode.referral.pk).version
    send_file(episode)

    assert AMENDED in text(kit_browser.get("/"))
    assert "Read it once more" in press(kit_browser, episode, seen)
    assert "under Attachments" in text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    press(kit_browser, episode)
    send_file(episode)  # the same once more

    assert AMENDED not in text(kit_browser.get("/"))


def test_what_is_changed_after_the_withdrawal_was_decided_is_read_and_not_decided_again(
    kit_browser: Client, episode: Episode
) -> None:
    withdraw(episode)
    press(kit_browser, episode)
    amend(episode, risks_to_staff="Carries a knife.")

    day = text(kit_browser.get("/"))
    assert (AMENDED in day, TAKEN_BACK in day) == (True, False)
    assert "Decide whether" not in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "The referrer changed the referral" in read
    assert "Continue the programme despite the withdrawal" not in read
    press(kit_browser, episode)

    happened = list(episode.referral.happenings.order_by("pk").values_list("what", flat=True))
    assert happened == ["withdrawn", "went_on", "amended", "read"]


@pytest.mark.parametrize("amended_first", [True, False])
def test_both_at_once_are_named_and_answered_together(
    kit_browser: Client, episode: Episode, *, amended_first: bool
) -> None:
    if amended_first:
        amend(episode, risks_to_staff="Carries a knife.")
    withdraw(episode)
    if not amended_first:
        amend(episode, risks_to_staff="Carries a knife.")

    assert "and changed it: read it and decide" in text(kit_browser.get("/"))
    assert "Read what changed, and decide" in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    assert "I have read what changed. Continue the programme despite the withdrawal" in text(
        kit_browser.get(f"/referrals/of/{episode.ref}/")
    )
    press(kit_browser, episode)

    answered = episode.referral.happenings.filter(what__in=("read", "went_on"))
    assert sorted(answered.values_list("what", flat=True)) == ["read", "went_on"]
    assert not Referral.objects.exclude(unread_since=None).exists()


def test_a_manager_who_decides_that_the_work_goes_on_has_read_nothing_for_others(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode
) -> None:
    amend(episode, risks_to_staff="Carries a knife.")
    withdraw(episode)
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Mona Reed"))
    assert "I have read" not in text(manager.get(f"/referrals/of/{episode.ref}/"))

    assert "Noted in the history." in press(manager, episode)

    day = text(kit_browser.get("/"))
    assert (AMENDED in day, TAKEN_BACK in day) == (True, False)
    assert not episode.referral.happenings.filter(what="read").exists()
