"""The study's files: episodes, events and gaps, refused with the line and the column where they cannot be read."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.episodes import (
    DATED,
    WORDS,
    Episode,
    Episodes,
    ExposureGap,
    OutcomeEvent,
    checked,
    ordinals,
    read_gaps,
)
from desist_evaluation.study.plan import KINDS
from desist_evaluation.study.sheets import DateOrder, Sheet, read_sheet

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
    if not sheet.lines:
        raise InvalidInputError("EPISODES", "must have at least one person")
    extra = [name for name in sheet.columns if name not in known]
    if len(extra) > MOST_COVARIATES:
        raise InvalidInputError("EPISODES", f"must have at most {MOST_COVARIATES} columns of its own")
    found = Episodes(
        persons=sheet.filled("person"),
        days={name: ordinals(sheet.days(name)) for name in DATED},
        words={name: sheet.words(name) for name in WORDS},
    )
    read = _located(sheet, lambda: checked(found))
    _check_arms(read)
    happened = read_sheet("EVENTS", events, needed=("person", "date", "kind"), order=order)
    away = read_sheet("GAPS", gaps, needed=("person", "start"), order=order) if gaps.strip() else None
    return StudyData(
        episodes=read,
        arms=tuple(sorted(set(read.words["arm"]))),
        covariates={name: sheet.columns[name] for name in extra},
        events=tuple(_read_events(happened)),
        gaps=() if away is None else tuple(_read_gaps(away)),
        blanks={name: column.count("") for name, column in sheet.columns.items() if name != "person"},
        lines={part.file: part.lines for part in (sheet, happened, *((away,) if away else ()))},
        digest=hashlib.sha256(b"\0".join(map(_raw, (episodes, events, gaps)))).hexdigest(),
    )


def _raw(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _check_arms(episodes: Episodes) -> None:
    arms = Counter(episodes.words["arm"])
    if len(arms) > 1 and "" in arms:
        raise InvalidInputError(
            "EPISODES", f"must name an arm for everyone or for nobody ({arms['']} have none)"
        )
    if len(arms) > MOST_ARMS:
        raise InvalidInputError("EPISODES", f"must have at most {MOST_ARMS} arms, not {len(arms)}")


def _read_events(sheet: Sheet) -> Iterator[OutcomeEvent]:
    column = sheet.columns["kind"]
    kinds = {cell: cell.lower().replace(" ", "_") for cell in set(column)}
    if unknown := {cell for cell, kind in kinds.items() if kind not in KINDS}:
        row = next(row for row, cell in enumerate(column) if cell in unknown)
        raise InvalidInputError(
            f"{sheet.place(row)}, kind",
            f"must be one of {', '.join(sorted(KINDS))}, not {column[row]!r:.60}",
        )
    sources = [cell.lower() or None for cell in sheet.words("source")]
    for person, day, cell, source in zip(
        sheet.filled("person"), _every_day(sheet, "date"), column, sources, strict=True
    ):
        yield OutcomeEvent(person=person, date=day, kind=kinds[cell], source=source)


def _read_gaps(sheet: Sheet) -> list[ExposureGap]:
    columns = (sheet.filled("person"), _every_day(sheet, "start"), sheet.days("end"), sheet.words("why"))
    found = [
        ExposureGap(person=person, start=start, end=end, why=why or "custody")
        for person, start, end, why in zip(*columns, strict=True)
    ]
    _located(sheet, lambda: read_gaps(found))
    return found


def _every_day(sheet: Sheet, name: str) -> list[date]:
    """Return a column in which every row must have a day."""
    sheet.filled(name)
    return [day for day in sheet.days(name) if day is not None]


def _located(sheet: Sheet, read: Callable[[], Read]) -> Read:
    """Run a reader whose refusals name a row from nought (`episodes[3].end`), and name the file's line instead."""
    try:
        return read()
    except InvalidInputError as error:
        row, _, column = error.field.partition("[")[2].partition("].")
        rule = re.sub(r"row (\d+)", lambda other: f"line {sheet.lines[int(other[1])]}", error.rule)
        raise InvalidInputError(f"{sheet.file} line {sheet.lines[int(row)]}, {column}", rule) from None
