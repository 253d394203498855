"""Alerts at the desk: taken up by a person, or rung about once the clock ran out."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories

from desist.accounts.models import Account
from desist.desk.alerts import chores, commands
from desist.desk.alerts.models import Alert
from desist.post import commands as post
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import ByHandTask, Outbox
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion, Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
LATE = NOW + timedelta(minutes=31)


def words(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


@pytest.fixture
def on_duty(kit: Account) -> Account:
    """Kit holds a role in which alerts are taken up."""
    staff.grant(account=kit, role=Role.OFFICER)
    return kit


def test_an_alert_is_taken_up_once_and_its_sender_told(actor: Actor) -> None:
    alert = factories.alert(referral=factories.referral())

    commands.acknowledge(actor=actor, ref=alert.ref, note="Rang.", at=NOW)
    with pytest.raises(Refused):
        commands.acknowledge(actor=actor, ref=alert.ref, note="Me too.", at=NOW)

    assert ByHandTask.objects.get().kind == "alert-acknowledged"


def test_what_was_done_is_shown_and_lies_plain_in_no_table(actor: Actor, officer: Client) -> None:
    said = "She is at her mother’s until Sunday"
    alert = factories.alert(referral=factories.referral())
    commands.ring(
        actor=actor, ref=alert.ref, whom="The desk", answer=said, taken_up=False, submission="x", at=NOW
    )
    commands.acknowledge(actor=actor, ref=alert.ref, note=said, at=NOW)
    task = ByHandTask.objects.get()
    post.tell(actor=actor, ref=task.ref, telling=post.Telling("Ash Vale", said), at=NOW)

    shown = words(officer.get(reverse("alerts:alert", args=[alert.ref])))

    assert shown.count(said) == 2
    assert ByHandTask.objects.get().answer == said
    with connection.cursor() as cursor:
        for table in ("desk_alert", "desk_alertevent", "desk_ring", "post_byhandtask"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            kept = str(cursor.fetchall())
            assert (said in kept, "The desk" in kept) == (False, False), table


def test_the_second_of_two_people_keeps_what_they_wrote(officer: Client, actor: Actor) -> None:
    alert = factories.alert(referral=factories.referral())
    commands.acknowledge(actor=actor, ref=alert.ref, note="Rang.", at=NOW)

    answer = officer.post(reverse("alerts:acknowledge", args=[alert.ref]), {"note": "I rang too"})

    assert answer.status_code == 422
    assert "this alert has already been acknowledged" in words(answer)
    assert "I rang too" in words(answer)


def test_one_person_may_say_twice_that_they_took_it_up_and_is_told_of_once(
    officer: Client, actor: Actor
) -> None:
    alert = factories.alert(referral=factories.referral())
    commands.acknowledge(actor=actor, ref=alert.ref, note="Rang.", at=NOW)
    before = Outbox.objects.count()

    commands.acknowledge(actor=actor, ref=alert.ref, note="Rang.", at=LATE)

    alert.refresh_from_db()
    assert (alert.acknowledged_at, Outbox.objects.count()) == (NOW, before)


def test_what_went_out_is_taken_up_at_the_other_side_alone(actor: Actor) -> None:
    alert = factories.alert(referral=factories.referral(), way="out")

    with pytest.raises(Refused):
        commands.acknowledge(actor=actor, ref=alert.ref, note="Me.", at=NOW)


def test_the_other_side_says_that_it_took_ours_up(actor: Actor) -> None:
    alert = factories.alert(referral=factories.referral(), way="out")
    other = factories.alert(referral=factories.referral(), way="out")
    answer = payloads.AlertAcknowledged(raised_at=NOW, acknowledged_at=LATE)

    for _ in range(2):
        with transaction.atomic():
            commands.note_acknowledgement(Received(answer, alert.thread, alert.partner, LATE, actors.post()))

    alert.refresh_from_db()
    other.refresh_from_db()
    assert (alert.acknowledged_at, alert.acknowledged_by) == (LATE, "post")
    assert other.acknowledged_at is None


def test_nobody_took_it_up_so_everybody_on_duty_is_asked_once_and_without_content(on_duty: Account) -> None:
    alert = factories.alert(referral=factories.referral())

    chores.escalate(at=NOW)
    assert mail.outbox == []
    chores.escalate(at=LATE)
    chores.escalate(at=LATE)

    alert.refresh_from_db()
    assert alert.escalated_at == LATE
    (message,) = mail.outbox
    assert message.to == [on_duty.email]
    assert alert.ref not in message.body
    assert "concern" not in message.body


def test_what_was_taken_up_meanwhile_is_not_escalated(actor: Actor) -> None:
    alert = factories.alert(referral=factories.referral())
    commands.acknowledge(actor=actor, ref=alert.ref, note="Rang.", at=NOW)

    assert not commands.escalate(actor=actors.clock(), ref=alert.ref, at=LATE)


def test_whom_a_case_is_kept_from_is_not_even_told_that_something_waits(on_duty: Account) -> None:
    person = factories.referral()
    Restriction.objects.create(case=person.ref, reason="a party is police", made_by="carol", made_at=NOW)
    named = staff.account(name="Ola Reed")
    staff.grant(account=named, role=Role.FORCE_LEAD)
    Exclusion.objects.create(
        case=person.ref, account=named.ref, allowed=True, reason="", made_by="carol", made_at=NOW
    )
    factories.alert(referral=person)

    chores.escalate(at=LATE)

    assert [message.to for message in mail.outbox] == [[named.email]]


def test_a_late_alert_shows_whom_to_ring_and_keeps_who_was_rung(officer: Client) -> None:
    alert = factories.alert(referral=factories.referral())
    factories.duty_number()
    page = reverse("alerts:alert", args=[alert.ref])
    call = {"whom": "The duty inspector", "answer": "A car goes by", "form_submission": "one"}

    shown = words(officer.get(page))
    officer.post(page, call)
    officer.post(page, call)
    refused = officer.post(page, {"whom": "", "answer": ""})

    assert "Nobody acknowledged this alert in time" in shown
    assert "01632 960 050" in shown
    assert alert.rings.count() == 1
    assert "Rang The duty inspector" in words(officer.get(page))
    assert refused.status_code == 422


@pytest.mark.parametrize("way", ["in", "out"])
def test_one_of_ours_is_taken_up_on_the_telephone_and_one_to_us_is_not(officer: Client, way: str) -> None:
    alert = factories.alert(referral=factories.referral(), way=way)
    call = {"whom": "Their manager", "answer": "Rings the practitioner", "taken_up": "on"}

    officer.post(reverse("alerts:alert", args=[alert.ref]), {**call, "form_submission": "one"})
    officer.post(reverse("alerts:alert", args=[alert.ref]), {**call, "form_submission": "two"})

    alert.refresh_from_db()
    assert (alert.acknowledged_at is not None) == (way == "out")
    assert alert.rings.count() == 2


def test_what_nobody_at_the_other_side_took_up_asks_to_be_rung_about(officer: Client) -> None:
    factories.alert(referral=factories.referral(), way="out")

    assert f"Ring {factories.PROGRAMME} now," in words(officer.get("/"))


def test_an_alert_that_was_passed_on_leads_to_the_referral_and_an_advocates_own_to_her_side(
    officer: Client,
) -> None:
    person, side = factories.referral(), factories.side()
    passed_on = factories.alert(referral=person, way="out", partner=factories.ADVOCACY)
    hers = factories.alert(referral=person, way="in", partner=factories.ADVOCACY, case=side.ref)

    for alert, page in (
        (passed_on, reverse("referrals:referral", args=[person.ref])),
        (hers, reverse("pairs:side", args=[side.ref])),
    ):
        assert page in words(officer.get(reverse("alerts:alert", args=[alert.ref])))
        assert officer.get(page).status_code == 200


def test_an_alert_leads_nobody_to_a_page_that_would_not_open(signed_in: Callable[..., Client]) -> None:
    alert = factories.alert(referral=factories.referral())

    page = words(signed_in(role=Role.ORDER_COORDINATOR).get(reverse("alerts:alert", args=[alert.ref])))

    assert f"/referrals/{alert.case}/" not in page


def test_an_alert_names_the_reference_and_nobody(officer: Client, signed_in: Callable[..., Client]) -> None:
    person = factories.referral()
    factories.alert(referral=person)

    page = words(officer.get(reverse("alerts:alerts")))

    assert person.family_name not in page
    assert uuid.uuid4().hex not in page
    assert Alert.objects.get().thread not in page


def test_every_number_of_the_desk_is_one_that_a_telephone_dials(officer: Client) -> None:
    alert = factories.alert(referral=factories.referral())
    factories.duty_number()
    report = factories.report()

    pages = [
        reverse("alerts:alerts"),
        reverse("alerts:alert", args=[alert.ref]),
        reverse("duty:numbers"),
        reverse("reports:report", args=[report.ref]),
    ]
    shown = [officer.get(page).content.decode() for page in pages]

    assert ['href="tel:01632960009"' in page for page in shown] == [True, True, False, False]
    assert 'href="tel:01632960050"' in shown[1]
    assert 'href="tel:01632960050"' in shown[2]
    assert 'href="tel:01632960020"' in shown[3]
