"""An alert that was sent is one row, whatever raised it; an acknowledgement marks it and nothing else.

The last tests write as the version before does, which knows no such row, on the same database.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.programme import factories

from desist import codes
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import Outbox, Partner
from desist.programme.alerts import commands
from desist.programme.alerts.models import SentAlert
from desist.programme.concerns.models import Concern
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.wall import actors
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SOON = NOW + timedelta(minutes=9)


def send(referral: Referral, *, at: datetime = NOW) -> SentAlert | None:
    return commands.send(referral, reason=codes.AlertReason.WITHDREW, contact="01632 960 009", at=at)


def acknowledge(
    referral: Referral, *, raised_at: datetime, at: datetime = SOON, thread: str = "", sender: str = ""
) -> None:
    """The acknowledgement of the alert of a moment arrives, on the referral's thread and from its partner unless told."""
    payload = payloads.AlertAcknowledged(raised_at=raised_at, acknowledged_at=at)
    with transaction.atomic():
        commands.acknowledge(
            Received(payload, thread or referral.thread, sender or factories.POLICE, at, actors.post())
        )


def test_an_alert_that_goes_out_has_its_row(session: Session, police: Partner) -> None:
    referral = session.episode.referral

    sent = send(referral)

    row = SentAlert.objects.values("referral", "partner", "thread", "reason", "raised_at").get()
    assert sent
    assert row == {
        "referral": referral.pk,
        "partner": factories.POLICE,
        "thread": referral.thread,
        "reason": "withdrew",
        "raised_at": NOW,
    }
    assert Outbox.objects.get().kind == "alert"


def test_where_no_partner_is_linked_nothing_goes_out_and_no_row_says_so(session: Session) -> None:
    Referral.objects.update(partner="")

    assert send(Referral.objects.get()) is None
    assert (SentAlert.objects.count(), Outbox.objects.count()) == (0, 0)


def test_an_acknowledgement_marks_its_alert_once_and_leaves_its_event(
    session: Session, police: Partner
) -> None:
    referral = session.episode.referral
    send(referral)
    send(referral, at=NOW + timedelta(minutes=1))

    for at in (SOON, SOON + timedelta(hours=1)):
        acknowledge(referral, raised_at=NOW, at=at)

    rows = SentAlert.objects.order_by("raised_at").values_list("ref", "acknowledged_at")
    (ref, marked), (_, other) = rows
    assert (marked, other) == (SOON, None)
    events = AuditEvent.objects.filter(action="programme.note_acknowledgement")
    assert [event.row for event in events] == [f"programme.sentalert:{ref}"]


@pytest.mark.parametrize(("thread", "sender"), [("another", ""), ("", "another-force")])
def test_an_acknowledgement_by_another_thread_or_partner_marks_nothing(
    session: Session, police: Partner, thread: str, sender: str
) -> None:
    send(session.episode.referral)

    acknowledge(session.episode.referral, raised_at=NOW, thread=thread, sender=sender)

    assert SentAlert.objects.get().acknowledged_at is None


def raised(session: Session) -> Concern:
    return factories.concern(session=session)


def withdrawn(session: Session) -> Any:
    return factories.agreement(
        episode=session.episode,
        state="withdrawn",
        withdrawal_reason="no_reason",
        withdrawn_by="carol",
        withdrawn_at=NOW,
    )


def left(session: Session) -> Any:
    return factories.leaving(episode=session.episode, decided_at=NOW)


RAISE = pytest.mark.parametrize(
    ("raise_alert", "reason"), [(raised, "concern"), (withdrawn, "withdrew"), (left, "concern")]
)


@RAISE
def test_what_the_version_before_raises_has_its_alert_and_sees_it_acknowledged(
    session: Session, police: Partner, raise_alert: Callable[[Session], Any], reason: str
) -> None:
    row = raise_alert(session)

    acknowledge(session.episode.referral, raised_at=NOW)

    row.refresh_from_db()
    sent = SentAlert.objects.get()
    assert row.alert == sent
    assert (sent.reason, sent.raised_at) == (reason, NOW)
    assert (sent.acknowledged_at, row.acknowledged_at) == (SOON, SOON)


@RAISE
def test_what_the_version_before_notes_of_an_acknowledgement_stands_on_the_alert(
    session: Session, police: Partner, raise_alert: Callable[[Session], Any], reason: str
) -> None:
    row = raise_alert(session)

    type(row).objects.filter(pk=row.pk).update(acknowledged_at=SOON)

    assert SentAlert.objects.get().acknowledged_at == SOON


def test_a_second_withdrawal_of_the_version_before_has_an_alert_of_its_own(
    session: Session, police: Partner
) -> None:
    row = withdrawn(session)
    acknowledge(session.episode.referral, raised_at=NOW)
    later = NOW + timedelta(days=40)

    type(row).objects.filter(pk=row.pk).update(withdrawn_at=later, acknowledged_at=None)

    row.refresh_from_db()
    assert (row.alert.raised_at, row.alert.acknowledged_at) == (later, None)
    assert SentAlert.objects.get(raised_at=NOW).acknowledged_at == SOON


def test_the_version_before_alerts_nobody_where_no_partner_is_linked(session: Session) -> None:
    Referral.objects.update(partner="")

    assert Concern.objects.get(pk=raised(session).pk).alert is None
    assert not SentAlert.objects.exists()


def test_a_leaving_that_sent_no_alert_has_none(session: Session) -> None:
    row = factories.leaving(
        episode=session.episode,
        state="ended",
        by="others",
        reason="moved",
        held_until=None,
        ended_at=NOW,
        contact="",
    )

    assert row.alert is None
    assert not SentAlert.objects.exists()
