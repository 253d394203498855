"""What a site still lacks before its first case."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string

from desist.accounts.areas.commands import called
from desist.accounts.models import RoleGrant
from desist.sites import Zone
from desist.wall.actors import Role

#: what is missing, and the route where an administrator enters it; "" where another role does
Missing: TypeAlias = tuple[str, str]
INVITE = "accounts:invite"
#: the roles without which nothing can be done in an area
NEEDED: dict[Zone, tuple[Role, ...]] = {
    Zone.PROGRAMME: (Role.MANAGER, Role.PRACTITIONER, Role.SUPERVISOR),
    Zone.PARTNERSHIP: (Role.OFFICER, Role.ORDER_COORDINATOR, Role.FORCE_LEAD),
    Zone.ADVOCACY: (Role.ADVOCACY_MANAGER, Role.ADVOCATE),
    Zone.COMMISSION: (Role.COMMISSIONER,),
}


def before_you_begin() -> tuple[Missing, ...]:
    """Everything that is missing, slice by slice (DESIST_BEFORE); nothing where work can begin."""
    slices: list[Callable[[], Iterator[Missing]]] = [import_string(name) for name in settings.DESIST_BEFORE]
    return tuple(row for missing in slices for row in missing())


def people() -> Iterator[Missing]:
    """The people who are missing: for the whole site, then in each area."""
    held = RoleGrant.objects.filter(ended_at=None, account__left_at=None)
    rows = list(held.values_list("role", "area", "account"))
    found = {(role, area) for role, area, _ in rows}
    if len({account for role, _, account in rows if role == Role.ADMINISTRATOR}) < 2:
        yield ("A second administrator: nobody can change their own account", INVITE)
    if Role.DATA_PROTECTION_OFFICER not in {role for role, _ in found}:
        yield ("A data protection officer, who reads the audit", INVITE)
    for area, name in called().items():
        for role in NEEDED.get(Zone(settings.DESIST_ZONE), ()):
            if (role, area) not in found:
                yield (f"{role.label} in {name}", INVITE)
