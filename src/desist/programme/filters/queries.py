"""The filters that an account keeps of a list."""

from dataclasses import dataclass

from desist.programme.filters.models import KeptFilter
from desist.programme.filters.states import List
from desist.wall.actors import Actor


@dataclass(frozen=True)
class KeptFilters:
    """The kept filters of one list, each as (reference, name, query)."""

    of: str
    rows: tuple[tuple[str, str, str], ...]


def kept(*, actor: Actor, of: List) -> KeptFilters:
    """Return the actor's own filters of a list, by name."""
    rows = KeptFilter.objects.filter(account=actor.who, of=of).order_by("name")
    return KeptFilters(of.value, tuple(rows.values_list("ref", "name", "query")))
