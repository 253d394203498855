"""The week of a paper diary as a grid of figures, pure: what its rows are, and how a typed cell is read."""

from collections.abc import Iterable
from dataclasses import dataclass

from desist.programme.sessions.diary.states import Act

#: a day for which the person wrote nothing
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")


class NotAFigure(ValueError):
    """The cell holds something else than a figure of its row; the text says what to type."""


@dataclass(frozen=True)
class Target:
    """One row of the grid: its figures run from 0 to `most`. `key` is a column of the day, or an own target's reference."""

    key: str
    name: str
    most: int = 5
    hint: str = ""
    own: bool = False


TARGETS = (
    Target("urge", "Strongest urge", hint="0 none to 5"),
    Target("act", "What they did", len(Act.values) - 1, "0 to 5, see below"),
    Target("sleep_hours", "Hours of sleep", 24),
    Target("anger", "Anger", hint="0 to 5"),
    Target("sadness", "Sadness", hint="0 to 5"),
    Target("shame", "Shame", hint="0 to 5"),
    Target("substances", "Alcohol or drugs", 1, "0 no, 1 yes"),
)


def rows(own: Iterable[tuple[str, str]]) -> tuple[Target, ...]:
    """Return the rows of a person: everyone's, then their own, each given as reference and name."""
    return (*TARGETS, *(Target(ref, name, hint="0 to 5", own=True) for ref, name in own))


def read(typed: str, target: Target) -> int | None:
    """Return the figure of a cell; None for an empty one and for a dash. Raises NotAFigure."""
    text = typed.strip()
    if not text or set(text) <= DASHES:
        return None
    if text.isdecimal() and len(text) <= len(str(target.most)) and int(text) <= target.most:
        return int(text)
    raise NotAFigure(f"Type a figure from 0 to {target.most}, or a dash where the paper has none")
