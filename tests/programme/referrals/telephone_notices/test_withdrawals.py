"""That a referral is taken back, typed in by one person, counts once a second person confirms it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.referrals.telephone_notices.test_telephone_notices import HEARD, NOW, type_withdrawal

from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.referrals.telephone_notices import commands
from desist.programme.referrals.telephone_notices.models import Heard, TypedWithdrawal
from desist.programme.referrals.telephone_notices.states import Settled
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

CONFIRMED = {"outcome": "confirmed", "form_version": "2"}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    """Noor, who manages the service."""
    return signed_in(role=Role.MANAGER, account=factories.account(name="Noor Hale"))


@pytest.fixture
def managing(actor: Actor) -> Actor:
    return replace(actor, who="carol", role=Role.MANAGER)


@pytest.fixture
def typed_in(episode: Episode) -> Referral:
    """Robin's referral, typed in here; Kit works with Robin."""
    Referral.objects.filter(pk=episode.referral.pk).update(partner="")
    return Referral.objects.get(pk=episode.referral.pk)


def settle(actor: Actor, referral: Referral, outcome: Settled, *, version: int = 2) -> None:
    commands.settle(actor=actor, ref=referral.ref, outcome=outcome, version=version, at=NOW)


def test_it_changes_nothing_until_somebody_else_confirms_it(
    manager: Client, kit_browser: Client, typed_in: Referral, episode: Episode
) -> None:
    typed = {**HEARD, "reason": "moved", "form_version": typed_in.version}
    due = "confirm that the referral was withdrawn, or not"

    saved = manager.post(f"/telephone-notices/{typed_in.ref}/taken-back/", typed, follow=True)

    typed_in.refresh_from_db()
    assert (typed_in.state, typed_in.withdraw_reason) == ("accepted", "")
    assert "It counts once a second person confirms it." in text(saved)
    assert "Entered by Noor Hale" in text(saved)
    assert "Record that the referrer withdrew it" not in text(saved)
    assert due not in text(manager.get("/"))
    assert due in text(kit_browser.get("/"))
    page = text(kit_browser.get(f"/telephone-notices/{typed_in.ref}/taken-back/settle/"))
    assert "The person moved to another area" in page
    assert "Told by Sgt. Moor" in page

    kit_browser.post(f"/telephone-notices/{typed_in.ref}/taken-back/settle/", CONFIRMED)

    typed_in.refresh_from_db()
    episode.refresh_from_db()
    assert (typed_in.state, typed_in.withdraw_reason) == ("withdrawn", "moved")
    assert episode.ended_at is None
    assert due not in text(kit_browser.get("/"))
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "withdrew the referral" in read
    assert "Continue the programme despite the withdrawal" in read
    assert Heard.objects.get().told_by == "Sgt. Moor"
    assert list(typed_in.happenings.order_by("pk").values_list("what", flat=True)) == [
        "take_back_typed",
        "withdrawn",
    ]


def test_whoever_typed_it_in_does_not_confirm_it(
    manager: Client, managing: Actor, typed_in: Referral
) -> None:
    manager.post(
        f"/telephone-notices/{typed_in.ref}/taken-back/", {**HEARD, "reason": "moved", "form_version": "1"}
    )
    page = f"/telephone-notices/{typed_in.ref}/taken-back/settle/"

    offered = text(manager.get(page))
    refused = manager.post(page, CONFIRMED)

    typed_in.refresh_from_db()
    assert "someone else has to confirm it" in offered
    assert "The referrer withdrew it" not in offered
    assert refused.status_code == 422
    assert typed_in.state == "accepted"
    TypedWithdrawal.objects.update(typed_by=managing.who)
    with pytest.raises(Refused):
        settle(managing, typed_in, Settled.CONFIRMED)
    one, other = (factories.account(name=name).ref for name in ("Ola Reed", "O Reed"))
    TypedWithdrawal.objects.update(typed_by=one)
    with pytest.raises(Refused):
        settle(replace(managing, who=other), typed_in, Settled.CONFIRMED)
    TypedWithdrawal.objects.update(typed_by=managing.who)
    with pytest.raises(IntegrityError), transaction.atomic():
        TypedWithdrawal.objects.update(outcome="confirmed", settled_by=managing.who, settled_at=NOW)


def test_typed_by_mistake_leads_back_and_it_can_be_typed_in_again(
    actor: Actor, managing: Actor, manager: Client, typed_in: Referral
) -> None:
    type_withdrawal(managing, typed_in)

    noted = manager.post(
        f"/telephone-notices/{typed_in.ref}/taken-back/settle/",
        {"outcome": "mistake", "form_version": "2"},
        follow=True,
    )

    typed_in.refresh_from_db()
    assert "the referrer did not withdraw this referral" in text(noted)
    assert (typed_in.state, typed_in.version) == ("accepted", 3)
    page = text(manager.get(f"/referrals/{typed_in.ref}/"))
    assert "Not withdrawn: that was entered by mistake" in page
    assert "Record that the referrer withdrew it" in page
    type_withdrawal(managing, typed_in, version=3, submission="two")
    settle(actor, typed_in, Settled.CONFIRMED, version=4)
    typed_in.refresh_from_db()
    assert typed_in.state == "withdrawn"


def test_twice_is_once_and_a_second_one_waits_for_nothing(managing: Actor, typed_in: Referral) -> None:
    type_withdrawal(managing, typed_in)
    type_withdrawal(managing, typed_in)

    with pytest.raises(Refused, match="already been entered"):
        type_withdrawal(managing, typed_in, version=2, submission="two")
    assert TypedWithdrawal.objects.count() == 1


def test_of_two_who_settle_it_one_is_told_that_it_was_done(
    manager: Client, actor: Actor, managing: Actor, typed_in: Referral
) -> None:
    type_withdrawal(managing, typed_in)
    settle(actor, typed_in, Settled.CONFIRMED)

    late = manager.post(f"/telephone-notices/{typed_in.ref}/taken-back/settle/", CONFIRMED, follow=True)

    assert "This has already been settled" in text(late)
    assert "There is nothing to confirm" in text(
        manager.get(f"/telephone-notices/{typed_in.ref}/taken-back/settle/")
    )
    settle(actor, typed_in, Settled.MISTAKE)
    assert TypedWithdrawal.objects.get().outcome == Settled.CONFIRMED


def test_an_old_page_settles_nothing_and_the_next_try_counts(
    manager: Client, managing: Actor, typed_in: Referral
) -> None:
    type_withdrawal(managing, typed_in)
    page = f"/telephone-notices/{typed_in.ref}/taken-back/settle/"

    stale = manager.post(page, {**CONFIRMED, "form_version": "1"})

    typed_in.refresh_from_db()
    assert "this referral has since been changed" in text(stale)
    assert 'value="2"' in stale.content.decode()
    assert typed_in.state == "accepted"
    with pytest.raises(Changed):
        settle(managing, typed_in, Settled.MISTAKE, version=1)


def test_once_the_programme_ended_there_is_nothing_to_take_back(
    manager: Client, kit_browser: Client, actor: Actor, managing: Actor, typed_in: Referral
) -> None:
    type_withdrawal(managing, typed_in)
    asked = "confirm that the referral was withdrawn, or not"
    assert asked in text(kit_browser.get("/"))

    Episode.objects.filter(referral=typed_in).update(state="completed", ended_at=NOW)

    with pytest.raises(Refused, match="The programme has ended"):
        settle(actor, typed_in, Settled.CONFIRMED)
    assert "It counts once a second person confirms it" not in text(
        manager.get(f"/referrals/{typed_in.ref}/")
    )
    assert "There is nothing to confirm" in text(
        kit_browser.get(f"/telephone-notices/{typed_in.ref}/taken-back/settle/")
    )
    assert asked not in text(kit_browser.get("/"))
    settle(actor, typed_in, Settled.MISTAKE)
    refused = manager.post(
        f"/telephone-notices/{typed_in.ref}/taken-back/", {**HEARD, "reason": "moved", "form_version": "3"}
    )
    assert "The programme has ended for this person" in text(refused)
    assert "Record that the referrer withdrew it" not in text(manager.get(f"/referrals/{typed_in.ref}/"))


def test_before_anybody_works_with_the_person_a_practitioner_confirms_what_the_only_manager_typed_in(
    managing: Actor, kit_browser: Client
) -> None:
    waiting = factories.referral(partner="")
    type_withdrawal(managing, waiting)

    kit_browser.post(f"/telephone-notices/{waiting.ref}/taken-back/settle/", CONFIRMED)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.withdraw_reason) == ("withdrawn", "moved")


def test_a_decision_that_was_opened_before_it_was_typed_in_is_looked_at_again(
    managing: Actor, manager: Client
) -> None:
    waiting = factories.referral(partner="")
    type_withdrawal(managing, waiting)

    late = manager.post(
        f"/triage/{waiting.ref}/decide/",
        {"outcome": "declined", "decline_reason": "capacity", "form_version": "1"},
    )

    assert late.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == "received"


def test_nobody_of_another_area_settles_it(
    signed_in: Callable[..., Client], managing: Actor, typed_in: Referral
) -> None:
    type_withdrawal(managing, typed_in)
    elsewhere = signed_in(role=Role.MANAGER, area="southmere", account=factories.account(name="Ola Reed"))

    assert elsewhere.get(f"/telephone-notices/{typed_in.ref}/taken-back/settle/").status_code == 404
    assert (
        elsewhere.post(f"/telephone-notices/{typed_in.ref}/taken-back/settle/", CONFIRMED).status_code == 404
    )
