"""Staff who must not see a case, and cases that only named staff may see."""

from typing import Any

from django.db.models import Q, QuerySet

from desist.wall.actors import Actor
from desist.wall.models import Exclusion, Restriction


def unhindered(actor: Actor, case: str) -> Q:
    """The part of every scope about a case: not excluded from it and, where it is restricted, on its list.

    `case` is the lookup from the row to its case reference, such as "ref" or "episode__referral__ref". The system's own
    hands are not persons and are never excluded.
    """
    if actor.is_system:
        return Q()
    denied = Exclusion.objects.filter(account=actor.who, allowed=False).values("case")
    listed = Exclusion.objects.filter(account=actor.who, allowed=True).values("case")
    return ~Q(**{f"{case}__in": denied}) & (
        ~Q(**{f"{case}__in": restricted()}) | Q(**{f"{case}__in": listed})
    )


def restricted() -> QuerySet[Restriction, Any]:
    """The references of the cases that only named staff may see now, as part of another statement."""
    return Restriction.objects.filter(ended_at=None).values("case")
