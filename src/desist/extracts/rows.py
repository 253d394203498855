"""The rows of an extract: each a line of cells with commas between, which both sides check against the dictionary. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desist.extracts.dictionary import EPISODES, FILES, GAPS, KNOWN, SMALLEST_GROUP, File

PSEUDONYM = re.compile(r"[0-9a-f]{16}")
WORDS_OF_AN_AREA = re.compile(r"[a-z0-9][a-z0-9_ -]{0,39}", re.IGNORECASE)


class Unreadable(Exception):
    """A row is not by the dictionary; the sentence names file and line, and no cell."""


@dataclass(frozen=True)
class Rows:
    """The lines of each file, without their headers."""

    episodes: tuple[str, ...]
    events: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def of(self) -> Mapping[str, tuple[str, ...]]:
        """Name of the file -> its lines."""
        return dict(zip((one.name for one in FILES), (self.episodes, self.events, self.gaps), strict=True))

    @property
    def files(self) -> Mapping[str, str]:
        """Name of the file -> its text with its header, as `desist_evaluation` reads it."""
        return {one.name: "\n".join([",".join(one.header), *self.of[one.name]]) + "\n" for one in FILES}


def check(rows: Rows, *, area: str) -> None:
    """Raise Unreadable unless every cell is one of the dictionary, each person stands once, and groups are large enough."""
    people: Counter[str] = Counter()
    for file in FILES:
        for number, line in enumerate(rows.of[file.name], start=2):
            cells = cells_of(file, number, line)
            if file is EPISODES:
                people[cells["person"]] += 1
                if people[cells["person"]] > 1 or cells["area"] != area:
                    raise wrong(file, number)
                in_order(file, number, [cells[name] for name in ("referral", "eligible", "start", "end")])
            elif cells["person"] not in people:
                raise wrong(file, number)
            if file is GAPS:
                in_order(file, number, [cells["start"], cells["end"]])
    if people and smallest(rows.episodes) < SMALLEST_GROUP:
        raise Unreadable(f"A group of the extract has fewer than {SMALLEST_GROUP} people.")


def smallest(episodes: Sequence[str]) -> int:
    """Return how many people the smallest group has that others could not tell apart; 0 without people."""
    places = [EPISODES.header.index(name) for name in KNOWN]
    cells = (line.split(",") for line in episodes)
    return min(Counter(tuple(row[place] for place in places) for row in cells).values(), default=0)


def cells_of(file: File, number: int, line: str) -> dict[str, str]:
    """Return the cells of a line by their columns. Raises Unreadable for one that is not by the dictionary."""
    cells = line.split(",")
    if len(cells) != len(file.columns):
        raise wrong(file, number)
    for column, cell in zip(file.columns, cells, strict=True):
        if not cell:
            fits = not column.needed
        elif column.values:
            fits = cell in column.values
        elif column.name == "person":
            fits = PSEUDONYM.fullmatch(cell) is not None
        elif column.name == "area":
            fits = WORDS_OF_AN_AREA.fullmatch(cell) is not None
        else:
            fits = _is_day(cell)
        if not fits:
            raise wrong(file, number)
    return dict(zip(file.header, cells, strict=True))


def _is_day(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


def in_order(file: File, number: int, cells: Sequence[str]) -> None:
    """Raise Unreadable unless the days among cells go forward."""
    days = [cell for cell in cells if cell]
    if days != sorted(days):
        raise wrong(file, number)


def wrong(file: File, number: int) -> Unreadable:
    """Return the sentence about a line, which repeats no cell."""
    return Unreadable(f"{file.name} line {number} is not by the data dictionary: ask the sender.")
