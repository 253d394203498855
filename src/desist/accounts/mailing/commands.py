"""The changes of an outgoing e-mail: it is made, tried with growing pauses, done, and forgotten.

A fault between the mail server's answer and the commit sends it a second time, which says nothing more than the first.
"""

import json
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.db import transaction

from desist.accounts.factors import sealing
from desist.accounts.mailing.models import OutgoingEmail
from desist.ui import email
from desist.ui.email import Kind

#: The pause after the first failure; each later one is twice as long, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=15)
#: After this time an e-mail without a link that ends would only confuse.
LASTS, CHANGE_LASTS = timedelta(days=1), timedelta(days=3)
#: A done e-mail is kept for this time, so that an administrator can read what became of it.
KEPT = timedelta(days=7)
TEMPORARY = 500  # what a mail server answers below this may change

State = OutgoingEmail.State


def put(
    *,
    to: str,
    kind: Kind,
    link: str,
    at: datetime,
    invitation: int | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Keep an e-mail for the mail server, until its link ends where it brings one. Raises NotOneRecipient."""
    email.compose(to=to, kind=kind, link=link)
    row = OutgoingEmail(kind=kind.name, invitation_id=invitation, made_at=at, next_try_at=at)
    lasts = CHANGE_LASTS if kind is Kind.CHANGED else LASTS
    row.ends_at = ends_at or at + lasts
    row.sealed = sealing.seal(content=json.dumps([to, link]).encode(), about=_about(row))
    row.save()


def send_next(*, at: datetime) -> bool:
    """Try to send the e-mail whose turn it is; say whether there was one."""
    with transaction.atomic():
        waiting = OutgoingEmail.objects.filter(state=State.WAITING, next_try_at__lte=at)
        row = waiting.select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
        if row is None:
            return False
        if row.ends_at <= at or _is_over(row):
            _done(row, State.ENDED, at)
            return True
        # Another worker leaves it alone meanwhile, and a try that kills this one counts.
        row.tries += 1
        row.next_try_at = at + _pause(row.tries)
        row.save(update_fields=["tries", "next_try_at"])
    _try(row, at)
    return True


def forget(*, before: datetime) -> None:
    """Delete the e-mails that were done before a moment."""
    OutgoingEmail.objects.filter(done_at__lt=before).delete()


def _try(row: OutgoingEmail, at: datetime) -> None:
    try:
        to, link = json.loads(sealing.unseal(sealed=bytes(row.sealed), about=_about(row)))
        email.send(to=to, kind=Kind[row.kind], link=link)
    except SMTPRecipientsRefused as refused:
        row.failure = type(refused).__name__
        if all(code >= TEMPORARY for code, _ in refused.recipients.values()):
            _done(row, State.REFUSED, at)
    except sealing.CannotOpen as failure:
        row.failure = type(failure).__name__
        _done(row, State.REFUSED, at)
    except (OSError, SMTPException) as failure:
        row.failure = type(failure).__name__
    else:
        _done(row, State.SENT, at)
        _hurry(at)
    OutgoingEmail.objects.filter(pk=row.pk, state=State.WAITING).update(failure=row.failure)


def _hurry(at: datetime) -> None:
    """Try every e-mail now that waits for a mail server which did not answer before and does now."""
    failed = OutgoingEmail.objects.filter(state=State.WAITING).exclude(failure="")
    failed.exclude(failure=SMTPRecipientsRefused.__name__).update(next_try_at=at)


def _is_over(row: OutgoingEmail) -> bool:
    invitation = row.invitation
    return invitation is not None and (invitation.used_at or invitation.cancelled_at) is not None


def _done(row: OutgoingEmail, state: OutgoingEmail.State, at: datetime) -> None:
    row.state, row.done_at, row.sealed = state, at, b""
    row.save(update_fields=["state", "done_at", "sealed", "failure"])


def _pause(tries: int) -> timedelta:
    doubled = FIRST_PAUSE * (1 << min(tries - 1, 10))
    return min(doubled, LONGEST_PAUSE)


def _about(row: OutgoingEmail) -> str:
    return f"email:{row.ref}"
