"""The returns, counted: pure arithmetic on facts. `definitions` says what each counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desist.programme.referrals.states import State
from desist.programme.service.returns.facts import Case, Period, Sitting
from desist.programme.sessions.states import State as SessionState
from desist.returns import counted

IN_TIME = 14  # days
REACHED = 7  # days
NOT_SAID = "not_said"
Known = Callable[[Case], date | None]


@dataclass(frozen=True)
class Days:
    """The median and the quartiles of a number of days; None where there is none."""

    median: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Line:
    """One figure: `numerator` of `denominator`, with `missing` apart from both. `category` is a code, or ""."""

    of: str
    part: str
    numerator: int
    denominator: int
    missing: int = 0
    category: str = ""
    days: Days | None = None


def returns(
    *,
    cases: Sequence[Case],
    sittings: Sequence[Sitting],
    late: Sequence[date] = (),
    period: Period,
    cut: date,
) -> tuple[Line, ...]:
    """Return every line of every return. `cut` is the day on which the facts were read.

    `late` are the days of sessions that the person cancelled or moved within 24 hours before they were to begin.
    """
    known = [case for case in cases if not case.void]
    received = [case for case in known if period.holds(case.received)]
    eligible = [case for case in received if case.accepted]
    return (
        *_received(received),
        *_eligible(received),
        _in_time("R3", eligible, lambda case: case.assessed),
        _in_time("R4", eligible, lambda case: case.allocated),
        *_answers(known, period),
        _starts(eligible),
        _waiting(known, min(period.last, cut)),
        *_sessions([one for one in sittings if period.holds(one.on)], sum(map(period.holds, late)), cut),
    )


def quartiles(values: Iterable[int]) -> Days:
    """Return median and quartiles; None where there is nothing to take them of."""
    known = sorted(values)
    return Days(*counted.quartiles(known)) if known else Days(None, None, None)


def _received(received: Sequence[Case]) -> list[Line]:
    number = len(received)
    return [
        Line("R1", "Received", number, number),
        *_split("R1", "By who referred", (case.source for case in received), number),
        *_split("R1", "By legal route", (case.route for case in received), number),
    ]


def _eligible(received: Sequence[Case]) -> list[Line]:
    decided = [case for case in received if case.decided]
    missing = len(received) - len(decided)
    accepted = sum(case.accepted for case in decided)
    turned_away = [case for case in decided if not case.accepted]
    outcomes = (case.state for case in turned_away)
    declined = [case.decline_reason for case in turned_away if case.state == State.DECLINED]
    return [
        Line("R2", "Eligible", accepted, len(decided), missing),
        *_split("R2", "Not accepted, by outcome", outcomes, len(decided)),
        *_split("R2", "Declined, by reason", (one for one in declined if one), len(declined)),
    ]


def _in_time(of: str, eligible: Sequence[Case], known: Known) -> Line:
    days = [(day - case.received).days for case in eligible if (day := known(case)) and day >= case.received]
    within = sum(one <= IN_TIME for one in days)
    return Line(of, "Within 14 days", within, len(days), len(eligible) - len(days), days=quartiles(days))


def _answers(known: Sequence[Case], period: Period) -> list[Line]:
    answered = [case for case in known if case.answer and period.holds(case.answered)]
    silent = sum(not case.answer and period.holds(case.opened) for case in known)
    withdrew = [case for case in known if period.holds(case.withdrawn)]
    takes_part = sum(case.answer in {"agreed", "required"} for case in answered)
    return [
        Line("R5", "Take part", takes_part, len(answered), silent),
        *_split("R5", "By answer", (case.answer for case in answered), len(answered)),
        *_split("R5", "Withdrew, by reason", (case.withdrawal_reason for case in withdrew), len(withdrew)),
    ]


def _starts(eligible: Sequence[Case]) -> Line:
    unknown = sum(case.start_unknown and not case.started for case in eligible)
    return Line(
        "S1", "Attended session 1", sum(case.started for case in eligible), len(eligible) - unknown, unknown
    )


def _waiting(known: Sequence[Case], day: date) -> Line:
    there = [case for case in known if _there(case, day)]
    waiting = sum(case.allocated is None or case.allocated > day for case in there)
    return Line("S2", "Waiting on the last day", waiting, len(there))


def _there(case: Case, day: date) -> bool:
    return case.opened is not None and case.opened <= day and (case.ended is None or case.ended > day)


def _sessions(held: Sequence[Sitting], late: int, cut: date) -> list[Line]:
    attended = sum(one.state == SessionState.ATTENDED for one in held)
    missed = [one for one in held if one.state == SessionState.MISSED]
    over = [one for one in held if one.on <= cut]
    silent = sum(one.state == SessionState.PLANNED for one in over)
    to_ask = [one for one in missed if not one.beforehand]
    reached = sum(_within(one) for one in to_ask)
    early = sum(not _within(one) and cut < one.on + timedelta(days=REACHED) for one in to_ask)
    # Missing, not only left out: a reader could subtract from the missed sessions and reach a small number.
    apart = early + len(missed) - len(to_ask)
    known = attended + len(missed)
    return [
        Line("D1", "Attended", attended, known, silent),
        *_split("D1", "Missed, by who was responsible", (one.whose or NOT_SAID for one in missed), known),
        Line("D1", "Cancelled or moved by the person within 24 hours", late, known + late),
        Line("D1", "Reached within 7 days of a missed session", reached, len(missed) - apart, apart),
    ]


def _within(one: Sitting) -> bool:
    return one.reached is not None and one.reached <= one.on + timedelta(days=REACHED)


def _split(of: str, part: str, values: Iterable[str], denominator: int) -> list[Line]:
    """Return a line for each code that occurs, the most frequent first."""
    found = sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
    return [Line(of, part, number, denominator, category=code) for code, number in found]
