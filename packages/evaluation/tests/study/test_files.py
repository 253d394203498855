"""The study's files: every refusal names the file, the line and the column."""

from datetime import date

import pytest

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.study.files import read_study

EPISODES = "person,referral,start,end,end_reason,arm,age\na,2024-01-01,2024-01-10,2024-04-10,completed,x,30\nb,2024-01-05,,,,y,\n"
EVENTS = "person,date,kind,source\na,2024-06-01,stalking,police\n"


def test_days_words_and_covariates_are_read() -> None:
    data = read_study(
        episodes="\ufeff" + EPISODES, events=EVENTS, gaps="person,start,end,why\na,2024-02-01,,\n"
    )

    assert data.episodes[0].start == date(2024, 1, 10)
    assert data.episodes[1].start is None
    assert data.covariates == {"age": ("30", "")}
    assert data.blanks["start"] == 1
    assert data.arms == ("x", "y")
    assert data.events[0].kind == "stalking"
    assert (data.gaps[0].end, data.gaps[0].why) == (None, "custody")


def test_kinds_may_be_written_as_people_write_them() -> None:
    data = read_study(episodes=EPISODES, events="person,date,kind\na,2024-06-01,Domestic abuse\n")

    assert (data.events[0].kind, data.events[0].source) == ("domestic_abuse", None)


def test_the_fingerprint_changes_with_any_cell() -> None:
    one = read_study(episodes=EPISODES, events=EVENTS)
    other = read_study(episodes=EPISODES.replace("30", "31"), events=EVENTS)

    assert one.digest != other.digest


@pytest.mark.parametrize(
    ("episodes", "events", "gaps", "words"),
    [
        ("", EVENTS, "", "EPISODES: must have a column person; it has none"),
        ("name\na\n", EVENTS, "", "EPISODES: must have a column person; it has name"),
        ("person\n", EVENTS, "", "EPISODES: must have at least one person"),
        ("person,age,age\na,1,2\n", EVENTS, "", r"EPISODES: must name every column once \(age\)"),
        ("person,\na,1\n", EVENTS, "", r"EPISODES: must name every column once \(one is empty\)"),
        ("person,age\na\n", EVENTS, "", "EPISODES line 2: must have 2 cells, not 1"),
        ("person,age\n,3\n", EVENTS, "", "EPISODES line 2, person: is needed"),
        (
            "person,start\na,01/02/2024\n",
            EVENTS,
            "",
            "EPISODES line 2, start: must be a day written as 2026-11-24",
        ),
        ("person\na\nb\na\n", EVENTS, "", "EPISODES line 4, person: must not appear twice: a is also line 2"),
        (
            "person,start,end\na,2024-02-01,2024-01-01\n",
            EVENTS,
            "",
            r"EPISODES line 2, end: must not be before start \(2024-01-01 and 2024-02-01\)",
        ),
        (
            "person,start,end\na,2024-02-01,2024-01-01\nb,,\nb,,\n",
            EVENTS,
            "",
            "EPISODES line 2, end: must not be before start",
        ),
        (
            "person,start,end\nb,,\nb,,\na,2024-02-01,2024-01-01\n",
            EVENTS,
            "",
            "EPISODES line 3, person: must not appear twice: b is also line 2",
        ),
        ("person,arm\na,x\nb,\n", EVENTS, "", "must name an arm for everyone or for nobody .1 have none."),
        (
            "person,arm\na,1\nb,2\nc,3\nd,4\ne,5\n",
            EVENTS,
            "",
            "EPISODES: must have at most 4 arms, not 5",
        ),
        (
            "person," + ",".join(f"c{n}" for n in range(41)) + "\na" + "," * 41 + "\n",
            EVENTS,
            "",
            "EPISODES: must have at most 40 columns of its own",
        ),
        (EPISODES, "person,kind\n", "", "EVENTS: must have a column date"),
        (EPISODES, "person,date,kind\na,soon,stalking\n", "", "EVENTS line 2, date: must be a day"),
        (EPISODES, "person,date,kind\na,2024-01-01,stalkin\n", "", "EVENTS line 2, kind: must be one of"),
        (EPISODES, "person,date,kind\n,2024-01-01,stalking\n", "", "EVENTS line 2, person: is needed"),
        (EPISODES, EVENTS, "person,end\na,2024-01-01\n", "GAPS: must have a column start"),
        (EPISODES, EVENTS, "person,start\na,\n", "GAPS line 2, start: is needed"),
        (
            EPISODES,
            EVENTS,
            "person,start,end\na,2024-02-01,2024-01-01\n",
            "GAPS line 2, end: must not be before start",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_place(episodes: str, events: str, gaps: str, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        read_study(episodes=episodes, events=events, gaps=gaps)


def test_a_long_word_of_one_person_takes_no_room_for_others() -> None:
    people = "".join(f"p{row},completed\n" for row in range(2_000))
    data = read_study(episodes=f"person,end_reason\nlong,{'x' * 100_000}\n{people}", events=EVENTS)

    assert data.episodes.end_reasons.nbytes < 100_000
