"""Questions about areas."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts.areas.commands import called
from desist.accounts.areas.models import Area
from desist.accounts.models import RoleGrant
from desist.accounts.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class AreaRow:
    """One area. `ref` is empty where nobody added it on a page: a role was given in it from the console."""

    ref: str
    code: str
    name: str
    roles: int


def listed(*, actor: Actor, at: datetime) -> tuple[AreaRow, ...]:
    """Every area, with the number of roles that are held in it now."""
    rows = {row.code: row for row in gate.see(actor, Action.SEE_AREAS, Area, at=at)}
    held = list(RoleGrant.objects.filter(ended_at=None, account__left_at=None).values_list("area", flat=True))
    return tuple(
        AreaRow(rows[code].ref if code in rows else "", code, name, held.count(code))
        for code, name in called().items()
    )


def area(*, actor: Actor, ref: str, at: datetime) -> AreaRow:
    """One area, for naming it anew."""
    row = gate.open(actor, Action.SEE_AREAS, Area, ref, at=at).get()
    return AreaRow(row.ref, row.code, row.name, roles=0)
