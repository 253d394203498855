"""Advocates, clients and what leads to them, for tests. Everybody here is invented."""

from datetime import date, timedelta
from typing import Any

from tests.staff import AREA, NOW, account

from desist.accounts.models import Account
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import boxes
from desist.advocacy.vault.models import Locator, RevealAlert
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, Victim
from desist.references import reference

__all__ = ["AREA", "NOW", "account"]

POLICE = "northmere-police"
#: what must never be seen before it is revealed
PHONE, EMAIL, HOME = "01632 960 077", "robin.hollow@harbour.example", "12 Quayside Steps\nNorthmere\nNM1 2AB"


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
        boxes.locator(box=box, victim=row, kind=kind, value=value, by="carol", at=NOW).save()
    if advocate:
        Allocation.objects.create(victim=row, advocate=advocate, made_by="carol", made_at=NOW)
    return row


def locator(*, victim: str, kind: Kind = Kind.PHONE) -> Locator:
    """One of the things that lead to a client."""
    return Locator.objects.get(victim__ref=victim, kind=kind)


def reveal_alert(*, area: str = AREA) -> RevealAlert:
    """Somebody revealed more than the budget."""
    return RevealAlert.objects.create(account=reference(), area=area, day=NOW.date(), count=20)
