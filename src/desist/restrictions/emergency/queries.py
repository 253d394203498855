"""Questions about an emergency access, for the account that opened it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from desist.audit import cases
from desist.references import spoken
from desist.restrictions.policy import Action
from desist.sites import Zone
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.models import EmergencyAccess

#: zone -> the table of the row that has the case's page, and the page's route
PAGES = {
    Zone.PROGRAMME: ("programme.episode", "episodes:episode"),
    Zone.ADVOCACY: ("advocacy.victim", "victims:victim"),
}


@dataclass(frozen=True)
class Access:
    """The actor's open case, and its end; `route` and `ref` lead to it."""

    route: str
    ref: str
    spoken: str
    until: datetime


def current(*, actor: Actor, at: datetime) -> Access | None:
    """The case that the actor has open in an emergency."""
    rows = gate.see(actor, Action.SEE_EMERGENCY, EmergencyAccess, at=at)
    access = rows.filter(ended_at=None, until__gt=at).exclude(case="").first()
    if access is None:
        return None
    route, ref = page_of(case=access.case)
    return Access(route, ref, spoken(ref), access.until)


def page_of(*, case: str) -> tuple[str, str]:
    """The route and the reference of a case's own page."""
    table, route = PAGES[Zone(settings.DESIST_ZONE)]
    names = sorted(name for name in cases.rows_of(ref=case) if name.startswith(f"{table}:"))
    return route, names[0].partition(":")[2]
