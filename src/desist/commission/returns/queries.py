"""Questions about returns that came, each with a frozen answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

import desist_evaluation as evaluation
from desist.accounts import queries as accounts
from desist.commission.returns.models import Question, ServiceReturn
from desist.commission.returns.outcomes import Outcomes, outcomes
from desist.commission.returns.policy import Action
from desist.commission.returns.states import State
from desist.post import partners
from desist.post.models import Partner
from desist.returns import definitions, figures, quarters
from desist.returns.definitions import Definition, Edition, Table
from desist.returns.figures import Days, Span
from desist.returns.quarters import Quarter
from desist.returns.states import Why
from desist.sites import Zone
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: a year and the quarter before it
SHOWN = 5
#: what a side is called beside its title
SIDES = {Zone.PROGRAMME: "Programme", Zone.PARTNERSHIP: "Police", Zone.ADVOCACY: "Advocacy"}
SESSIONS = range(1, 13)
#: who is there on a last day is there on several: no share of their sum has an n of people
LAST_DAY = frozenset({"there", "open"})
WITHHELD, NOT_TOLD = "withheld", "withheld or not told"


@dataclass(frozen=True)
class Came:
    """What came of one quarter: the return, or the day on which it was due."""

    quarter: str
    ref: str
    words: str
    colour: str
    questions: int
    key: str


@dataclass(frozen=True)
class Service:
    """A service or a force of the area, with its last quarters."""

    name: str
    title: str
    side: str
    area: str
    quarters: tuple[Came, ...]


@dataclass(frozen=True)
class Home:
    """The quarters that are shown, and the services."""

    quarters: tuple[str, ...]
    services: tuple[Service, ...]
    may_enter: bool

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of the table."""
        return [("Sent by", None), *((one, None) for one in self.quarters)]


@dataclass(frozen=True)
class Row:
    """A figure: over the quarter, four quarters and the year to date; None is withheld. A share has its interval and n."""

    words: str
    number: int | None
    four: int | None
    year: int | None
    share: str
    share_of_four: str
    share_of_year: str
    whole: bool

    @property
    def nought(self) -> bool:
        """Whether it is 0 over each time, and no share of anything."""
        shares = self.share or self.share_of_four or self.share_of_year
        return (self.number, self.four, self.year) == (0, 0, 0) and not shares

    def cells(self, absent: str) -> tuple[tuple[str, str], ...]:
        """Return the number and the share over each time, in words. `absent` stands for a number that is withheld."""
        return (
            (absent if self.number is None else str(self.number), self.share),
            ("–" if self.four is None else str(self.four), self.share_of_four),
            ("–" if self.year is None else str(self.year), self.share_of_year),
        )


@dataclass(frozen=True)
class Part:
    """One table."""

    title: str
    rows: tuple[Row, ...]

    @property
    def withheld(self) -> bool:
        """Whether it has no number at all to show."""
        return all(row.number is None and row.four is None and row.year is None for row in self.rows)


@dataclass(frozen=True)
class Chapter:
    """One return of the definitions, with its tables and its clock."""

    said: Definition
    parts: tuple[Part, ...]
    days: Days | None


@dataclass(frozen=True)
class Asked:
    """A question and its answer."""

    question: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ReturnPage:
    """A return that came, with all that its page draws."""

    ref: str
    sender: str
    service: str
    area: str
    quarter: Quarter
    number: int
    stands: bool
    recalled: bool
    ended_at: datetime | None
    ended_why: str
    why: str
    definitions: str
    counted_at: datetime
    sent_at: datetime | None
    arrived_at: datetime
    moved: str
    chapters: tuple[Chapter, ...]
    picture: str
    flow: tuple[tuple[str, int | None], ...]
    attended: tuple[int | None, ...]
    missed: tuple[int | None, ...]
    clocks: tuple[tuple[str, Days], ...]
    outcomes: Outcomes | None
    withheld: int
    small: str
    questions: tuple[Asked, ...]
    may_ask: bool
    by_hand: str
    absent: str
    may_enter: bool
    otherwise: tuple[str, ...]


def senders(actor: Actor) -> QuerySet[Partner]:
    """Return the partners that send returns to the actor's area."""
    return Partner.objects.filter(zone__in=list(SIDES), area__in=("", actor.area), ended_at=None)


def home(*, actor: Actor, at: datetime) -> Home:
    """Return what came from each service of the area, and what has not."""
    rows = gate.see(actor, Action.SEE_RETURNS, ServiceReturn, at=at)
    shown = quarters.over(today=dates.day_of(at), number=SHOWN)
    newest = {
        (row.sender, row.quarter): row
        for row in sorted(rows, key=lambda one: (one.state == State.STANDS, one.arrived_at, one.number))
    }
    asked = list(Question.objects.filter(of__in=rows, answered_at=None).values_list("of__ref", flat=True))
    known = senders(actor)
    sides = {one.name: (one.title, Zone(one.zone)) for one in known}
    for row in rows:
        sides[row.sender] = (partners.title(name=row.sender), definitions.edition(row.definitions).side)
    services = [
        Service(
            name,
            title,
            SIDES[side],
            actor.area,
            tuple(_came(one, newest.get((name, one.first)), asked, dates.day_of(at)) for one in shown),
        )
        for name, (title, side) in sorted(sides.items(), key=_in_order)
    ]
    may_enter = actor.role in policy.rule(Action.ENTER_RETURN).roles
    return Home(tuple(map(str, shown)), tuple(services), may_enter)


def _in_order(item: tuple[str, tuple[str, Zone]]) -> tuple[int, str]:
    _, (title, side) = item
    return list(SIDES).index(side), title.casefold()


def one(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return one return that came."""
    return _page(gate.open(actor, Action.SEE_RETURNS, ServiceReturn, ref, at=at).get(), actor)


def to_ask(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return a return about which a question is asked."""
    return _page(gate.open(actor, Action.ASK_ABOUT_RETURN, ServiceReturn, ref, at=at).get(), actor)


def to_recall(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return a return that is to be recalled."""
    return _page(gate.open(actor, Action.RECALL_RETURN, ServiceReturn, ref, at=at).get(), actor)


def beside(row: ServiceReturn) -> QuerySet[ServiceReturn]:
    """The standing returns of the same service and area by the same definitions."""
    return ServiceReturn.objects.filter(
        sender=row.sender, area=row.area, state=State.STANDS, definitions=row.definitions
    )


def _came(one: Quarter, row: ServiceReturn | None, asked: Sequence[str], today: date) -> Came:
    if row is None:
        late = today > one.due_on
        due = dates.on(one.due_on)
        words = f"Not here yet. It was due on {due}" if late else f"Due by {due}"
        return Came(str(one), "", words, "yellow" if late else "grey", 0, one.key)
    said = {State.RECALLED: "Recalled", State.STANDS: f"{_how_it_came(row)} {dates.on(row.arrived_at)}"}
    colour = "red" if row.state == State.RECALLED else "green"
    return Came(
        str(one), row.ref, said.get(State(row.state), "Replaced"), colour, asked.count(row.ref), one.key
    )


def _how_it_came(row: ServiceReturn) -> str:
    """Return the words before the day of arrival, with the day of sending if that is another."""
    if row.entered_by:
        return "Entered by hand on"
    if row.sent_at is None or dates.day_of(row.sent_at) == dates.day_of(row.arrived_at):
        return "Came on"
    return f"Sent on {dates.on(row.sent_at)}, came on"


def by_hand(row: ServiceReturn) -> str:
    """Return who entered a return by hand, when, and who told it; "" where the post brought it."""
    if not row.entered_by:
        return ""
    entered = f"{accounts.name(ref=row.entered_by)} on {dates.on(row.arrived_at)}"
    return f"Entered by hand by {entered}, told by {row.told_by}"


def absent_words(row: ServiceReturn) -> str:
    """Return what stands in place of a number that a return does not have."""
    return NOT_TOLD if row.entered_by else WITHHELD


def numbers_of(row: ServiceReturn) -> dict[tuple[Span, str], int]:
    """Return the numbers of a return."""
    known = frozenset(definitions.edition(row.definitions).leaving)
    return figures.read(tuple(row.figures), known=known)


def _page(row: ServiceReturn, actor: Actor) -> ReturnPage:
    edition, quarter = definitions.edition(row.definitions), Quarter(row.quarter)
    read, year = numbers_of(row), year_to_date(row)
    days = figures.read_days(tuple(row.days), known=frozenset(edition.leaving))
    state = State(row.state)
    stands = state == State.STANDS
    return ReturnPage(
        ref=row.ref,
        sender=row.sender,
        service=partners.title(name=row.sender),
        area=row.area,
        quarter=quarter,
        number=row.number,
        stands=stands,
        recalled=state == State.RECALLED,
        ended_at=row.ended_at,
        ended_why=str(Why(row.ended_why).label) if row.ended_why else "",
        why=str(Why(row.why).label) if row.why else "",
        definitions=row.definitions,
        counted_at=row.counted_at,
        sent_at=row.sent_at,
        arrived_at=row.arrived_at,
        moved=edition.moved(row.moved) if row.moved else "",
        chapters=tuple(_chapter(one, edition, read, year, days) for one in edition.shown),
        picture=edition.picture,
        flow=tuple((edition.words(name), read.get((Span.QUARTER, name))) for name in edition.flow),
        attended=_by_session("attended", edition, read),
        missed=_by_session("missed", edition, read),
        clocks=tuple((edition.words(name), one) for name, one in sorted(days.items())),
        outcomes=outcomes(edition, read, quarter),
        withheld=sum((Span.QUARTER, name) not in read for name in edition.leaving),
        small=edition.small,
        questions=tuple(_asked(one) for one in row.questions.order_by("asked_at", "pk")),
        may_ask=stands and not row.entered_by and actor.role in policy.rule(Action.ASK_ABOUT_RETURN).roles,
        by_hand=by_hand(row),
        absent=absent_words(row),
        may_enter=actor.role in policy.rule(Action.ENTER_RETURN).roles,
        otherwise=otherwise(row),
    )


def _by_session(name: str, edition: Edition, read: Mapping[tuple[Span, str], int]) -> tuple[int | None, ...]:
    """Return a count by number of the session; nothing where the definitions know no sessions."""
    names = [f"{name}.{number}" for number in SESSIONS]
    return tuple(read.get((Span.QUARTER, one)) for one in names if one in edition.names)


def otherwise(row: ServiceReturn) -> tuple[str, ...]:
    """Return the quarters of its year, or of its four, that stand by other definitions: no sum holds them."""
    of = Quarter(row.quarter)
    wanted = sorted({one.first for one in (*of.year_to_date, *of.four)})
    found = ServiceReturn.objects.filter(
        sender=row.sender, area=row.area, state=State.STANDS, quarter__in=wanted
    ).exclude(definitions=row.definitions)
    quarters_of = found.order_by("quarter").values_list("quarter", flat=True)
    return tuple(str(Quarter(one)) for one in quarters_of if one != row.quarter)


def year_to_date(row: ServiceReturn) -> dict[str, int]:
    """Return the numbers of the financial year so far: those that every quarter of it has."""
    wanted = [one.first for one in Quarter(row.quarter).year_to_date]
    found = {one.quarter: numbers_of(one) for one in beside(row).filter(quarter__in=wanted)}
    found[row.quarter] = numbers_of(row)
    if len(found) < len(wanted):
        return {}
    names = definitions.edition(row.definitions).names
    sums = {name: [found[one].get((Span.QUARTER, name)) for one in wanted] for name in names}
    return {name: sum(filter(None, all_of)) for name, all_of in sums.items() if None not in all_of}


def _chapter(
    said: Definition,
    edition: Edition,
    read: Mapping[tuple[Span, str], int],
    year: Mapping[str, int],
    days: Mapping[str, Days],
) -> Chapter:
    parts = []
    for table in said.leaving:
        names = (table.whole, *table.parts)
        four = {} if table.whole in LAST_DAY else {one: read.get((Span.FOUR, one)) for one in names}
        yearly = {} if table.whole in LAST_DAY else year
        rows = [
            Row(
                words=edition.words(name),
                number=read.get((Span.QUARTER, name)),
                four=read.get((Span.FOUR, name)),
                year=year.get(name),
                share=_share(table, name, {one: read.get((Span.QUARTER, one)) for one in names}),
                share_of_four=_share(table, name, four),
                share_of_year=_share(table, name, yearly),
                whole=name == table.whole,
            )
            for name in names
        ]
        parts.append(Part(table.title, tuple(rows)))
    clock = next(
        (name for name in days if any(name in (table.whole, *table.parts) for table in said.tables)), ""
    )
    return Chapter(said, tuple(parts), days.get(clock))


def _share(table: Table, name: str, numbers: Mapping[str, int | None]) -> str:
    """Return "57% (44% to 69%), n = 60"; empty where the number or its whole is withheld, or there is nothing to divide by."""
    number, whole = numbers.get(name), numbers.get(table.whole)
    if name == table.whole or number is None or not whole:
        return ""
    found = evaluation.wilson(events=number, n=whole)
    interval = found.interval
    if interval is None or interval.low is None or interval.high is None:
        return f"{100 * number / whole:.0f}%, n = {whole}"
    return (
        f"{100 * number / whole:.0f}% ({100 * interval.low:.0f}% to {100 * interval.high:.0f}%), n = {whole}"
    )


def _asked(row: Question) -> Asked:
    return Asked(row.question, accounts.name(ref=row.asked_by), row.asked_at, row.answer, row.answered_at)
