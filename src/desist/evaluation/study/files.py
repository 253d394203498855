"""The study's files: episodes, events and gaps, refused with the line and the column where they cannot be read."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from desist.evaluation.checks import InvalidInputError
from desist.evaluation.episodes import (
    Episode,
    ExposureGap,
    OutcomeEvent,
    read_day,
    read_episodes,
    read_gaps,
)
from desist.evaluation.study.plan import KINDS

#: A source that may leave advocacy only as an aggregate, so that its events are counted only where the plan says so.
VICTIM = "victim"
MOST_ARMS = 4
MOST_COVARIATES = 40
Row = dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyData:
    """Everything read. `covariates` holds a column a name, in the order of `episodes`; `blanks` counts empty cells."""

    episodes: tuple[Episode, ...]
    covariates: Mapping[str, tuple[str, ...]]
    events: tuple[OutcomeEvent, ...]
    gaps: tuple[ExposureGap, ...]
    blanks: Mapping[str, int]
    digest: str

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms' names in order; one empty name where nobody is in an arm."""
        return tuple(sorted({episode.arm or "" for episode in self.episodes}))


def read_study(*, episodes: str, events: str, gaps: str = "") -> StudyData:
    """The data from the texts of the files; `gaps` may be empty. Raises `InvalidInputError` with file, line, column."""
    known = [part.name for part in fields(Episode)]
    header, rows = _rows("EPISODES", episodes, needed=("person",))
    people = list(rows)
    if not people:
        raise InvalidInputError("EPISODES", "must have at least one person")
    extra = [name for name in header if name not in known]
    if len(extra) > MOST_COVARIATES:
        raise InvalidInputError("EPISODES", f"must have at most {MOST_COVARIATES} columns of its own")
    read = tuple(_episode(line, row) for line, row in enumerate(people, start=2))
    _located("EPISODES", lambda: read_episodes(read))
    _check_arms(read)
    return StudyData(
        episodes=read,
        covariates={name: tuple(row[name] for row in people) for name in extra},
        events=tuple(_read_events(events)),
        gaps=tuple(_read_gaps(gaps)) if gaps.strip() else (),
        blanks={name: sum(not row[name] for row in people) for name in header if name != "person"},
        digest=hashlib.sha256("\0".join((episodes, events, gaps)).encode()).hexdigest(),
    )


def _rows(file: str, text: str, *, needed: tuple[str, ...]) -> tuple[list[str], Iterator[Row]]:
    """The header and the rows of a CSV text, cells stripped; blank lines at the end are passed over."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff").rstrip()))
    header = [name.strip() for name in next(reader, [])]
    for name in needed:
        if name not in header:
            raise InvalidInputError(file, f"must have a column {name}; it has {', '.join(header) or 'none'}")
    repeated = [name for name, times in Counter(header).items() if times > 1]
    if repeated or not all(header):
        raise InvalidInputError(
            file, f"must name every column once ({', '.join(repeated) or 'one is empty'})"
        )
    return header, _cells(file, header, reader)


def _cells(file: str, header: list[str], reader: Iterator[list[str]]) -> Iterator[Row]:
    for line, cells in enumerate(reader, start=2):
        if len(cells) != len(header):
            raise InvalidInputError(f"{file} line {line}", f"must have {len(header)} cells, not {len(cells)}")
        yield dict(zip(header, map(str.strip, cells), strict=True))


def _day(place: str, name: str, text: str) -> date | None:
    return read_day(field=f"{place}, {name}", value=text) if text else None


def _needed(place: str, name: str, text: str) -> str:
    if not text:
        raise InvalidInputError(f"{place}, {name}", "is needed")
    return text


def _episode(line: int, row: Row) -> Episode:
    place = f"EPISODES line {line}"
    return Episode(
        person=_needed(place, "person", row["person"]),
        referral=_day(place, "referral", row.get("referral", "")),
        eligible=_day(place, "eligible", row.get("eligible", "")),
        start=_day(place, "start", row.get("start", "")),
        planned_end=_day(place, "planned_end", row.get("planned_end", "")),
        end=_day(place, "end", row.get("end", "")),
        end_reason=row.get("end_reason") or None,
        area=row.get("area") or None,
        arm=row.get("arm") or None,
    )


def _check_arms(episodes: tuple[Episode, ...]) -> None:
    arms = Counter(episode.arm for episode in episodes)
    if len(arms) > 1 and None in arms:
        raise InvalidInputError(
            "EPISODES", f"must name an arm for everyone or for nobody ({arms[None]} have none)"
        )
    if len(arms) > MOST_ARMS:
        raise InvalidInputError("EPISODES", f"must have at most {MOST_ARMS} arms, not {len(arms)}")


def _read_events(text: str) -> Iterator[OutcomeEvent]:
    _, rows = _rows("EVENTS", text, needed=("person", "date", "kind"))
    for line, row in enumerate(rows, start=2):
        place = f"EVENTS line {line}"
        kind = row["kind"].lower().replace(" ", "_")
        if kind not in KINDS:
            raise InvalidInputError(
                f"{place}, kind", f"must be one of {', '.join(sorted(KINDS))}, not {row['kind']!r:.60}"
            )
        yield OutcomeEvent(
            person=_needed(place, "person", row["person"]),
            date=read_day(field=f"{place}, date", value=row["date"]),
            kind=kind,
            source=row.get("source", "").lower() or None,
        )


def _read_gaps(text: str) -> list[ExposureGap]:
    _, rows = _rows("GAPS", text, needed=("person", "start"))
    found = []
    for line, row in enumerate(rows, start=2):
        place = f"GAPS line {line}"
        found.append(
            ExposureGap(
                person=_needed(place, "person", row["person"]),
                start=read_day(field=f"{place}, start", value=row["start"]),
                end=_day(place, "end", row.get("end", "")),
                why=row.get("why") or "custody",
            )
        )
    _located("GAPS", lambda: read_gaps(found))
    return found


def _located(file: str, read: Callable[[], object]) -> None:
    """Run a reader whose refusals name a row from nought (`episodes[3].end`), and name the line of the file instead."""
    try:
        read()
    except InvalidInputError as error:
        row, _, column = error.field.partition("[")[2].partition("].")
        rule = re.sub(r"row (\d+)", lambda other: f"line {int(other[1]) + 2}", error.rule)
        raise InvalidInputError(f"{file} line {int(row) + 2}, {column}", rule) from None
