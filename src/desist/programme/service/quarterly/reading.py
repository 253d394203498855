"""The facts of a quarter as they are known at a moment, a person once; and what a return keeps of them, as text."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from desist.merges.models import Merge
from desist.merges.states import State as MergeState
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import DeclineReason
from desist.programme.referrals.states import State as ReferralState
from desist.programme.service.quarterly import counting
from desist.programme.service.quarterly.counting import Counted
from desist.programme.service.quarterly.models import QuarterlyReturn
from desist.programme.service.quarterly.release import Count, Leaving, Sent
from desist.programme.service.quarterly.states import LEFT, State
from desist.programme.service.returns import queries as facts
from desist.programme.service.returns.facts import VOID, Period
from desist.programme.service.returns.policy import Action
from desist.returns import figures, quarters
from desist.returns.definitions import Edition
from desist.returns.figures import Days, Span
from desist.returns.quarters import Quarter
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.exclusions import restricted


def counted(*, actor: Actor, quarter: Quarter, edition: Edition, at: datetime) -> Counted:
    """Count a quarter of the actor's area as it is known now. Cases restricted to named people are not in it."""
    rows = gate.see(actor, Action.SEE_RETURNS, Referral, at=at).exclude(ref__in=restricted())
    rows = rows.exclude(pk__in=_seconds(rows))
    period = Period(quarter.first, quarter.last)
    return counting.count(
        cases=facts.cases(rows, period=period, at=at),
        sittings=facts.sittings(rows, period=period, at=at),
        period=period,
        edition=edition,
    )


def _seconds(rows: QuerySet[Referral]) -> list[int]:
    """Return the second referrals of one person in one quarter; where one of them was accepted, the others are the second.

    The second record of a merge is one too, whatever its quarter.
    """
    merged = Merge.objects.filter(state=MergeState.STANDS).values_list("second", flat=True)
    seconds = list(rows.filter(ref__in=list(merged)).values_list("pk", flat=True))
    void = [ReferralState.DECLINED, ReferralState.WITHDRAWN]
    wanted = rows.exclude(pk__in=seconds).values_list(
        *("pk", "family_name", "given_names", "born", "pnc", "completed_at", "episode", "state"),
        *("decline_reason", "withdraw_reason"),
    )
    found = [
        one
        for one in wanted
        if not (one[7] in void and (one[8] == DeclineReason.DUPLICATE or one[9] in VOID))
    ]
    seen: set[tuple[object, ...]] = set()
    for pk, family, given, born, pnc, received, *_ in sorted(
        found, key=lambda one: (one[6] is None, one[5], one[0])
    ):
        quarter = quarters.of(dates.day_of(received)).first
        keys: set[tuple[object, ...]] = {(quarter, " ".join(f"{given} {family}".casefold().split()), born)}
        keys |= {(quarter, pnc)} if pnc else set()
        if keys & seen:
            seconds.append(pk)
        seen |= keys
    return seconds


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


def read_leaving(row: QuarterlyReturn) -> Leaving:
    """Return what leaves, or left, of a return."""
    told, known = json.loads(row.leaves), frozenset(read(row.counts).counts)
    return Leaving(
        figures.read(tuple(told["figures"]), known=known), figures.read_days(tuple(told["days"]), known=known)
    )


def count_of(row: QuarterlyReturn) -> Count:
    """Return a row as the release takes it."""
    over = tuple(row.over.split())
    return Count(row.ref, Quarter(row.quarter), row.number, row.definitions, read(row.counts), over)


def all_sent(rows: Iterable[QuarterlyReturn]) -> list[Sent]:
    """Return those of some returns that ever left, with what left: a recalled one was read, and stays known."""
    return [Sent(count_of(row), frozenset(read_leaving(row).figures)) for row in rows if row.state in LEFT]


def added_up(new: Count, rows: Iterable[QuarterlyReturn]) -> tuple[str, ...]:
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


def shown(row: QuarterlyReturn) -> Mapping[tuple[Span, str], Any]:
    """Return the figures that leave, or left."""
    return read_leaving(row).figures
