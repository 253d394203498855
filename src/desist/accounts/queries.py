"""Questions about accounts."""

from dataclasses import dataclass

from desist.accounts.models import Account, RoleGrant
from desist.wall.actors import Role


@dataclass(frozen=True)
class Person:
    """Somebody of the synthetic area, offered on the demo's sign-in page."""

    grant: int
    name: str
    role: str
    area: str


def demo_people() -> tuple[Person, ...]:
    """Everybody who can sign in. Only ever shown in the demo."""
    grants = RoleGrant.objects.filter(ended_at=None, account__left_at=None).order_by("role", "account__name")
    rows = grants.values_list("pk", "account__name", "role", "area")
    return tuple(Person(pk, name, Role(role).label, area) for pk, name, role, area in rows)


def name(*, ref: str) -> str:
    """What the person with this reference is called; "somebody" where there is none."""
    return Account.objects.filter(ref=ref).values_list("name", flat=True).first() or "somebody"
