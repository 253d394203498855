"""From dated records to time at risk: the people followed, the start, the length, and the end of each follow-up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Analysis
from desist_evaluation.episodes import (
    Episode,
    Episodes,
    ExposureGap,
    OutcomeEvent,
    Records,
    read_day,
    read_records,
)
from desist_evaluation.lifetables import Integers
from desist_evaluation.result import Interval, Result, result

ZEROS = ("referral", "eligible", "start", "end", "planned_end")
YEAR = 365.25
COMPLETED = "completed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A plan of follow-up: from which day, to which events, and to when."""

    time_zero: str
    outcome: frozenset[str]
    competing: tuple[str, ...]
    last_day: date
    horizon: int | None
    per_protocol: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """The people followed, in their order, and how many people and events were left out, by reason."""

    person: NDArray[np.str_]
    t: Integers
    event: Integers
    arm: NDArray[np.str_]
    counts: Mapping[str, int]


def away(gaps: Iterable[ExposureGap], zero: date, end: date) -> list[tuple[int, int]]:
    """Return the days away as ordered, merged stretches from time zero: first day, and the day after the last."""
    stretches = sorted(
        (max(0, (gap.start - zero).days), min((end - zero).days, ((gap.end or end) - zero).days + 1))
        for gap in gaps
    )
    merged: list[tuple[int, int]] = []
    for first, after in stretches:
        if after <= first:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(after, merged[-1][1]))
        else:
            merged.append((first, after))
    return merged


def at_risk(day: int, stretches: list[tuple[int, int]]) -> int:
    """Return the days at risk before a day: the days since time zero without those away."""
    return day - sum(min(after, day) - first for first, after in stretches if first < day)


def follow_up(
    *,
    episodes: Sequence[Episode | Mapping[str, object]],
    events: Sequence[OutcomeEvent | Mapping[str, object]] = (),
    gaps: Sequence[ExposureGap | Mapping[str, object]] = (),
    time_zero: str = "start",
    outcome: Sequence[str],
    competing: Sequence[str] = (),
    data_cut: date | str,
    lag_days: int = 0,
    horizon: int | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return days at risk to each person's first `outcome` event, for survival functions (values t, event, e, arm).

    time_zero names the episode's day from which time counts; competing kinds get the codes 2, 3 and so on; time in
    a gap is not at risk; follow-up ends `lag_days` before the data cut, because events are recorded late, and at
    `horizon` days at risk. Everyone is followed whether or not they stayed, unless `about` says per protocol. The
    estimate is first events per person-year at risk.
    """
    return follow_records(
        read_records(episodes, events, gaps),
        time_zero=time_zero,
        outcome=outcome,
        competing=competing,
        data_cut=data_cut,
        lag_days=lag_days,
        horizon=horizon,
        level=level,
        about=about,
    )


def follow_records(
    records: Records,
    *,
    time_zero: str,
    outcome: Sequence[str],
    competing: Sequence[str],
    data_cut: date | str,
    lag_days: int,
    horizon: int | None,
    level: float,
    about: About | None,
) -> Result:
    """Return what `follow_up` does, of records that may be asked about several outcomes."""
    cut = read_day(field="data_cut", value=data_cut)
    known = about or About()
    if known.as_of and cut > known.as_of:
        raise InvalidInputError("data_cut", f"must not be after {known.as_of}, the day of the analysis")
    lag, confidence = checks.count(field="lag_days", value=lag_days), checks.level(level)
    if lag > cut.toordinal() - 1:
        raise InvalidInputError("lag_days", "must not reach before the first day there is")
    plan = Plan(
        time_zero=checks.choice(field="time_zero", value=time_zero, options=ZEROS),
        outcome=_kinds("outcome", outcome, least=1),
        competing=tuple(str(kind) for kind in _named("competing", competing, least=0)),
        last_day=cut - timedelta(days=lag),
        horizon=None if horizon is None else checks.count(field="horizon", value=horizon, least=1),
        per_protocol=known.estimand.analysis is Analysis.PER_PROTOCOL,
    )
    if plan.outcome & set(plan.competing):
        raise InvalidInputError("competing", "must not name a kind that outcome names")
    tally = _followed(records, plan)
    if not len(tally.t):
        raise InvalidInputError("episodes", f"must have someone to follow; {_left_out(tally.counts)}")
    return _summed(len(records.people), tally, plan, confidence, replace(known, data_cut=cut))


def _named(name: str, value: object, *, least: int) -> Sequence[object]:
    return checks.sequence(field=name, value=[value] if isinstance(value, str) else value, least=least)


def _kinds(name: str, value: object, *, least: int) -> frozenset[str]:
    return frozenset(str(kind) for kind in _named(name, value, least=least))


def _followed(records: Records, plan: Plan) -> Tally:
    """Follow everyone at once: days are numbers in columns, a row a person or an event."""
    people, who = records.people, records.who
    zero, kept, counts = _zeros(people, plan)
    stretches = _stretches(records, kept, zero, plan)
    counts["events_of_unknown_people"] = int((who < 0).sum())
    mine = (who >= 0) & kept[who]
    (ended, day, code), left_out = _first(records, mine, zero, stretches, plan)
    counts |= left_out
    days, codes = plan.last_day.toordinal() - zero, np.zeros(len(people), dtype=np.int64)
    days[ended], codes[ended] = day, code
    for place, own in stretches.items():
        days[place] = at_risk(int(days[place]), own)
    if plan.horizon is not None:
        codes[days > plan.horizon] = 0
        days = np.minimum(days, plan.horizon)
    return Tally(
        person=np.array(people.persons)[kept],
        t=days[kept],
        event=codes[kept],
        arm=people.arms[kept],
        counts=counts,
    )


def _zeros(people: Episodes, plan: Plan) -> tuple[Integers, NDArray[np.bool_], dict[str, int]]:
    """Return each person's time zero (0: none), who is followed, and how many are not, by reason."""
    zero = people.days[plan.time_zero]
    asked = np.full(len(people), fill_value=True)
    if plan.per_protocol:
        asked = people.end_reasons == COMPLETED
    late = zero > plan.last_day.toordinal()
    counts = {
        "not_completed": int((~asked).sum()),
        "no_time_zero": int((asked & (zero == 0)).sum()),
        "after_data_cut": int((asked & late).sum()),
    }
    return zero, asked & (zero > 0) & ~late, counts


def _stretches(
    records: Records, kept: NDArray[np.bool_], zero: Integers, plan: Plan
) -> dict[int, list[tuple[int, int]]]:
    """Return the days away of each person who is followed and has any, by their row."""
    gaps_of: dict[int, list[ExposureGap]] = defaultdict(list)
    for gap in records.gaps:
        place = records.people.places.get(gap.person)
        if place is not None and kept[place]:
            gaps_of[place].append(gap)
    return {
        place: away(own, date.fromordinal(int(zero[place])), plan.last_day) for place, own in gaps_of.items()
    }


def _first(
    records: Records,
    mine: NDArray[np.bool_],
    zero: Integers,
    stretches: Mapping[int, list[tuple[int, int]]],
    plan: Plan,
) -> tuple[tuple[Integers, Integers, Integers], dict[str, int]]:
    """Return the rows of those whose time an event ended, its day and its code; and the events left out, by reason.

    `mine` says which events are of people who are followed. On the same day the outcome comes before its rivals.
    """
    known = dict.fromkeys(plan.outcome, 1) | {kind: place + 2 for place, kind in enumerate(plan.competing)}
    who, kind, date_of = records.who[mine], records.kind[mine], records.day[mine]
    code = np.array([known.get(one, 0) for one in records.kinds], dtype=np.int64)[kind]
    once = np.zeros(len(who), dtype=bool)
    incident = (who * date.max.toordinal() + date_of) * len(records.kinds) + kind
    once[np.unique(incident, return_index=True)[1]] = True
    day = date_of - zero[who]
    late = date_of > plan.last_day.toordinal()
    before = ~late & (code == 1) & (day < 0)
    gone = _while_away(who, day, stretches) & ~late & ~before & (code == 1)
    left_out = {
        "duplicate_events": int((~once).sum()),
        "events_after_last_day": int((once & late).sum()),
        "events_before_time_zero": int((once & before).sum()),
        "events_while_away": int((once & gone).sum()),
    }
    ends = once & ~late & ~gone & (code > 0) & (day >= 0)
    order = np.lexsort((code[ends], day[ends]))
    ended, first = np.unique(who[ends][order], return_index=True)
    return (ended, day[ends][order][first], code[ends][order][first]), left_out


def _while_away(
    who: Integers, day: Integers, stretches: Mapping[int, list[tuple[int, int]]]
) -> NDArray[np.bool_]:
    found = np.zeros(len(who), dtype=bool)
    for row in np.flatnonzero(np.isin(who, list(stretches))).tolist():
        found[row] = any(first <= day[row] < after for first, after in stretches[int(who[row])])
    return found


#: What was left out, in words.
REASONS = {
    "not_completed": "people who did not complete, left out (per protocol)",
    "no_time_zero": "people without a day on which time could start",
    "after_data_cut": "people who started after the last day of follow-up",
    "duplicate_events": "reports that repeat an incident of the same person, day and kind, counted once",
    "events_after_last_day": "events after the last day of follow-up, not counted",
    "events_before_time_zero": "events before time zero, not counted",
    "events_while_away": "events on days not at risk (custody, abroad, hospital), not counted; look at them",
    "events_of_unknown_people": "events of nobody in the episodes, not counted",
}


def _left_out(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{reason}: {counts[name]}" for name, reason in REASONS.items() if counts.get(name))


def _summed(people: int, tally: Tally, plan: Plan, level: float, about: About) -> Result:
    days, codes = tally.t, tally.event
    first, years = int((codes == 1).sum()), float(days.sum()) / YEAR
    tail = (1 - level) / 2
    low = float(special.gammaincinv(first, tail)) if first else 0.0
    high = float(special.gammainccinv(first + 1, tail))
    counts = {name: tally.counts.get(name, 0) for name in REASONS}
    return result(
        "follow_up",
        inputs={"person": tally.person, "t": days, "event": codes, "arm": tally.arm, "left_out": counts},
        finding=f"{len(days):,} of {people:,} people followed from {plan.time_zero} for {years:,.1f} person-years at risk, "
        f"{first:,} with an event; first events per person-year" + (f" {first / years:.2f}" if years else ""),
        estimate=first / years if years else None,
        interval=Interval.of(low=low / years, high=high / years, method="Garwood", level=level)
        if years
        else None,
        n=len(days),
        events=first,
        missing=counts["no_time_zero"],
        warnings=_warnings(counts, plan, codes),
        values={
            "person": tally.person,
            "t": days,
            "event": codes,
            "e": (codes == 1).astype(np.int64),
            "arm": tally.arm,
            "person_years": years,
            "median_days": float(np.median(days)),
            "codes": {
                "0": "censored",
                "1": "outcome",
                **{str(k + 2): kind for k, kind in enumerate(plan.competing)},
            },
            "flow": {"people": people, "followed": len(days), **counts},
        },
        about=about,
    )


def _warnings(counts: Mapping[str, int], plan: Plan, codes: np.ndarray) -> list[str]:
    warnings = [
        f"{reason[0].upper()}{reason[1:]}: {counts[name]}."
        for name, reason in REASONS.items()
        if counts[name]
    ]
    if plan.per_protocol or plan.time_zero in {"end", "planned_end"}:
        warnings.append(
            "Completers had to stay free of events to complete (immortal time): compare only from a landmark, see landmark."
        )
    if (codes > 1).any():
        warnings.append(
            "Some people were stopped by a competing event: use cumulative_incidence, not kaplan_meier."
        )
    if not (codes == 1).any():
        warnings.append("Nobody had an event: the upper limit says how much that still allows.")
    return warnings
