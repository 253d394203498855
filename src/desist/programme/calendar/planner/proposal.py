"""Placing sessions around bank holidays, clock changes and times already taken. Pure: no rows, no clock."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desist import working_days
from desist.programme.intervals import Interval
from desist.refusals import Refused
from desist.ui import dates

LONDON = dates.LONDON
FRIDAY = 4
#: How many weeks further the last session may move before the proposal gives up.
SLACK_WEEKS = 12
#: How far from the first day the planner looks up taken times: farther than a proposal can reach.
HORIZON = timedelta(weeks=12 * SLACK_WEEKS)


@dataclass(frozen=True)
class Proposed:
    """One proposed session, and why it is not on the usual day, in words."""

    number: int
    period: Interval
    reason: str = ""


def weekly(
    *, first: date, at: time, lengths: Mapping[int, int], taken: Iterable[Interval]
) -> tuple[Proposed, ...]:
    """One session a week from `first` on, at the same hour in London; `lengths` are minutes by number, in order.

    A bank holiday of England and Wales, an hour that the clocks skip or repeat, or a time in `taken`, moves the
    session to the next free working day of that week, else to the next week. Raises Refused after SLACK_WEEKS weeks
    without a place.
    """
    busy, proposed, week = tuple(taken), [], 0
    for number, minutes in lengths.items():
        passed_over: list[str] = []
        for _ in range(SLACK_WEEKS):
            usual = first + timedelta(weeks=week)
            week += 1
            where, why = _place(usual, at, minutes, busy)
            if where:
                proposed.append(Proposed(number, where, "; ".join(filter(None, [*passed_over, why]))))
                break
            passed_over.append(f"not on {dates.on(usual)}: {why}")
        else:
            raise Refused(
                f"Only {len(proposed)} of {len(lengths)} sessions fit. Choose another day, time or room."
            )
    return tuple(proposed)


def place(*, day: date, at: time, minutes: int, taken: Iterable[Interval], what: str = "session") -> Interval:
    """Return the stretch of time of a chosen day and hour. Raises Refused where it cannot be taken."""
    if refusal := why_not(day, at, minutes, tuple(taken)):
        raise Refused(
            f"No {what} can be on {dates.weekday(day)} at {dates.clock(at)}: {refusal}. Choose another time"
        )
    return period(day, at, minutes)


def held(*, day: date, at: time, minutes: int, taken: Iterable[Interval]) -> Interval:
    """Return the stretch of time of a held session, even on a bank holiday or in leave. Raises Refused."""
    wanted = period(day, at, minutes)
    obstacle = _no_such_hour(day, at) or next((one.words for one in taken if one.overlaps(wanted)), "")
    if obstacle:
        raise Refused(
            f"No session can have been held on {dates.weekday(day)} at {dates.clock(at)}: {obstacle}. Check the times "
            "of both meetings"
        )
    return wanted


def period(day: date, at: time, minutes: int) -> Interval:
    """Return so many minutes from an hour in London on, in elapsed time and not by the clock on the wall."""
    start = datetime.combine(day, at, LONDON).astimezone(UTC)
    return Interval(start, start + timedelta(minutes=minutes))


def fingerprint(proposed: Iterable[Proposed]) -> str:
    """Return what tells one proposal from another, so that the actor confirms only a proposal that they saw."""
    said = "|".join(
        f"{one.number} {one.period.start.timestamp()} {one.period.end.timestamp()}" for one in proposed
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def obstacles(wanted: Interval, taken: Iterable[Interval]) -> tuple[str, ...]:
    """Return in words everything that stands in the way of a session where it is, each once."""
    day = wanted.start.astimezone(LONDON).date()
    found = [f"{name} is a bank holiday"] if (name := working_days.holiday(day)) else []
    found += [one.words for one in taken if one.overlaps(wanted)]
    return tuple(dict.fromkeys(found))


def why_not(day: date, at: time, minutes: int, taken: tuple[Interval, ...]) -> str:
    """Return why a day and hour cannot be taken; empty where they can."""
    return _no_such_hour(day, at) or next(iter(obstacles(period(day, at, minutes), taken)), "")


def _place(usual: date, at: time, minutes: int, busy: tuple[Interval, ...]) -> tuple[Interval | None, str]:
    """Return the first free place from the usual day to that week's Friday, and why it is not the usual day."""
    first = ""
    for day in (usual + timedelta(days=ahead) for ahead in range(max(1, FRIDAY - usual.weekday() + 1))):
        obstacle = why_not(day, at, minutes, busy)
        if not obstacle:
            return period(day, at, minutes), f"moved from {usual:%A}: {first}" if first else ""
        first = first or obstacle
    return None, first


def _no_such_hour(day: date, at: time) -> str:
    """Return why the clocks skip or repeat an hour of a day; empty where they do not."""
    start = datetime.combine(day, at, LONDON)
    if start.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != start.replace(tzinfo=None):
        return "the clocks go forward over this hour"
    if start.utcoffset() != start.replace(fold=1).utcoffset():
        return "the clocks go back, and this hour happens twice"
    return ""
