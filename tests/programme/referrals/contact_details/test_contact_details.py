"""How a person is reached is changed here, and an amendment of the police neither overwrites it nor is lost."""

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
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.contact_details import commands
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.programme.triage import commands as triage
from desist.referral import answers
from desist.refusals import Changed
from desist.wall import actors, gate
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NEW = {
    "contact_by": "phone",
    "own_phone": "01632 960123",
    "own_email": "",
    "own_address": "",
    "own_postcode": "",
    "lives_in": "own",
}


@pytest.fixture
def referral(episode: Episode) -> Referral:
    Referral.objects.filter(pk=episode.referral.pk).update(own_phone="01632 960001")
    return Referral.objects.get(pk=episode.referral.pk)


def keep(actor: Actor, referral: Referral, version: int | None = None, **changed: Any) -> Referral:
    commands.keep(
        actor=actor,
        ref=referral.ref,
        answers=NEW | changed,
        version=version or Referral.objects.get(pk=referral.pk).version,
        at=factories.NOW,
    )
    return Referral.objects.get(pk=referral.pk)


def amended(referral: Referral, number: int = 1, **changed: Any) -> None:
    said = {**answers.of(Referral.objects.get(pk=referral.pk)), **changed}
    payload = payloads.ReferralAmended(
        **answers.crossing(said), reason="changed", number=number, amended_at=factories.NOW
    )
    received = Received(
        payload, referral.thread, factories.POLICE, factories.NOW + timedelta(hours=1), actors.post()
    )
    referrals.amend(received)


def test_the_new_number_is_read_wherever_somebody_reaches_the_person(
    kit_browser: Client, referral: Referral, episode: Episode, session: Session
) -> None:
    page = text(kit_browser.get(f"/contact-details/{referral.ref}/"))

    saved = kit_browser.post(
        f"/contact-details/{referral.ref}/", {**NEW, "form_version": referral.version}, follow=True
    )

    read = text(saved)
    assert "Not known The police area in which this referral is made Avon and Somerset" in page
    assert "Any Not known" not in page
    assert "01632 960001" not in page.split("How should")[0]  # it is in the field, not told as another answer
    assert saved.redirect_chain[0][0] == f"/referrals/of/{episode.ref}/"
    assert "Contact details in use, recorded by Kit Marlow" in read
    assert "01632 960123" in read
    assert "01632 960001" in read  # what the referrer says stays
    assert "The person’s own contact details changed here" in read
    assert "how, telephone" in read
    prepared = text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))
    assert "Wants to be contacted: telephone call Telephone 01632 960123" in prepared
    assert "01632 960001" not in prepared
    assert (
        f"/contact-details/{referral.ref}/" in kit_browser.get(f"/episodes/{episode.ref}/").content.decode()
    )


def test_what_it_said_before_stays_with_who_and_when(actor: Actor, referral: Referral) -> None:
    keep(actor, referral)
    keep(actor, referral, own_phone="01632 960777")

    changes = referral.changes.filter(name="own_phone").order_by("pk")
    assert list(changes.values_list("before", "after", "by", "reason")) == [
        ("01632 960001", "01632 960123", actor.who, ""),
        ("01632 960123", "01632 960777", actor.who, ""),
    ]
    assert list(referral.happenings.values_list("what", "detail")) == [
        ("reached", "how, telephone"),
        ("reached", "telephone"),
    ]


def test_an_amendment_of_the_police_loses_neither_answer_and_says_that_they_differ(
    actor: Actor, kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    keep(actor, referral)

    amended(referral, own_phone="01632 960555")

    row = Referral.objects.get(pk=referral.pk)
    assert (row.known("own_phone"), row.own_phone) == ("01632 960123", "01632 960555")
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    assert "The referrer has changed these since they were saved here" in read
    assert "01632 960123" in read
    assert "01632 960555" in read
    form = text(kit_browser.get(f"/contact-details/{referral.ref}/"))
    assert "The referrer gives different details" in form
    assert "01632 960555" in form


def test_whoever_keeps_theirs_beside_the_amendment_is_asked_no_more(
    actor: Actor, kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    keep(actor, referral)
    amended(referral, own_phone="01632 960555")

    keep(actor, referral)

    last = referral.happenings.order_by("-pk").values_list("what", "detail").first()
    assert last == ("reached", "as they were, although the referrer now gives others")
    assert "changed these since" not in text(kit_browser.get(f"/referrals/of/{episode.ref}/"))


def test_an_amendment_of_something_else_says_nothing_of_it(
    actor: Actor, kit_browser: Client, referral: Referral, episode: Episode
) -> None:
    keep(actor, referral)

    amended(referral, given_names="Robyn")

    assert Referral.objects.get(pk=referral.pk).known("own_phone") == "01632 960123"
    assert "changed these since" not in text(kit_browser.get(f"/referrals/of/{episode.ref}/"))


def test_what_was_not_changed_here_follows_the_referrer(
    actor: Actor, kit_browser: Client, referral: Referral, episode: Episode, session: Session
) -> None:
    amended(referral, contact_by="phone", own_address="1 Example Lane", own_postcode="ZZ1 1ZZ")
    keep(
        actor,
        referral,
        own_phone="01632 960001",
        own_email="robin@example.org",
        own_address="1 Example Lane",
        own_postcode="ZZ1 1ZZ",
    )

    amended(referral, number=2, own_address="", own_postcode="", own_phone="01632 960555")

    row = Referral.objects.get(pk=referral.pk)
    assert [row.known(name) for name in commands.NAMES] == [
        *("phone", "01632 960555", "robin@example.org", "", "", "own")
    ]
    read = text(kit_browser.get(f"/referrals/of/{episode.ref}/")).split("Contact details in use")[1]
    counts, _, _ = read.partition("What the referrer says:")
    assert "01632 960555" in counts
    assert "robin@example.org" in counts
    assert "Example Lane" not in counts
    assert "Example Lane" not in text(kit_browser.get(f"/contact-details/{referral.ref}/"))
    assert "changed these since" not in text(kit_browser.get(f"/referrals/of/{episode.ref}/"))
    prepared = text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))
    assert "01632 960555" in prepared
    assert "01632 960001" not in prepared


def test_whoever_takes_over_what_the_referrer_says_follows_the_referrer_again(
    actor: Actor, referral: Referral
) -> None:
    keep(actor, referral)
    amended(referral, own_phone="01632 960555")
    keep(actor, referral, own_phone="01632 960555")

    amended(referral, number=2, own_phone="")

    assert Referral.objects.get(pk=referral.pk).known("own_phone") == ""


def test_the_same_form_again_is_kept_once_and_what_stands_already_not_at_all(
    actor: Actor, referral: Referral
) -> None:
    keep(actor, referral, contact_by="through_referrer", own_phone="01632 960001")
    assert not OwnContact.objects.exists()

    keep(actor, referral, version=1)
    keep(actor, referral, version=1)

    assert referral.happenings.count() == 1


def test_of_two_who_change_it_the_second_is_told_and_keeps_the_words(
    actor: Actor, kit_browser: Client, referral: Referral
) -> None:
    amended(referral, own_phone="01632 960555")

    late = kit_browser.post(f"/contact-details/{referral.ref}/", {**NEW, "form_version": referral.version})

    assert late.status_code == 422
    assert "a colleague or the referrer changed this referral" in text(late)
    assert "01632 960123" in late.content.decode()
    with pytest.raises(Changed):
        keep(actor, referral, version=1)
    assert not OwnContact.objects.exists()
    version = Referral.objects.get(pk=referral.pk).version
    assert f'name="form_version" value="{version}"' in late.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"), [("own_phone", "hello"), ("own_email", "robin@"), ("own_postcode", "X")]
)
def test_it_passes_the_checks_of_the_referral(
    kit_browser: Client, referral: Referral, field: str, typed: str
) -> None:
    refused = kit_browser.post(
        f"/contact-details/{referral.ref}/", {**NEW, field: typed, "form_version": referral.version}
    )

    assert refused.status_code == 422
    assert not OwnContact.objects.exists()


def test_a_manager_changes_it_before_anybody_works_with_the_person_and_nobody_else_does(
    signed_in: Callable[..., Client], kit_browser: Client, actor: Actor
) -> None:
    waiting = factories.referral(lives_in="")
    manager = signed_in(role=Role.MANAGER)

    saved = manager.post(
        f"/contact-details/{waiting.ref}/", {**NEW, "lives_in": "kent", "form_version": waiting.version}
    )

    assert saved["Location"] == f"/referrals/{waiting.ref}/"
    assert kit_browser.get(f"/contact-details/{waiting.ref}/").status_code == 404
    with pytest.raises(gate.NotFound):
        keep(actor, waiting)
    row = Referral.objects.get(pk=waiting.pk)
    found = triage.found_for(row, None, actor=actor, at=factories.NOW)
    assert "Lives in Kent; people are accepted from northmere" in [one.words for one in found]
