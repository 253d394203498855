"""Alerts of the programme: one goes out, the police acknowledge it, or the police send one themselves."""

from datetime import datetime

from desist import codes
from desist.desk.alerts import commands as alerts
from desist.post import payloads
from desist.post.handlers import Received
from desist.programme.alerts.models import SentAlert
from desist.programme.alerts.policy import Action
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.wall import gate


def send(referral: Referral, *, reason: codes.AlertReason, contact: str, at: datetime) -> SentAlert | None:
    """Alert the referrer, in the transaction of what raised the alert. `contact` is the telephone number to ring.

    None, and nothing goes out, where no partner organisation is linked to the referral.
    """
    if not referral.partner:
        return None
    referrals.tell(referral, payloads.Alert(reason=reason.value, contact=contact, raised_at=at), at=at)
    return referral.sent_alerts.create(
        partner=referral.partner, thread=referral.thread, reason=reason, raised_at=at
    )


def receive(received: Received) -> None:
    """Record that the police ask the service to ring: a task with a clock, about the referral and nothing else."""
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    alerts.receive(received, case=referral.ref, area=referral.area)


def acknowledge(received: Received) -> None:
    """Record a partner's acknowledgement of an alert; an unknown or already acknowledged alert changes nothing."""
    payload: payloads.AlertAcknowledged = received.payload
    found = SentAlert.objects.filter(
        partner=received.sender, thread=received.thread, raised_at=payload.raised_at, acknowledged_at=None
    )
    ref = found.values_list("ref", flat=True).first()
    if ref is None:
        return
    with gate.change(received.actor, Action.NOTE_ACKNOWLEDGEMENT, SentAlert, ref, at=received.at) as sent:
        sent.acknowledged_at = payload.acknowledged_at
        sent.save(update_fields=["acknowledged_at"])
