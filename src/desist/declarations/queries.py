"""Questions about declarations of interests, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from desist.accounts import queries as accounts
from desist.declarations.models import InterestDeclaration
from desist.declarations.policy import STAFF, Action
from desist.desk.policy import LEADERS
from desist.references import spoken
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question

YEAR = timedelta(days=365)
#: how long a new colleague has for the first declaration
FIRST = timedelta(days=14)
#: how long before the year ends To do asks for the next one
AHEAD = timedelta(days=28)
PAGE = 50


@dataclass(frozen=True)
class Declared:
    """One own declaration; `spoken` is empty for nothing to declare."""

    spoken: str
    at: datetime


@dataclass(frozen=True)
class Colleague:
    """When a colleague last declared, and by when the next is due."""

    name: str
    last_on: date | None
    due_on: date
    owes: bool


@dataclass(frozen=True)
class ToCheck:
    """A case that was kept from a colleague, until a leader checked who works with it."""

    ref: str
    spoken: str
    name: str
    at: datetime


@dataclass(frozen=True)
class DeclarationsPage:
    """The actor's own declarations; for a leader also those of the team."""

    due_on: date
    late: bool
    own: tuple[Declared, ...]
    leads: bool
    to_check: tuple[ToCheck, ...]
    team: tuple[Colleague, ...]

    @property
    def owing(self) -> int:
        """How many colleagues owe a declaration."""
        return sum(one.owes for one in self.team)


def page(*, actor: Actor, at: datetime) -> DeclarationsPage:
    """The actor's declarations, the newest first, and those of the colleagues whom the actor leads."""
    rows = gate.see(actor, Action.SEE_DECLARATIONS, InterestDeclaration, at=at).order_by(
        "-declared_at", "-pk"
    )
    own = [Declared(spoken(one.named) if one.named else "", one.declared_at) for one in rows[:PAGE]]
    due_on = _due(own[0].at if own else None, _since(actor))
    return DeclarationsPage(
        due_on=due_on,
        late=due_on < dates.day_of(at),
        own=tuple(own),
        leads=actor.role in LEADERS,
        to_check=tuple(_to_check(actor)),
        team=tuple(sorted(_team(actor, at), key=lambda one: (not one.owes, one.due_on, one.name))),
    )


def to_do(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """The actor's own declaration when it is due; for a leader cases to check, and how many colleagues are late."""
    if actor.role not in STAFF:
        return
    ((last,),) = gate.within(actor, Action.SEE_DECLARATIONS, NEWEST) or [(None,)]
    due_on = _due(last, _since(actor) if last is None else None)
    here = Line(words="Declare your interests", route="declarations:declarations", ref="")
    if due_on - AHEAD <= dates.day_of(at):
        yield here.but(by=due_on)
    for one in _to_check(actor):
        words = f"{one.name} declared an interest in {one.spoken}: check who works with it"
        yield here.but(words=words, since=one.at, when=When.NEW)
    late = sum(one.owes for one in _team(actor, at))
    if late:
        who = "1 colleague owes" if late == 1 else f"{late} colleagues owe"
        yield here.but(words=f"{who} their declaration of interests", when=When.WAITING)


def _team(actor: Actor, at: datetime) -> Iterator[Colleague]:
    """The colleagues of the area who declare; none for an actor who leads nobody."""
    if actor.role not in LEADERS:
        return
    known = dict(gate.within(actor, Action.SEE_TEAM, LAST))
    began: dict[str, accounts.Began] = {}
    for one in accounts.began(area=actor.area, roles=STAFF):
        began.setdefault(one.account, one)
    for who, one in began.items():
        if who != actor.who:
            last = known.get(who)
            due_on = _due(last, one.at)
            yield Colleague(one.name, last and dates.day_of(last), due_on, due_on < dates.day_of(at))


def _to_check(actor: Actor) -> Iterator[ToCheck]:
    rows = gate.within(actor, Action.CHECK_CASE, UNCHECKED)
    names = accounts.names(refs={account for _, account, _, _ in rows}) if rows else {}
    for ref, account, named, at in rows:
        yield ToCheck(ref, spoken(named), names[account], at)


def _since(actor: Actor) -> datetime | None:
    """When the actor first got a role here that declares."""
    held = accounts.began(area=actor.area, roles=STAFF)
    return next((one.at for one in held if one.account == actor.who), None)


def _due(last: datetime | None, since: datetime | None) -> date:
    """The last day for the next declaration."""
    if last is not None:
        return dates.day_of(last + YEAR)
    return dates.day_of(since + FIRST) if since else date.max


def _newest(rows: QuerySet[InterestDeclaration]) -> QuerySet[Any]:
    return rows.order_by("-declared_at", "-pk").values_list("declared_at")[:1]


def _unchecked(rows: QuerySet[InterestDeclaration]) -> QuerySet[Any]:
    waiting = rows.filter(checked_at=None).exclude(case="").order_by("declared_at", "pk")
    return waiting.values_list("ref", "account", "named", "declared_at")[:PAGE]


NEWEST = Question(InterestDeclaration, _newest)
LAST = Question(
    InterestDeclaration,
    lambda rows: (
        rows.order_by().values("account").annotate(last=Max("declared_at")).values_list("account", "last")
    ),
)
UNCHECKED = Question(InterestDeclaration, _unchecked)
