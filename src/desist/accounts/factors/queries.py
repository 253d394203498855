"""Questions about the factors that people sign in with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from desist.accounts.factors.commands import FRESH
from desist.accounts.models import Account, Authenticator, SignIn
from desist.accounts.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor

SHORTEST = 12  # characters of a password
SENTENCES = {
    "password_too_short": f"Your password must have at least {SHORTEST} characters",
    "password_too_common": "This password is commonly used, so it is among the first that others try. Choose another",
    "password_entirely_numeric": "Your password must not be only digits",
    "password_too_similar": "Your password must not be like your name or e-mail address",
}


@dataclass(frozen=True)
class Held:
    """One passkey in its owner's list."""

    ref: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """Every factor of an account. `only`: one way in is left, which cannot be removed."""

    passkeys: tuple[Held, ...]
    authenticator_since: datetime | None
    codes_left: int

    @property
    def only(self) -> bool:
        """Whether there is a single way in."""
        return len(self.passkeys) + bool(self.authenticator_since) <= 1


def own(*, actor: Actor, at: datetime) -> Factors:
    """The actor's own factors."""
    account = gate.open(actor, Action.SEE_FACTORS, Account, actor.who, at=at).get()
    rows = account.passkeys.order_by("added_at", "pk")
    held = tuple(Held(row.ref, row.name, row.added_at, row.used_at) for row in rows)
    app = Authenticator.objects.filter(account=account).first()
    left = account.recovery_codes.filter(used_at=None).count()
    return Factors(held, app.added_at if app else None, left)


def has_password(*, account: str) -> bool:
    """Whether an account signs in by password and authenticator app, with or without a passkey."""
    return Authenticator.objects.filter(account__ref=account).exists()


def is_fresh(*, sign_in: str, at: datetime, within: timedelta = FRESH) -> bool:
    """Whether the actor confirmed who they are no longer ago than `within`."""
    return SignIn.objects.filter(ref=sign_in, confirmed_at__gt=at - within).exists()


def weaknesses(*, password: str, name: str, email: str) -> tuple[str, ...]:
    """The reasons to refuse a password, a sentence each; none for a good one."""
    try:
        validate_password(password, Account(name=name, email=email))
    except ValidationError as refused:
        return tuple(SENTENCES[str(one.code)] for one in refused.error_list)
    return ()


def passwords_allowed() -> bool:
    """Whether this site lets people use a password with an authenticator app."""
    return bool(settings.DESIST_PASSWORDS)
