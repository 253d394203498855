"""What narrows a chronology, and the records and other entries that it leaves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.db.models.lookups import Exact

from desist import codes
from desist.advocacy.evidence import lines
from desist.advocacy.evidence.lines import FARTHEST, File
from desist.advocacy.evidence.models import Record
from desist.advocacy.exhibits.standing import queries as exhibits
from desist.advocacy.tags import queries as tags
from desist.ui import dates

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: any act, of every incident
ANY = "any"


@dataclass(frozen=True)
class Span:
    """From one wall clock on and before another one, as the phone and the client tell the time."""

    first: datetime
    until: datetime

    @classmethod
    def of_days(cls, first: date, last: date) -> "Span":
        """Whole days, both included."""
        return cls(datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time()))

    @classmethod
    def read(cls, code: str) -> "Span | None":
        """From an address; None where it says no span."""
        try:
            first, until = (datetime.fromisoformat(part).replace(tzinfo=None) for part in code.split("/"))
        except ValueError:
            return None
        return cls(first, until) if datetime(1970, 1, 2) <= first < until <= datetime(9000, 1, 1) else None  # noqa: DTZ001

    @property
    def code(self) -> str:
        """Its words in an address."""
        return f"{self.first:%Y-%m-%dT%H:%M}/{self.until:%Y-%m-%dT%H:%M}"

    @property
    def words(self) -> str:
        """Its words on a page: days, with times where it does not begin or end at midnight."""
        if self.first.time() == self.until.time() == time():
            first, last = (
                dates.on(day) for day in (self.first.date(), self.until.date() - timedelta(days=1))
            )
        else:
            first, last = (
                f"{dates.on(one.date())}, {dates.clock(one.time())}" for one in (self.first, self.until)
            )
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True)
class Hour:
    """An hour of one weekday, 1 for Monday, by the phone's clock."""

    weekday: int
    hour: int

    @classmethod
    def read(cls, code: str) -> "Hour | None":
        """From an address; None where it says no hour."""
        weekday, _, hour = code.partition("-")
        said = (
            cls(int(weekday), int(hour))
            if weekday.isdecimal() and hour.isdecimal() and len(code) < 5
            else None
        )
        return said if said and 1 <= said.weekday <= 7 and said.hour <= 23 else None

    @property
    def words(self) -> str:
        """Its words on a page."""
        return f"{WEEKDAYS[self.weekday - 1]}s, {self.hour:02d}:00 to {(self.hour + 1) % 24:02d}:00"


@dataclass(frozen=True)
class Asked:
    """What narrows a chronology: codes of its filters, "" for all, and words to search for."""

    channel: str = ""
    side: str = ""
    act: str = ""
    file: str = ""
    span: Span | None = None
    hour: Hour | None = None
    undated: bool = False
    words: str = ""
    tag: str = ""
    #: "on" for records on an exhibit, "none" for those on no exhibit
    used: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether something that happened in this span may be left out."""
        return bool(self.of_records or self.act or self.tag)

    @property
    def of_records(self) -> bool:
        """Whether only records of exports are asked for."""
        return bool(
            self.channel or self.side or self.file or self.hour or self.words or self.undated or self.used
        )

    def holds(self, at: datetime) -> bool:
        """Whether a moment is in the span."""
        clock = dates.local(at).replace(tzinfo=None)
        return self.span is None or self.span.first <= clock < self.span.until


def narrowed(
    kept: QuerySet[Record], opened: Mapping[int, File], asked: Asked, *, at: datetime
) -> QuerySet[Record]:
    """The records that are left, before any search for words."""
    if asked.act:
        return kept.none()
    found = kept.filter(at__isnull=asked.undated)
    if asked.channel:
        found = found.filter(lines.of_channel(asked.channel))
    if asked.side:
        found = found.filter(lines.of_side(opened, asked.side))
    if asked.file:
        found = found.filter(original__ref=asked.file)
    if asked.tag:
        found = found.filter(tags.with_tag(asked.tag))
    if asked.used:
        found = found.filter(exhibits.on_one() if asked.used == "on" else ~exhibits.on_one())
    if not asked.undated and (asked.span or asked.hour):
        ahead = ExpressionWrapper(F("minutes_ahead") * Value(timedelta(minutes=1)), DurationField())
        # the phone's clock, as if it were in UTC
        found = found.alias(clock=ExpressionWrapper(F("at") + ahead, DateTimeField()))
        found = found.filter(*_by_clock(asked, at))
    return found


def _by_clock(asked: Asked, at: datetime) -> Iterator[Q | Exact]:
    if span := asked.span:
        first, until = (one.replace(tzinfo=UTC) for one in (span.first, span.until))
        yield Q(at__gte=first - FARTHEST, at__lt=until + FARTHEST)  # what the index knows
        yield Q(clock__gte=first, clock__lt=until)
    if asked.hour:
        first, until = lines.can_be(at)
        yield ~Q(precision="day") & Q(at__gte=first, at__lt=until)
        yield Exact(ExtractHour("clock", tzinfo=UTC), asked.hour.hour)
        yield Exact(ExtractIsoWeekDay("clock", tzinfo=UTC), asked.hour.weekday)


def acts() -> list[tuple[str, str]]:
    """The acts of incidents to choose from."""
    return [(ANY, "Every incident"), *((act.value, str(act.label)) for act in codes.Behaviour)]
