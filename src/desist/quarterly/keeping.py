"""What a return keeps of its counts, as text, and what that says beside other returns. Equal counts give equal bytes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from desist.quarterly.models import Counting
from desist.quarterly.release import Count, Leaving, Sent
from desist.quarterly.states import LEFT, State
from desist.returns import figures
from desist.returns.counted import Counted
from desist.returns.figures import Days, Span
from desist.returns.quarters import Quarter


def write(found: Counted) -> str:
    """Return a count as JSON text. Equal counts give equal bytes."""
    days = {name: [one.median, one.lower, one.upper] for name, one in sorted(found.days.items())}
    return json.dumps({"counts": dict(sorted(found.counts.items())), "days": days}, indent=1)


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Counted:
    """Return what `write` wrote."""
    told = json.loads(text)
    return Counted(told["counts"], {name: Days(*days) for name, days in told["days"].items()})


def write_leaving(found: Leaving) -> str:
    """Return what leaves as text."""
    return json.dumps(
        {"figures": figures.write(found.figures), "days": figures.write_days(found.days)}, indent=1
    )


def read_leaving(row: Counting) -> Leaving:
    """Return what leaves, or left, of a return."""
    told, known = json.loads(row.leaves), frozenset(read(row.counts).counts)
    return Leaving(
        figures.read(tuple(told["figures"]), known=known), figures.read_days(tuple(told["days"]), known=known)
    )


def count_of(row: Counting) -> Count:
    """Return a row as the release takes it."""
    over = tuple(row.over.split())
    return Count(row.ref, Quarter(row.quarter), row.number, row.definitions, read(row.counts), over)


def all_sent(rows: Iterable[Counting]) -> list[Sent]:
    """Return those of some returns that ever left, with what left: a recalled one was read, and stays known."""
    return [Sent(count_of(row), frozenset(read_leaving(row).figures)) for row in rows if row.state in LEFT]


def added_up(new: Count, rows: Iterable[Counting]) -> tuple[str, ...]:
    """Return the four returns that a return adds up; none where one is missing or was counted by other definitions."""
    standing = {
        row.quarter: row.ref for row in rows if row.state == State.SENT and row.definitions == new.defined
    }
    standing[new.quarter.first] = new.key
    found = [standing.get(one.first, "") for one in new.quarter.four]
    return tuple(found) if all(found) else ()


def moves(then: Counted, now: Counted) -> list[tuple[str, int, int]]:
    """Return what moved of a quarter since it was returned: name, number then, number now."""
    return [
        (name, number, now.counts.get(name, 0))
        for name, number in sorted(then.counts.items())
        if now.counts.get(name, 0) != number
    ]


def soonest(quarter: Quarter) -> date:
    """Return the first day on which a quarter can be counted."""
    return quarter.last + timedelta(days=1)


def shown(row: Counting) -> Mapping[tuple[Span, str], Any]:
    """Return the figures that leave, or left."""
    return read_leaving(row).figures
