"""What pictures of a chronology are drawn from: counts by hour, incidents, orders and reports; and the library's sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, Count, F, Max, Min, Q, Sum
from django.db.models.functions import Cast
from numpy.typing import NDArray

from desist import codes
from desist.advocacy.clients import queries as victims
from desist.advocacy.evidence import keeping, lines
from desist.advocacy.evidence.lines import CHANNELS, CLIENT, OTHER, PERSON, File
from desist.advocacy.evidence.queries import COUNTED
from desist.advocacy.orders import queries as orders
from desist.advocacy.pages.chronology import queries
from desist.advocacy.pages.chronology.narrowing import ANY, WEEKDAYS, Span
from desist.advocacy.pages.chronology.policy import Action
from desist.advocacy.pages.chronology.queries import Entry
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist_chronicle import occasions
from desist_chronicle.analysis import coverage
from desist_chronicle.analysis.findings import Finding, Times, in_time
from desist_chronicle.corpus import instant, wall_clock
from desist_chronicle.occasions import Occasions
from desist_chronicle.period import Period, day_of

#: more bars than these would be too thin to see
MOST_BARS = 110
#: occasions that are listed, those with the most contacts
LISTED = 200
MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
NAMES = ("Messages", "Calls", "E-mails", "Incidents")
#: the code of kept records without a time, and every number of a file
NO_TIME = "kept without a time"
KEPT = (*COUNTED[:2], (NO_TIME, "Kept, without a time"), *COUNTED[2:])
SIDES = {PERSON: "The person who stalks them", CLIENT: "The client", OTHER: "Others"}
#: a contact of the person: the instants of the first and last of its hour, the clock's lead, channel, whether timed, number
_ROW = np.dtype([(name, "<i8") for name in ("first", "last", "ahead", "channel", "timed", "count")])
_END = np.dtype([("utc", "<i8"), ("local", "<i8"), ("source", "<i8"), ("seq", "<i8")])


@dataclass(frozen=True)
class Bar:
    """One week, or several in a long time: the numbers of NAMES."""

    span: Span
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Occasion:
    """A run of contacts: by the phone's clock."""

    span: Span
    count: int
    timed: bool


@dataclass(frozen=True)
class Channel:
    """The sent records of one channel and side."""

    side: str
    channel: str
    words: tuple[str, str]
    dated: int
    undated: int


@dataclass(frozen=True)
class Kept:
    """What of a file was kept, and what was left out and why: words and numbers, and the code of the kept ones."""

    ref: str
    name: str
    counts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Pictures:
    """Everything that is drawn; `heat` has a row for each hour, with a number for each weekday."""

    victim: victims.Page
    weeks: int  # of each bar
    bars: tuple[Bar, ...]
    in_force: tuple[tuple[date, date], ...]
    marks: tuple[Entry, ...]
    heat: tuple[tuple[int, ...], ...]
    occasions: tuple[Occasion, ...]
    channels: tuple[Channel, ...]
    acts: tuple[tuple[str, str, int], ...]
    files: tuple[Kept, ...]
    findings: tuple[Finding, ...]

    @property
    def listed(self) -> tuple[Occasion, ...]:
        """The occasions with the most contacts, in order of time."""
        most = sorted(self.occasions, key=lambda one: -one.count)[:LISTED]
        return tuple(sorted(most, key=lambda one: one.span.first))

    def level(self, count: int) -> int:
        """How dark a number of the heat map stands, from 0 to 5."""
        most = max(map(max, self.heat))
        return ceil(5 * count / most) if count else 0


def pictures(*, actor: Actor, ref: str, at: datetime) -> Pictures:
    """The pictures of a client's chronology."""
    rows = gate.open(actor, Action.SEE_CHRONOLOGY, Victim, ref, at=at)
    victim, box = rows.get(), vault.box_if_kept(person=ref)
    opened = lines.files(victim, box)
    hours = _hours(victim, opened, at)
    told = Counter[date]()
    acts = Counter[str]()
    for day, done in victim.incidents.values_list("happened_on", "behaviours"):
        told[day] += 1
        acts += Counter(done)
    known = orders.protecting(victim=victim, box=box)
    marks = tuple(sorted(queries.deeds(victim, known), key=lambda one: one.at))
    weeks, bars = _bars(hours, told)
    grouped, sizes, timed = _occasions(hours)
    counted = _counted(victim, opened, at)
    return Pictures(
        victim=victims.page_of(rows, actor=actor, at=at),
        weeks=weeks,
        bars=bars,
        in_force=tuple((one.served_on, one.ends_on or dates.day_of(at)) for one in known if one.served_on),
        marks=marks,
        heat=_heat(hours),
        occasions=tuple(_spans(grouped, sizes, timed)),
        channels=tuple(_channels(counted, opened)),
        acts=(
            (ANY, "Every incident", told.total()),
            *((code, codes.Behaviour(code).label, number) for code, number in acts.most_common()),
        )
        if told
        else (),
        files=tuple(_kept(victim, opened)),
        findings=tuple(_findings(hours, grouped, timed, counted, opened)),
    )


def _hours(victim: Victim, opened: Mapping[int, File], at: datetime) -> NDArray[np.void]:
    """The person's contacts by hour whose time can be."""
    first, until = map(instant, lines.can_be(at))
    of = {kind: place for place, kinds in enumerate(CHANNELS.values()) for kind in kinds}
    found = victim.hours.filter(
        lines.of_side(opened, PERSON),
        kind__in=lines.CONTACTS,
        first__gte=first,
        first__lt=until,
    ).values_list("first", "last", "minutes_ahead", "kind", "timed", "count")
    return np.array(
        [(*row[:3], of[row[3]], *row[4:]) for row in found.iterator(chunk_size=10_000)], dtype=_ROW
    )


def _local(hours: NDArray[np.void], end: str = "first") -> NDArray[np.int64]:
    return np.asarray(hours[end] + hours["ahead"] * MINUTE)


def _bars(hours: NDArray[np.void], told: Mapping[date, int]) -> tuple[int, tuple[Bar, ...]]:
    """The number of weeks of each bar, and the bars: from the Monday of the first day on."""
    days = _local(hours) // DAY
    incidents = np.array([(one - date(1970, 1, 1)).days for one in told], dtype=np.int64)
    every = np.concatenate([days, incidents])
    if not len(every):
        return 1, ()
    monday = int(every.min()) - (int(every.min()) + 3) % 7
    step = 7
    while ceil((int(every.max()) + 1 - monday) / step) > MOST_BARS:
        step *= 2
    number = (int(every.max()) - monday) // step + 1
    counts = np.zeros((number, len(NAMES)), dtype=np.int64)
    np.add.at(counts, ((days - monday) // step, hours["channel"]), hours["count"])
    np.add.at(counts[:, len(CHANNELS)], (incidents - monday) // step, [*told.values()])
    began = [date(1970, 1, 1) + timedelta(days=monday + step * place) for place in range(number)]
    last = timedelta(days=step - 1)
    return step // 7, tuple(
        Bar(Span.of_days(day, day + last), tuple(row))
        for day, row in zip(began, counts.tolist(), strict=True)
    )


def _heat(hours: NDArray[np.void]) -> tuple[tuple[int, ...], ...]:
    timed = hours[hours["timed"] == 1]
    local, counts = _local(timed), np.zeros((24, len(WEEKDAYS)), dtype=np.int64)
    np.add.at(counts, (local % DAY // HOUR, (local // DAY + 3) % 7), timed["count"])
    return tuple(map(tuple, counts.tolist()))


def _occasions(hours: NDArray[np.void]) -> tuple[Occasions, NDArray[np.int64], NDArray[np.bool_]]:
    """The occasions, and of each the number of its contacts and whether its first one is timed.

    The first and the last contact of each hour stand for all of them: a gap of more than an hour lies between two hours.
    """
    ends = np.zeros(2 * len(hours), dtype=_END)
    for half, end in ((slice(None, len(hours)), "first"), (slice(len(hours), None), "last")):
        ends["utc"][half], ends["local"][half] = hours[end], _local(hours, end)
    ends["seq"] = np.arange(len(ends))
    found = occasions.group(rows=ends, chosen=np.ones(len(ends), dtype=np.bool_))
    numbers = np.concatenate([hours["count"], np.zeros(len(hours), dtype=np.int64)])[found.contacts]
    sizes = np.add.reduceat(numbers, found.starts) if len(found) else numbers
    timed = np.tile(hours["timed"] == 1, 2)[found.contacts[found.starts]]
    return found, sizes, timed


def _spans(found: Occasions, sizes: NDArray[np.int64], timed: NDArray[np.bool_]) -> Iterator[Occasion]:
    for first, last, size, has_hour in zip(
        found.first_local.tolist(), found.last_local.tolist(), sizes.tolist(), timed.tolist(), strict=True
    ):
        began, ended = (wall_clock(one - one % MINUTE) for one in (first, last))
        if began and ended:
            yield Occasion(Span(began, ended + timedelta(minutes=1)), size, has_hour)


def _counted(victim: Victim, opened: Mapping[int, File], at: datetime) -> list[Any]:
    """Per file, sender and kind of sent records: how many have a time, and the first and last clock that can be."""
    first, until = map(instant, lines.can_be(at))
    dated, can_be = Q(first__isnull=False), Q(first__gte=first, first__lt=until)
    lead = Cast("minutes_ahead", BigIntegerField()) * MINUTE
    grouped = victim.hours.filter(original__in=opened).values("original", "sender", "kind")
    return list(
        grouped.annotate(
            dated=Sum("count", filter=dated, default=0),
            undated=Sum("count", filter=~dated, default=0),
            began=Min(F("first") + lead, filter=can_be),
            ended=Max(F("last") + lead, filter=can_be),
        )
    )


def _channels(counted: Sequence[Any], opened: Mapping[int, File]) -> Iterator[Channel]:
    of = {kind: channel for channel, kinds in CHANNELS.items() for kind in kinds}
    numbers: Counter[tuple[str, str, bool]] = Counter()
    for row in counted:
        side = lines.side_of(opened[row["original"]].answers, row["sender"])
        if channel := of.get(str(row["kind"])):
            numbers[side, channel, True] += row["dated"]
            numbers[side, channel, False] += row["undated"]
    for side, whose in SIDES.items():
        for channel, name in zip(CHANNELS, NAMES, strict=False):
            dated, undated = (numbers[side, channel, known] for known in (True, False))
            if dated or undated:
                yield Channel(side, channel, (whose, name), dated, undated)


def _kept(victim: Victim, opened: Mapping[int, File]) -> Iterator[Kept]:
    undated = victim.records.filter(at=None).values_list("original").annotate(Count("pk"))
    without = dict(undated)
    for pk, file in opened.items():
        counts = {**(file.row.counts or {}), NO_TIME: without.get(pk, 0)}
        counts["kept"] -= counts[NO_TIME]
        listed = ((code, words, counts.get(code, 0)) for code, words in KEPT)
        yield Kept(file.row.ref, _name(file, opened.values()), tuple(one for one in listed if one[2]))


def _name(file: File, among: Iterable[File]) -> str:
    """The name of a file, with its reference where another one has the same name."""
    name = keeping.name(file.box, file.row)
    twice = sum(keeping.name(one.box, one.row) == name for one in among) > 1
    return f"{name} ({file.row.ref})" if twice else name


def _findings(
    hours: NDArray[np.void],
    found: Occasions,
    timed: NDArray[np.bool_],
    counted: Sequence[Any],
    opened: Mapping[int, File],
) -> Iterator[Finding]:
    """What the library says of the direction, of nights and of weekends, as of any course of conduct."""
    if not len(found):
        return
    ends: dict[int, tuple[int, int]] = {}
    for row in counted:
        if row["began"] is not None:
            first, last = ends.get(row["original"], (row["began"], row["ended"]))
            ends[row["original"]] = min(first, row["began"]), max(last, row["ended"])
    spans = {
        _name(opened[one], opened.values()): (day_of(np.int64(first)), day_of(np.int64(last)))
        for one, (first, last) in ends.items()
    }
    first, last = (
        np.int64(pick(one)) for pick, one in zip((min, max), zip(*ends.values(), strict=True), strict=True)
    )
    period = Period(first=day_of(first), last=day_of(last))
    local = np.repeat(_local(hours), hours["count"])
    times = Times(local=local, timed=np.repeat(hours["timed"] == 1, hours["count"]), began_timed=timed)
    yield from in_time(
        occasions=found, times=times, period=period, told=coverage.of_spans(spans=spans, period=period)
    )
