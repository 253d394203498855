"""Advocates, clients and what leads to them, for tests. Everybody here is invented."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desist.accounts.models import Account, RoleGrant
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import boxes
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, Victim
from desist.references import reference
from desist.wall.actors import Role

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
AREA = "northmere"
POLICE = "northmere-police"
#: what must never be seen before it is revealed
PHONE, EMAIL, HOME = "01632 960 077", "robin.hollow@harbour.example", "12 Quayside Steps\nNorthmere\nNM1 2AB"

_numbers = itertools.count(1)


def account(*, name: str = "Fable Trelissick", **fields: Any) -> Account:
    """Somebody who can sign in."""
    defaults = {"email": f"advocate{next(_numbers)}@example.org", "invited_at": NOW}
    return Account.objects.create(name=name, **defaults | fields)


def grant(*, account: Account, role: Role = Role.ADVOCATE, area: str = AREA) -> RoleGrant:
    """The role an account holds in an area."""
    return RoleGrant.objects.get_or_create(
        account=account,
        role=role.value,
        area=area,
        ended_at=None,
        defaults={"given_by": "carol", "given_at": NOW},
    )[0]


def advocate(*, account: Account, area: str = AREA, **fields: Any) -> Advocate:
    """A trained advocate."""
    defaults = {"name": account.name, "trained_on": date(2025, 9, 1)}
    return Advocate.objects.get_or_create(ref=account.ref, defaults={"area": area, **defaults | fields})[0]


def victim(
    *,
    advocate: Advocate | None = None,
    area: str = AREA,
    identity: Identity | None = None,
    locators: tuple[tuple[Kind, str], ...] = ((Kind.PHONE, PHONE), (Kind.EMAIL, EMAIL), (Kind.HOME, HOME)),
    **fields: Any,
) -> Victim:
    """Robin Hollow, who waits for a first contact, with what leads to them in the vault."""
    ref = reference()
    key, box = boxes.fresh(person=ref, at=NOW)
    key.save()
    who = identity or Identity(given_names="Robin", family_name="Hollow", safety="Text first")
    defaults = {
        "way_in": "self",
        "received_at": NOW - timedelta(hours=20),
        "recorded_by": "carol",
        "identity": boxes.lock(box, FIELD, ref, who),
    }
    row = Victim.objects.create(ref=ref, area=area, **defaults | fields)
    for kind, value in locators:
        boxes.locator(box=box, kind=kind, value=value, by="carol", at=NOW).save()
    if advocate:
        Allocation.objects.create(victim=row, advocate=advocate, made_by="carol", made_at=NOW)
    return row
