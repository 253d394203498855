"""Questions about returns that came, each with a frozen answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

import desist_evaluation as evaluation
from desist.accounts import queries as accounts
from desist.commission.returns.models import Question, ServiceReturn
from desist.commission.returns.policy import Action
from desist.commission.returns.states import State
from desist.post import partners
from desist.post.models import Partner
from desist.returns import definitions, figures, files, quarters
from desist.returns.definitions import Definition, Edition, Table
from desist.returns.figures import Days, Span
from desist.returns.files import File, Form
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
COLUMNS = (
    *("return", "title", "table", "figure", "quarter", "four_quarters", "year_to_date"),
    *("first_day_of_quarter", "number_of_return", "state", "sent_by", "area", "definitions"),
    *("what_is_counted", "out_of", "missing"),
)
WITHHELD = "withheld"


@dataclass(frozen=True)
class Came:
    """What came of one quarter: the return, or the day on which it was due."""

    quarter: str
    ref: str
    words: str
    colour: str
    questions: int


@dataclass(frozen=True)
class Service:
    """A service or a force of the area, with its last quarters."""

    title: str
    side: str
    area: str
    quarters: tuple[Came, ...]


@dataclass(frozen=True)
class Home:
    """The quarters that are shown, and the services."""

    quarters: tuple[str, ...]
    services: tuple[Service, ...]

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of the table."""
        return [("Sent by", None), *((one, None) for one in self.quarters)]


@dataclass(frozen=True)
class Row:
    """A figure: over the quarter, four quarters and the year to date; None is withheld. `share` has its interval and n."""

    words: str
    number: int | None
    four: int | None
    year: int | None
    share: str
    whole: bool


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
    arrived_at: datetime
    moved: str
    chapters: tuple[Chapter, ...]
    picture: str
    flow: tuple[tuple[str, int | None], ...]
    attended: tuple[int | None, ...]
    missed: tuple[int | None, ...]
    clocks: tuple[tuple[str, Days], ...]
    withheld: int
    small: str
    questions: tuple[Asked, ...]
    may_ask: bool


@dataclass(frozen=True)
class Beside:
    """One figure in four quarters: numbers as texts."""

    words: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Four:
    """Four quarters side by side."""

    ref: str
    service: str
    quarters: tuple[str, ...]
    missing: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Beside, ...]], ...]
    flow: tuple[tuple[str, tuple[int | None, ...]], ...]
    steps: tuple[str, ...]
    picture: str

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of each table."""
        return [("Figure", None), *((one, None) for one in self.quarters)]


def home(*, actor: Actor, at: datetime) -> Home:
    """Return what came from each service of the area, and what has not."""
    rows = gate.see(actor, Action.SEE_RETURNS, ServiceReturn, at=at)
    shown = quarters.over(today=dates.day_of(at), number=SHOWN)
    newest = {(row.sender, row.quarter): row for row in rows.order_by("number")}
    asked = list(Question.objects.filter(of__in=rows, answered_at=None).values_list("of__ref", flat=True))
    known = Partner.objects.filter(zone__in=list(SIDES), area__in=("", actor.area), ended_at=None)
    sides = {one.name: (one.title, Zone(one.zone)) for one in known}
    for row in rows:
        sides[row.sender] = (partners.title(name=row.sender), definitions.edition(row.definitions).side)
    services = [
        Service(
            title,
            SIDES[side],
            actor.area,
            tuple(_came(one, newest.get((name, one.first)), asked, dates.day_of(at)) for one in shown),
        )
        for name, (title, side) in sorted(sides.items(), key=_in_order)
    ]
    return Home(tuple(map(str, shown)), tuple(services))


def _in_order(item: tuple[str, tuple[str, Zone]]) -> tuple[int, str]:
    _, (title, side) = item
    return list(SIDES).index(side), title.casefold()


def one(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return one return that came."""
    return _page(gate.open(actor, Action.SEE_RETURNS, ServiceReturn, ref, at=at).get(), actor)


def to_ask(*, actor: Actor, ref: str, at: datetime) -> ReturnPage:
    """Return a return about which a question is asked."""
    return _page(gate.open(actor, Action.ASK_ABOUT_RETURN, ServiceReturn, ref, at=at).get(), actor)


def four(*, actor: Actor, ref: str, at: datetime) -> Four:
    """Return the four quarters up to a return side by side, those that were counted by the same definitions."""
    row = gate.open(actor, Action.SEE_RETURNS, ServiceReturn, ref, at=at).get()
    wanted = Quarter(row.quarter).four
    found = {one.quarter: one for one in _beside(row)} | {row.quarter: row}
    edition = definitions.edition(row.definitions)
    read = [_read(found[one.first]) if one.first in found else {} for one in wanted]
    parts = tuple(
        (table.title, tuple(_numbers(edition, name, read) for name in (table.whole, *table.parts)))
        for one in edition.returns
        for table in one.leaving
    )
    flow = tuple(
        (edition.words(name), tuple(quarter.get((Span.QUARTER, name)) for quarter in read))
        for name in edition.beside
    )
    return Four(
        ref=row.ref,
        service=partners.title(name=row.sender),
        quarters=tuple(map(str, wanted)),
        missing=tuple(str(one) for one in wanted if one.first not in found),
        parts=parts,
        flow=flow,
        steps=tuple(f"{one.first:%b %Y}" for one in wanted),
        picture=edition.picture,
    )


def as_table(*, actor: Actor, ref: str, form: Form, at: datetime) -> File:
    """Return a return as a table, each figure with its definition. A recalled one has no numbers."""
    row = gate.open(actor, Action.SEE_RETURNS, ServiceReturn, ref, at=at).get()
    edition, numbers, year = definitions.edition(row.definitions), _read(row), _year_to_date(row)
    absent = "" if row.state == State.RECALLED else WITHHELD
    lines = [
        [
            *(one.id, one.title, table.title, edition.words(name)),
            *(numbers.get((Span.QUARTER, name), absent), numbers.get((Span.FOUR, name), "")),
            *(year.get(name, ""), row.quarter.isoformat(), row.number, row.state),
            *(partners.title(name=row.sender), row.area, row.definitions, one.counted, one.of, one.missing),
        ]
        for one in edition.returns
        for table in one.leaving
        for name in (table.whole, *table.parts)
    ]
    name = f"return-{row.quarter}-{row.number}"
    return files.table(name, form, COLUMNS, lines, day=dates.day_of(row.counted_at))


def _beside(row: ServiceReturn) -> QuerySet[ServiceReturn]:
    """The standing returns of the same service and area by the same definitions."""
    return ServiceReturn.objects.filter(
        sender=row.sender, area=row.area, state=State.STANDS, definitions=row.definitions
    )


def _numbers(edition: Edition, name: str, read: Sequence[Mapping[tuple[Span, str], int]]) -> Beside:
    numbers = (quarter.get((Span.QUARTER, name)) if quarter else None for quarter in read)
    said = ("–" if not quarter else "withheld" if number is None else str(number)
            for quarter, number in zip(read, numbers, strict=True))  # fmt: skip
    return Beside(edition.words(name), tuple(said))


def _came(one: Quarter, row: ServiceReturn | None, asked: Sequence[str], today: date) -> Came:
    if row is None:
        late = today > one.due_on
        words = (
            f"Has not come. It was due on {dates.on(one.due_on)}"
            if late
            else f"Due by {dates.on(one.due_on)}"
        )
        return Came(str(one), "", words, "red" if late else "grey", 0)
    said = {State.RECALLED: "Recalled", State.STANDS: f"Came on {dates.on(row.arrived_at)}"}
    colour = "red" if row.state == State.RECALLED else "green"
    return Came(str(one), row.ref, said.get(State(row.state), "Replaced"), colour, asked.count(row.ref))


def _read(row: ServiceReturn) -> dict[tuple[Span, str], int]:
    known = frozenset(definitions.edition(row.definitions).leaving)
    return figures.read(tuple(row.figures), known=known)


def _page(row: ServiceReturn, actor: Actor) -> ReturnPage:
    edition, quarter = definitions.edition(row.definitions), Quarter(row.quarter)
    read, year = _read(row), _year_to_date(row)
    days = figures.read_days(tuple(row.days), known=frozenset(edition.leaving))
    state = State(row.state)
    return ReturnPage(
        ref=row.ref,
        sender=row.sender,
        service=partners.title(name=row.sender),
        area=row.area,
        quarter=quarter,
        number=row.number,
        stands=state == State.STANDS,
        recalled=state == State.RECALLED,
        ended_at=row.ended_at,
        ended_why=str(Why(row.ended_why).label) if row.ended_why else "",
        why=str(Why(row.why).label) if row.why else "",
        definitions=row.definitions,
        counted_at=row.counted_at,
        arrived_at=row.arrived_at,
        moved=edition.moved(row.moved),
        chapters=tuple(_chapter(one, edition, read, year, days) for one in edition.shown),
        picture=edition.picture,
        flow=tuple((edition.words(name), read.get((Span.QUARTER, name))) for name in edition.flow),
        attended=_by_session("attended", edition, read),
        missed=_by_session("missed", edition, read),
        clocks=tuple((edition.words(name), one) for name, one in sorted(days.items())),
        withheld=sum((Span.QUARTER, name) not in read for name in edition.leaving),
        small=edition.small,
        questions=tuple(_asked(one) for one in row.questions.order_by("asked_at", "pk")),
        may_ask=state == State.STANDS and actor.role in policy.rule(Action.ASK_ABOUT_RETURN).roles,
    )


def _by_session(name: str, edition: Edition, read: Mapping[tuple[Span, str], int]) -> tuple[int | None, ...]:
    """Return a count by number of the session; nothing where the definitions know no sessions."""
    names = [f"{name}.{number}" for number in SESSIONS]
    return tuple(read.get((Span.QUARTER, one)) for one in names if one in edition.names)


def _year_to_date(row: ServiceReturn) -> dict[str, int]:
    """Return the numbers of the financial year so far: those that every quarter of it has."""
    wanted = [one.first for one in Quarter(row.quarter).year_to_date]
    found = {one.quarter: _read(one) for one in _beside(row).filter(quarter__in=wanted)}
    found[row.quarter] = _read(row)
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
        rows = [
            Row(
                words=edition.words(name),
                number=read.get((Span.QUARTER, name)),
                four=read.get((Span.FOUR, name)),
                year=year.get(name),
                share=_share(table, name, read),
                whole=name == table.whole,
            )
            for name in (table.whole, *table.parts)
        ]
        parts.append(Part(table.title, tuple(rows)))
    clock = next(
        (name for name in days if any(name in (table.whole, *table.parts) for table in said.tables)), ""
    )
    return Chapter(said, tuple(parts), days.get(clock))


def _share(table: Table, name: str, read: Mapping[tuple[Span, str], int]) -> str:
    """Return "57% (44% to 69%), n = 60"; empty where the number or its whole is withheld, or there is nothing to divide by."""
    number, whole = read.get((Span.QUARTER, name)), read.get((Span.QUARTER, table.whole))
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
