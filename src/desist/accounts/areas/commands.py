"""The changes of the list of areas."""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from desist.accounts.areas.models import Area
from desist.accounts.models import RoleGrant
from desist.accounts.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor


class AreaTaken(Refused):
    """Two areas cannot have one name."""

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"There is an area named {name} already", field="name")


def called() -> dict[str, str]:
    """Code -> name of every area: those that were added, and those in which any account ever held a role."""
    held = RoleGrant.objects.order_by("area").values_list("area", flat=True).distinct()
    found = {code: code for code in held} | dict(Area.objects.values_list("code", "name"))
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def add(*, actor: Actor, name: str, at: datetime) -> None:
    """Add an area, in which roles can be given from now on. Raises AreaTaken."""
    _refuse_taken(name)
    row = Area(code=name, name=name, added_by=actor.who, added_at=at)
    try:
        with gate.create(actor, Action.ADD_AREA, row, at=at):
            pass
    except IntegrityError:
        raise AreaTaken(name) from None


def keep(name: str, *, by: str, at: datetime) -> None:
    """List the area of a role that is being given, where nobody added it before."""
    if not Area.objects.filter(Q(code=name) | Q(name=name)).exists():
        Area.objects.create(code=name, name=name, added_by=by, added_at=at)


def rename(*, actor: Actor, ref: str, name: str, at: datetime) -> None:
    """Give an area another name on pages. Raises AreaTaken."""
    try:
        with gate.change(actor, Action.RENAME_AREA, Area, ref, at=at) as row:
            if name != row.name:
                _refuse_taken(name, but=row.code)
            row.name = name
            row.save(update_fields=["name"])
    except IntegrityError:
        raise AreaTaken(name) from None


def _refuse_taken(name: str, *, but: str = "") -> None:
    """Refuse the code of another area, or its name in another case; the table refuses the name itself, from two forms at once as well."""
    named = Area.objects.exclude(code=but).values_list("name", flat=True)
    taken = {word.casefold() for code, shown in called().items() if code != but for word in (code, shown)}
    if name not in set(named) and name.casefold() in taken:
        raise AreaTaken(name)
