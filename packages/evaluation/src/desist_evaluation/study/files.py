"""The study's files: episodes, events and gaps, refused with the line and the column where they cannot be read."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.episodes import Episode, Episodes, ExposureGap, OutcomeEvent, read_episodes, read_gaps
from desist_evaluation.study.plan import KINDS
from desist_evaluation.study.sheets import DateOrder, Row, Sheet, read_sheet

#: A source that may leave advocacy only as an aggregate, so that its events are counted only where the plan says so.
VICTIM = "victim"
MOST_ARMS = 4
MOST_COVARIATES = 40
Read = TypeVar("Read")


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyData:
    """The data that were read. `covariates` holds a column a name, as in `episodes`; `blanks` counts empty cells.

    `arms` are the arms' names in order: one empty name where the file names none.
    `lines` are the places in each file (EPISODES, EVENTS, GAPS) of what was read from it, in the same order.
    """

    episodes: Episodes
    arms: tuple[str, ...]
    covariates: Mapping[str, tuple[str, ...]]
    events: tuple[OutcomeEvent, ...]
    gaps: tuple[ExposureGap, ...]
    blanks: Mapping[str, int]
    lines: Mapping[str, tuple[int, ...]]
    digest: str


def read_study(
    *, episodes: str | bytes, events: str | bytes, gaps: str | bytes = "", order: DateOrder | None = None
) -> StudyData:
    """Return the data from the files: CSV texts, or bytes as they were found. `gaps` may be empty.

    `order` is the order of day, month and year where days are written in numbers with strokes or dots. Raises
    `InvalidInputError` with file, line, column.
    """
    known = [part.name for part in fields(Episode)]
    sheet = read_sheet("EPISODES", episodes, needed=("person",), order=order)
    if not sheet.rows:
        raise InvalidInputError("EPISODES", "must have at least one person")
    extra = [name for name in sheet.header if name not in known]
    if len(extra) > MOST_COVARIATES:
        raise InvalidInputError("EPISODES", f"must have at most {MOST_COVARIATES} columns of its own")
    found = tuple(_episode(sheet, place, row) for place, row in sheet.placed())
    read = _located(sheet, lambda: read_episodes(found))
    _check_arms(read)
    happened = read_sheet("EVENTS", events, needed=("person", "date", "kind"), order=order)
    away = read_sheet("GAPS", gaps, needed=("person", "start"), order=order) if gaps.strip() else None
    return StudyData(
        episodes=read,
        arms=tuple(sorted({one.arm or "" for one in read})),
        covariates={name: tuple(row[name] for row in sheet.rows) for name in extra},
        events=tuple(_read_events(happened)),
        gaps=() if away is None else tuple(_read_gaps(away)),
        blanks={name: sum(not row[name] for row in sheet.rows) for name in sheet.header if name != "person"},
        lines={part.file: part.lines for part in (sheet, happened, *((away,) if away else ()))},
        digest=hashlib.sha256(b"\0".join(map(_raw, (episodes, events, gaps)))).hexdigest(),
    )


def _raw(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _needed(place: str, name: str, text: str) -> str:
    if not text:
        raise InvalidInputError(f"{place}, {name}", "is needed")
    return text


def _episode(sheet: Sheet, place: str, row: Row) -> Episode:
    days = {
        name: sheet.day(place, name, row[name])
        for name in ("referral", "eligible", "start", "planned_end", "end")
        if row.get(name)
    }
    return Episode(
        person=_needed(place, "person", row["person"]),
        **days,
        end_reason=row.get("end_reason") or None,
        area=row.get("area") or None,
        arm=row.get("arm") or None,
    )


def _check_arms(episodes: Episodes) -> None:
    arms = Counter(episode.arm for episode in episodes)
    if len(arms) > 1 and None in arms:
        raise InvalidInputError(
            "EPISODES", f"must name an arm for everyone or for nobody ({arms[None]} have none)"
        )
    if len(arms) > MOST_ARMS:
        raise InvalidInputError("EPISODES", f"must have at most {MOST_ARMS} arms, not {len(arms)}")


def _read_events(sheet: Sheet) -> Iterator[OutcomeEvent]:
    for place, row in sheet.placed():
        kind = row["kind"].lower().replace(" ", "_")
        if kind not in KINDS:
            raise InvalidInputError(
                f"{place}, kind", f"must be one of {', '.join(sorted(KINDS))}, not {row['kind']!r:.60}"
            )
        yield OutcomeEvent(
            person=_needed(place, "person", row["person"]),
            date=sheet.day(place, "date", row["date"]),
            kind=kind,
            source=row.get("source", "").lower() or None,
        )


def _read_gaps(sheet: Sheet) -> list[ExposureGap]:
    found = [
        ExposureGap(
            person=_needed(place, "person", row["person"]),
            start=sheet.day(place, "start", row["start"]),
            end=sheet.day(place, "end", row["end"]) if row.get("end") else None,
            why=row.get("why") or "custody",
        )
        for place, row in sheet.placed()
    ]
    _located(sheet, lambda: read_gaps(found))
    return found


def _located(sheet: Sheet, read: Callable[[], Read]) -> Read:
    """Run a reader whose refusals name a row from nought (`episodes[3].end`), and name the file's line instead."""
    try:
        return read()
    except InvalidInputError as error:
        row, _, column = error.field.partition("[")[2].partition("].")
        rule = re.sub(r"row (\d+)", lambda other: f"line {sheet.lines[int(other[1])]}", error.rule)
        raise InvalidInputError(f"{sheet.file} line {sheet.lines[int(row)]}, {column}", rule) from None
