"""What happened to a client, in order of time: records of exports, incidents, files, reports to the police and orders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.db.models import Max, Min, Q, QuerySet

from desist import codes
from desist.advocacy.clients import queries as victims
from desist.advocacy.evidence import keeping, lines
from desist.advocacy.evidence.lines import File, Line
from desist.advocacy.evidence.models import Record
from desist.advocacy.evidence.states import State
from desist.advocacy.exhibits import queries as exhibits
from desist.advocacy.exhibits.contents import MOST_ROWS, Place
from desist.advocacy.exhibits.standing import queries as standing
from desist.advocacy.incidents import queries as incidents
from desist.advocacy.orders import queries as orders
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.pages.chronology.narrowing import Asked, narrowed
from desist.advocacy.pages.chronology.policy import Action
from desist.advocacy.tags import queries as tagging
from desist.advocacy.tags.policy import Action as TagsAction
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.ui import dates
from desist.ui.tables import Cursor, Paging
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 100
#: records that a search shows at most
MOST_FOUND = 500
#: incidents of one client that are read, the newest ones
MOST_INCIDENTS = 5000
#: files of one client that are named, the newest ones
MOST_FILES = 1000
#: a longer pause ends an occasion, as in desist_chronicle.occasions
OCCASION = timedelta(hours=12)
#: the route of an incident's page
INCIDENT = "incidents:incident"
#: digits of the place of a record in its file
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Entry:
    """One thing that happened: a record of an export, or what the service knows beside it, with its page."""

    at: datetime
    title: str
    record: Line | None = None
    route: str = ""
    ref: str = ""
    timed: bool = True


@dataclass(frozen=True)
class Part:
    """An occasion: what happened without a pause of twelve hours, and the whole quiet days before it."""

    entries: tuple[Entry, ...]
    quiet: tuple[date, date] | None

    @property
    def quiet_days(self) -> int:
        """The number of quiet days, both ends included."""
        return (self.quiet[1] - self.quiet[0]).days + 1 if self.quiet else 0


@dataclass(frozen=True)
class Page:
    """A page of a chronology; `undated` counts records without a time, `more` says that a search found too many.

    `tags` are the client's, as (reference, words); `tagged` says which are on what stands here (tags.queries.on), `exhibits`
    on which exhibits its records stand.
    """

    victim: victims.Page
    parts: tuple[Part, ...]
    undated: tuple[Line, ...]
    paging: Paging
    months: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    has_undated: bool
    more: bool
    tags: tuple[tuple[str, str], ...]
    tagged: Mapping[str, tuple[str, ...]]
    exhibits: Mapping[str, tuple[tuple[str, str], ...]]


def chronology(*, actor: Actor, ref: str, asked: Asked, cursor: Cursor, at: datetime) -> Page:
    """A page of a client's chronology, the earliest first."""
    rows = gate.open(actor, Action.SEE_CHRONOLOGY, Victim, ref, at=at)
    victim, box = rows.get(), vault.box_if_kept(person=ref)
    opened = lines.files(victim, box)
    kept = Record.objects.filter(victim=victim, original__in=opened)
    found, more = _searched(narrowed(kept, opened, asked, at=at), opened, asked.words, most=MOST_FOUND)
    records, paging, after = _page(found, victim, cursor, undated=asked.undated)
    told = lines.lines(opened, records)
    dated = [Entry(one.at, f"{one.kind}, {one.sender}", record=one) for one in told if one.at]
    beside = (
        []
        if asked.of_records
        else list(
            _within(
                _beside(victim, box, asked), first=records[0].at if paging.previous else None, after=after
            )
        )
    )
    ends = kept.aggregate(first=Min("at"), last=Max("at"))
    tags, places = tagging.tags(victim, box), [(one.file, one.number) for one in told]
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        parts=tuple(_parts([*dated, *beside], gaps=not asked.narrowed)),
        undated=tuple(one for one in told if one.at is None),
        paging=paging,
        months=tuple(_months(ends["first"], ends["last"])),
        files=tuple((file.row.ref, keeping.name(file.box, file.row)) for file in opened.values()),
        has_undated=kept.filter(at=None).exists(),
        more=more,
        tags=tuple((one.ref, one.words) for one in tags.values()),
        tagged=tagging.on(tags, places, [one.ref for one in beside if one.route == INCIDENT]),
        exhibits=standing.exhibited(places),
    )


@dataclass(frozen=True)
class Chosen:
    """The records that are put on an exhibit, and the exhibits that take them: (reference, number and caption)."""

    victim: victims.Page
    places: tuple[Place, ...]
    exhibits: tuple[tuple[str, str], ...]
    initials: str
    statement: str
    #: whether there are more than one exhibit takes
    more: bool


def chosen(*, actor: Actor, ref: str, asked: Asked, ticked: Sequence[str] | None, at: datetime) -> Chosen:
    """The ticked records, as `file.number`; without any (None) all that were asked for."""
    rows = gate.open(actor, Action.PUT_ON_EXHIBIT, Victim, ref, at=at)
    victim, box = rows.get(), vault.box_if_kept(person=ref)
    places = _places(victim, box, asked, ticked, at)
    initials, statement = exhibits.proposed(actor=actor)
    return Chosen(
        victim=victims.page_of(rows, actor=actor, at=at),
        places=places[:MOST_ROWS],
        exhibits=tuple(
            (one.ref, f"{one.number}: {one.caption}") for one in exhibits.open_ones(victim=victim, box=box)
        ),
        initials=initials,
        statement=statement,
        more=len(places) > MOST_ROWS,
    )


@dataclass(frozen=True)
class Tagging:
    """The records and incidents that a tag is put on or taken off, the client's tags, and those that are on any of them."""

    victim: victims.Page
    places: tuple[Place, ...]
    incidents: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    on: tuple[str, ...]
    more: bool


def to_tag(
    *,
    actor: Actor,
    ref: str,
    asked: Asked,
    ticked: Sequence[str] | None,
    incidents: Sequence[str],
    at: datetime,
) -> Tagging:
    """The ticked records and incidents; where no record is said to be ticked (None), all that were asked for."""
    rows = gate.open(actor, TagsAction.TAG_ROWS, Victim, ref, at=at)
    victim, box = rows.get(), vault.box_if_kept(person=ref)
    places, told = _places(victim, box, asked, ticked, at), tuple(dict.fromkeys(incidents))
    if ticked is None and not asked.of_records:
        told = tuple(one.ref for one in _beside(victim, box, asked) if one.route == INCIDENT)
    known = tagging.tags(victim, box)
    found = tagging.on(known, places[:MOST_ROWS], told)
    return Tagging(
        victim=victims.page_of(rows, actor=actor, at=at),
        places=places[:MOST_ROWS],
        incidents=told,
        tags=tuple((one.ref, one.words) for one in known.values()),
        on=tuple(dict.fromkeys(words for those in found.values() for words in those)),
        more=len(places) > MOST_ROWS,
    )


def _places(
    victim: Victim, box: Box | None, asked: Asked, ticked: Sequence[str] | None, at: datetime
) -> tuple[Place, ...]:
    """The ticked records, or all that were asked for: one more than the most at most."""
    if ticked is None:
        opened = lines.files(victim, box)
        kept = Record.objects.filter(victim=victim, original__in=opened)
        found, _ = _searched(narrowed(kept, opened, asked, at=at), opened, asked.words, most=MOST_ROWS + 1)
        return tuple(found.order_by("at", "pk").values_list("original__ref", "number")[: MOST_ROWS + 1])
    named = (name.rpartition(".") for name in dict.fromkeys(ticked))
    return tuple((file, int(number)) for file, _, number in named if _is_number(number))


def _is_number(said: str) -> bool:
    return said.isdecimal() and len(said) <= LONGEST_NUMBER


def _searched(
    found: QuerySet[Record], opened: Mapping[int, File], words: str, *, most: int
) -> tuple[QuerySet[Record], bool]:
    """The records that hold these words, and whether there are more than the most of them."""
    if not words:
        return found, False
    places: dict[int, list[int]] = {}
    for count, (file, number) in enumerate(lines.search(opened, words)):
        if count == most:
            break
        places.setdefault(file, []).append(number)
    else:
        count = 0
    hits = Q(pk__in=[])
    for file, numbers in places.items():
        hits |= Q(original=file, number__in=numbers)
    return found.filter(hits), count == most


def _page(
    found: QuerySet[Record], victim: Victim, cursor: Cursor, *, undated: bool
) -> tuple[list[Record], Paging, datetime | None]:
    """A page by the keys of its ends, and when the next one begins: an address names a record by its file and place."""
    back = bool(cursor.before)
    end = _named(victim, cursor.before or cursor.after)
    if end is not None:
        found = found.filter(_beyond(end, back=back))
    keys = ("pk",) if undated else ("at", "pk")
    rows = list(found.order_by(*(f"-{key}" if back else key for key in keys))[: PAGE + 1])
    more, beyond = len(rows) > PAGE, end if back else rows[PAGE] if len(rows) > PAGE else None
    rows = rows[:PAGE][:: -1 if back else 1]
    previous = bool(rows) and (more if back else end is not None)
    following = bool(rows) and (end is not None if back else more)
    paging = Paging(
        len(rows), previous=_name(rows[0]) if previous else "", next=_name(rows[-1]) if following else ""
    )
    return rows, paging, beyond.at if beyond else None


def _beyond(end: Record, *, back: bool) -> Q:
    side = "lt" if back else "gt"
    if end.at is None:
        return Q(**{f"pk__{side}": end.pk})
    return Q(**{f"at__{side}": end.at}) | Q(**{"at": end.at, f"pk__{side}": end.pk})


def _name(row: Record) -> str:
    return f"{row.original.ref}.{row.number}"


def _named(victim: Victim, name: str) -> Record | None:
    file, _, number = name.partition(".")
    if not _is_number(number):
        return None
    return Record.objects.filter(victim=victim, original__ref=file, number=int(number)).first()


def _beside(victim: Victim, box: Box | None, asked: Asked) -> Iterator[Entry]:
    """What the service knows beside records."""
    told = tagging.incidents(victim, asked.tag) if asked.tag else None
    for one in chain(
        _incidents(victim, asked.act),
        () if asked.act or asked.tag else _files(victim, box),
        () if asked.act or asked.tag else deeds(victim, orders.protecting(victim=victim, box=box)),
    ):
        if asked.holds(one.at) and (told is None or one.ref in told):
            yield one


def _incidents(victim: Victim, act: str) -> Iterator[Entry]:
    wanted = codes.Behaviour(act).label if act in codes.Behaviour else ""
    for row in incidents.newest(victim=victim, most=MOST_INCIDENTS):
        if not wanted or wanted in row.behaviours:
            when = dates.moment(row.happened_on, row.happened_time or time())
            title = f"Incident: {'; '.join(row.behaviours)}"
            yield Entry(when, title, route=INCIDENT, ref=row.ref, timed=row.happened_time is not None)


def _files(victim: Victim, box: Box | None) -> Iterator[Entry]:
    """The pictures, recordings and other files in which no messages were read, when they were brought in."""
    kept = victim.originals.filter(state=State.KEPT, counts__isnull=True) if box else victim.originals.none()
    for row in kept.order_by("-begun_at")[:MOST_FILES]:
        title = f"File brought in: {keeping.name(box, row)}" if box else ""
        yield Entry(row.begun_at, title, route="evidence:file", ref=row.ref)


def deeds(victim: Victim, known: Sequence[orders.Row]) -> Iterator[Entry]:
    """Reports to the police, and the days of the known orders, of a client whom the gate opened."""
    for pack in BreachPack.objects.filter(incident__victim=victim).order_by("sent_at"):
        yield Entry(pack.sent_at, "Reported to the police", route="packs:pack", ref=pack.ref)
    for order in known:
        for day, what in (
            (order.made_on, "made"),
            (order.served_on, "served"),
            (order.ends_on, "ends or ended"),
        ):
            if day:
                title = f"{order.kind}: {what}"
                yield Entry(
                    dates.moment(day, time()), title, route="orders:orders", ref=victim.ref, timed=False
                )


def _within(beside: Iterator[Entry], *, first: datetime | None, after: datetime | None) -> Iterator[Entry]:
    """Of what is beside the records, what belongs between the first record of this page and that of the next one."""
    for one in beside:
        if (first is None or one.at >= first) and (after is None or one.at < after):
            yield one


def _parts(entries: list[Entry], *, gaps: bool) -> Iterator[Part]:
    ordered = sorted(entries, key=lambda one: one.at)
    start = 0
    before: date | None = None
    for place in range(1, len(ordered) + 1):
        if place < len(ordered) and ordered[place].at - ordered[place - 1].at <= OCCASION:
            continue
        part = tuple(ordered[start:place])
        began = dates.day_of(part[0].at)
        quiet = (before + timedelta(days=1), began - timedelta(days=1)) if before else None
        yield Part(part, quiet if gaps and quiet and quiet[0] <= quiet[1] else None)
        start, before = place, dates.day_of(part[-1].at)


def _months(first: datetime | None, last: datetime | None) -> Iterator[tuple[str, str]]:
    if first is None or last is None:
        return
    day, end = dates.day_of(first).replace(day=1), dates.day_of(last)
    while day <= end:
        yield f"{day:%Y-%m}", f"{day:%B %Y}"
        day = (day + timedelta(days=31)).replace(day=1)
