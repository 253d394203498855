"""The changes of invitations: the links by which people set up how they sign in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError

from desist.accounts import mail
from desist.accounts.areas import commands as areas
from desist.accounts.commands import HasLeft, NotARoleHere
from desist.accounts.factors import commands as factors
from desist.accounts.factors.commands import NewFactor
from desist.accounts.factors.passkeys import Host
from desist.accounts.models import Account, Authenticator, Invitation, RoleGrant, SignIn
from desist.accounts.policy import Action
from desist.refusals import Refused
from desist.sites import Zone
from desist.ui.email import Kind
from desist.wall import gate
from desist.wall.actors import Actor, Role, roles_of

VALID = timedelta(days=7)
#: The lifetime of a link asked for with a recovery code: time enough to open an e-mail.
RECOVERY_VALID = timedelta(minutes=30)


@dataclass(frozen=True)
class Handover:
    """A link that opens once, to be handed to its person alone; `sent`: the site e-mails it too, soon.

    A second click gets no link: the first click's page shows it.
    """

    account: str
    link: str
    sent: bool


@dataclass(frozen=True)
class _Wanted:
    """The person to invite, and their role."""

    name: str
    email: str
    role: Role
    area: str


def invite(
    *, actor: Actor, name: str, email: str, role: str, area: str, host: Host, at: datetime
) -> Handover:
    """Make an account with a role and invite its person. Raises Refused."""
    wanted = _Wanted(name, email.lower(), _role_here(role), area)
    return _found(actor, Action.INVITE, wanted, host, at)


def invite_from_console(
    *, actor: Actor, name: str, email: str, role: str, area: str, host: Host, at: datetime
) -> Handover:
    """Invite a person from the console of the machine. A person who has an account gets a new link, and nothing else changes."""
    known = Account.objects.filter(email=email.lower()).first()
    if known is None:
        wanted = _Wanted(name, email.lower(), _role_here(role), area)
        return _found(actor, Action.INVITE_FROM_CONSOLE, wanted, host, at)
    with gate.change(actor, Action.INVITE_FROM_CONSOLE, Account, known.ref, at=at) as account:
        if account.left_at:
            raise HasLeft(account.name)
        reason = "From the command line"
        made = _issue(account, Invitation.Purpose.RESET, actor, host, at, reason=reason)
    return _send(account, made, at)


def invite_again(*, actor: Actor, ref: str, host: Host, at: datetime) -> Handover:
    """Make a new link for a person who has not joined yet; the older one ends. Raises Refused."""
    with gate.change(actor, Action.INVITE_AGAIN, Account, ref, at=at) as account:
        if account.left_at or _can_sign_in(account):
            raise Refused("They have since joined, or left. No link was made")
        if _was_just_made(account, actor, at):
            return Handover(ref, link="", sent=False)
        before = account.invitations.order_by("-made_at").first()
        purpose = before.purpose if before else Invitation.Purpose.JOIN
        reason = before.reason if before else ""
        made = _issue(account, Invitation.Purpose(purpose), actor, host, at, reason=reason)
    return _send(account, made, at)


def cancel(*, actor: Actor, ref: str, at: datetime) -> None:
    """Cancel a link. Raises Refused."""
    with gate.change(actor, Action.CANCEL_INVITATION, Invitation, ref, at=at) as row:
        if row.used_at or row.cancelled_at:
            raise Refused("That link was used or cancelled before")
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])


def reset(*, actor: Actor, ref: str, reason: str, host: Host, at: datetime) -> Handover:
    """Delete every factor of a person, end their sessions, and invite them anew. Raises HasLeft."""
    with gate.change(actor, Action.RESET_FACTORS, Account, ref, at=at) as account:
        if account.left_at:
            raise HasLeft(account.name)
        if _was_just_made(account, actor, at):
            return Handover(ref, link="", sent=False)
        factors.wipe(account)
        open_ones = SignIn.objects.filter(grant__account=account, ended_at=None)
        open_ones.update(ended_at=at, ended_by=actor.who)
        made = _issue(account, Invitation.Purpose.RESET, actor, host, at, reason=reason)
    return _send(account, made, at)


def send_recovery(*, actor: Actor, host: Host, at: datetime) -> None:
    """Send a short-lived link to the owner who gave a recovery code of this account; the link alone signs no one in."""
    with gate.change(actor, Action.ASK_TO_RECOVER, Account, actor.who, at=at) as account:
        row, link = _issue(account, Invitation.Purpose.RECOVER, actor, host, at)
    mail.tell(to=account.email, kind=Kind.SIGN_IN, link=link, at=at, invitation=row)


def accept(*, actor: Actor, ref: str, factor: NewFactor, at: datetime) -> tuple[str, ...]:
    """Join with a first factor and return the new recovery codes, once. Raises BadAnswer, WrongCode, gate.NotFound."""
    with gate.change(actor, Action.ACCEPT_INVITATION, Invitation, ref, at=at) as row:
        if row.expires_at <= at:
            raise Refused("This link has ended. Ask your administrator for a new one")
        factors.keep(row.account, factor, at=at)
        codes = factors.renew(row.account, at=at)
        row.used_at = at
        row.save(update_fields=["used_at"])
    return codes


def digest(*, token: str) -> str:
    """The hash under which a link is kept."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _role_here(role: str) -> Role:
    if role not in roles_of(Zone(settings.DESIST_ZONE)):
        raise NotARoleHere
    return Role(role)


def _found(actor: Actor, action: Action, wanted: _Wanted, host: Host, at: datetime) -> Handover:
    """Make a new account, with its role and its first link."""
    account = Account(name=wanted.name, email=wanted.email, invited_at=at)
    account.set_unusable_password()
    try:
        with gate.create(actor, action, account, at=at):
            RoleGrant.objects.create(
                account=account, role=wanted.role, area=wanted.area, given_by=actor.who, given_at=at
            )
            areas.keep(wanted.area, by=actor.who, at=at)
            made = _issue(account, Invitation.Purpose.JOIN, actor, host, at)
    except IntegrityError:  # two accounts cannot share an e-mail address; they can share everything else
        known = Account.objects.get(email=wanted.email)
        if known.name == wanted.name and _was_just_made(known, actor, at):
            return Handover(known.ref, link="", sent=False)
        raise Refused(
            "A person with this e-mail address has an account here: find them under Accounts"
        ) from None
    return _send(account, made, at)


def _was_just_made(account: Account, actor: Actor, at: datetime) -> bool:
    """Whether the same actor made the open link a moment ago: a second click makes no link and sends no message."""
    made = account.invitations.filter(made_by=actor.who, made_at__gt=at - gate.SECOND_CLICK)
    return made.filter(used_at=None, cancelled_at=None).exists()


def _can_sign_in(account: Account) -> bool:
    return account.passkeys.exists() or Authenticator.objects.filter(account=account).exists()


def _issue(
    account: Account, purpose: Invitation.Purpose, actor: Actor, host: Host, at: datetime, *, reason: str = ""
) -> tuple[Invitation, str]:
    """Return a new open invitation in place of an older one, and its link."""
    account.invitations.filter(used_at=None, cancelled_at=None).update(cancelled_at=at)
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        account=account,
        purpose=purpose,
        reason=reason,
        digest=digest(token=token),
        made_by=actor.who,
        made_at=at,
        expires_at=at + (RECOVERY_VALID if purpose == Invitation.Purpose.RECOVER else VALID),
    )
    return row, f"{host.origin}/account/accept/{token}/"


def _send(account: Account, made: tuple[Invitation, str], at: datetime) -> Handover:
    row, link = made
    told = mail.tell(to=account.email, kind=Kind.INVITATION, link=link, at=at, invitation=row)
    return Handover(account.ref, link, sent=told)
