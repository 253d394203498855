"""From dated records to time at risk: the people followed, the start, the length, and the end of each follow-up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Analysis
from desist_evaluation.episodes import (
    Episode,
    ExposureGap,
    OutcomeEvent,
    read_day,
    read_episodes,
    read_events,
    read_gaps,
)
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


@dataclass(slots=True)
class Tally:
    """People followed so far, and all people and events that were left out, with the reason."""

    person: list[str] = field(default_factory=list)
    t: list[int] = field(default_factory=list)
    event: list[int] = field(default_factory=list)
    arm: list[str | None] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


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


def follow(
    episode: Episode, events: list[OutcomeEvent], gaps: list[ExposureGap], plan: Plan, tally: Tally
) -> None:
    """Add one person to the tally, or count why not."""
    zero: date | None = getattr(episode, plan.time_zero)
    if plan.per_protocol and episode.end_reason != COMPLETED:
        tally.counts["not_completed"] += 1
        return
    if zero is None:
        tally.counts["no_time_zero"] += 1
        return
    if zero > plan.last_day:
        tally.counts["after_data_cut"] += 1
        return
    stretches = away(gaps, zero, plan.last_day)
    day, code = _first(_relevant(events, zero, stretches, plan, tally), zero, plan)
    end = (plan.last_day - zero).days
    if day is None or day > end:
        day, code = end, 0
    days = at_risk(day, stretches)
    if plan.horizon is not None and days > plan.horizon:
        days, code = plan.horizon, 0
    tally.person.append(episode.person)
    tally.t.append(days)
    tally.event.append(code)
    tally.arm.append(episode.arm)


def _relevant(
    events: list[OutcomeEvent], zero: date, stretches: list[tuple[int, int]], plan: Plan, tally: Tally
) -> list[OutcomeEvent]:
    """Return the events that can end this person's time; the others are counted with their reason."""
    kept, seen = [], set()
    for event in events:
        day, outcome = (event.date - zero).days, event.kind in plan.outcome
        if (event.date, event.kind) in seen:
            tally.counts["duplicate_events"] += 1
        elif event.date > plan.last_day:
            tally.counts["events_after_last_day"] += 1
        elif outcome and day < 0:
            tally.counts["events_before_time_zero"] += 1
        elif outcome and any(first <= day < after for first, after in stretches):
            tally.counts["events_while_away"] += 1
        elif outcome or (event.kind in plan.competing and day >= 0):
            kept.append(event)
        seen.add((event.date, event.kind))
    return kept


def _first(events: list[OutcomeEvent], zero: date, plan: Plan) -> tuple[int | None, int]:
    """Return the first event's day and code; on the same day the outcome comes before its rivals."""
    codes = {kind: place + 2 for place, kind in enumerate(plan.competing)}
    dated = [((event.date - zero).days, codes.get(event.kind, 1)) for event in events]
    return min(dated, default=(None, 0))


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
    people = read_episodes(episodes)
    tally = _followed(people, read_events(events), read_gaps(gaps), plan)
    if not tally.person:
        raise InvalidInputError("episodes", f"must have someone to follow; {_left_out(tally.counts)}")
    return _summed(len(people), tally, plan, confidence, replace(known, data_cut=cut))


def _named(name: str, value: object, *, least: int) -> Sequence[object]:
    return checks.sequence(field=name, value=[value] if isinstance(value, str) else value, least=least)


def _kinds(name: str, value: object, *, least: int) -> frozenset[str]:
    return frozenset(str(kind) for kind in _named(name, value, least=least))


def _followed(
    people: list[Episode], events: list[OutcomeEvent], gaps: list[ExposureGap], plan: Plan
) -> Tally:
    tally = Tally()
    events_of: dict[str, list[OutcomeEvent]] = defaultdict(list)
    gaps_of: dict[str, list[ExposureGap]] = defaultdict(list)
    for event in events:
        events_of[event.person].append(event)
    for gap in gaps:
        gaps_of[gap.person].append(gap)
    for episode in people:
        follow(episode, events_of.pop(episode.person, []), gaps_of.get(episode.person, []), plan, tally)
    tally.counts["events_of_unknown_people"] += sum(map(len, events_of.values()))
    return tally


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
    days, codes = np.array(tally.t, dtype=np.int64), np.array(tally.event, dtype=np.int64)
    first, years = int((codes == 1).sum()), float(days.sum()) / YEAR
    tail = (1 - level) / 2
    low = float(special.gammaincinv(first, tail)) if first else 0.0
    high = float(special.gammainccinv(first + 1, tail))
    counts = {name: tally.counts.get(name, 0) for name in REASONS}
    people_followed = np.array(tally.person)
    arms = np.array([arm or "" for arm in tally.arm])
    return result(
        "follow_up",
        inputs={"person": people_followed, "t": days, "event": codes, "arm": arms, "left_out": counts},
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
            "person": people_followed,
            "t": days,
            "event": codes,
            "e": (codes == 1).astype(np.int64),
            "arm": arms,
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
