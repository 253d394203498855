"""What a referrer without software says by telephone or on paper counts as if it had come over post."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.programme.referrals.telephone_notices import commands
from desist.programme.referrals.telephone_notices.models import Heard, TypedWithdrawal
from desist.referral.answers import BY_KEY
from desist.referral.lists import AmendReason, WithdrawReason
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = factories.NOW
TOLD = commands.Told("Sgt. Moor", NOW - timedelta(hours=2))
HEARD = {
    "heard_from": "Sgt. Moor",
    "heard_on-day": "3",
    "heard_on-month": "3",
    "heard_on-year": "2026",
    "heard_time": "00:30",
}
PERSON = {
    **HEARD,
    "given_names": "Robin",
    "family_name": "Example",
    "born-day": "28",
    "born-month": "2",
    "born-year": "1991",
    "amend_reason": "mistake",
}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Noor Hale"))


@pytest.fixture
def managing(actor: Actor) -> Actor:
    return Actor("carol", Role.MANAGER, factories.AREA, actor.correlation)


@pytest.fixture
def typed_in(episode: Episode) -> Referral:
    """Robin's referral, typed in here; Kit works with Robin."""
    Referral.objects.filter(pk=episode.referral.pk).update(partner="")
    return Referral.objects.get(pk=episode.referral.pk)


def change(actor: Actor, referral: Referral, key: str = "person", version: int = 1, **answers: Any) -> None:
    section = BY_KEY[key]
    before = {name: getattr(referral, name) for name in section.names}
    commands.change(
        actor=actor,
        ref=referral.ref,
        section=section,
        answers=before | answers,
        reason=AmendReason.MISTAKE,
        told=TOLD,
        version=version,
        at=NOW,
    )


def type_withdrawal(actor: Actor, referral: Referral, *, version: int = 1, submission: str = "one") -> None:
    commands.type_withdrawal(
        actor=actor,
        ref=referral.ref,
        reason=WithdrawReason.MOVED,
        told=TOLD,
        version=version,
        submission=submission,
        at=NOW,
    )


def test_a_birth_date_is_put_right_and_whoever_works_with_the_person_reads_it(
    manager: Client, kit_browser: Client, typed_in: Referral, episode: Episode
) -> None:
    page = f"/telephone-notices/{typed_in.ref}/person/"
    offered = text(manager.get(f"/referrals/{typed_in.ref}/"))

    saved = manager.post(page, {**PERSON, "form_version": typed_in.version}, follow=True)

    typed_in.refresh_from_db()
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "Enter a change: the person" in offered
    assert saved.status_code == 200
    assert typed_in.born.year == 1991
    assert typed_in.unread_since is not None
    assert "changed the referral" in read
    assert "28 February 1990" in read  # what it said before
    assert "A mistake in what was sent, " in read
    assert "by Noor Hale" in read
    assert "Told by Sgt. Moor." in read
    kit_browser.post(f"/referrals/{typed_in.ref}/read/", {"version": typed_in.version})
    typed_in.refresh_from_db()
    assert typed_in.unread_since is None


def test_whoever_works_with_the_person_and_types_it_in_has_read_it(actor: Actor, typed_in: Referral) -> None:
    change(actor, typed_in, given_names="Robyn")

    typed_in.refresh_from_db()
    assert typed_in.unread_since is None
    assert list(typed_in.happenings.order_by("pk").values_list("what", flat=True)) == ["amended", "read"]


def test_what_was_unread_before_stays_unread(actor: Actor, managing: Actor, typed_in: Referral) -> None:
    change(managing, typed_in, given_names="Robyn")
    change(actor, typed_in, version=2, family_name="Exampel")

    typed_in.refresh_from_db()
    assert typed_in.unread_since is not None


def test_before_anybody_decided_nobody_is_asked_to_read(managing: Actor) -> None:
    waiting = factories.referral(partner="")

    change(managing, waiting, given_names="Robyn")

    waiting.refresh_from_db()
    assert (waiting.given_names, waiting.unread_since, waiting.version) == ("Robyn", None, 2)


def test_a_referral_that_came_over_post_is_changed_by_whoever_sent_it(
    manager: Client, managing: Actor, episode: Episode
) -> None:
    came = episode.referral

    refused = manager.post(f"/telephone-notices/{came.ref}/person/", {**PERSON, "form_version": came.version})

    assert refused.status_code == 422
    assert "so their changes arrive automatically" in text(refused)
    assert "Enter a change" not in text(manager.get(f"/referrals/{came.ref}/"))
    with pytest.raises(Refused):
        type_withdrawal(managing, came)
    came.refresh_from_db()
    assert came.born.year == 1990


@pytest.mark.parametrize("without", ["by hand", "typed in", "imported"])
def test_it_is_open_where_the_partner_has_no_software_or_did_not_send_it_by_it(
    managing: Actor, police: Partner, without: str
) -> None:
    referral = factories.referral()
    if without == "by hand":
        Partner.objects.filter(pk=police.pk).update(transport=Transport.BY_HAND)
    else:
        what = Happened.TYPED_IN if without == "typed in" else Happened.IMPORTED
        referral.happened(what, by="carol", at=NOW)

    change(managing, referral, given_names="Robyn")

    assert Heard.objects.values_list("what", "told_by", "told_at", "typed_by").get() == (
        "amended",
        "Sgt. Moor",
        TOLD.at,
        "carol",
    )


def test_words_that_lead_somewhere_are_asked_about_and_answered_for(
    manager: Client, typed_in: Referral
) -> None:
    typed = {
        **HEARD,
        "need_kinds": ["none"],
        "risk_kinds": ["weapons"],
        "risks_to_staff": "Threatened a clerk at 12 Mill Lane.",
        "amend_reason": "new_fact",
        "form_version": typed_in.version,
    }

    asked = manager.post(f"/telephone-notices/{typed_in.ref}/safety/", typed)
    answered = manager.post(f"/telephone-notices/{typed_in.ref}/safety/", {**typed, "false_alarm": "agency"})

    assert asked.status_code == 422
    assert "looks like an address" in text(asked)
    assert answered.status_code == 302
    reasons = AuditEvent.objects.filter(action="programme.answer_for_words").values_list("reason", flat=True)
    assert list(reasons) == ["risks to staff: address: It belongs to a police station, court or service"]
    typed_in.refresh_from_db()
    assert typed_in.risk_kinds == ["weapons"]


def test_a_number_whose_letter_does_not_fit_is_kept_and_said(manager: Client, typed_in: Referral) -> None:
    saved = manager.post(
        f"/telephone-notices/{typed_in.ref}/person/",
        {**PERSON, "pnc": "2003/0062845A", "form_version": typed_in.version},
        follow=True,
    )

    assert "The last letter of the PNC number does not fit" in text(saved)


def test_nothing_new_an_old_page_and_an_unknown_part_are_refused(
    manager: Client, managing: Actor, typed_in: Referral
) -> None:
    same = manager.post(
        f"/telephone-notices/{typed_in.ref}/person/",
        {**PERSON, "born-year": "1990", "form_version": typed_in.version},
    )
    stale = manager.post(f"/telephone-notices/{typed_in.ref}/person/", {**PERSON, "form_version": "7"})

    assert "Nothing here is different" in text(same)
    assert "a colleague changed this referral" in text(stale)
    assert "What it says now" in text(stale)
    assert f'name="form_version" value="{typed_in.version}"' in stale.content.decode()
    assert manager.get(f"/telephone-notices/{typed_in.ref}/nonsense/").status_code == 404
    with pytest.raises(Refused):
        change(managing, typed_in)
    with pytest.raises(Changed):
        change(managing, typed_in, version=9, given_names="Robyn")
    with pytest.raises(Changed):  # no page asked whether this is a name
        change(managing, typed_in, key="behaviour", behaviour_account="Wrote to Velmorith every day.")
    assert not Heard.objects.exists()


def test_what_is_not_under_way_cannot_be_taken_back_nor_from_an_old_page(
    manager: Client, managing: Actor
) -> None:
    declined = factories.referral(partner="", state="declined", decline_reason="age")
    waiting = factories.referral(partner="")

    refused = manager.post(
        f"/telephone-notices/{declined.ref}/taken-back/", {**HEARD, "reason": "moved", "form_version": 1}
    )
    stale = manager.post(
        f"/telephone-notices/{waiting.ref}/taken-back/", {**HEARD, "reason": "moved", "form_version": 9}
    )

    assert "This referral is “Declined”, so there is nothing to withdraw" in text(refused)
    assert "a colleague changed this referral" in text(stale)
    with pytest.raises(Changed):
        type_withdrawal(managing, waiting, version=9)
    assert not TypedWithdrawal.objects.exists()


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        ("declined", {"decline_reason": "age"}, "Declined"),
        ("withdrawn", {"withdraw_reason": "moved"}, "Withdrawn by the referrer"),
    ],
)
def test_what_is_over_stays_as_it_was_decided_on(
    manager: Client, managing: Actor, state: str, reason: dict[str, str], said: str
) -> None:
    over = factories.referral(partner="", state=state, **reason)

    refused = manager.post(f"/telephone-notices/{over.ref}/person/", {**PERSON, "form_version": over.version})

    assert refused.status_code == 422
    assert f"This referral is “{said}”, so it cannot be changed" in text(refused)
    assert "Enter a change" not in text(manager.get(f"/referrals/{over.ref}/"))
    with pytest.raises(Refused):
        change(managing, over, given_names="Robyn")
    over.refresh_from_db()
    assert (over.given_names, over.born.year) == ("Robin", 1990)


def test_where_the_work_goes_on_after_it_was_taken_back_a_change_is_typed_in(
    managing: Actor, typed_in: Referral
) -> None:
    Referral.objects.filter(pk=typed_in.pk).update(state="withdrawn", withdraw_reason="moved")

    change(managing, typed_in, given_names="Robyn")

    typed_in.refresh_from_db()
    assert (typed_in.given_names, typed_in.unread_since) == ("Robyn", NOW)


def test_nobody_tells_of_what_is_still_ahead(manager: Client) -> None:
    waiting = factories.referral(partner="")

    ahead = manager.post(
        f"/telephone-notices/{waiting.ref}/taken-back/",
        {**HEARD, "heard_on-year": "2126", "reason": "moved", "form_version": 1},
    )

    assert ahead.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == "received"
