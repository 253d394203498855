"""Questions about invitations."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts.invitations.commands import digest
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account, Authenticator, Invitation, Passkey

UNKNOWN = "This link is incomplete, or is not one of ours. Open it again from where you received it."
USED = "This link has been used. Sign in, or ask your administrator for a new one."
CANCELLED = "This link was cancelled. A newer one may be on its way to you; otherwise ask your administrator."
EXPIRED = "This link has expired. Ask your administrator for a new one."
LEFT = "This account has been closed."


class NotOpen(Exception):
    """A link that opens nothing; its text is the sentence for the visitor who followed it."""


@dataclass(frozen=True)
class Invited:
    """The person a link is for."""

    ref: str
    account: str
    name: str
    email: str
    purpose: Invitation.Purpose


@dataclass(frozen=True)
class Sent:
    """One invitation as the administrator sees it."""

    ref: str
    purpose: str
    reason: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    state: str
    email: str  # what became of the e-mail that brings the link; "" where none went
    done_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether the administrator can cancel it."""
        return self.state in {"Waiting", "Expired"}


def invited(*, token: str, at: datetime) -> Invited:
    """The person a link is for. Raises NotOpen with the sentence that gives the reason."""
    row = Invitation.objects.select_related("account").filter(digest=digest(token=token)).first()
    if row is None:
        raise NotOpen(UNKNOWN)
    if sentence := _closed(row, at):
        raise NotOpen(sentence)
    account = row.account
    return Invited(row.ref, account.ref, account.name, account.email, Invitation.Purpose(row.purpose))


def sent(*, account: str, at: datetime) -> tuple[Sent, ...]:
    """The invitations of an account that the administrator has just opened, the newest first."""
    rows = list(Invitation.objects.filter(account__ref=account).order_by("-made_at", "-pk"))
    names = dict(Account.objects.filter(ref__in={row.made_by for row in rows}).values_list("ref", "name"))
    mailed = {one.invitation_id: one for one in OutgoingEmail.objects.filter(invitation__in=rows)}
    return tuple(
        Sent(
            row.ref,
            Invitation.Purpose(row.purpose).label,
            row.reason,
            _made_by(row, names),
            row.made_at,
            row.expires_at,
            _state(row, at),
            *_email(mailed.get(row.pk)),
        )
        for row in rows
    )


def has_joined(*, account: str) -> bool:
    """Whether an account has a factor to sign in with."""
    by_passkey = Passkey.objects.filter(account__ref=account).exists()
    return by_passkey or Authenticator.objects.filter(account__ref=account).exists()


def resets(*, account: str, at: datetime) -> tuple[Sent, ...]:
    """The resets of an account's factors, each with its actor and reason, for the account's owner to see."""
    return tuple(row for row in sent(account=account, at=at) if row.purpose == Invitation.Purpose.RESET.label)


def _closed(row: Invitation, at: datetime) -> str:
    if row.account.left_at:
        return LEFT
    if row.used_at:
        return USED
    if row.cancelled_at:
        return CANCELLED
    return EXPIRED if row.expires_at <= at else ""


def _state(row: Invitation, at: datetime) -> str:
    if row.used_at:
        return "Used"
    if row.cancelled_at:
        return "Cancelled"
    return "Expired" if row.expires_at <= at else "Waiting"


def _email(row: OutgoingEmail | None) -> tuple[str, datetime | None]:
    if row is None:
        return "", None
    again = f", tried {row.tries} times" if row.tries > 1 and not row.done_at else ""
    return f"{OutgoingEmail.State(row.state).label}{again}", row.done_at


def _made_by(row: Invitation, names: dict[str, str]) -> str:
    if row.purpose == Invitation.Purpose.RECOVER:
        return "the person, with a recovery code"
    return names.get(row.made_by, "the people who run the machine")
