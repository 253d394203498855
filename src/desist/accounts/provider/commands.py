"""Changes that follow from what the identity provider says."""

from datetime import datetime

from desist.accounts.models import Account
from desist.accounts.policy import Action
from desist.accounts.provider.protocol import Person
from desist.accounts.refusals import NotLetIn
from desist.wall import actors, audit, gate


def let_in(*, person: Person, at: datetime) -> str:
    """Return the reference of an invited person's account; the command makes no account. Raises NotLetIn.

    From the first sign-in on, the provider's own name for the person must stay equal: an e-mail address may pass to
    another person one day.
    """
    account = Account.objects.filter(email=person.email).first()
    if account is None:
        raise _refused("unknown", "unknown", at)
    if account.left_at or account.subject not in {"", person.subject}:
        raise _refused(account.ref, "left" if account.left_at else "another person of this address", at)
    _know(account, person, at)
    return account.ref


def refused(*, why: str, at: datetime) -> None:
    """Record that the provider's answer failed its checks."""
    _refused("unknown", why, at)


def _know(account: Account, person: Person, at: datetime) -> None:
    """Keep the provider's name for a person; this uses up their open invitation."""
    actor = actors.entrance(account.ref)
    with gate.change(actor, Action.KNOW_BY_PROVIDER, Account, account.ref, at=at) as row:
        row.subject = person.subject
        row.save(update_fields=["subject"])
        row.invitations.filter(used_at=None, cancelled_at=None).update(used_at=at)


def _refused(who: str, why: str, at: datetime) -> NotLetIn:
    entry = audit.Entry(actors.entrance(who), Action.SIGN_IN, audit.row_name(Account), at)
    audit.record(entry, allowed=False, reason=f"provider: {why}")
    return NotLetIn(who)
