"""Questions about restricted cases, each with a frozen answer: references and names of staff alone."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts.models import Account
from desist.references import spoken
from desist.restrictions.policy import Action
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.models import Exclusion, Restriction, Reviewer

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One restricted case."""

    ref: str
    spoken: str
    reason: str
    made_by: str
    made_at: datetime
    ended_at: datetime | None
    named: tuple[str, ...]  # accounts
    names: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    """The person to ask; empty where none is named yet."""

    name: str
    phone: str
    can_change: bool
    in_emergency: bool  # whether the actor may open a case in an emergency


def restrictions(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Restrictions in force first, then ended ones; at most PAGE."""
    rows = gate.see(actor, Action.SEE_RESTRICTIONS, Restriction, at=at)
    return tuple(map(_row, rows.order_by("-ended_at", "-made_at", "pk")[:PAGE]))


def restriction(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One restricted case."""
    return _row(gate.open(actor, Action.SEE_RESTRICTION, Restriction, ref, at=at).get())


def people() -> tuple[tuple[str, str], ...]:
    """Every account that holds a role here now, as choices."""
    found = Account.objects.filter(left_at=None, grants__ended_at=None).order_by("name", "pk").distinct()
    return tuple(found.values_list("ref", "name"))


def reviewer(*, actor: Actor, at: datetime) -> Contact:
    """The person whom staff ask who do not find an expected case."""
    rows = gate.see(actor, Action.SEE_REVIEWER, Reviewer, at=at).filter(ended_at=None)
    name, phone = rows.values_list("name", "phone").first() or ("", "")
    may = (actor.role in policy.rule(one).roles for one in (Action.NAME_REVIEWER, Action.OPEN_IN_EMERGENCY))
    return Contact(name, phone, *may)


def _row(one: Restriction) -> Row:
    listed = Exclusion.objects.filter(case=one.case, allowed=True).values_list("account", flat=True)
    known = dict(Account.objects.filter(ref__in=[*listed, one.made_by]).values_list("ref", "name"))
    named = tuple(sorted(listed, key=lambda account: known.get(account, "")))
    return Row(
        ref=one.ref,
        spoken=spoken(one.case),
        reason=one.reason,
        made_by=known.get(one.made_by, "a colleague"),
        made_at=one.made_at,
        ended_at=one.ended_at,
        named=named,
        names=tuple(known.get(account, "a colleague") for account in named),
    )
