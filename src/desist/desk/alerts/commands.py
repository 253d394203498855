"""The changes of an alert."""

import dataclasses
from datetime import datetime

from desist import codes
from desist.desk.alerts.models import Alert, Ring
from desist.desk.alerts.sending import CLOCK
from desist.desk.alerts.states import Way
from desist.desk.policy import Action
from desist.post import by_hand, outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import ByHandTask
from desist.refusals import Changed
from desist.wall import gate
from desist.wall.actors import Actor


def asked(*, actor: Actor, case: str, to: str, reason: codes.AlertReason, contact: str, at: datetime) -> bool:
    """Whether exactly this alert was asked for a moment ago: it goes out once, however often the button is pressed."""
    since = at - gate.SECOND_CLICK
    alerts = Alert.objects.filter(way=Way.OUT, area=actor.area, case=case, partner=to, reason=reason)
    if alerts.filter(contact=contact, raised_at__gt=since).exists():
        return True
    payload = payloads.Alert(reason=reason.value, contact=contact, raised_at=at)
    tasks = ByHandTask.objects.filter(case=case, partner__name=to, kind=payload.KIND, made_at__gt=since)
    return any(
        one.text == by_hand.spoken(dataclasses.replace(payload, raised_at=one.made_at)) for one in tasks
    )


def receive(received: Received, *, case: str, area: str) -> None:
    """Turn an alert into a task with a clock. Raises CannotHandle for a reason that is in no list of this site."""
    payload: payloads.Alert = received.payload
    if payload.reason not in codes.AlertReason.values:
        raise CannotHandle("The reason of this alert is a code that is in no list here: ring the sender.")
    alert = Alert(
        case=case,
        area=area,
        partner=received.sender,
        thread=received.thread,
        reason=payload.reason,
        contact=payload.contact[:120],
        raised_at=payload.raised_at,
        received_at=received.at,
        due_at=payload.raised_at + CLOCK,
    )
    with gate.create(received.actor, Action.RECEIVE_ALERT, alert, at=received.at):
        pass


def acknowledge(*, actor: Actor, ref: str, note: str, at: datetime) -> None:
    """Take the alert up; the side that raised it learns only that."""
    with gate.change(actor, Action.ACKNOWLEDGE_ALERT, Alert, ref, at=at) as alert:
        if alert.acknowledged_by == actor.who and alert.note == note:
            return
        if alert.acknowledged_at or alert.way != Way.IN:
            raise Changed("Not saved: this alert has already been acknowledged. Check it first")
        alert.acknowledged_by, alert.acknowledged_at, alert.note = actor.who, at, note
        alert.save(update_fields=["acknowledged_by", "acknowledged_at", "sealed_note"])
        answer = payloads.AlertAcknowledged(raised_at=alert.raised_at, acknowledged_at=at)
        outbox.send(answer, to=alert.partner, thread=alert.thread, at=at, case=alert.case)


def note_acknowledgement(received: Received) -> None:
    """Record that a person at the partner's took up an alert of ours. Ignore an alert that is unknown or taken up."""
    payload: payloads.AlertAcknowledged = received.payload
    found = Alert.objects.filter(
        way=Way.OUT,
        partner=received.sender,
        thread=received.thread,
        raised_at=payload.raised_at,
        acknowledged_at=None,
    )
    for ref in tuple(found.values_list("ref", flat=True)):
        with gate.change(received.actor, Action.NOTE_ACKNOWLEDGEMENT, Alert, ref, at=received.at) as alert:
            alert.acknowledged_by, alert.acknowledged_at = received.actor.who, payload.acknowledged_at
            alert.save(update_fields=["acknowledged_by", "acknowledged_at"])


def escalate(*, actor: Actor, ref: str, at: datetime) -> bool:
    """Mark an alert that no account took up in time: staff ring about it now. Return whether the mark is new."""
    with gate.change(actor, Action.ESCALATE_ALERT, Alert, ref, at=at) as alert:
        if alert.acknowledged_at or alert.escalated_at or alert.due_at > at:
            return False
        alert.escalated_at = at
        alert.save(update_fields=["escalated_at"])
        return True


def ring(
    *, actor: Actor, ref: str, whom: str, answer: str, taken_up: bool, submission: str, at: datetime
) -> None:
    """Record a call about an alert, and its answer; `taken_up`: the partner took our alert up on the telephone."""
    with gate.change(actor, Action.RING, Alert, ref, at=at) as alert:
        if alert.rings.filter(submission=submission).exists():
            return
        call = Ring(alert=alert, by=actor.who, at=at, submission=submission)
        call.whom, call.answer = whom, answer
        call.save(force_insert=True)
        if taken_up and alert.way == Way.OUT and alert.acknowledged_at is None:
            alert.acknowledged_by, alert.acknowledged_at, alert.note = actor.who, at, f"{whom}: {answer}"
            alert.save(update_fields=["acknowledged_by", "acknowledged_at", "sealed_note"])
