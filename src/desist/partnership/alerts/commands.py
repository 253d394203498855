"""Everything that can happen to an alert at the switchboard."""

from datetime import datetime, timedelta

from desist.partnership.alerts.models import Alert
from desist.partnership.policy import Action
from desist.partnership.referrals import commands as referrals
from desist.partnership.referrals.models import Referral
from desist.post import outbox, payloads
from desist.post.handlers import Received
from desist.wall import gate
from desist.wall.actors import Actor

#: An alert must be taken up by a person within this time.
CLOCK = timedelta(minutes=30)


class AlreadyAcknowledged(Exception):
    """Somebody took this alert up first."""


def receive(received: Received) -> None:
    """An alert becomes a task with a clock, whether or not anyone stands behind the referral."""
    payload: payloads.Alert = received.payload
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    alert = Alert(
        referral=referral,
        area=referral.area,
        reason=payload.reason,
        contact=payload.contact,
        raised_at=payload.raised_at,
        received_at=received.at,
        due_at=payload.raised_at + CLOCK,
    )
    with gate.create(received.actor, Action.RECEIVE_ALERT, alert, at=received.at):
        pass


def acknowledge(*, actor: Actor, ref: str, note: str, at: datetime) -> None:
    """A person has taken the alert up; the programme is told so, and nothing else."""
    with gate.change(actor, Action.ACKNOWLEDGE_ALERT, Alert, ref, at=at) as alert:
        if alert.acknowledged_at:
            raise AlreadyAcknowledged(ref)
        alert.acknowledged_by, alert.acknowledged_at, alert.note = actor.who, at, note
        alert.save(update_fields=["acknowledged_by", "acknowledged_at", "note"])
        referral = alert.referral
        answer = payloads.AlertAcknowledged(raised_at=alert.raised_at, acknowledged_at=at)
        outbox.send(answer, to=referral.programme, thread=referral.thread or "", at=at, case=referral.ref)
