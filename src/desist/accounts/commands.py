"""The changes of accounts, roles and sign-ins."""

from datetime import datetime

from django.conf import settings

from desist.accounts.models import Account, RoleGrant, SignIn
from desist.accounts.policy import Action
from desist.refusals import Refused
from desist.sites import Zone
from desist.wall import gate
from desist.wall.actors import Actor, Role, roles_of


class NotARoleHere(Refused):
    """This side of the wall has no such role."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Nobody can hold this role on this side. Choose another one", field="role")


class HasLeft(Refused):
    """An account whose owner left gets no roles and has nothing to reset."""

    def __init__(self, name: str) -> None:
        """Say who left."""
        super().__init__(f"{name} has left the site, so this can no longer be done")


def end_sign_in(*, actor: Actor, ref: str, at: datetime) -> None:
    """End one of the actor's own sessions on another device: its next request is not signed in."""
    with gate.change(actor, Action.END_SIGN_IN, SignIn, ref, at=at) as row:
        _end(row, by=actor.who, at=at)


def sign_out(*, actor: Actor, ref: str, at: datetime) -> None:
    """End this session."""
    with gate.change(actor, Action.SIGN_OUT, SignIn, ref, at=at) as row:
        _end(row, by=actor.who, at=at)


def switch_role(*, actor: Actor, sign_in: str, grant: str, at: datetime) -> None:
    """Switch to another role that the actor holds; the event names the role left and the role taken."""
    with gate.change(actor, Action.SWITCH_ROLE, RoleGrant, grant, at=at) as row:
        SignIn.objects.filter(ref=sign_in, grant__account__ref=actor.who, ended_at=None).update(grant=row)


def give_role(*, actor: Actor, ref: str, role: str, area: str, at: datetime) -> None:
    """Give another person a role in an area."""
    if role not in roles_of(Zone(settings.DESIST_ZONE)):
        raise NotARoleHere
    with gate.change(actor, Action.GIVE_ROLE, Account, ref, at=at) as account:
        if account.left_at:
            raise HasLeft(account.name)
        if account.grants.filter(role=role, area=area, ended_at=None).exists():
            raise Refused(f"{account.name} already holds this role in this area")
        RoleGrant.objects.create(account=account, role=Role(role), area=area, given_by=actor.who, given_at=at)


def end_role(*, actor: Actor, ref: str, at: datetime) -> None:
    """End another account's role and every session that uses it."""
    with gate.change(actor, Action.END_ROLE, RoleGrant, ref, at=at) as grant:
        if grant.ended_at:
            raise Refused("A colleague ended that role before you")
        grant.ended_at = at
        grant.save(update_fields=["ended_at"])
        grant.sign_ins.filter(ended_at=None).update(ended_at=at, ended_by=actor.who)


def record_leaver(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that a person left: their roles and sessions end at once; their past actions keep their name."""
    with gate.change(actor, Action.RECORD_LEAVER, Account, ref, at=at) as account:
        if account.left_at:
            raise Refused("A colleague recorded this before you")
        account.left_at = at
        account.save(update_fields=["left_at"])
        account.grants.filter(ended_at=None).update(ended_at=at)
        account.invitations.filter(used_at=None, cancelled_at=None).update(cancelled_at=at)
        open_ones = SignIn.objects.filter(grant__account=account, ended_at=None)
        open_ones.update(ended_at=at, ended_by=actor.who)


def _end(row: SignIn, *, by: str, at: datetime) -> None:
    """End a session once; do nothing where it had already ended."""
    if row.ended_at is None:
        row.ended_at, row.ended_by = at, by
        row.save(update_fields=["ended_at", "ended_by"])
