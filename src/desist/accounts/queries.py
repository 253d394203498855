"""Questions about accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from desist import deployment
from desist.accounts.areas.commands import called as areas_called
from desist.accounts.likeness import queries as likeness
from desist.accounts.likeness.queries import Alike
from desist.accounts.limits import ABSOLUTE
from desist.accounts.models import Account, Authenticator, Passkey, RoleGrant, SignIn
from desist.accounts.policy import Action
from desist.sites import Zone
from desist.wall import gate
from desist.wall.actors import Actor, Role, roles_of
from desist.wall.statements import Statement, texts

#: the name of a person on pages that they read about themselves
YOU = "you"
#: what stands for the name of an account that is not known
UNKNOWN = "a colleague"


@dataclass(frozen=True)
class Person:
    """A person of the synthetic area, offered on the demo's sign-in page."""

    grant: int
    account: str
    name: str
    role: str
    area: str


@dataclass(frozen=True)
class Contact:
    """A person's name and e-mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class AtWork:
    """An account that holds a role, and its last sign-in, or the day it got the role where it never signed in."""

    account: str
    email: str
    role: Role
    area: str
    since: datetime


@dataclass(frozen=True)
class Began:
    """An account that holds a role in an area, and since when."""

    account: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Sitting:
    """One of the actor's own sessions."""

    ref: str
    device: str
    role: str
    began_at: datetime
    last_seen_at: datetime
    here: bool


@dataclass(frozen=True)
class HeldRole:
    """A role that an account holds, or held."""

    ref: str
    role: str
    area: str
    given_at: datetime
    given_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Line:
    """One account in the administrator's list."""

    ref: str
    name: str
    email: str
    roles: tuple[str, ...]
    left_at: datetime | None
    joined: bool


@dataclass(frozen=True)
class People:
    """Every account of the site."""

    lines: tuple[Line, ...]
    alike: tuple[Alike, ...]


@dataclass(frozen=True)
class Page:
    """One account as the administrator sees it. `own` is the administrator's own, which another one has to change."""

    ref: str
    name: str
    email: str
    left_at: datetime | None
    roles: tuple[HeldRole, ...]
    own: bool


def demo_people() -> tuple[Person, ...]:
    """Every account that can sign in. Only the demo shows this."""
    grants = RoleGrant.objects.filter(ended_at=None, account__left_at=None).order_by("role", "account__name")
    rows = grants.values_list("pk", "account__ref", "account__name", "role", "area")
    return tuple(Person(pk, ref, name, Role(role).label, area) for pk, ref, name, role, area in rows)


def name(*, ref: str) -> str:
    """The name of the account with this reference, also after its owner left; a plain word for an unknown reference."""
    return names(refs=[ref]).get(ref) or UNKNOWN


def as_read_by(actor: Actor, ref: str) -> str:
    """The name of the account with this reference, as the actor reads it: "you" for the actor's own."""
    return YOU if ref == actor.who else name(ref=ref)


def all_as_read_by(actor: Actor, refs: Iterable[str]) -> dict[str, str]:
    """The names of several accounts as the actor reads them, by reference, in one statement."""
    wanted = set(refs)
    known = names(refs=wanted - {actor.who})
    return {ref: YOU if ref == actor.who else known.get(ref, UNKNOWN) for ref in wanted}


def names(*, refs: Iterable[str]) -> dict[str, str]:
    """The names of the accounts with these references, by reference; unknown references are left out."""
    wanted = set(refs)
    return dict(NAMES.rows(refs=list(wanted))) if wanted else {}


NAMES = Statement(lambda: Account.objects.filter(ref__in=texts("refs")).values_list("ref", "name"))


def contact(*, ref: str) -> Contact:
    """Name and e-mail address of the person with this reference, for their own pages."""
    return Contact(*Account.objects.values_list("name", "email").get(ref=ref))


def supervisors(*, area: str) -> tuple[tuple[str, str], ...]:
    """Every account that holds a supervisor's role in an area now: reference and name."""
    return holders(role=Role.SUPERVISOR, area=area)


def practitioners(*, area: str) -> tuple[tuple[str, str], ...]:
    """Every account that holds a practitioner's role in an area now: reference and name."""
    return holders(role=Role.PRACTITIONER, area=area)


def holders(*, role: Role, area: str) -> tuple[tuple[str, str], ...]:
    """Every account that holds a role in an area now: reference and name."""
    held = RoleGrant.objects.filter(role=role, area=area, ended_at=None, account__left_at=None)
    return tuple(held.order_by("account__name", "pk").values_list("account__ref", "account__name"))


def administrators() -> tuple[str, ...]:
    """The names of the administrators of the site now, for the page that says who to ring."""
    held = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, account__left_at=None)
    return tuple(held.order_by("account__name").values_list("account__name", flat=True).distinct())


def everybody_at_work() -> tuple[AtWork, ...]:
    """Every role held now by an account whose owner has not left."""
    return _working(AT_WORK.rows())


def began(*, area: str, roles: Iterable[Role]) -> tuple[Began, ...]:
    """The accounts that hold one of the roles in an area now, once for each role, the first given first."""
    held = RoleGrant.objects.filter(area=area, role__in=list(roles), ended_at=None, account__left_at=None)
    found = held.order_by("given_at", "pk").values_list("account__ref", "account__name", "given_at")
    return tuple(Began(*one) for one in found)


def at_work(*, account: str) -> AtWork | None:
    """One of the roles that an account holds now; None where its owner left."""
    return next(iter(_working(_at_work(RoleGrant.objects.filter(account__ref=account)))), None)


def sittings(*, actor: Actor, here: str, at: datetime) -> tuple[Sitting, ...]:
    """The actor's own open sessions, this one (`here`) first."""
    rows = gate.see(actor, Action.SEE_ACCOUNT, SignIn, at=at)
    rows = rows.filter(ended_at=None, began_at__gt=at - ABSOLUTE, grant__ended_at=None)
    found = rows.order_by("-last_seen_at").values_list(
        "ref", "device", "grant__role", "began_at", "last_seen_at"
    )
    all_of_them = [
        Sitting(ref, device, Role(role).label, began, seen, here=ref == here)
        for ref, device, role, began, seen in found
    ]
    return tuple(sorted(all_of_them, key=lambda one: not one.here))


def own_roles(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The roles that the actor can switch to, as choices: reference and words, without the present one."""
    rows = gate.see(actor, Action.SEE_OWN_ROLES, RoleGrant, at=at).exclude(role=actor.role, area=actor.area)
    found = rows.order_by("role", "area").values_list("ref", "role", "area")
    called = areas_called()
    return tuple((ref, f"{Role(role).label}, {called[area]}") for ref, role, area in found)


def people(*, actor: Actor, at: datetime) -> People:
    """Every account of the site, those that left at the end, and the pairs that look like one person."""
    rows = gate.see(actor, Action.SEE_PEOPLE, Account, at=at).annotate(
        held=Exists(Passkey.objects.filter(account=OuterRef("pk")))
        | Exists(Authenticator.objects.filter(account=OuterRef("pk")))
    )
    found = list(rows.prefetch_related("grants").order_by("name", "pk"))
    called = areas_called()
    lines = [
        Line(row.ref, row.name, row.email, _current(row, called), row.left_at, row.held or _anyhow())
        for row in found
    ]
    return People(
        lines=tuple(sorted(lines, key=lambda line: line.left_at is not None)),
        alike=likeness.among(found, reader=actor.who),
    )


def person(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One account with every role it ever held."""
    row = gate.open(actor, Action.SEE_PERSON, Account, ref, at=at).get()
    grants = list(row.grants.order_by("-given_at", "role"))
    names = dict(
        Account.objects.filter(ref__in={grant.given_by for grant in grants}).values_list("ref", "name")
    )
    called = areas_called()
    roles = tuple(
        HeldRole(
            grant.ref,
            Role(grant.role).label,
            called[grant.area],
            grant.given_at,
            names.get(grant.given_by, "the people who set the site up"),
            grant.ended_at,
        )
        for grant in grants
    )
    return Page(row.ref, row.name, row.email, row.left_at, roles, own=row.ref == actor.who)


def areas() -> tuple[tuple[str, str], ...]:
    """The areas of the site, as choices: the code of each and its name."""
    return tuple(areas_called().items())


def area_name(code: str) -> str:
    """The name of an area on pages."""
    return areas_called().get(code, code)


def roles_here() -> tuple[tuple[str, str], ...]:
    """The roles that people can hold on this side of the wall, as choices."""
    return tuple((role.value, role.label) for role in roles_of(Zone(settings.DESIST_ZONE)))


def _at_work(rows: QuerySet[RoleGrant]) -> QuerySet[RoleGrant, tuple[Any, ...]]:
    last = SignIn.objects.filter(grant__account=OuterRef("account")).order_by("-began_at").values("began_at")
    held = rows.filter(ended_at=None, account__left_at=None).annotate(last=Subquery(last[:1]))
    return held.order_by("pk").values_list(
        *("account__ref", "account__email", "role", "area", "given_at", "last")
    )


AT_WORK = Statement(lambda: _at_work(RoleGrant.objects.all()))


def _working(found: Iterable[tuple[Any, ...]]) -> tuple[AtWork, ...]:
    return tuple(
        AtWork(ref, email, Role(role), area, last or given) for ref, email, role, area, given, last in found
    )


def _anyhow() -> bool:
    """Whether people can sign in without a factor of their own: by the provider, or in the demo by name."""
    return deployment.is_demo() or settings.DESIST_PROVIDER is not None


def _current(account: Account, called: Mapping[str, str]) -> tuple[str, ...]:
    """The present roles of an account, in words, from rows that were fetched already."""
    held = [grant for grant in account.grants.all() if grant.ended_at is None]
    return tuple(
        f"{Role(grant.role).label}, {called[grant.area]}" for grant in sorted(held, key=lambda one: one.pk)
    )
