"""Questions for a person's trigger calendar: what the diary, the chains and the key dates say about when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist.programme.chains import queries as chains
from desist.programme.chains.patterns import ReadChain
from desist.programme.chains.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates import queries as key_dates
from desist.programme.orders.key_dates.queries import Coming
from desist.programme.sessions.diary import queries as diary
from desist.programme.sessions.diary.queries import WEEKS, Day
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

#: an urge from this figure on counts as strong
STRONG = 4
#: the hours that stand in one column
BAND = 3
#: how far around a key date the page looks
AROUND = timedelta(days=7)
BANDS = tuple(
    f"{dates.clock(time(first))} to {dates.clock(time((first + BAND) % 24))}" for first in range(0, 24, BAND)
)


@dataclass(frozen=True)
class Counted:
    """What happened in some days or hours: acts, strong urges, chains."""

    acts: int
    urges: int
    chains: int

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return bool(self.acts or self.urges or self.chains)


@dataclass(frozen=True)
class KeyDate:
    """A key date ahead, the last such date, and what happened in the week before it and after; None: no such date is known."""

    coming: Coming
    last: date | None
    around: Counted | None


@dataclass(frozen=True)
class TriggersPage:
    """A year of one person. `hours`: a row for each weekday, a column for each of BANDS, and one for no hour noted."""

    ref: str
    spoken: str
    name: str
    days: tuple[Day, ...]
    chains: tuple[ReadChain, ...]
    hours: tuple[tuple[str, tuple[Counted, ...]], ...]
    ahead: tuple[KeyDate, ...]
    bands: tuple[str, ...] = BANDS

    @property
    def columns(self) -> list[tuple[str, None]]:
        """The headings of the table by weekday and hour."""
        return [(heading, None) for heading in ("Day", *self.bands, "No hour noted")]

    @property
    def squares(self) -> list[tuple[date, int | None, str]]:
        """The days as a chart takes them."""
        return diary.squares(self.days)

    @property
    def below(self) -> list[tuple[str, set[date]]]:
        """The weeks with a chain and with a key date that has passed, as a chart takes them."""
        lasts = {one.last for one in self.ahead if one.last}
        return [("Chains", {one.happened_on for one in self.chains if one.happened_on}), ("Dates", lasts)]

    @property
    def weeks(self) -> list[tuple[date, Counted]]:
        """The weeks in which anything happened, newest first."""
        found = [
            (one.day, _of_span(self.days, self.chains, one.day, one.day + timedelta(days=6)))
            for one in self.days[::7]
        ]
        return [one for one in reversed(found) if one[1]]


def triggers(*, actor: Actor, ref: str, at: datetime) -> TriggersPage:
    """A year up to today, and the dates of the next one."""
    episode = gate.open(actor, Action.SEE_CHAINS, Episode, ref, at=at).select_related("referral").get()
    today = dates.day_of(at)
    monday = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    days = diary.days(episode=episode, first=monday, last=today)
    told = tuple(chains.of_episode(episode=episode))
    lasts = key_dates.lasts(episode=episode, today=today)
    coming = key_dates.of_person(episode=episode, today=today)
    return TriggersPage(
        ref=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        days=days,
        chains=told,
        hours=tuple(_hours(days, told)),
        ahead=tuple(_key_date(one, lasts.get(one.kind), days, told) for one in coming),
    )


def _hours(days: Sequence[Day], told: Sequence[ReadChain]) -> Iterator[tuple[str, tuple[Counted, ...]]]:
    """Each weekday with its counts by band of hours; the last one is of what has no hour."""
    for number, name in enumerate(dates.DAYS):
        here = [one for one in days if one.day.weekday() == number]
        chained = [one for one in told if one.happened_on and one.happened_on.weekday() == number]
        bands = [*range(len(BANDS)), None]
        yield (
            name,
            tuple(
                _count(
                    [one for one in here if _band(one.hour) == band],
                    [one for one in chained if _band(one.hour) == band],
                )
                for band in bands
            ),
        )


def _band(hour: int | None) -> int | None:
    return None if hour is None else hour // BAND


def _count(days: Sequence[Day], told: Sequence[ReadChain]) -> Counted:
    strong = sum((one.figures.get("urge") or 0) >= STRONG for one in days)
    return Counted(acts=sum(one.acted for one in days), urges=strong, chains=len(told))


def _of_span(days: Sequence[Day], told: Sequence[ReadChain], first: date, last: date) -> Counted:
    return _count(
        [one for one in days if first <= one.day <= last],
        [one for one in told if one.happened_on and first <= one.happened_on <= last],
    )


def _key_date(coming: Coming, last: date | None, days: Sequence[Day], told: Sequence[ReadChain]) -> KeyDate:
    return KeyDate(
        coming, last, _of_span(days, told, last - AROUND, last + AROUND) if last is not None else None
    )
