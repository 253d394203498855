"""The access matrix of a zone: every route, for every role, in the own and in another area.

A zone's test_access.py holds one table of makers: each makes the rows that a route's address names, for an account to
look at. A route without references needs none; any other route without a maker raises NoAddress.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from typing import Any, TypeAlias
from urllib.parse import unquote

from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, is_valid_path, reverse
from django.utils import timezone

from desist.accounts.alerts.commands import raise_
from desist.accounts.alerts.states import Kind
from desist.accounts.models import Account, AccountAlert, Area, ToldApart
from desist.audit.models import Download
from desist.declarations.models import InterestDeclaration
from desist.merges import records
from desist.merges.models import Merge
from desist.post.models import Agreement, ByHandTask, Inbox, Partner
from desist.post.transports import Transport
from desist.references import LENGTH, reference
from desist.sites import Zone
from desist.tasks.models import Task
from desist.wall import policy
from desist.wall.actors import Role, roles_of
from desist.wall.middleware import FIRST_PAGES
from desist.wall.models import Exclusion, Restriction
from desist.zones import base
from tests import staff

#: What a role of the route's rule may be answered: the page, an empty answer, a redirect, or that it takes only POST.
ANSWERS = {200, 204, 302, 405}
#: texts that are no reference, as they stand in an address: too long for any, or with characters no database takes
NO_REFERENCES = ("x" * 90, "%00")
HOME, LOCK = "home:home", "accounts:lock"  # the page to unlock says 401 to every account


class NoAddress(Exception):
    """A route that names rows has no maker: add one to the zone's test_access.py."""


@dataclass(frozen=True)
class Stand:
    """The account for which rows are made, and their area: the account's own, or another in which nothing is theirs."""

    account: Account
    area: str

    @property
    def own(self) -> bool:
        """Return whether the account is to see the rows."""
        return self.area == staff.AREA


#: route, or slice -> the values that stand in its address, in order
Makers: TypeAlias = Mapping[str, Callable[[Stand], list[str]]]


def routes(zone: Zone) -> list[str]:
    """Every route of a zone that asks for sign-in, with those of the accounts and the post."""
    return [route for table in base.policies(zone) for route in getattr(import_module(table), "ROUTES", ())]


def answers(*, zone: Zone, route: str, makers: Makers, account: Account) -> dict[Role, str]:
    """Return the site's answer to every role of the zone in its own area: "the page", "on to ADDRESS" or a status."""
    address = reverse(route, args=_arguments(route, makers, Stand(account, staff.AREA)))
    return {role: _answer(staff.browser(account=account, role=role), address) for role in roles_of(zone)}


def expected(*, zone: Zone, route: str) -> dict[Role, str]:
    """Return the answer that every role should get under the policy."""
    roles = policy.rule(policy.routes()[route]).roles
    refused = {
        role: f"on to {reverse(FIRST_PAGES.get(role, 'accounts:account'))}" if route == HOME else "403"
        for role in roles_of(zone)
    }
    return {role: "the page" if role in roles else refused[role] for role in roles_of(zone)}


def absent_and_out_of_scope(
    *, zone: Zone, route: str, makers: Makers, account: Account
) -> list[tuple[Role, str, tuple[int, bytes], tuple[int, bytes]]]:
    """Return, for each role of the rule, by GET and POST, the answers for a row of another area and for an absent one.

    One role also asks with texts that are no reference. A row of the whole site is in every account's scope; there
    the absent row is compared with itself.
    """
    arguments = _arguments(route, makers, Stand(account, staff.ELSEWHERE))
    absent = [_absent(one) for one in arguments]
    nowhere = reverse(route, args=absent)
    there = nowhere if route in WHOLE_SITE else reverse(route, args=arguments)
    found = []
    everywhere = EVERYWHERE.get(route.partition(":")[0], frozenset())
    roles = (policy.rule(policy.routes()[route]).roles & set(roles_of(zone))) - everywhere
    for number, role in enumerate(sorted(roles) if arguments else ()):
        browser = staff.browser(account=account, role=role)
        odd = _no_references(nowhere, set(absent) - set(arguments)) if number == 0 else []
        for name, send in (("GET", browser.get), ("POST", browser.post)):
            second = _told(send(nowhere))
            found += [(role, f"{name} {address}", _told(send(address)), second) for address in (there, *odd)]
    return found


def _told(response: Any) -> tuple[int, bytes]:
    return response.status_code, response.content


def _no_references(address: str, absent: set[str]) -> list[str]:
    """Return the address with a text that is no reference in place of each reference, where the route still matches."""
    return [
        odd
        for one in absent
        for text in NO_REFERENCES
        if is_valid_path(unquote(odd := address.replace(one, text)))
    ]


def without_sign_in(*, route: str, makers: Makers, account: Account) -> str:
    """Return the address to which a route sends a visitor who is not signed in."""
    address = reverse(route, args=_arguments(route, makers, Stand(account, staff.AREA)))
    return Client().get(address).headers.get("Location", "")


def _arguments(route: str, makers: Makers, stand: Stand) -> list[str]:
    slice_name = route.partition(":")[0]
    for known in (makers, COMMON):
        for name in (route, slice_name):
            if name in known and not _is_plain(route):
                return known[name](stand)
    if _is_plain(route):
        return []
    raise NoAddress(route)


def _is_plain(route: str) -> bool:
    """Return whether the address names no row."""
    try:
        reverse(route)
    except NoReverseMatch:
        return False
    return True


def _absent(argument: str) -> str:
    """Return another reference of the same form; an argument that is no reference (a section's key) stays."""
    try:
        uuid.UUID(argument)
    except ValueError:
        return reference() if len(argument) == LENGTH and argument.isalnum() else argument
    return str(uuid.uuid4())


def _answer(browser: Client, address: str) -> str:
    response = browser.get(address)
    onward = response.headers.get("Location", "")
    if address == "/" and onward:
        return f"on to {onward}"
    if response.status_code == HTTPStatus.UNAUTHORIZED and address == reverse(LOCK):
        return "the page"
    if response.status_code not in ANSWERS or "?next=" in onward:
        return str(response.status_code)
    return "the page"


def _sign_in(stand: Stand) -> list[str]:
    whose = stand.account if stand.own else staff.account(name="Noor Hale")
    return [staff.sign_in(account=whose, role=Role.ADMINISTRATOR).ref]


def _somebody(stand: Stand) -> list[str]:
    del stand
    return [staff.account(name="Ola Reed").ref]


def _somebodys_role(stand: Stand) -> list[str]:
    (ref,) = _somebody(stand)
    return [ref, staff.grant(account=Account.objects.get(ref=ref), role=Role.DATA_PROTECTION_OFFICER).ref]


def _pair(stand: Stand) -> list[str]:
    return [*_somebody(stand), staff.account(name="O Reed").ref]


def _told_apart(stand: Stand) -> list[str]:
    one, other = sorted(_pair(stand))
    asker = "carol" if stand.own else stand.account.ref
    return [
        ToldApart.objects.create(
            one=one, other=other, reason="Known in person", asked_by=asker, asked_at=staff.NOW
        ).ref
    ]


def _passkey(stand: Stand) -> list[str]:
    whose = stand.account if stand.own else staff.account(name="Noor Hale")
    return [staff.passkey(account=whose).ref]


def _invitation(stand: Stand) -> list[str]:
    (ref,) = _somebody(stand)
    return [ref, staff.invitation(account=Account.objects.get(ref=ref)).ref]


def _partner(area: str) -> Partner:
    return Partner.objects.create(
        name=f"some-partner-{reference()}",
        zone="partnership",
        title="Some partner",
        transport=Transport.BY_HAND,
        phone="01632 960 001",
        area=area,
        added_at=staff.NOW,
    )


def _dead_envelope(stand: Stand) -> list[str]:
    del stand
    dead = Inbox.objects.create(
        ref=uuid.uuid4(), sender="some-partner", sealed=b"words", at=staff.NOW, dead_at=staff.NOW, tries=1
    )
    return [str(dead.ref)]


def _task(stand: Stand) -> list[str]:
    task = ByHandTask.objects.create(
        partner=_partner(stand.area), kind="alert", text="Call.", made_at=staff.NOW, due_at=staff.NOW
    )
    return [task.ref]


def agreement(*, area: str) -> Agreement:
    """A sharing agreement of an area."""
    return Agreement.objects.create(
        area=area,
        title="Sharing agreement",
        parties=["some-partner"],
        purposes=["safety"],
        lawful_basis="Public task",
        begins_on=staff.NOW.date(),
        review_on=staff.NOW.date(),
        submission=reference(),
        kept_by="carol",
        kept_at=staff.NOW,
    )


def _area(stand: Stand) -> list[str]:
    """An area of the site."""
    name = f"Area {reference()}"
    return [Area.objects.create(code=name, name=name, added_by="carol", added_at=staff.NOW).ref]


def account_alert(*, about: Account) -> AccountAlert:
    """An alert about an account that works in the area."""
    staff.grant(account=about, role=Role.DATA_PROTECTION_OFFICER)
    raise_(kind=Kind.UNASSIGNED, about=about.ref, at=staff.NOW, count=31)
    return AccountAlert.objects.get(account=about.ref)


def _account_alert(stand: Stand) -> list[str]:
    """An alert about another person; where the account may not look into it, about the account itself."""
    return [account_alert(about=staff.account(name="Ola Reed") if stand.own else stand.account).ref]


def download(*, asked_by: Account, area: str = staff.AREA) -> Download:
    """A file that an account asked for."""
    return Download.objects.create(
        kind="audit.events",
        title="Audit",
        criteria={"purpose": "lawfulness"},
        why="A complaint",
        asked_by=asked_by.ref,
        area=area,
        asked_at=timezone.now(),
        submission=reference(),
    )


def _own_task(stand: Stand) -> list[str]:
    """A task about no case that the account gave itself."""
    row = Task(
        area=stand.area,
        due_on=staff.NOW.date(),
        given_by=stand.account.ref,
        given_at=staff.NOW,
        held_by=stand.account.ref,
        submission=reference(),
    )
    row.words = "Ring the housing officer"
    row.save()
    return [row.ref]


def merge(*, first: Model, second: Model, area: str = staff.AREA, **fields: Any) -> Merge:
    """Two records that a colleague compared: they wait for a second person."""
    kind = next(one for one in records.of_zone() if one.model is type(first))
    known: dict[str, Any] = {"asked_by": "carol", "asked_at": staff.NOW, "submission": reference()}
    row = Merge(table=kind.table, first=first.ref, second=second.ref, area=area, **known | fields)  # type: ignore[attr-defined]  # each record has a reference
    row.reason, row.facts = "Same date of birth", [kind.read(first), kind.read(second)]
    row.save()
    return row


def _file_to_take(stand: Stand) -> list[str]:
    return [download(asked_by=stand.account if stand.own else staff.account(name="Ola Reed")).ref]


def _file_to_release(stand: Stand) -> list[str]:
    return [download(asked_by=staff.account(name="Ola Reed") if stand.own else stand.account).ref]


def _restriction(stand: Stand) -> list[str]:
    """A restricted case, which names the account that looks where the case is theirs."""
    row = Restriction.objects.create(
        case=reference(), reason="a party is police", made_by="carol", made_at=staff.NOW
    )
    if stand.own:
        Exclusion.objects.create(
            case=row.case,
            account=stand.account.ref,
            allowed=True,
            reason="",
            made_by="carol",
            made_at=staff.NOW,
        )
    return [row.ref]


def _interest(stand: Stand) -> list[str]:
    """A case that a colleague of the area declared."""
    known = {"area": stand.area, "named": "acdefghjkl", "case": "acdefghjkl", "declared_at": staff.NOW}
    row = InterestDeclaration.objects.create(account="somebody", submission=reference(), **known)
    return [row.ref]


#: the rows of pages that every zone has
COMMON: Makers = {
    "accounts:end-sign-in": _sign_in,
    "accounts:end-role": _somebodys_role,
    "accounts:remove-passkey": _passkey,
    "accounts:cancel-invitation": _invitation,
    "accounts:close-alert": _account_alert,
    "accounts:tell-apart": _pair,
    "accounts:confirm-apart": _told_apart,
    "accounts:end-apart": _told_apart,
    "accounts:rename-area": _area,
    "downloads:take": _file_to_take,
    "downloads:decide": _file_to_release,
    "accounts": _somebody,
    "restrictions": _restriction,
    "tasks": _own_task,
    "declarations:check": _interest,
    "post:retry": _dead_envelope,
    "post:set-aside": _dead_envelope,
    "post:retry-all": lambda stand: [_partner(stand.area).ref],
    "post:partner": lambda stand: [_partner(stand.area).ref],
    "post:tell": _task,
    "post:agreement": lambda stand: [agreement(area=stand.area).ref],
    "post:end-agreement": lambda stand: [agreement(area=stand.area).ref],
}
#: slice -> roles that see every row of the site in it, by its reference alone
EVERYWHERE = {"restrictions": frozenset({Role.ADMINISTRATOR})}
#: routes whose rows belong to the site and not to an area
WHOLE_SITE = frozenset(
    {
        *("accounts:person", "accounts:give-role", "accounts:end-role", "accounts:leave"),
        *("accounts:tell-apart", "accounts:end-apart", "accounts:rename-area"),
        *("accounts:link", "accounts:invite-again", "accounts:reset", "accounts:cancel-invitation"),
        *("post:retry", "post:retry-all", "post:set-aside", "post:partner"),
    }
)
