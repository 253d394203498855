"""The facts about a person for an evaluation: the episode, the events, and the days on which none could happen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.checks import InvalidInputError, sequence

#: The days of an episode, in the order in which they happen.
DAYS = ("referral", "eligible", "start", "end")
#: Every day and every word of an episode, by its field.
DATED = (*DAYS, "planned_end")
WORDS = ("end_reason", "area", "arm")


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


@dataclass(frozen=True, kw_only=True, eq=False)
class Episodes:
    """Everyone's episode, column by column, a row a person; each person once, and days in order.

    `days` holds ordinals by the name of the day (0: there is none), `words` texts by the name of the word (empty: there
    is none). A row is an `Episode` once it is asked for: of a hundred thousand people nearly all are only counted.
    """

    persons: Sequence[str]
    days: Mapping[str, NDArray[np.int64]]
    words: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return len(self.persons)

    def __getitem__(self, row: int) -> Episode:
        day = {
            name: date.fromordinal(int(found[row])) if found[row] else None
            for name, found in self.days.items()
        }
        word = {name: found[row] or None for name, found in self.words.items()}
        return Episode(
            person=self.persons[row],
            referral=day["referral"],
            eligible=day["eligible"],
            start=day["start"],
            planned_end=day["planned_end"],
            end=day["end"],
            end_reason=word["end_reason"],
            area=word["area"],
            arm=word["arm"],
        )

    def __iter__(self) -> Iterator[Episode]:
        return map(self.__getitem__, range(len(self)))

    @cached_property
    def arms(self) -> NDArray[np.str_]:
        return np.array(self.words["arm"])

    @cached_property
    def end_reasons(self) -> NDArray[np.object_]:
        """Why each place ended; texts of their own, since one that is long would make every row as wide."""
        return np.array(self.words["end_reason"], dtype=object)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Each person's row."""
        return {person: row for row, person in enumerate(self.persons)}


def ordinals(days: Sequence[date | None]) -> NDArray[np.int64]:
    """Days as a column of ordinals; 0 where there is none."""
    return np.array([0 if day is None else day.toordinal() for day in days], dtype=np.int64)


def read_episodes(value: object) -> Episodes:
    """Episodes from dataclasses or mappings. Refuses a person twice and days out of order."""
    if isinstance(value, Episodes):
        return value
    read = [
        item if isinstance(item, Episode) else Episode(**_record(f"episodes[{row}]", item, Episode))
        for row, item in enumerate(sequence(field="episodes", value=value))
    ]
    return checked(
        Episodes(
            persons=[one.person for one in read],
            days={name: ordinals([getattr(one, name) for one in read]) for name in DATED},
            words={name: [getattr(one, name) or "" for one in read] for name in WORDS},
        )
    )


def checked(episodes: Episodes) -> Episodes:
    """Return these episodes. Refuses a person twice and days out of order, the first row first."""
    wrong, latest = np.zeros(len(episodes), dtype=bool), np.zeros(len(episodes), dtype=np.int64)
    for name in DAYS:
        day = episodes.days[name]
        wrong |= (day > 0) & (day < latest)
        latest = np.maximum(latest, day)
    row = int(np.argmax(wrong)) if wrong.any() else len(episodes)
    if len(episodes.places) < len(episodes):
        _refuse_twice(episodes.persons[: row + 1])
    if row < len(episodes):
        raise _out_of_order(row, episodes[row])
    return episodes


def _refuse_twice(persons: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for row, person in enumerate(persons):
        if person in seen:
            raise InvalidInputError(
                f"episodes[{row}].person", f"must not appear twice: {person:.60} is also row {seen[person]}"
            )
        seen[person] = row


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

    `who`, `kind` and `day` have a row an event: the person's row (-1: of nobody), the kind's place among `kinds`, and
    the day as an ordinal.
    """

    people: Episodes
    events: Sequence[OutcomeEvent]
    gaps: Sequence[ExposureGap]

    @cached_property
    def who(self) -> NDArray[np.int64]:
        return np.array([self.people.places.get(one.person, -1) for one in self.events], dtype=np.int64)

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
        return ordinals([one.date for one in self.events])


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
