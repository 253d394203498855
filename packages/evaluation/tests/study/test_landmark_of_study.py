"""The landmark that an annex proposes, and why "completed" differs between two places: by recounts of invented people."""

import re
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from packages.evaluation.tests.study.test_annex import plan, write

from desist_evaluation.study.comparison import compare
from desist_evaluation.study.completion import WHY_NOT, WITHIN, completion_classes
from desist_evaluation.study.files import StudyData, read_study
from desist_evaluation.study.follow import completed_at, followed, records_of
from desist_evaluation.study.plan import MAIN, StudyPlan
from desist_evaluation.study.proposal import GRACE, propose

NO_EVENTS = "person,date,kind\n"
BEGUN = date(2023, 1, 2)


def on(day: int) -> date:
    return BEGUN + timedelta(days=day)


def read(people: list[str], events: str = NO_EVENTS) -> StudyData:
    header = "person,referral,start,planned_end,end,end_reason\n"
    return read_study(episodes=header + "".join(f"{line}\n" for line in people), events=events)


def person(
    name: str, *, planned: int | None = 90, end: int | None = None, reason: str = "completed", start: int = 0
) -> str:
    later = "" if planned is None else on(start + planned)
    return f"{name},{on(start)},{on(start)},{later},{'' if end is None else on(start + end)},{reason if end else ''}"


def proposed(data: StudyData, settled: StudyPlan) -> tuple[int, str]:
    people = followed(records_of(data, settled), settled, MAIN)
    found = propose(data, settled, completed_at(data, settled, people))
    return found.day, found.why


def ninety_day_programme() -> StudyData:
    """41 completers of a programme of 90 days, 11 by day 90 and the rest within a fortnight after."""
    ends = [85 + place % 6 for place in range(11)] + [91 + place % 14 for place in range(30)]
    return read([person(f"p{place}", end=end) for place, end in enumerate(ends)])


def test_a_landmark_is_proposed_from_the_planned_ends_and_says_so() -> None:
    day, why = proposed(ninety_day_programme(), plan())

    assert day == 90 + GRACE
    assert "nine in ten were planned to end by day 90, and 14 days more let missed sessions be made up" in why
    assert "By then 41 of the 41 who completed within follow-up had completed" in why


def test_a_landmark_that_the_plan_names_says_how_many_completers_it_misses() -> None:
    day, why = proposed(ninety_day_programme(), plan(landmark=90))

    assert day == 90
    assert "the day that the plan names" in why
    assert "By then 11 of the 41" in why
    assert "Day 102 would take in nine in ten of them (--landmark 102)" in why


def test_without_planned_ends_the_completions_say_the_day() -> None:
    data = read([person(f"p{n}", planned=None, end=100 + n) for n in range(10)])

    day, why = proposed(data, plan())

    assert day == 108
    assert "no planned end is in the file" in why


def test_without_either_day_90_stands_and_before_a_short_horizon_it_moves() -> None:
    nobody = read([person("a", planned=None), person("b", planned=None)])

    assert proposed(nobody, plan()) == (
        90,
        "Day 90: neither a planned end nor a completion is in the files.",
    )
    day, why = proposed(nobody, plan(horizon=60))
    assert day == 59
    assert "moved to before the horizon, day 60" in why


def test_a_planned_end_on_the_first_day_is_no_length() -> None:
    assert proposed(read([person("a", planned=0, end=30)]), plan())[0] == 30


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=40))
def test_nine_in_ten_planned_ends_come_before_the_proposed_day_and_no_earlier_day_does(
    spans: list[int],
) -> None:
    data = read([person(f"p{place}", planned=span, end=1) for place, span in enumerate(spans)])

    day, _ = proposed(data, plan(horizon=400))

    last = day - GRACE
    assert 10 * sum(span <= last for span in spans) >= 9 * len(spans)
    assert 10 * sum(span < last for span in spans) < 9 * len(spans)


def test_where_two_counts_of_completed_differ_each_person_is_accounted_for() -> None:
    people = [
        *(person(f"within{n}", end=80) for n in range(3)),
        person("late", end=200),
        person("outcome", end=80),
        person("custody", end=80),
        person("after", end=80, start=790),
        person("later", end=80, start=900),
        person("left", end=20, reason="withdrew"),
    ]
    events = f"{NO_EVENTS}outcome,{on(40)},stalking\ncustody,{on(40)},custody\nwithin0,{on(90)},stalking\n"
    data, settled = read(people, events), plan(leave_out_later=True, data_cut=on(820))

    (flow, landmark) = [
        note
        for note in compare(data, settled, followed(records_of(data, settled), settled, MAIN)).notes
        if "ompleted" in note
    ][:2]

    assert flow == (
        "Completed: 8 in the flow, 4 here (1 had no day on which time could begin, or began after the last day of "
        "follow-up; 1 had the outcome before they completed; 1 were in custody or had died before they completed; "
        "1 completed after the last day of follow-up)."
    )
    assert landmark == (
        "From the landmark, day 104: 2 had completed by then; 1 completed later and stand with the rest; "
        "1 had completed, but their follow-up ended by then."
    )


def test_someone_who_completed_before_time_began_is_said() -> None:
    data = read([f"a,{on(0)},{on(0)},{on(90)},{on(60)},completed", person("b", end=90)])

    files = write(
        episodes="person,start,planned_end,end,end_reason\n"
        f"a,{on(0)},{on(90)},{on(60)},completed\nb,{on(0)},{on(90)},{on(90)},completed\n",
        time_zero="planned_end",
    )

    assert data.episodes
    assert "Completed: 2 in the flow, 1 here (1 had completed before time began)." in files["annex.html"]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 100_000))
def test_the_parts_add_up_to_everyone_who_completed(seed: int) -> None:
    random = np.random.default_rng(seed)
    people, events = [], [NO_EVENTS]
    for place in range(25):
        end = int(random.integers(1, 200))
        people.append(
            person(
                f"p{place}",
                end=end,
                start=int(random.integers(0, 700)),
                reason=random.choice(["completed", "left"]),
            )
        )
        if random.random() < 0.4:
            kind = random.choice(["stalking", "custody", "death"])
            events.append(f"p{place},{on(int(random.integers(0, 800)))},{kind}\n")
    data, settled = read(people, "".join(events)), plan(leave_out_later=True, data_cut=on(700))
    found = followed(records_of(data, settled), settled, MAIN)
    completed = completed_at(data, settled, found)

    classes = completion_classes(data, settled, found, completed)

    assert set(classes) <= {WITHIN, *WHY_NOT}
    assert sum(classes.values()) == sum(",completed" in line for line in people)
    assert classes[WITHIN] == sum(day is not None for day in completed)


def test_the_numbers_in_words_are_those_of_the_tables() -> None:
    people = [person(f"p{place}", end=60 + place) for place in range(60)]
    header = "person,referral,start,planned_end,end,end_reason\n"

    files = write(episodes=header + "".join(f"{line}\n" for line in people))

    flow = re.search(r"Completed: (\d+) in the flow, (\d+) here\.", files["annex.html"])
    landmark = re.search(r"day 104: (\d+) had completed by then; (\d+) completed later", files["annex.html"])
    assert flow is not None
    assert landmark is not None
    assert f"Completed,{flow[1]}" in files["flow.csv"]
    assert f"Completed,{flow[2]},0" in files["comparison.csv"]
    assert f"Completed by then,{landmark[1]},0" in files["comparison.csv"]
    assert int(landmark[1]) + int(landmark[2]) == int(flow[2])
