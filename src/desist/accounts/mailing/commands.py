"""The changes of an outgoing e-mail: it is made, tried with growing pauses, done, and forgotten.

A process that dies between the answer and the commit tries again: GOV.UK Notify is asked first whether it has the e-mail,
a mail server is given the same Message-ID, by which a mailbox can tell (docs/adr/outgoing-emails-wait.md).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from desist.accounts.factors import sealing
from desist.accounts.mailing import notify
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account, SignIn
from desist.accounts.policy import Action
from desist.ui import email
from desist.ui.email import Kind
from desist.wall import actors, audit

#: The pause after the first failure; each later one is twice as long, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=15)
#: After this time an e-mail without a link that ends would only confuse.
LASTS, CHANGE_LASTS, WORK_LASTS = timedelta(days=1), timedelta(days=3), timedelta(days=7)
#: A done e-mail is kept for this time, so that an administrator can read what became of it.
KEPT = timedelta(days=7)
TEMPORARY = 500  # what a mail server answers below this may change
#: failures that say nothing of the next e-mail's turn: each waits out its own pause
PATIENT = (SMTPRecipientsRefused.__name__, notify.Busy.__name__)

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
    row = composed(to=to, kind=kind, link=link, at=at)
    row.invitation_id, row.ends_at = invitation, ends_at or row.ends_at
    row.save()


def composed(
    *, to: str, kind: Kind, link: str, at: datetime, account: str = "", kinds: Iterable[str] = ()
) -> OutgoingEmail:
    """Return an e-mail that is not kept yet; `account` and `kinds` where it tells of waiting work. Raises NotOneRecipient."""
    email.compose(to=to, kind=kind, link=link)
    row = OutgoingEmail(kind=kind.name, account=account, kinds=sorted(kinds), made_at=at, next_try_at=at)
    row.ends_at = at + (WORK_LASTS if account else CHANGE_LASTS if kind is Kind.CHANGED else LASTS)
    row.sealed = sealing.seal(content=json.dumps([to, link]).encode(), about=_about(row))
    return row


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
        if row.account and not _waits_for(row):
            _done(row, State.DROPPED, at)
            return True
        # Another worker leaves it alone meanwhile, and a try that kills this one counts.
        row.tries += 1
        row.next_try_at = at + pause(row.tries)
        row.save(update_fields=["tries", "next_try_at"])
    _try(row, at)
    return True


def forget(*, before: datetime) -> None:
    """Delete the e-mails that were done before a moment, and are not what an account was told since it signed in."""
    later = SignIn.objects.filter(grant__account__ref=OuterRef("account"), began_at__gt=OuterRef("made_at"))
    left = Account.objects.filter(ref=OuterRef("account")).exclude(left_at=None)
    done = OutgoingEmail.objects.filter(done_at__lt=before)
    done.filter(Q(account="") | Exists(later) | Exists(left)).delete()


def pause(tries: int) -> timedelta:
    """The pause after so many tries: each twice as long as the one before, up to the longest."""
    doubled = FIRST_PAUSE * (1 << min(tries - 1, 10))
    return min(doubled, LONGEST_PAUSE)


def _try(row: OutgoingEmail, at: datetime) -> None:
    try:
        to, link = json.loads(sealing.unseal(sealed=bytes(row.sealed), about=_about(row)))
        _send(row, to, link, at)
    except SMTPRecipientsRefused as refused:
        permanent = all(code >= TEMPORARY for code, _ in refused.recipients.values())
        _failed(row, refused, at if permanent else None)
    except (sealing.CannotOpen, notify.AddressRefused) as failure:
        _failed(row, failure, at)
    except (OSError, SMTPException) as failure:
        _failed(row, failure, None)
    else:
        _done(row, State.SENT, at)
        _hurry(at)


def _send(row: OutgoingEmail, to: str, link: str, at: datetime) -> None:
    name = hashlib.sha256(row.ref.encode()).hexdigest()[:32]
    if row.account:
        to = Account.objects.values_list("email", flat=True).get(ref=row.account)
    site = settings.DESIST_NOTIFY
    if site is None:
        email.send(to=to, kind=Kind[row.kind], link=link, name=name)
    elif row.tries == 1 or not notify.has(site, name=name, at=at):
        notify.send(site, to=to, kind=Kind[row.kind], link=link, name=name, at=at)


def _failed(row: OutgoingEmail, failure: Exception, refused_at: datetime | None) -> None:
    row.failure = type(failure).__name__
    if refused_at:
        _done(row, State.REFUSED, refused_at)
    else:
        row.save(update_fields=["failure"])


def _hurry(at: datetime) -> None:
    """Try every e-mail now that waits for a mail server which did not answer before and does now."""
    failed = OutgoingEmail.objects.filter(state=State.WAITING, next_try_at__gt=at).exclude(failure="")
    failed.exclude(failure__in=PATIENT).update(next_try_at=at)


def _is_over(row: OutgoingEmail) -> bool:
    invitation = row.invitation
    return invitation is not None and (invitation.used_at or invitation.cancelled_at) is not None


def _waits_for(row: OutgoingEmail) -> bool:
    """Whether the account that is told of waiting work is still here, and has not signed in since."""
    here = Account.objects.filter(ref=row.account, left_at=None, grants__ended_at=None)
    return here.exclude(grants__sign_ins__began_at__gte=row.made_at).exists()


def _done(row: OutgoingEmail, state: OutgoingEmail.State, at: datetime) -> None:
    row.state, row.done_at, row.sealed = state, at, b""
    row.save(update_fields=["state", "done_at", "sealed", "failure"])
    if row.account and state is State.SENT:
        named = audit.row_name(OutgoingEmail, row.ref)
        audit.record(audit.Entry(actors.clock(), Action.SEND_NUDGE, named, at), allowed=True)


def _about(row: OutgoingEmail) -> str:
    return f"email:{row.ref}"
