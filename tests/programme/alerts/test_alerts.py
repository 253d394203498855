"""The police ask a practitioner to ring: a task with a clock about a referral, and nothing else."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.desk.alerts import chores
from desist.desk.alerts.models import Alert
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import Outbox, Partner
from desist.programme.alerts import commands
from desist.programme.referrals.commands import UnknownThread
from desist.programme.referrals.models import Referral
from desist.wall import actors

pytestmark = pytest.mark.django_db

NOW = factories.NOW


def arrive(thread: str) -> None:
    payload = payloads.Alert("police", "01632 960 050", NOW)
    with transaction.atomic():
        commands.receive(Received(payload, thread, factories.POLICE, NOW, actors.post()))


@pytest.fixture
def referral(police: Partner) -> Referral:
    return factories.referral(thread="thread-of-one")


def test_it_stands_first_and_names_a_number_and_nobody(kit_browser: Client, referral: Referral) -> None:
    arrive("thread-of-one")

    home, page = text(kit_browser.get("/")), text(kit_browser.get("/alerts/"))

    assert "nobody has acknowledged the alert" in home
    assert "01632 960 050" in page
    assert "The police ask you to ring" in page
    assert referral.family_name not in page


def test_it_is_taken_up_once_and_the_police_hear_so(kit_browser: Client, referral: Referral) -> None:
    arrive("thread-of-one")
    alert = Alert.objects.get()

    kit_browser.post(f"/alerts/{alert.ref}/acknowledge/", {"note": "Rang them."})

    assert Outbox.objects.get().kind == "alert-acknowledged"
    assert Alert.objects.get().note == "Rang them."


def test_one_that_nobody_takes_up_asks_to_be_rung_about(kit_browser: Client, referral: Referral) -> None:
    arrive("thread-of-one")
    factories.duty_number()

    chores.escalate(at=NOW + timedelta(minutes=31))

    page = text(kit_browser.get(f"/alerts/{Alert.objects.get().ref}/"))
    assert "Nobody acknowledged this alert in time" in page
    assert "Who to ring" in page


def test_an_alert_about_nobody_known_is_refused(referral: Referral) -> None:
    with pytest.raises(UnknownThread):
        arrive("another thread")
