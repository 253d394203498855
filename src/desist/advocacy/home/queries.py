"""What waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime

from desist.advocacy.policy import Action
from desist.advocacy.vault import queries as vault
from desist.advocacy.victims import queries as victims
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.wall import gate
from desist.wall.actors import Actor, Role

PAGE = 50
ORDER = {"late": 0, "soon": 1, "calm": 2}


@dataclass(frozen=True)
class Page:
    """First contacts that are due, the most urgent first; then those that must wait; who has nobody; and budgets that were exceeded."""

    due: tuple[victims.Row, ...]
    paused: tuple[victims.Row, ...]
    unallocated: tuple[victims.Row, ...]
    alerts: tuple[vault.Alert, ...]


def calls(*, actor: Actor, at: datetime) -> Page:
    """What waits, the most urgent first."""
    rows = gate.see(actor, Action.SEE_CALLS, Victim, at=at).filter(state=State.WAITING)
    waiting = victims.listed(rows.order_by("received_at", "pk")[:PAGE], at=at)
    manages = actor.role is Role.ADVOCACY_MANAGER
    running = [row for row in waiting if not row.paused]
    return Page(
        due=tuple(sorted(running, key=lambda row: ORDER[row.clock.urgency if row.clock else "calm"])),
        paused=tuple(row for row in waiting if row.paused),
        unallocated=tuple(row for row in waiting if not row.advocate) if manages else (),
        alerts=vault.alerts(actor=actor, at=at) if manages else (),
    )
