"""What the signed-in account has to do."""

from collections.abc import Callable, Collection, Iterator, Mapping
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
from desist.tasks import cases
from desist.tasks import queries as tasks
from desist.ui import dates, todo
from desist.ui.todo import Group, Line, When
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
    limited: tuple[vault.Stopped, ...]
    stopped: tuple[contacts.Stopped, ...]
    groups: tuple[Group, ...]
    may_call: bool
    most: int  # how many clients are shown where there are more, else 0

    @property
    def for_today(self) -> int:
        """How much there is to do today: clients who can be called safely now, and lines."""
        return len(self.now) + todo.for_today(self.groups)


def calls(*, actor: Actor, at: datetime) -> Page:
    """First contacts, and contacts agreed for today or earlier, the most urgent first."""
    today = dates.local(at).date()
    due = Q(state=State.WAITING) | Q(state=State.OPEN, arrangement__next_on__lte=today)
    rows = gate.see(actor, Action.SEE_CALLS, Victim, at=at).filter(due)
    listed = victims.listed(rows.order_by("received_at", "pk")[: PAGE + 1], at=at)
    more, listed = len(listed) > PAGE, listed[:PAGE]
    manages = actor.role is Role.ADVOCACY_MANAGER
    waiting = [row for row in listed if row.paused or row.bar.flagged]
    running = [row for row in sorted(listed, key=_urgency) if row not in waiting]
    return Page(
        now=tuple(row for row in running if row.bar.safe),
        later=tuple(row for row in running if not row.bar.safe),
        paused=tuple(waiting),
        limited=vault.stopped(actor=actor, at=at) if manages else (),
        stopped=contacts.stopped(actor=actor, at=at),
        groups=todo.grouped(
            [*_work(actor, at), *(_allocate(row) for row in running if manages and not row.advocate)], at=at
        ),
        may_call=actor.role is Role.ADVOCATE,
        most=PAGE if more else 0,
    )


def for_today(*, actor: Actor, at: datetime) -> int:
    """How much the actor has to do today, as the page shows it."""
    return calls(actor=actor, at=at).for_today


def _urgency(row: victims.Row) -> int:
    return ORDER[row.clock.urgency] if row.clock else len(ORDER)


def _allocate(row: victims.Row) -> Line:
    """The allocation of a client who has no advocate."""
    words, clock = "allocate an advocate", row.clock.words if row.clock else ""
    line = Line(words=words, route="victims:allocate", ref=row.ref, name=row.name, spoken=row.spoken)
    return line.but(clock=clock, overdue=bool(row.clock and row.clock.urgency == "late"))


def _work(actor: Actor, at: datetime) -> Iterator[Line]:
    """All other work: alerts, tasks, disclosures, what the police ask or owe, news to tell."""
    yield from desk.to_do(actor=actor, at=at, named=_names(actor))
    yield from account_alerts.to_do(actor=actor, at=at)
    yield from tasks.to_do(actor=actor, at=at)
    for told in disclosures.waiting(actor=actor, at=at):
        over = told.choice_over
        words = "The choice is over: recall what was told" if over else "Decide about the disclosure"
        line = Line(words=words, route="disclosures:disclosure", ref=told.ref, spoken=told.spoken)
        yield line.but(
            clock="" if over else f"{told.approvals} of 2 approved", overdue=over, since=told.started_at
        )
    for asked in orders.due(actor=actor, at=at):
        words = "say whether the police can serve words about them on the person"
        yield Line(words=words, route="orders:clearance", ref=asked.ref, name=asked.name, by=asked.answer_by)
    for pack in packs.due(actor=actor, at=at):
        words = f"ring {pack.force}: no crime reference yet for what they reported"
        line = Line(words=words, route="packs:pack", ref=pack.ref, name=pack.name, since=pack.sent_at)
        yield line.but(when=When.NOW)
    for news in updates.due(actor=actor, at=at):
        yield _news(news)


def _news(one: updates.Due) -> Line:
    """News to tell one client, and whether this is a safe time."""
    what = one.words if one.count == 1 else f"{one.count} pieces of news"
    safe = (
        "contact is not safe or must wait"
        if one.clock.standing
        else ""
        if one.safe
        else "not a safe time now"
    )
    line = Line(words=f"tell them: {what}", route="updates:updates", ref=one.victim, name=one.name)
    clock = "; ".join(filter(None, (one.clock.words, safe)))
    when = When.WAITING if one.clock.standing else When.TODAY
    return line.but(clock=clock, overdue=one.clock.urgency == "late", when=when)


def _names(actor: Actor) -> Callable[[Collection[str]], Mapping[str, str]]:
    """What finds the names of clients, where the actor may know them."""

    def named(refs: Collection[str]) -> Mapping[str, str]:
        return {ref: name for ref, (name, _) in cases.named(actor, refs).items()}

    return named
