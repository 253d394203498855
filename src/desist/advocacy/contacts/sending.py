"""Sending messages that wait, after a new check: a message that became unsafe meanwhile is not sent."""

from datetime import datetime
from smtplib import SMTPException

from desist.advocacy.contacts import bars, queries
from desist.advocacy.contacts.models import Message
from desist.advocacy.contacts.policy import Action
from desist.advocacy.contacts.states import Channel, MessageState, StopReason
from desist.advocacy.contacts.windows import safe
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import Purpose, State
from desist.ui import email
from desist.wall import gate
from desist.wall.actors import Actor


def send_due(*, actor: Actor, at: datetime) -> int:
    """Send every message whose safe time is now; returns how many it sent."""
    return sum(_send(actor, ref, at) for ref in queries.messages_waiting())


def _send(actor: Actor, ref: str, at: datetime) -> bool:
    """Send one message. It is marked as sent first: a fault may lose it, but never sends it twice."""
    address = ""
    with gate.change(actor, Action.SEND_MESSAGE, Message, ref, at=at) as row:
        if row.state == MessageState.QUEUED:
            address = _decide(row, at)
    if not address:
        return False
    try:
        email.send(to=address, kind=email.Kind.IN_TOUCH)
    except (SMTPException, OSError, email.NotOneRecipient):
        with gate.change(actor, Action.SEND_MESSAGE, Message, ref, at=at) as row:
            _stop(row, StopReason.FAILED, at)
        return False
    return True


def _decide(row: Message, at: datetime) -> str:
    """Return the address to send to now; "" if the message still waits or was stopped."""
    if reason := _unsafe(row):
        _stop(row, reason, at)
        return ""
    victim = row.victim
    if Channel.EMAIL not in safe(windows=bars.windows(victim=victim), flagged=False, at=at):
        return ""
    row.state, row.done_at = MessageState.SENT, at
    row.save(update_fields=["state", "done_at"])
    return boxes.value(vault.box(person=victim.ref), row.locator)


def _unsafe(row: Message) -> StopReason | None:
    victim: Victim = row.victim
    if bars.flagged(victim=victim):
        return StopReason.NOT_SAFE
    if row.locator.ended_at is not None:
        return StopReason.ENDED
    if not victim.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).exists():
        return StopReason.NO_CONSENT
    if victim.state == State.CLOSED:
        return StopReason.CLOSED
    mailed = any(window.channel is Channel.EMAIL for window in bars.windows(victim=victim))
    return None if mailed else StopReason.NO_TIME


def _stop(row: Message, reason: StopReason, at: datetime) -> None:
    row.state, row.stop_reason, row.done_at = MessageState.STOPPED, reason, at
    row.save(update_fields=["state", "stop_reason", "done_at"])
