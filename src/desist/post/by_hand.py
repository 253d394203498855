"""Partners without software: the text of an envelope becomes a task to read out by telephone."""

import dataclasses
import re
from datetime import date, datetime, timedelta

from django.db.models import Min

from desist.post import payloads
from desist.post.doors import DOORS
from desist.post.models import ByHandTask, Partner
from desist.ui import dates

SOON = timedelta(hours=1)
NEXT_DAY = timedelta(days=1)
#: kind -> the time limit for telling, where it is not a day
URGENT = {
    payloads.Alert.KIND: SOON,
    payloads.AlertAcknowledged.KIND: SOON,
    payloads.BreachReport.KIND: SOON,
    payloads.AttachmentRecall.KIND: SOON,
}


#: a coded answer of several words, as envelopes hold it
CODE = re.compile(r"[a-z]+(_[a-z]+)+")
DROPPED = "This no longer needs to be passed on. Do not telephone."
TOLD_AND_EMPTIED = "What was read out could identify or locate someone. It was deleted once it had been told."


def kept(task: ByHandTask) -> str:
    """The text that a told task keeps; a payload that leads to a person leaves only the note that it was told."""
    emptied = {door.payload.KIND for door in DOORS if door.payload.EMPTIED}
    return TOLD_AND_EMPTIED if task.kind in emptied else task.text


def add(
    *, payload: payloads.Payload, partner: Partner, case: str, thread: str, about: str, at: datetime
) -> None:
    """Write the task, in the transaction of the change that causes it."""
    due_at = at + URGENT.get(payload.KIND, NEXT_DAY)
    if payload.OVERTAKES and case:
        due_at = _overtake(partner, payload.KIND, case, due_at=due_at, at=at)
    ByHandTask.objects.create(
        partner=partner,
        kind=payload.KIND,
        case=case,
        thread=thread,
        about=about,
        text=spoken(payload),
        made_at=at,
        due_at=due_at,
    )


def drop(*, thread: str, at: datetime) -> None:
    """Drop the untold tasks of an exchange, within the change that ends it."""
    waiting = ByHandTask.objects.filter(thread=thread, told_at=None, dropped_at=None)
    waiting.update(dropped_at=at, text=DROPPED)


def _overtake(partner: Partner, kind: str, case: str, *, due_at: datetime, at: datetime) -> datetime:
    """Drop an untold task that a newer one replaces; its clock runs on, so the new task is due no later."""
    waiting = ByHandTask.objects.filter(
        partner=partner, kind=kind, case=case, told_at=None, overtaken_at=None
    )
    earliest = waiting.aggregate(earliest=Min("due_at"))["earliest"]
    waiting.update(overtaken_at=at)
    return min(due_at, earliest or due_at)


def spoken(payload: payloads.Payload) -> str:
    """A payload as lines to read out: one field a line, days and moments in words."""
    lines = [f"{payload.KIND.replace('-', ' ').capitalize()}."]
    for field in dataclasses.fields(payload):
        apart = field.name in payload.APART
        said = "handed over separately" if apart else _said(getattr(payload, field.name))
        lines.append(f"{field.name.replace('_', ' ').capitalize()}: {said}")
    return "\n".join(lines)


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return dates.at(value)
    if isinstance(value, date):
        return dates.on(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_said, value)) or "none"
    text = str(value)
    return (text.replace("_", " ") if CODE.fullmatch(text) else text) or "not given"
