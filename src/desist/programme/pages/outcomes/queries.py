"""Questions about the outcomes of a service, each with a frozen answer. Nothing is withheld here: it stays in the service."""

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, DateField, F, Min, Q, QuerySet
from django.db.models.functions import TruncWeek

from desist.programme.pages.outcomes import counting
from desist.programme.pages.outcomes.counting import Due, Ending, Figure, Group, Person, Trend
from desist.programme.pages.outcomes.policy import Action
from desist.programme.referrals.models import Referral, name_order
from desist.programme.service.quarterly import reading
from desist.programme.service.quarterly.verdicts import verdicts
from desist.programme.service.returns import queries as facts
from desist.programme.service.returns.facts import Period
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import OF_THE_TWELVE, State
from desist.references import spoken
from desist.returns import definitions
from desist.sites import Zone
from desist.ui import dates
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Question, Statement, moment, texts

#: people of one page, and what it shows of each
PAGE = 50
SHOWN = ("ref", "episode__ref", "given_names", "family_name", "completed_at")
#: what other tables say of a referral that is counted here, and of one whose place ended
ADDED, AT_THE_END = ("assessed", "allocated"), ("started", "left_reason", "left_stage")


@dataclass(frozen=True)
class Load:
    """The sessions that one practitioner held in each week."""

    ref: str
    name: str
    weeks: tuple[int, ...]


@dataclass(frozen=True)
class Outcomes:
    """Four quarters of a service. `opens` says whether the reader may open the people behind a number."""

    over: Period
    key: str
    groups: tuple[Group, ...]
    trend: Trend
    mondays: tuple[date, ...]
    loads: tuple[Load, ...]
    opens: bool

    @property
    def load(self) -> tuple[int, ...]:
        """The sessions of the whole team by week."""
        return tuple(sum(one.weeks[place] for one in self.loads) for place in range(len(self.mondays)))

    @property
    def week_columns(self) -> list[tuple[str, None]]:
        """The headings of the table of weeks."""
        return [("Practitioner", None), *((f"{one.day} {one:%b}", None) for one in self.mondays)]


@dataclass(frozen=True)
class Endings:
    """How places ended in four quarters of a service. `opens` as in Outcomes."""

    over: Period
    key: str
    groups: tuple[Group, ...]
    opens: bool


@dataclass(frozen=True)
class Behind:
    """One person behind a number."""

    ref: str
    episode: str
    spoken: str
    name: str
    received_at: datetime


@dataclass(frozen=True)
class People:
    """A number and a page of the people behind it."""

    group: str
    figure: Figure
    over: Period
    key: str
    rows: tuple[Behind, ...]
    paging: Paging


def outcomes(*, actor: Actor, last: Period, at: datetime) -> Outcomes:
    """Return the four quarters up to a quarter, about the people that the actor may see."""
    over, today = counting.year(last), dates.day_of(at)
    known = _people(actor, Action.SEE_OUTCOMES, _of_trend(last), at)
    mondays = counting.weeks(min(last.last, today))
    return Outcomes(
        over=over,
        key=_key(last),
        groups=counting.groups(known, over=over, today=today),
        trend=counting.trend(known, last=last),
        mondays=mondays,
        loads=_loads(actor, mondays, at),
        opens=_opens(actor),
    )


def endings(*, actor: Actor, last: Period, at: datetime) -> Endings:
    """Return how places ended in the four quarters up to a quarter: reasons, measures, goals and follow-ups."""
    over = counting.year(last)
    return Endings(over, _key(last), _endings(actor, Action.SEE_OUTCOMES, over, at), _opens(actor))


def people(*, actor: Actor, last: Period, figure: str, cursor: Cursor, at: datetime) -> People:
    """Return the people behind one number of a year, by name, a page of them. Raises gate.NotFound."""
    over, one, group = _behind(actor, last, figure, at)
    rows = Referral.objects.filter(policy.rule(Action.SEE_OUTCOME_PEOPLE).scope(actor))
    named = rows.filter(ref__in=one.refs).annotate(person=name_order("family_name"))
    listed, paging = page(named.values("person", *SHOWN), sort=Sort("person"), cursor=cursor, size=PAGE)
    return People(
        group=group,
        figure=one,
        over=over,
        key=_key(last),
        rows=tuple(
            Behind(ref, episode or "", spoken(episode or ref), f"{given} {family}", received)
            for ref, episode, given, family, received in ([row[name] for name in SHOWN] for row in listed)
        ),
        paging=paging,
    )


def _behind(actor: Actor, last: Period, figure: str, at: datetime) -> tuple[Period, Figure, str]:
    """Return over what a figure is counted, the figure, and the title above it; raises gate.NotFound."""
    action, over, today = Action.SEE_OUTCOME_PEOPLE, counting.year(last), dates.day_of(at)
    if figure.partition(".")[0] in counting.TRENDS:
        over = _of_trend(last)
        trend = counting.trend(_people(actor, action, over, at), last=last)
        listed = [("People by quarter", one) for _, found in trend.figures for one in found]
    else:
        groups = (
            _endings(actor, action, over, at)
            if "." in figure
            else counting.groups(_people(actor, action, over, at), over=over, today=today)
        )
        listed = [(group.title, one) for group in groups for one in group.figures]
    for title, one in listed:
        if one.code == figure:
            return over, one, title
    raise gate.NotFound(figure)


def _of_trend(last: Period) -> Period:
    return Period(counting.trend_quarters(last)[0].first, last.last)


def _opens(actor: Actor) -> bool:
    return actor.role in policy.rule(Action.SEE_OUTCOME_PEOPLE).roles


def _endings(actor: Actor, action: Action, over: Period, at: datetime) -> tuple[Group, ...]:
    values = facts.bounds(over, at, without=facts.seconds(actor, action))
    known = facts.people(gate.read(actor, action, ENDED, at=at, **values), added=AT_THE_END)
    gone = {ref: case for ref, case in known if not case.void and over.holds(case.ended)}
    started = [ref for ref, case in gone.items() if case.started]
    totals, goals = reading.totals(started), reading.goals(started)
    due = gate.within(actor, action, reading.FOLLOWED, **values)
    return counting.endings(
        [
            Ending(
                ref,
                case,
                frozenset(verdicts([ref], totals)) if case.started else frozenset(),
                goals.get(ref, ()),
            )
            for ref, case in gone.items()
        ],
        [Due(ref, months, outcome) for outcome, _, ref, months in due],
        edition=definitions.newest(Zone.PROGRAMME),
    )


def _key(last: Period) -> str:
    """Return a quarter as addresses name it."""
    return f"{last.first.year}-{(last.first.month - 1) // 3 + 1}"


def _people(actor: Actor, action: Action, period: Period, at: datetime) -> list[Person]:
    """Return everybody of a period once, with the sessions of the twelve that they attended until now."""
    values = facts.bounds(period, at, without=facts.seconds(actor, action))
    known = facts.people(gate.read(actor, action, PEOPLE, at=at, **values), added=ADDED)
    held = {
        ref: (
            frozenset(numbers),
            len(numbers),
            len(frozenset(hands)),
            dates.day_of(first) if first else None,
        )
        for ref, numbers, hands, first in HELD.rows(refs=[ref for ref, case in known if case.accepted])
    }
    return [Person(ref, case, *held.get(ref, ())) for ref, case in known]


def _held() -> QuerySet[Any]:
    """Return of each person the sessions of the twelve that they attended: numbers, practitioners, the first one's beginning."""
    attended = Session.objects.filter(
        episode__referral__ref__in=texts("refs"),
        state=State.ATTENDED,
        kind__in=OF_THE_TWELVE,
        number__in=counting.SESSIONS,
    )
    said = attended.order_by().values("episode__referral__ref")
    return said.annotate(
        numbers=ArrayAgg("number"),
        hands=ArrayAgg("practitioner"),
        first=Min("period__startswith", filter=Q(number=1)),
    ).values_list("episode__referral__ref", "numbers", "hands", "first")


def _loads(actor: Actor, mondays: Sequence[date], at: datetime) -> tuple[Load, ...]:
    """Return the sessions of every kind that each practitioner held, by week."""
    midnight = datetime.min.time()
    first, after = (dates.moment(one, midnight) for one in (mondays[0], mondays[-1] + timedelta(days=7)))
    held = gate.within(actor, Action.SEE_OUTCOMES, BY_WEEK, start=first, end=min(after, at))
    counted: dict[tuple[str, str], Counter[date]] = {}
    for ref, name, monday, number in held:
        counted.setdefault((name, ref), Counter())[monday.date()] = number
    return tuple(
        Load(ref, name, tuple(found[monday] for monday in mondays))
        for (name, ref), found in sorted(counted.items())
    )


def _by_week(rows: QuerySet[Referral]) -> QuerySet[Any]:
    held = (
        Session.objects.filter(episode__referral__in=rows, state=State.ATTENDED)
        .annotate(began=F("period__startswith"))
        .filter(began__gte=moment("start"), began__lt=moment("end"))
    )
    monday = TruncWeek("began", tzinfo=dates.LONDON, output_field=DateField())
    by_week = held.order_by().values("practitioner__ref", "practitioner__name", monday=monday)
    return by_week.annotate(number=Count("pk")).values_list(
        "practitioner__ref", "practitioner__name", "monday", "number"
    )


PEOPLE, ENDED = (
    Question(Referral, functools.partial(facts.of_period, added=added)) for added in (ADDED, AT_THE_END)
)
HELD, BY_WEEK = Statement(_held), Question(Referral, _by_week)
