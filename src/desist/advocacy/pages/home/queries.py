"""What the signed-in account has to do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from desist.accounts.alerts import queries as account_alerts
from desist.advocacy.clients import queries as victims
from desist.advocacy.disclosures import queries as disclosures
from desist.advocacy.orders import queries as orders
from desist.advocacy.packs import queries as packs
from desist.advocacy.pages.contacts import queries as contacts
from desist.advocacy.pages.home.policy import Action
from desist.advocacy.pages.updates import queries as updates
from desist.advocacy.vault import queries as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.desk.alerts import queries as desk
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role

PAGE = 50
ORDER = {"late": 0, "soon": 1, "calm": 2}


@dataclass(frozen=True)
class Page:
    """The clients to call now, those whose safe time is to come, those who must wait; then all other work."""

    now: tuple[victims.Row, ...]
    later: tuple[victims.Row, ...]
    paused: tuple[victims.Row, ...]
    unallocated: tuple[victims.Row, ...]
    limited: tuple[vault.Stopped, ...]
    stopped: tuple[contacts.Stopped, ...]
    disclosures: tuple[disclosures.Row, ...]
    raised: tuple[desk.Row, ...]
    account_alerts: tuple[account_alerts.Waiting, ...]
    updates: tuple[updates.Due, ...]
    packs: tuple[packs.Due, ...]
    clearances: tuple[orders.Due, ...]
    may_call: bool


def calls(*, actor: Actor, at: datetime) -> Page:
    """First contacts, and contacts agreed for today or earlier, the most urgent first."""
    today = dates.local(at).date()
    due = Q(state=State.WAITING) | Q(state=State.OPEN, arrangement__next_on__lte=today)
    rows = gate.see(actor, Action.SEE_CALLS, Victim, at=at).filter(due)
    listed = victims.listed(rows.order_by("received_at", "pk")[:PAGE], at=at)
    manages = actor.role is Role.ADVOCACY_MANAGER
    waiting = [row for row in listed if row.paused or row.bar.flagged]
    running = [row for row in sorted(listed, key=_urgency) if row not in waiting]
    return Page(
        now=tuple(row for row in running if row.bar.safe),
        later=tuple(row for row in running if not row.bar.safe),
        paused=tuple(waiting),
        unallocated=tuple(row for row in running if not row.advocate) if manages else (),
        limited=vault.stopped(actor=actor, at=at) if manages else (),
        stopped=contacts.stopped(actor=actor, at=at),
        disclosures=disclosures.waiting(actor=actor, at=at),
        raised=desk.waiting(actor=actor, at=at),
        account_alerts=account_alerts.waiting(actor=actor, at=at),
        updates=updates.due(actor=actor, at=at),
        packs=packs.due(actor=actor, at=at),
        clearances=orders.due(actor=actor, at=at),
        may_call=actor.role is Role.ADVOCATE,
    )


def _urgency(row: victims.Row) -> int:
    return ORDER[row.clock.urgency] if row.clock else len(ORDER)
