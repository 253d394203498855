"""Sending an alert, in the transaction of the change that causes it."""

from datetime import datetime, timedelta

from desist import codes
from desist.desk.alerts.models import Alert
from desist.desk.alerts.states import Way
from desist.post import outbox, partners, payloads
from desist.post.transports import Transport

#: An alert must be taken up by a person within this time.
CLOCK = timedelta(minutes=30)


def send(
    *,
    case: str,
    about: str,
    area: str,
    to: str,
    thread: str,
    reason: codes.AlertReason,
    contact: str,
    at: datetime,
) -> None:
    """Write the alert and its envelope. `contact` is a telephone number or empty; raises as outbox.send does.

    For a partner by hand there is only the task to ring them: no answer comes back to wait for.
    """
    if partners.find(name=to).transport != Transport.BY_HAND:
        _await(case=case, area=area, to=to, thread=thread, reason=reason, contact=contact, at=at)
    payload = payloads.Alert(reason=reason.value, contact=contact, raised_at=at)
    outbox.send(payload, to=to, thread=thread, at=at, case=case, about=about)


def _await(
    *, case: str, area: str, to: str, thread: str, reason: codes.AlertReason, contact: str, at: datetime
) -> None:
    alert = Alert(
        way=Way.OUT,
        case=case,
        area=area,
        partner=to,
        thread=thread,
        reason=reason,
        contact=contact,
        raised_at=at,
        received_at=at,
        due_at=at + CLOCK,
    )
    alert.save(force_insert=True)
