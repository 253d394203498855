"""Everything that can happen at the entrance: who gets in, who goes on after a pause, and who does not.

Every refusal looks the same from outside and costs the same; the audit alone knows why.
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
    """What somebody gives to show that they are who signed in: a passkey's answer, or what they typed.

    `secret` is their password, or a code where one of the two is enough; `code` is the one beside the password.
    """

    answer: str = ""
    secret: str = ""
    code: str = ""


def by_passkey(*, answer: str, caller: Caller, at: datetime) -> str:
    """Whose passkey this is: the account's reference. Raises NotLetIn, TooMany.

    Nobody can guess one, so what is right always counts, however often others were wrong at this address.
    """
    try:
        account = factors.check_passkey(host=caller.host, answer=answer, purpose="sign-in", at=at)
    except BadAnswer as why:
        _slow(caller, at)
        raise _refused(None, f"passkey: {why}", at) from None
    if why_not := _may_not(account):
        raise _refused(account, why_not, at)
    return account.ref


def by_password(*, email: str, password: str, code: str, caller: Caller, at: datetime) -> str:
    """Whose e-mail address, password and code these are. Raises NotLetIn, TooMany."""
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
    # A code is used up only where it lets somebody in; elsewhere nobody's is looked at, for the time it takes.
    whose = account if known and not why_not else None
    in_app = factors.check_code(whose, typed=code, at=at)
    printed = factors.use_recovery_code(None if in_app else whose, typed=code, at=at)
    if whose is None or not (in_app or printed):
        refused = _refused(account, why_not or ("wrong code" if known else "wrong password"), at)
        raise TooMany if attempts.narrow else refused
    attempts.take_back()
    return whose.ref


def recover(*, email: str, code: str, caller: Caller, at: datetime) -> None:
    """Send a link to whoever gives their e-mail address and a recovery code, which nobody can guess.

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
    """Go on after a pause; one of password and code is enough for that, and confirms nothing. Raises NotLetIn, TooMany."""
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
    """Confirm afresh who one is, before something that matters: by as much as one signs in with.

    Whoever holds an open session and learns or guesses the password, or sees one code, must not be able to give
    themselves a way in that stays. What a provider vouched for stays as old as it is, and serves for as long as what is
    asked for allows (`within`). Raises NotLetIn, TooMany.
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
    """Whether it is the account's owner who is here, proved (True), or taken at their word in the demo (False)."""
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
    """What was wrong slows the address it came from. Raises TooMany."""
    with _counted(at):
        throttle.of_an_address(address=caller.address, at=at)


@contextmanager
def _counted(at: datetime) -> Iterator[None]:
    """Record that somebody tried too often, without whom."""
    try:
        yield
    except TooMany:
        _refused(None, "too many attempts", at)
        raise


def _check_password(account: Account | None, password: str) -> bool:
    """Whether it is the account's password; without one the same work is done for nothing."""
    kept = account.password if account and is_password_usable(account.password) else ""
    right = check_password(password, kept or _nobodys(tuple(settings.PASSWORD_HASHERS)))
    return right and bool(kept) and settings.DESIST_PASSWORDS


@cache
def _nobodys(hashers: tuple[str, ...]) -> str:
    """The hash of a password that nobody knows, made the way passwords are hashed now."""
    del hashers
    return make_password(get_random_string(40))


def _may_not(account: Account | None) -> str:
    """Why an account may not sign in, or nothing. Its role is looked up in any case: every answer takes as long."""
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
    """Record a refusal, without anything that was typed."""
    who = account.ref if account else "unknown"
    row = audit.row_name(Account, account.ref if account else "")
    audit.record(audit.Entry(actors.entrance(who), Action.SIGN_IN, row, at), allowed=False, reason=why)
    return NotLetIn(who)
