"""Commands that keep and remove filters of lists."""

from datetime import datetime

from django.http import QueryDict

from desist.programme.filters.models import KeptFilter
from desist.programme.filters.policy import Action
from desist.programme.filters.states import PARTS
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

MOST = 12
FULL = f"Not kept: you keep {MOST} filters of this list already. Remove one first"


def keep(*, actor: Actor, of: str, name: str, query: str, at: datetime) -> None:
    """Keep a filter under a name; the same name again keeps the newer filter. Raises Refused."""
    mine = KeptFilter.objects.filter(account=actor.who, of=of)
    said = _cleaned(of, query)
    if before := mine.filter(name=name).first():
        with gate.change(actor, Action.KEEP_FILTER, KeptFilter, before.ref, at=at) as row:
            row.query, row.kept_at = said, at
            row.save(update_fields=["query", "kept_at"])
        return
    if mine.count() >= MOST:
        raise Refused(FULL)
    row = KeptFilter(account=actor.who, of=of, name=name, query=said, kept_at=at)
    with gate.create(actor, Action.KEEP_FILTER, row, at=at):
        pass


def remove(*, actor: Actor, ref: str, at: datetime) -> str:
    """Remove a kept filter, and return the list that it was of."""
    with gate.change(actor, Action.REMOVE_FILTER, KeptFilter, ref, at=at) as row:
        of = row.of
        row.delete()
    return of


def _cleaned(of: str, query: str) -> str:
    """Return what a filter of this list may say, and nothing else of the address."""
    said, kept = QueryDict(query[:1000]), QueryDict(mutable=True)
    for part in PARTS[of]:
        if value := said.get(part, ""):
            kept[part] = value[:40]
    return kept.urlencode()[:200]
