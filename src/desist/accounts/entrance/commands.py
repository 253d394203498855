"""The changes of the entrance: signing in, going on after a pause, and every refusal.

Every refusal looks alike from outside and costs the same; only the audit records the reason.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.utils.crypto import get_random_string

from desist import deployment
from desist.accounts.callers import Caller
from desist.accounts.factors import commands as factors
from desist.accounts.factors.passkeys import BadAnswer
from desist.accounts.factors.queries import is_fresh
from desist.accounts.invitations import commands as invitations
from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.policy import Action
from desist.accounts.refusals import NotLetIn
from desist.accounts.throttle import commands as throttle
from desist.accounts.throttle.commands import TooMany
from desist.wall import actors, audit, gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Proof:
    """The proof that an account's owner is present: a passkey's answer, or the password and code that they typed.

    `secret` is their password, or a code where one of the two is enough; `code` goes with the password.
    """

    answer: str = ""
    secret: str = ""
    code: str = ""


def by_passkey(*, answer: str, caller: Caller, at: datetime) -> str:
    """Return the reference of the account that a passkey belongs to. Raises NotLetIn, TooMany.

    A passkey cannot be guessed, so a right one always counts, however many wrong tries came from this address.
    """
    try:
        account = factors.check_passkey(host=caller.host, answer=answer, purpose=factors.SIGN_IN, at=at)
    except BadAnswer as why:
        _slow(caller, at)
        raise _refused(None, f"passkey: {why}", at) from None
    if why_not := _may_not(account):
        raise _refused(account, why_not, at)
    return account.ref


def by_password(*, email: str, password: str, code: str, caller: Caller, at: datetime) -> str:
    """Return the reference of the account with this e-mail address, password and code. Raises NotLetIn, TooMany."""
    account = Account.objects.filter(email=email.lower()).first()
    with _counted(at):
        device = caller.device.at(account.ref if account else "")
        attempts = throttle.of_an_account(account=email.lower(), address=caller.address, device=device, at=at)
        known = _check_password(account, password)
        why_not = _may_not(account)
        if attempts.narrow:
            if not factors.fits(None if why_not else account, typed=code, at=at):
                raise TooMany
            throttle.beside_a_right_code(attempts, account=email.lower())
    # A code is used up only where it signs an account in. Elsewhere no account's code is read, in the same time.
    whose = account if known and not why_not else None
    in_app = factors.check_code(whose, typed=code, at=at)
    printed = factors.use_recovery_code(None if in_app else whose, typed=code, at=at)
    if whose is None or not (in_app or printed):
        refused = _refused(account, why_not or ("wrong code" if known else "wrong password"), at)
        raise TooMany if attempts.narrow else refused
    attempts.take_back()
    return whose.ref


def recover(*, email: str, code: str, caller: Caller, at: datetime) -> None:
    """Send a link to the owner who gives their e-mail address and a recovery code, which cannot be guessed.

    Raises NotLetIn, TooMany.
    """
    account = Account.objects.filter(email=email.lower()).first()
    why_not = _may_not(account)
    whose = account if account and not why_not else None
    if not factors.use_recovery_code(whose, typed=code, at=at) or whose is None:
        _slow(caller, at)
        raise _refused(account, why_not or "wrong code", at)
    invitations.send_recovery(actor=actors.entrance(whose.ref), host=caller.host, at=at)


def unlock(*, actor: Actor, sign_in: str, proof: Proof, caller: Caller, at: datetime) -> None:
    """Unlock a session after a pause: a password or a code is enough and confirms nothing. Raises NotLetIn, TooMany."""
    proved = _prove(actor, Action.UNLOCK, sign_in=sign_in, proof=proof, caller=caller, at=at)
    confirmed = proved and not proof.secret and not settings.DESIST_PROVIDER
    with gate.change(actor, Action.UNLOCK, SignIn, sign_in, at=at) as row:
        _note(row, at, confirmed=confirmed)


def confirm(
    *,
    actor: Actor,
    sign_in: str,
    proof: Proof,
    caller: Caller,
    at: datetime,
    within: timedelta = factors.FRESH,
) -> None:
    """Confirm afresh who the actor is, before an important change: it takes as much as signing in.

    A stranger who holds an open session and learns the password, or sees one code, must not gain a lasting way in. A
    provider's proof keeps its age and counts for as long as the change allows (`within`). Raises NotLetIn, TooMany.
    """
    _prove(actor, Action.CONFIRM, sign_in=sign_in, proof=proof, caller=caller, at=at, within=within)
    with gate.change(actor, Action.CONFIRM, SignIn, sign_in, at=at) as row:
        _note(row, at, confirmed=not settings.DESIST_PROVIDER)


def _prove(
    actor: Actor,
    action: Action,
    *,
    sign_in: str,
    proof: Proof,
    caller: Caller,
    at: datetime,
    within: timedelta = factors.FRESH,
) -> bool:
    """Return True where the account's owner proved who they are, and False where the demo takes their word."""
    if deployment.is_demo() and proof == Proof():
        return False
    if settings.DESIST_PROVIDER and is_fresh(sign_in=sign_in, at=at, within=within):
        return True  # they came back from the provider in another tab
    attempts = None if proof.answer else _own_attempts(actor, caller, at)
    if not _is_owner(actor, action, proof, caller, at):
        entry = audit.Entry(actor, action, audit.row_name(SignIn, sign_in), at)
        audit.record(entry, allowed=False, reason="not confirmed")
        if attempts is None:
            _slow(caller, at)
        raise NotLetIn(actor.who)
    if attempts is not None:
        attempts.take_back()
    return True


def _own_attempts(actor: Actor, caller: Caller, at: datetime) -> throttle.Attempts:
    """Count a password or a code that is typed in an open session. Raises TooMany."""
    with _counted(at):
        attempts = throttle.of_an_account(
            account=actor.who, address=caller.address, device=caller.device.at(actor.who), at=at
        )
        if attempts.narrow:
            raise TooMany
        return attempts


def _is_owner(actor: Actor, action: Action, proof: Proof, caller: Caller, at: datetime) -> bool:
    if proof.answer:
        purpose = f"confirm:{actor.who}"
        try:
            owner = factors.check_passkey(host=caller.host, answer=proof.answer, purpose=purpose, at=at)
        except BadAnswer:
            return False
        return owner.ref == actor.who
    account = Account.objects.filter(ref=actor.who).first()
    known = _check_password(account, proof.secret)
    if action is Action.UNLOCK:
        return known or factors.check_code(account, typed=proof.secret, at=at)
    # A code is looked at, and used up, only beside the right password.
    return factors.check_code(account if known else None, typed=proof.code, at=at)


def _note(row: SignIn, at: datetime, *, confirmed: bool) -> None:
    row.last_seen_at = at
    if confirmed:
        row.confirmed_at = at
    row.save(update_fields=["last_seen_at", "confirmed_at"])


def _slow(caller: Caller, at: datetime) -> None:
    """Slow the address that a wrong answer came from. Raises TooMany."""
    with _counted(at):
        throttle.of_an_address(address=caller.address, at=at)


@contextmanager
def _counted(at: datetime) -> Iterator[None]:
    """Record that an account or an address had too many tries, without naming it."""
    try:
        yield
    except TooMany:
        _refused(None, "too many attempts", at)
        raise


def _check_password(account: Account | None, password: str) -> bool:
    """Whether a password is the account's. Without an account the check does equal work."""
    kept = account.password if account and is_password_usable(account.password) else ""
    right = check_password(password, kept or _nobodys(tuple(settings.PASSWORD_HASHERS)))
    return right and bool(kept) and settings.DESIST_PASSWORDS


@cache
def _nobodys(hashers: tuple[str, ...]) -> str:
    """The hash of a password that no account has, made by the present method of hashing."""
    del hashers
    return make_password(get_random_string(40))


def _may_not(account: Account | None) -> str:
    """Why an account may not sign in, or "". The role is always looked up, so that every answer takes equally long."""
    whose = account.pk if account else factors.NOBODY
    has_role = RoleGrant.objects.filter(account_id=whose, ended_at=None).exists()
    if account is None:
        return "unknown"
    if account.left_at:
        return "left"
    if settings.DESIST_PROVIDER:
        return "this site signs in by its provider"
    return "" if has_role else "no role"


def _refused(account: Account | None, why: str, at: datetime) -> NotLetIn:
    """Record a refusal, without the text that was typed."""
    who = account.ref if account else "unknown"
    row = audit.row_name(Account, account.ref if account else "")
    audit.record(audit.Entry(actors.entrance(who), Action.SIGN_IN, row, at), allowed=False, reason=why)
    return NotLetIn(who)
