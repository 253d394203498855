"""The facts about a person for an evaluation: the episode, the events, and the days on which none could happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.checks import InvalidInputError, sequence

#: The days of an episode, in the order in which they happen.
DAYS = ("referral", "eligible", "start", "end")
DAYS_OF = attrgetter(*DAYS)


def read_day(*, field: str, value: object) -> date:
    """Return a day, from a day or a text such as 2026-11-24."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise InvalidInputError(field, f"must be a day written as 2026-11-24, not {value!r:.60}") from None


@dataclass(frozen=True, kw_only=True, slots=True)
class Episode:
    """One person's way through the programme, under a pseudonym; a day that did not come is None."""

    person: str
    referral: date | None = None
    eligible: date | None = None
    start: date | None = None
    planned_end: date | None = None
    end: date | None = None
    end_reason: str | None = None
    area: str | None = None
    arm: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeEvent:
    """An event: its kind (new stalking, breach, death ...) and source (police, court, victim, self)."""

    person: str
    date: date
    kind: str
    source: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExposureGap:
    """Days on which no event outside could happen, such as custody: first day, last day (None: still), reason."""

    person: str
    start: date
    end: date | None = None
    why: str = "custody"


class Episodes(tuple[Episode, ...]):
    """Episodes as `read_episodes` returns them, each person once and days in order: they need no reading again."""

    __slots__ = ()


def read_episodes(value: object) -> Episodes:
    """Episodes from dataclasses or mappings. Refuses a person twice and days out of order."""
    if isinstance(value, Episodes):
        return value
    episodes = Episodes(
        item if isinstance(item, Episode) else Episode(**_record(f"episodes[{row}]", item, Episode))
        for row, item in enumerate(sequence(field="episodes", value=value))
    )
    seen: dict[str, int] = {}
    for row, episode in enumerate(episodes):
        if episode.person in seen:
            raise InvalidInputError(
                f"episodes[{row}].person",
                f"must not appear twice: {episode.person:.60} is also row {seen[episode.person]}",
            )
        seen[episode.person] = row
        known = [day for day in DAYS_OF(episode) if day is not None]
        if known != sorted(known):
            raise _out_of_order(row, episode)
    return episodes


def _out_of_order(row: int, episode: Episode) -> InvalidInputError:
    known = [(day, name) for name in DAYS if (day := getattr(episode, name)) is not None]
    (last, before), (found, name) = next(pair for pair in pairwise(known) if pair[1][0] < pair[0][0])
    return InvalidInputError(f"episodes[{row}].{name}", f"must not be before {before} ({found} and {last})")


def read_events(value: object) -> list[OutcomeEvent]:
    """Events from dataclasses or mappings."""
    return [
        item
        if isinstance(item, OutcomeEvent)
        else OutcomeEvent(**_record(f"events[{row}]", item, OutcomeEvent))
        for row, item in enumerate(sequence(field="events", value=value, least=0))
    ]


def read_gaps(value: object) -> list[ExposureGap]:
    """Gaps from dataclasses or mappings (`from` and `to` may stand for start and end). Refuses an end before the start."""
    gaps = []
    for row, item in enumerate(sequence(field="gaps", value=value, least=0)):
        gap = (
            item
            if isinstance(item, ExposureGap)
            else ExposureGap(**_record(f"gaps[{row}]", _named(item), ExposureGap))
        )
        if gap.end is not None and gap.end < gap.start:
            raise InvalidInputError(
                f"gaps[{row}].end", f"must not be before start ({gap.end} and {gap.start})"
            )
        gaps.append(gap)
    return gaps


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everyone, their events and their days away, checked; columns of them are made once, however often they are asked.

    `persons` and `arms` have a row a person; `who`, `kind` and `day` a row an event: the person's row (-1: of nobody),
    the kind's place among `kinds`, and the day as an ordinal.
    """

    people: Episodes
    events: Sequence[OutcomeEvent]
    gaps: Sequence[ExposureGap]

    @cached_property
    def persons(self) -> NDArray[np.str_]:
        return np.array([one.person for one in self.people])

    @cached_property
    def arms(self) -> NDArray[np.str_]:
        return np.array([one.arm or "" for one in self.people])

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Each person's row."""
        return {one.person: place for place, one in enumerate(self.people)}

    @cached_property
    def who(self) -> NDArray[np.int64]:
        return np.array([self.places.get(one.person, -1) for one in self.events], dtype=np.int64)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of event there is, once."""
        return tuple(dict.fromkeys(one.kind for one in self.events))

    @cached_property
    def kind(self) -> NDArray[np.int64]:
        place_of = {kind: place for place, kind in enumerate(self.kinds)}
        return np.array([place_of[one.kind] for one in self.events], dtype=np.int64)

    @cached_property
    def day(self) -> NDArray[np.int64]:
        return np.array([one.date.toordinal() for one in self.events], dtype=np.int64)


def read_records(episodes: object, events: object, gaps: object) -> Records:
    """Everyone with their events and gaps, from dataclasses or mappings."""
    return Records(people=read_episodes(episodes), events=read_events(events), gaps=read_gaps(gaps))


def _named(item: object) -> object:
    if not isinstance(item, Mapping):
        return item
    names = {"from": "start", "to": "end"}
    return {names.get(str(key), key): value for key, value in item.items()}


def _record(place: str, item: object, kind: type[Episode | OutcomeEvent | ExposureGap]) -> dict[str, Any]:
    """Return one mapping's values by field, with days read; refuse unknown and missing fields."""
    if not isinstance(item, Mapping):
        raise InvalidInputError(place, f"must be an object, not {item!r:.60}")
    known = {part.name: part for part in fields(kind)}
    given_as = {"person_key": "person"}
    item = {given_as.get(str(name), str(name)): value for name, value in item.items()}
    for name in item:
        if name not in known:
            raise InvalidInputError(f"{place}.{name:.60}", f"is not known; the fields are {', '.join(known)}")
    record: dict[str, object] = {}
    for name, part in known.items():
        given = item.get(name)
        if given is not None and given != "":
            days = "date" in str(part.type)
            record[name] = read_day(field=f"{place}.{name}", value=given) if days else str(given)
        elif name in _needed(kind):
            raise InvalidInputError(f"{place}.{name}", "is needed")
    return record


def _needed(kind: type) -> Sequence[str]:
    return {Episode: ("person",), OutcomeEvent: ("person", "date", "kind"), ExposureGap: ("person", "start")}[
        kind
    ]
