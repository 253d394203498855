"""What an alert of the police does in the programme, and what it does that the police took one up."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from desist.desk.alerts import commands as alerts
from desist.post import payloads
from desist.post.handlers import Received
from desist.programme.agreement.models import Agreement
from desist.programme.alerts.policy import Action
from desist.programme.concerns.models import Concern
from desist.programme.leaving.models import Leaving
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.wall import gate


def receive(received: Received) -> None:
    """The police ask somebody here to ring: a task with a clock, about the referral and nothing else."""
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    alerts.receive(received, case=referral.ref, area=referral.area)


def acknowledge(received: Received) -> None:
    """A person on the other side took an alert up: note it on what raised that alert, and on nothing else.

    An alert that nothing here raised, or that was taken up before, changes nothing.
    """
    payload: payloads.AlertAcknowledged = received.payload
    for raised in _raised(received):
        ref = raised.filter(acknowledged_at=None).values_list("ref", flat=True).first()
        if ref is not None:
            action = Action.NOTE_ACKNOWLEDGEMENT
            with gate.change(received.actor, action, raised.model, ref, at=received.at) as row:
                row.acknowledged_at = payload.acknowledged_at
                row.save(update_fields=["acknowledged_at"])
            return


def _raised(received: Received) -> Iterator[QuerySet[Any]]:
    """What may have raised the alert of that moment: a concern, a withdrawal, or a person's leaving with a number to ring."""
    at = received.payload.raised_at
    partner = {"referral__thread": received.thread, "referral__partner": received.sender}
    of_person = {f"episode__{name}": value for name, value in partner.items()}
    yield Concern.objects.filter(**partner, raised_at=at)
    yield Agreement.objects.filter(**of_person, withdrawn_at=at)
    yield Leaving.objects.filter(**of_person, decided_at=at).exclude(contact="")
