"""Wall-clock times of an assumed zone to instants, with the hour that comes twice and the hour that never comes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desist_chronicle.errors import UnknownZoneError
from desist_chronicle.records import Flag

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: 1970 as a wall clock shows it, which has no zone
WALL_CLOCK_EPOCH = EPOCH.replace(tzinfo=None)
#: No zone has ever changed its clocks twice within six hours.
LOOKED_AT = tuple(timedelta(hours=hour) for hour in range(0, 25, 6))
#: No telephone has written a message outside these years; such a date was read wrongly.
FIRST_YEAR, LAST_YEAR = 1970, 2100


class Instant(NamedTuple):
    """A wall-clock time, its instant, and what is uncertain about it."""

    local: datetime
    utc: datetime
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Midnight of a calendar day; `utc` is None on a day on which the clocks change."""

    local: datetime
    utc: datetime | None


class LocalClock:
    """The wall clock of one zone, as a phone there would have shown it."""

    def __init__(self, zone: str) -> None:
        try:
            self._zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UnknownZoneError(
                f"{zone!r} is not a time zone. Use a name such as Europe/London or Europe/Madrid."
            ) from None
        self.zone = zone

    def day(self, day: date) -> Day:
        """Midnight of `day`, and its instant if the whole day keeps one offset."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone)
        local = midnight.replace(tzinfo=None)
        if len({(midnight + since).utcoffset() for since in LOOKED_AT}) > 1:
            return Day(local, None)
        if _comes_twice(midnight + LOOKED_AT[-1]):
            return Day(local, None)
        return Day(local, midnight.astimezone(UTC))

    def instant(self, local: datetime, *, after: datetime | None = None) -> Instant:
        """The instant of a wall-clock time; inside a fold the first pass that is not before `after`."""
        aware = local.replace(tzinfo=self._zone)
        utc = aware.astimezone(UTC)
        if utc.astimezone(self._zone).replace(tzinfo=None) != local:
            return Instant(local, utc, (Flag.CLOCK_GAP,))
        if not _comes_twice(aware):
            return Instant(local, utc, ())
        second = aware.replace(fold=1).astimezone(UTC)
        passed = after is not None and utc < after <= second
        return Instant(local, second if passed else utc, (Flag.CLOCK_FOLD,))

    def at(self, utc: datetime) -> Instant:
        """The wall-clock time of a known instant; nothing about it is uncertain."""
        return Instant(utc.astimezone(self._zone).replace(tzinfo=None), utc, ())

    def at_epoch(self, milliseconds: int) -> Instant | None:
        """The wall-clock time of milliseconds since 1970 in UTC; None outside the years of telephones, and for 0.

        No message was sent at the first instant of 1970: an export writes 0 where it has no time.
        """
        if not milliseconds:
            return None
        try:
            utc = EPOCH + timedelta(milliseconds=milliseconds)
        except OverflowError:
            return None
        return self.at(utc) if FIRST_YEAR <= utc.year <= LAST_YEAR else None


def _comes_twice(moment: datetime) -> bool:
    """Return whether the clock of the moment's zone shows it twice."""
    return moment.utcoffset() != moment.replace(fold=1).utcoffset()


@lru_cache(maxsize=8)
def clock_of(zone: str) -> LocalClock:
    """The one wall clock of a zone."""
    return LocalClock(zone)
