"""A word that may be the victim's name goes to the programme only where the officer says of it that it is none."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.partnership.referrals.test_views import words

from desist.partnership.referrals.models import Referral
from desist.partnership.sending import commands
from desist.post.models import Outbox, Partner
from desist.refusals import Refused
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

ACCOUNT = "He followed Sarah to a relative’s house in Otterfell."


def send(officer: Client, row: Referral, **typed: object) -> object:
    return officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "1", **typed})


def test_every_such_word_is_listed_at_check_and_ticked_before_it_is_sent(
    officer: Client, programme: Partner
) -> None:
    row = factories.finished(behaviour_account=ACCOUNT)

    page = words(officer.get(reverse("referrals:check", args=[row.ref])))
    assert "Tick each word that is not the name of the victim, or of anyone near them" in page
    assert "Sarah In “What the person did, in a few sentences”" in page
    assert "Otterfell In" in page

    refused = send(officer, row, no_name=["Otterfell"])
    assert "Tick “Sarah” if it is not such a name. If it is, change the answer" in words(refused)
    assert not Outbox.objects.exists()

    send(officer, row, no_name=["Otterfell", "Sarah"])
    row.refresh_from_db()
    assert row.state == "sent"
    assert Outbox.objects.count() == 1


def test_a_referral_without_such_words_asks_nothing(officer: Client, programme: Partner) -> None:
    row = factories.finished(behaviour_account="Example waited outside. Repeated calls on WhatsApp.")

    assert "Tick each word" not in words(officer.get(reverse("referrals:check", args=[row.ref])))
    send(officer, row)
    row.refresh_from_db()
    assert row.state == "sent"


def test_the_command_sends_no_word_that_nobody_answered_for(actor: Actor, programme: Partner) -> None:
    row = factories.finished(behaviour_account=ACCOUNT)

    with pytest.raises(Refused) as refused:
        commands.send(actor=actor, ref=row.ref, version=1, no_names=["Otterfell"], at=factories.NOW)

    assert "Sarah" not in str(refused.value)
    assert not Outbox.objects.exists()


def test_an_amendment_asks_about_the_words_that_are_new(officer: Client, programme: Partner) -> None:
    row = factories.referral(behaviour_account="Waited in Otterfell.")
    address = reverse("referrals:amend", args=[row.ref, "behaviour"])
    typed = {
        "behaviours": ["watching"],
        "channels": ["email"],
        "methods": ["tracker"],
        "relationship": "stranger",
        "behaviour_account": "Waited in Otterfell for Sarah.",
        "amend_reason": "new_fact",
        "form_version": "1",
    }

    asked = officer.post(address, typed)
    assert asked.status_code == 422
    assert "Tick “Sarah”" in words(asked)
    assert "Tick “Otterfell”" not in words(asked)
    assert not Outbox.objects.exists()

    officer.post(address, {**typed, "no_name": ["Sarah"]})
    row.refresh_from_db()
    assert row.behaviour_account == "Waited in Otterfell for Sarah."
