"""The changes of passkeys, authenticator apps, passwords and recovery codes.

Functions that take an actor go through the gate. The others are parts of a larger change, inside its transaction.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from desist.accounts import mail
from desist.accounts.factors import codes, passkeys, sealing
from desist.accounts.factors.passkeys import BadAnswer, Host
from desist.accounts.models import Account, Authenticator, Challenge, Passkey, RecoveryCode, SignIn
from desist.accounts.policy import Action
from desist.refusals import Refused
from desist.ui.email import Kind
from desist.wall import gate
from desist.wall.actors import Actor

#: A passkey's question stays open for this long: time enough to find the key.
OPEN_FOR = timedelta(minutes=10)
#: Factors are changed only this soon after their owner confirmed who they are.
FRESH = timedelta(minutes=10)
NOBODY = 0  # no account has this number
#: the purpose of a question that any passkey may answer, and how a stored one says that it was answered
SIGN_IN, ANSWERED = "sign-in", "sign-in answered"
SALT = "desist.accounts.factors"

LAST = "This is the only way you can sign in, so it stays. Add another one first"


class NotFresh(Refused):
    """The owner must first confirm who they are."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Not changed: confirm first that it is you, then try again")


class JustMade(Refused):
    """New codes were made a moment ago; the page that this click led to shows them, once."""


class WrongCode(Refused):
    """The six digits are not those of this secret now."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "These are not the digits that the app shows now. Check that the app has the newest code, and type it again",
            field="code",
        )


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that a browser says it made for the account's owner."""

    answer: str
    name: str
    host: Host


@dataclass(frozen=True)
class NewPassword:
    """A password (already hashed) and an authenticator app's secret, with a code that proves the app holds it."""

    password: str
    secret: bytes
    code: str


NewFactor = NewPasskey | NewPassword


def ask_for_new(*, host: Host, account: str, at: datetime) -> str:
    """The question by which a browser makes a passkey for an account, as JSON."""
    row = Account.objects.get(ref=account)
    known = [bytes(one.credential_id) for one in row.passkeys.all()]
    challenge = _challenge(f"new:{account}", at)
    return passkeys.ask_for_new(host=host, challenge=challenge, user=account, label=row.email, known=known)


def ask_whoever(*, host: Host, at: datetime) -> str:
    """The question for signing in that any passkey of this host may answer, as JSON.

    It is signed instead of stored: its page needs no database, and a stranger who opens it writes nothing.
    """
    asked = signing.Signer(salt=SALT).sign(f"{int(at.timestamp())}.{get_random_string(22)}")
    return passkeys.ask_for_known(host=host, challenge=asked.encode("ascii"), known=())


def ask_again(*, host: Host, account: str, at: datetime) -> str:
    """The question that only this account's passkeys may answer, as JSON; "" when it has none."""
    known = [
        bytes(one)
        for one in Passkey.objects.filter(account__ref=account).values_list("credential_id", flat=True)
    ]
    if not known:
        return ""
    challenge = _challenge(f"confirm:{account}", at)
    return passkeys.ask_for_known(host=host, challenge=challenge, known=known)


def check_passkey(*, host: Host, answer: str, purpose: str, at: datetime) -> Account:
    """Return the account whose passkey answered a question of this purpose; it counts once. Raises BadAnswer."""
    challenge = _take_challenge(answer, purpose, at)
    with transaction.atomic():
        known = Passkey.objects.select_for_update(of=("self",)).select_related("account")
        row = known.filter(credential_id=passkeys.credential_id(answer=answer)).first()
        if row is None:
            raise BadAnswer("not known here")
        kept = passkeys.Credential(bytes(row.credential_id), bytes(row.credential), row.counter)
        row.counter = passkeys.used(
            host=host, challenge=challenge, answer=answer, user=row.account.ref, known=kept
        )
        row.used_at = at
        row.save(update_fields=["counter", "used_at"])
        return row.account


def fits(account: Account | None, *, typed: str, at: datetime) -> bool:
    """Whether an app's or printed code is right; it stays unused. An unknown account takes equal work."""
    held = Authenticator.objects.filter(account_id=account.pk if account else NOBODY).first()
    secret = _secret(held, account) if held and account else codes.new_secret()
    step = codes.step_of(secret, typed=typed, at=at)
    digest = codes.digest(account=account.ref if account else "", typed=typed)
    whose = account.pk if account else NOBODY
    printed = RecoveryCode.objects.filter(account_id=whose, digest=digest, used_at=None).exists()
    return printed or bool(held and step and step > held.last_step)


def check_code(account: Account | None, *, typed: str, at: datetime) -> bool:
    """Whether a code of the account's app is right; it counts once. An unknown account takes equal work."""
    apps = Authenticator.objects.filter(account_id=account.pk if account else NOBODY)
    held = apps.first()
    secret = _secret(held, account) if held and account else codes.new_secret()
    step = codes.step_of(secret, typed=typed, at=at) or 0
    return apps.filter(last_step__lt=step).update(last_step=step) == 1


def use_recovery_code(account: Account | None, *, typed: str, at: datetime) -> bool:
    """Whether a printed code is one of the account's; it counts once. An unknown account takes equal work."""
    digest = codes.digest(account=account.ref if account else "", typed=typed)
    whose = account.pk if account else NOBODY
    printed = RecoveryCode.objects.filter(account_id=whose, digest=digest, used_at=None)
    return printed.update(used_at=at) == 1


def keep(account: Account, factor: NewFactor, *, at: datetime) -> None:
    """Give an account a factor. Raises BadAnswer, WrongCode."""
    if isinstance(factor, NewPasskey):
        _keep_passkey(account, factor, at)
    else:
        _keep_password(account, factor, at)


def renew(account: Account, *, at: datetime) -> tuple[str, ...]:
    """Replace the account's recovery codes and return the new ones; only their hashes are kept."""
    account.recovery_codes.all().delete()
    fresh = codes.recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=codes.digest(account=account.ref, typed=code), made_at=at)
        for code in fresh
    )
    return fresh


def wipe(account: Account) -> None:
    """Delete every factor of an account."""
    account.passkeys.all().delete()
    account.recovery_codes.all().delete()
    Authenticator.objects.filter(account=account).delete()
    account.set_unusable_password()
    account.save(update_fields=["password"])


def add_passkey(*, actor: Actor, sign_in: str, factor: NewPasskey, at: datetime) -> None:
    """Add a passkey to the actor's own account. Raises NotFresh, BadAnswer."""
    with gate.change(actor, Action.ADD_PASSKEY, Account, actor.who, at=at) as account:
        _must_be_fresh(actor, sign_in, at)
        keep(account, factor, at=at)
    _tell(account.email, factor.host, at)


def remove_passkey(*, actor: Actor, sign_in: str, ref: str, host: Host, at: datetime) -> None:
    """Remove one of the actor's own passkeys, unless it is the last way in. Raises Refused."""
    with gate.change(actor, Action.REMOVE_PASSKEY, Passkey, ref, at=at) as row:
        _must_be_fresh(actor, sign_in, at)
        account = Account.objects.select_for_update().get(pk=row.account_id)
        _must_leave_another(account)
        row.delete()
    _tell(account.email, host, at)


def add_authenticator(*, actor: Actor, sign_in: str, factor: NewPassword, host: Host, at: datetime) -> None:
    """Turn on password and authenticator app. Raises NotFresh, WrongCode."""
    with gate.change(actor, Action.ADD_AUTHENTICATOR, Account, actor.who, at=at) as account:
        _must_be_fresh(actor, sign_in, at)
        keep(account, factor, at=at)
    _tell(account.email, host, at)


def remove_authenticator(*, actor: Actor, sign_in: str, host: Host, at: datetime) -> None:
    """Turn off password and authenticator app, unless they are the last way in. Raises Refused."""
    with gate.change(actor, Action.REMOVE_AUTHENTICATOR, Account, actor.who, at=at) as account:
        _must_be_fresh(actor, sign_in, at)
        _must_leave_another(account)
        Authenticator.objects.filter(account=account).delete()
        account.set_unusable_password()
        account.save(update_fields=["password"])
    _tell(account.email, host, at)


def renew_codes(*, actor: Actor, sign_in: str, host: Host, at: datetime) -> tuple[str, ...]:
    """Make new recovery codes for the actor's own account. Raises NotFresh, JustMade."""
    with gate.change(actor, Action.RENEW_CODES, Account, actor.who, at=at) as account:
        _must_be_fresh(actor, sign_in, at)
        if account.recovery_codes.filter(made_at__gt=at - gate.SECOND_CLICK).exists():
            raise JustMade("New codes were made a moment ago")
        fresh = renew(account, at=at)
    _tell(account.email, host, at)
    return fresh


def _challenge(purpose: str, at: datetime) -> bytes:
    Challenge.objects.filter(made_at__lt=at - OPEN_FOR).delete()
    challenge = os.urandom(32)
    Challenge.objects.create(challenge=challenge, purpose=purpose, made_at=at)
    return challenge


def _take_challenge(answer: str, purpose: str, at: datetime) -> bytes:
    challenge = passkeys.challenge_of(answer=answer)
    if purpose == SIGN_IN:
        asked = _signed_at(challenge)
        if not at - OPEN_FOR <= asked <= at + OPEN_FOR:  # the clocks of two hosts differ a little
            raise BadAnswer("too late")
        Challenge.objects.filter(made_at__lt=at - OPEN_FOR).delete()
        taken = Challenge.objects.get_or_create(challenge=challenge, purpose=ANSWERED, made_at=asked)[1]
    else:
        asked_for = Challenge.objects.filter(challenge=challenge, purpose=purpose, made_at__gte=at - OPEN_FOR)
        taken = asked_for.delete()[0] == 1
    if not taken:
        raise BadAnswer("not asked, answered already, or too late")
    return challenge


def _signed_at(challenge: bytes) -> datetime:
    """Return the moment of a question of the page for signing in. Raises BadAnswer where this site did not sign it."""
    try:
        signed = signing.Signer(salt=SALT).unsign(challenge.decode("ascii"))
    except (signing.BadSignature, ValueError):
        raise BadAnswer("not asked") from None
    return datetime.fromtimestamp(int(signed.partition(".")[0]), UTC)


def _keep_passkey(account: Account, factor: NewPasskey, at: datetime) -> None:
    challenge = _take_challenge(factor.answer, f"new:{account.ref}", at)
    made = passkeys.made(host=factor.host, challenge=challenge, answer=factor.answer)
    row = Passkey(
        account=account,
        name=factor.name,
        credential_id=made.id,
        credential=made.data,
        counter=made.counter,
        added_at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise BadAnswer("known already") from None


def _keep_password(account: Account, factor: NewPassword, at: datetime) -> None:
    step = codes.step_of(factor.secret, typed=factor.code, at=at)
    if step is None:
        raise WrongCode
    sealed = sealing.seal(content=factor.secret, about=f"authenticator:{account.ref}")
    kept = {"secret": sealed, "last_step": step, "added_at": at}
    Authenticator.objects.update_or_create(account=account, defaults=kept)
    account.password = factor.password
    account.save(update_fields=["password"])


def hashed(password: str) -> str:
    """The hash of a password, as the site keeps it."""
    return make_password(password)


def _secret(held: Authenticator, account: Account) -> bytes:
    return sealing.unseal(sealed=bytes(held.secret), about=f"authenticator:{account.ref}")


def _must_be_fresh(actor: Actor, sign_in: str, at: datetime) -> None:
    confirmed = SignIn.objects.filter(
        ref=sign_in, grant__account__ref=actor.who, ended_at=None, confirmed_at__gte=at - FRESH
    )
    if not confirmed.exists():
        raise NotFresh


def _must_leave_another(account: Account) -> None:
    apps = Authenticator.objects.filter(account=account).count()
    if account.passkeys.count() + apps <= 1:
        raise Refused(LAST)


def _tell(to: str, host: Host, at: datetime) -> None:
    mail.tell(to=to, kind=Kind.CHANGED, link=f"{host.origin}/account/", at=at)
