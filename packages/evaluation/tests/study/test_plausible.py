"""Values that cannot be true: refused with their row, whatever the file; everything that may be true is let in."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.study.files import StudyData, read_study
from desist_evaluation.study.plan import StudyPlan
from desist_evaluation.study.plausible import refuse_implausible

CUT, TODAY = date(2025, 3, 31), date(2025, 6, 30)
NO_EVENTS = "person,date,kind\n"


def study(*, episodes: str, events: str = NO_EVENTS, gaps: str = "") -> StudyData:
    return read_study(episodes=episodes, events=events, gaps=gaps)


def check(data: StudyData, *, leave_out_later: bool = False) -> None:
    refuse_implausible(data, StudyPlan(data_cut=CUT, as_of=TODAY, leave_out_later=leave_out_later))


@pytest.mark.parametrize(
    ("episodes", "events", "gaps", "words"),
    [
        (
            "person,age\na,30\nb,-3\n",
            NO_EVENTS,
            "",
            "EPISODES line 3, age: must be an age from 0 to 120, not -3",
        ),
        (
            "person,Age at referral\na,301\n",
            NO_EVENTS,
            "",
            "EPISODES line 2, Age at referral: must be an age",
        ),
        ("person,victim_age\na,-1\n", NO_EVENTS, "", "EPISODES line 2, victim age: must be an age"),
        (
            "person,previous offences\na,-1\n",
            NO_EVENTS,
            "",
            "EPISODES line 2, previous offences: must be a number of nought or more, not -1",
        ),
        (
            "person,previous offences\na,nan\n",
            NO_EVENTS,
            "",
            "EPISODES line 2, previous offences: must be a number of nought or more, not nan",
        ),
        ("person,start\na,1900-01-01\n", NO_EVENTS, "", "EPISODES line 2, start: must be a day from 1950 on"),
        (
            "person,start,planned_end\na,2024-01-01,0204-03-01\n",
            NO_EVENTS,
            "",
            "EPISODES line 2, planned_end: must not be before start",
        ),
        (
            "person,planned_end\na,0204-03-01\n",
            NO_EVENTS,
            "",
            "EPISODES line 2, planned_end: must be a day from",
        ),
        (
            "person,start\na,2024-01-01\nb,2025-07-01\n",
            NO_EVENTS,
            "",
            "EPISODES line 3, start: must not be in the future: 2025-07-01 is after 2025-06-30, today",
        ),
        (
            "person,start\na,2024-01-01\n",
            "person,date,kind\na,2024-05-01,stalking\na,2025-04-01,stalking\n",
            "",
            "EVENTS line 3, date: must not be after the data cut: 2025-04-01 is after 2025-03-31",
        ),
        (
            "person,start\na,2024-01-01\n",
            NO_EVENTS,
            "person,start\na,2052-05-01\n",
            "GAPS line 2, start: must not be in the future",
        ),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_row(
    episodes: str, events: str, gaps: str, words: str
) -> None:
    with pytest.raises(InvalidInputError, match=words):
        check(study(episodes=episodes, events=events, gaps=gaps))


def test_what_may_be_true_is_let_in() -> None:
    check(
        study(
            episodes="person,start,planned_end,age,age band,score,stage,language,previous offences\n"
            "a,2024-01-01,2027-04-01,0,25-34,-3,-1,-2,0\nb,,,120,,,,,\n",
            events="person,date,kind\na,2025-03-31,stalking\n",
            gaps="person,start,end\na,2024-05-01,2031-05-01\n",
        )
    )


def test_later_days_that_are_there_on_purpose_are_let_in_but_never_the_future() -> None:
    later = study(episodes="person,start\na,2025-04-01\n")

    check(later, leave_out_later=True)

    with pytest.raises(InvalidInputError, match="must not be in the future"):
        check(study(episodes="person,start\na,2025-07-01\n"), leave_out_later=True)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(-30, 30), st.lists(st.integers(0, 400), max_size=5), st.integers(-20, 140))
def test_one_wrong_value_anywhere_is_found_and_only_that(beyond: int, earlier: list[int], age: int) -> None:
    day = CUT + timedelta(days=beyond)
    before = "".join(f"p{place},{CUT - timedelta(days=days)},40\n" for place, days in enumerate(earlier))
    data = study(episodes=f"person,start,age\n{before}z,{day},{age}\n")
    right = beyond <= 0 and 0 <= age <= 120

    if right:
        check(data)
        return

    with pytest.raises(InvalidInputError, match=f"EPISODES line {len(earlier) + 2}, "):
        check(data)
