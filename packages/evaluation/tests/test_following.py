"""Follow-up: who is counted, from when, and which days are not at risk."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desist_evaluation as evaluation
from desist_evaluation import About, Analysis, Estimand, InvalidInputError
from desist_evaluation.episodes import Episode, ExposureGap, OutcomeEvent
from desist_evaluation.result import Result

START = date(2025, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def follow(**changes: Any) -> Result:  # any argument of follow_up
    usual: dict[str, Any] = {
        "episodes": [Episode(person="p1", referral=day(-30), start=day(0))],
        "outcome": ["stalking"],
        "data_cut": day(100),
    }
    return evaluation.follow_up(**{**usual, **changes})


def event(number: int, kind: str = "stalking", person: str = "p1") -> OutcomeEvent:
    return OutcomeEvent(person=person, date=day(number), kind=kind)


def codes(found: Result) -> list[tuple[int, int]]:
    t, codes = (np.asarray(found.values[name]).tolist() for name in ("t", "event"))
    return list(zip(t, codes, strict=True))


def counted(found: Result, name: str) -> object:
    flow = found.as_dict()["flow"]
    assert isinstance(flow, dict)
    return flow[name]


def test_without_an_event_follow_up_ends_at_the_data_cut() -> None:
    assert codes(follow()) == [(100, 0)]


def test_the_first_event_ends_it() -> None:
    assert codes(follow(events=[event(60), event(40)])) == [(40, 1)]


def test_an_event_on_the_first_day_counts() -> None:
    assert codes(follow(events=[event(0)])) == [(0, 1)]


def test_an_event_on_the_last_day_counts() -> None:
    assert codes(follow(events=[event(100)])) == [(100, 1)]


def test_an_event_before_the_start_is_not_counted_and_said() -> None:
    found = follow(events=[event(-5)])

    assert codes(found) == [(100, 0)]
    assert counted(found, "events_before_time_zero") == 1
    assert "Events before time zero, not counted: 1." in found.warnings


def test_the_start_can_be_the_referral() -> None:
    assert codes(follow(events=[event(-5)], time_zero="referral")) == [(25, 1)]


def test_events_are_recorded_late_so_follow_up_ends_before_the_data_cut() -> None:
    found = follow(events=[event(95)], lag_days=10)

    assert codes(found) == [(90, 0)]
    assert counted(found, "events_after_last_day") == 1


def test_one_incident_reported_twice_counts_once() -> None:
    found = follow(events=[event(40), event(40), event(40, "breach")])

    assert codes(found) == [(40, 1)]
    assert counted(found, "duplicate_events") == 1


def test_custody_time_is_not_at_risk() -> None:
    gap = ExposureGap(person="p1", start=day(10), end=day(19))

    assert codes(follow(gaps=[gap])) == [(90, 0)]
    assert codes(follow(gaps=[gap], events=[event(30)])) == [(20, 1)]


def test_gaps_that_overlap_are_taken_off_once_and_an_open_one_runs_on() -> None:
    gaps = [
        ExposureGap(person="p1", start=day(10), end=day(19)),
        ExposureGap(person="p1", start=day(15), end=day(29)),
        ExposureGap(person="p1", start=day(80)),
        ExposureGap(person="p1", start=day(-50), end=day(-20)),
    ]

    assert codes(follow(gaps=gaps)) == [(60, 0)]


def test_a_gap_that_ended_just_before_the_start_takes_nothing_off() -> None:
    gaps = [
        ExposureGap(person="p1", start=day(-3), end=day(-2)),
        ExposureGap(person="p1", start=day(-9), end=day(-1)),
    ]

    assert codes(follow(gaps=gaps)) == [(100, 0)]


def test_an_event_in_custody_is_not_counted_but_said() -> None:
    found = follow(gaps=[ExposureGap(person="p1", start=day(10), end=day(19))], events=[event(15)])

    assert codes(found) == [(90, 0)]
    assert counted(found, "events_while_away") == 1


def test_death_competes_and_the_outcome_goes_first_on_the_same_day() -> None:
    assert codes(follow(events=[event(30, "death")], competing=["custody", "death"])) == [(30, 3)]
    assert codes(follow(events=[event(30, "death"), event(30)], competing=["death"])) == [(30, 1)]
    assert codes(follow(events=[event(30, "death")], competing="death")) == [(30, 2)]
    assert codes(follow(events=[event(40), event(30, "death")], competing="death")) == [(30, 2)]


def test_a_competing_event_says_which_curve_to_use() -> None:
    found = follow(events=[event(30, "death")], competing=["death"])

    assert any("use cumulative_incidence" in warning for warning in found.warnings)
    assert found.as_dict()["codes"] == {"0": "censored", "1": "outcome", "2": "death"}


def test_the_horizon_cuts_everyone_at_the_same_time_at_risk() -> None:
    assert codes(follow(events=[event(95)], horizon=90)) == [(90, 0)]
    assert codes(follow(events=[event(90)], horizon=90)) == [(90, 1)]


def test_people_without_a_start_are_missing_and_late_ones_are_counted() -> None:
    episodes = [
        Episode(person="p1", start=day(0)),
        Episode(person="p2", referral=day(0)),
        Episode(person="p3", start=day(200)),
    ]

    found = follow(episodes=episodes, events=[event(1, person="nobody")])

    assert (found.n, found.missing) == (1, 1)
    assert [counted(found, name) for name in ("people", "followed", "after_data_cut", "events_of_unknown_people")] == [3, 1, 1, 1]  # fmt: skip


def test_everyone_who_started_is_followed_unless_per_protocol_is_asked_for() -> None:
    episodes = [
        Episode(person="p1", start=day(0), end=day(20), end_reason="withdrew"),
        Episode(person="p2", start=day(0), end=day(90), end_reason="completed"),
    ]
    per_protocol = About(estimand=Estimand(analysis=Analysis.PER_PROTOCOL))

    everyone, completers = follow(episodes=episodes), follow(episodes=episodes, about=per_protocol)

    assert (everyone.n, completers.n) == (2, 1)
    assert any("immortal time" in warning for warning in completers.warnings)
    assert not any("immortal time" in warning for warning in everyone.warnings)


def test_a_future_data_cut_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="data_cut: must not be after 2025-02-01"):
        follow(about=About(as_of=date(2025, 2, 1)))


def test_the_estimate_is_first_events_per_person_year() -> None:
    found = follow(events=[event(50)])

    assert found.estimate == pytest.approx(365.25 / 50)
    assert (found.n, found.events) == (1, 1)
    assert found.data_cut == day(100)


def test_no_time_at_risk_gives_no_rate() -> None:
    found = follow(events=[event(0)])

    assert found.estimate is None
    assert found.interval is None


def test_json_objects_and_dataclasses_give_the_same() -> None:
    written = {
        "episodes": [{"person": "p1", "referral": "2024-12-02", "start": "2025-01-01", "arm": ""}],
        "events": [{"person": "p1", "date": "2025-02-10", "kind": "stalking", "source": "police"}],
        "gaps": [{"person_key": "p1", "from": "2025-01-11", "to": "2025-01-20"}],
    }

    found = follow(**written)

    gaps = [ExposureGap(person="p1", start=day(10), end=day(19))]
    assert codes(found) == codes(follow(events=[event(40)], gaps=gaps)) == [(30, 1)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(-20, 120), st.integers(0, 40)), max_size=5),
    st.lists(st.integers(0, 110), max_size=5),
)
def test_days_at_risk_are_the_days_that_are_in_no_gap(gaps: list[tuple[int, int]], events: list[int]) -> None:
    away = {start + step for start, length in gaps for step in range(length + 1)}
    at_large = sorted(number for number in events if number <= 100 and number not in away)

    found = follow(
        gaps=[ExposureGap(person="p1", start=day(start), end=day(start + length)) for start, length in gaps],
        events=[event(number) for number in events],
    )

    end = at_large[0] if at_large else 100
    assert codes(found) == [(sum(number not in away for number in range(end)), int(bool(at_large)))]


def test_a_follow_up_feeds_the_curves() -> None:
    episodes = [Episode(person=f"p{number}", start=day(number)) for number in range(40)]
    events = [event(number + 30, person=f"p{number}") for number in range(0, 40, 3)]

    found = follow(episodes=episodes, events=events).values

    curve = evaluation.kaplan_meier(t=found["t"], e=found["e"], times=[29, 60])
    assert curve.values["survival"] == pytest.approx([1, 26 / 40])


KINDS = ("stalking", "breach", "death", "custody")
A_DAY = st.integers(-20, 130)
A_PERSON = st.tuples(
    st.none() | st.integers(-10, 110),
    st.lists(st.tuples(A_DAY, st.sampled_from(KINDS)), max_size=5),
    st.lists(st.tuples(A_DAY, st.integers(0, 40) | st.none()), max_size=2),
)


@given(st.lists(A_PERSON, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_people_are_followed_together_as_each_is_alone(
    drawn: list[tuple[int | None, list[tuple[int, str]], list[tuple[int, int | None]]]],
) -> None:
    alone: list[Result] = []
    together: dict[str, list[Any]] = {"episodes": [], "events": [], "gaps": []}
    always = Episode(person="always", start=day(0))  # nobody to follow is refused
    for place, (zero, events, gaps) in enumerate(drawn):
        name = f"p{place}"
        own: dict[str, list[Any]] = {
            "episodes": [Episode(person=name, start=None if zero is None else day(zero))],
            "events": [event(number, kind, name) for number, kind in events],
            "gaps": [
                ExposureGap(person=name, start=day(first), end=None if stay is None else day(first + stay))
                for first, stay in gaps
            ],
        }
        for part, rows in own.items():
            together[part] += rows
        alone.append(
            follow(**{**own, "episodes": [*own["episodes"], always]}, competing=["death", "custody"])
        )
    found = follow(
        **{**together, "episodes": [*together["episodes"], always]}, competing=["death", "custody"]
    )

    assert codes(found)[:-1] == [one for each in alone for one in codes(each)[:-1]]
    for name in ("duplicate_events", "events_after_last_day", "events_before_time_zero", "events_while_away"):
        assert counted(found, name) == sum(int(str(counted(each, name))) for each in alone)
