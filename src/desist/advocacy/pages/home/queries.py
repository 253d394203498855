"""What the signed-in account has to do."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TypeAlias

from django.db.models import Q

from desist.accounts.alerts import queries as account_alerts
from desist.advocacy.candidates import queries as candidates
from desist.advocacy.circumstances import queries as circumstances
from desist.advocacy.clients import queries as victims
from desist.advocacy.disclosures import queries as disclosures
from desist.advocacy.handovers import queries as handovers
from desist.advocacy.moving_on.commands import CLIENT
from desist.advocacy.orders import queries as orders
from desist.advocacy.packs import queries as packs
from desist.advocacy.pages.contacts import queries as contacts
from desist.advocacy.pages.home.policy import Action
from desist.advocacy.pages.updates import queries as updates
from desist.advocacy.submissions import queries as submissions
from desist.advocacy.support import queries as support
from desist.advocacy.vault import queries as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.declarations import queries as declarations
from desist.desk.alerts import queries as desk
from desist.merges import queries as merges
from desist.moving_in.offers import queries as elsewhere
from desist.quarterly import queries as returns
from desist.tasks import cases
from desist.tasks import queries as tasks
from desist.ui import dates, todo
from desist.ui.todo import Group, Line, When
from desist.wall import gate
from desist.wall.actors import Actor, Role

PAGE = 50
ORDER = {"late": 0, "soon": 1, "calm": 2}
#: what finds the names of clients whose rows were let through
Named: TypeAlias = Callable[[Collection[str]], Mapping[str, str]]


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
        """How much there is to do today, as `for_today` counts it for other pages."""
        return len(self.now) + todo.for_today(self.groups)


def calls(*, actor: Actor, at: datetime) -> Page:
    """First contacts, and contacts agreed for today or earlier, the most urgent first."""
    listed = _listed(actor, at, named=True)
    running, waiting = _running(listed[:PAGE])
    known = {row.ref: row.name for row in listed}

    def named(refs: Collection[str]) -> Mapping[str, str]:
        return known | victims.names({*refs} - {*known})

    return Page(
        now=tuple(row for row in running if row.bar.safe),
        later=tuple(row for row in running if not row.bar.safe),
        paused=waiting,
        limited=vault.stopped(actor=actor, at=at) if _manages(actor) else (),
        stopped=contacts.stopped(actor=actor, at=at),
        groups=_groups(
            running, actor, at, named=named, knows=_names(actor), new=_new(actor, at, named=named)
        ),
        may_call=actor.role is Role.ADVOCATE,
        most=PAGE if len(listed) > PAGE else 0,
    )


def for_today(*, actor: Actor, at: datetime) -> int:
    """How much the actor has to do today: clients who can be called safely now, and lines, without their names."""
    running, _ = _running(_listed(actor, at, named=False)[:PAGE])
    lines = _groups(running, actor, at, named=_nameless, knows=_nameless)
    return sum(row.bar.safe for row in running) + todo.for_today(lines)


def _nameless(refs: Collection[str]) -> Mapping[str, str]:
    return dict.fromkeys(refs, "")


def _listed(actor: Actor, at: datetime, *, named: bool) -> tuple[victims.Row, ...]:
    """The clients to contact who have waited longest: PAGE, and one more where there are more."""
    due = Q(state=State.WAITING) | Q(state=State.OPEN, arrangement__next_on__lte=dates.day_of(at))
    rows = gate.see(actor, Action.SEE_CALLS, Victim, at=at).filter(due)
    return victims.listed(rows.order_by("received_at", "pk")[: PAGE + 1], at=at, named=named)


def _running(listed: Sequence[victims.Row]) -> tuple[tuple[victims.Row, ...], tuple[victims.Row, ...]]:
    """Those whose clocks run, the most urgent first, and those who must wait."""
    waiting = tuple(row for row in listed if row.paused or row.bar.flagged)
    return tuple(row for row in sorted(listed, key=_urgency) if row not in waiting), waiting


def _groups(
    running: Sequence[victims.Row],
    actor: Actor,
    at: datetime,
    *,
    named: Named,
    knows: Named,
    new: Iterable[Line] = (),
) -> tuple[Group, ...]:
    """All other work: a manager allocates as well. `new` is what no number counts."""
    without = (row for row in running if _manages(actor) and not row.advocate)
    lines = [*_work(actor, at, named=named, knows=knows), *map(_allocate, without), *new]
    return todo.grouped(lines, at=at)


def _new(actor: Actor, at: datetime, *, named: Named) -> Iterator[Line]:
    """What is new for the actor or waits for others: records to merge, returns, possible breaches, what clients and agencies said, clients offered."""
    yield from merges.to_do(actor=actor, at=at)
    yield from returns.to_do(actor=actor, at=at)
    offers = [*handovers.to_do(actor=actor, at=at), *support.due(actor=actor, at=at)]
    sent, breaches = submissions.due(actor=actor, at=at), candidates.due(actor=actor, at=at)
    theirs = {*(victim for victim, _ in offers), *(one.victim for due in (sent, breaches) for one in due)}
    names = named(theirs) if theirs else {}
    for found in breaches:
        yield _breach(found, names[found.victim])
    for came in sent:
        things = "something" if came.count == 1 else f"{came.count} things"
        line = Line(words=f"look at what they sent: {things}", route="submissions:client", ref=came.victim)
        yield line.but(name=names[came.victim], by=came.by, when=When.NEW, now=True)
    yield from (line.but(name=names[victim]) for victim, line in offers)
    if _manages(actor):
        yield from elsewhere.to_do(CLIENT, actor=actor, at=at)


def _manages(actor: Actor) -> bool:
    return actor.role is Role.ADVOCACY_MANAGER


def _urgency(row: victims.Row) -> int:
    return ORDER[row.clock.urgency] if row.clock else len(ORDER)


def _allocate(row: victims.Row) -> Line:
    """The allocation of a client who has no advocate."""
    words, clock = "allocate an advocate", row.clock.words if row.clock else ""
    line = Line(words=words, route="victims:allocate", ref=row.ref, name=row.name, spoken=row.spoken)
    return line.but(clock=clock, overdue=bool(row.clock and row.clock.urgency == "late"))


def _work(actor: Actor, at: datetime, *, named: Named, knows: Named) -> Iterator[Line]:
    """Alerts, tasks, disclosures, what the police ask or owe, news to tell; `knows` finds names of the actor's own cases alone."""
    yield from desk.to_do(actor=actor, at=at, named=knows)
    yield from account_alerts.to_do(actor=actor, at=at)
    yield from tasks.to_do(actor=actor, at=at)
    yield from declarations.to_do(actor=actor, at=at)
    waiting = disclosures.waiting(actor=actor, at=at)
    names = _names(actor)({told.victim for told in waiting})
    for told in waiting:
        over, name = told.choice_over, names.get(told.victim, "")
        words = "the choice is over: recall what was told" if over else "decide about the disclosure"
        line = Line(words=words, route="disclosures:disclosure", ref=told.ref, name=name, spoken=told.spoken)
        yield line.but(
            clock="" if over else f"{told.approvals} of 2 approved", overdue=over, since=told.started_at
        )
    questions = orders.due(actor=actor, at=at)
    rung, told_of = packs.due(actor=actor, at=at), updates.due(actor=actor, at=at)
    reviews = circumstances.due(actor=actor, at=at)
    theirs = ((one.victim for one in due) for due in (questions, rung, told_of, reviews))
    names = named({*chain(*theirs)})
    for asked in questions:
        words = "say whether the police can serve words about them on the person"
        line = Line(words=words, route="orders:clearance", ref=asked.ref, name=names[asked.victim])
        yield line.but(by=asked.answer_by)
    for pack in rung:
        words = f"ring {pack.force}: no crime reference yet for what they reported"
        line = Line(words=words, route="packs:pack", ref=pack.ref, name=names[pack.victim])
        yield line.but(since=pack.sent_at, when=When.NOW)
    for one in reviews:
        words = f"review {one.words[:1].lower()}{one.words[1:]}"
        line = Line(words=words, route=one.route, ref=one.ref or one.victim, name=names[one.victim])
        # Screenings are work of the week: old incidents must not hide what others wait for today.
        yield line.but(by=one.review_on, when=When.WEEK if one.route == "screenings:client" else None)
    for news in told_of:
        yield _news(news, names[news.victim])


def _breach(found: candidates.Due, name: str) -> Line:
    """What may be a breach of an order, before all else that is new."""
    words = f"look at what may be a breach of the order: {found.count}"
    line = Line(words=words, route="candidates:candidates", ref=found.victim, name=name)
    return line.but(since=found.since, when=When.NEW, now=True)


def _news(one: updates.Due, name: str) -> Line:
    """News to tell one client, and whether this is a safe time: it stands before reviews, however late those are."""
    what = one.words[:1].lower() + one.words[1:] if one.count == 1 else f"{one.count} pieces of news"
    safe = (
        "contact is not safe or must wait"
        if one.clock.standing
        else ""
        if one.safe
        else "not a safe time now"
    )
    line = Line(words=f"tell them: {what}", route="updates:updates", ref=one.victim, name=name)
    clock = "; ".join(filter(None, (one.clock.words, safe)))
    when = When.WAITING if one.clock.standing else When.TODAY
    return line.but(clock=clock, overdue=one.clock.urgency == "late", when=when, now=True)


def _names(actor: Actor) -> Named:
    """What finds the names of clients, where the actor may know them."""

    def named(refs: Collection[str]) -> Mapping[str, str]:
        return {ref: name for ref, (name, _) in cases.named(actor, refs).items()}

    return named
