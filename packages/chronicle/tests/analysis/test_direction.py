"""No course is told the wrong way round: contacts tell the direction, and occasions never contradict them."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from packages.chronicle.tests.casework import charted, record

from desist_chronicle.analysis.before_after import before_after
from desist_chronicle.analysis.findings import Questions, findings
from desist_chronicle.course import Course
from desist_chronicle.occasions import group
from desist_chronicle.period import Period
from desist_chronicle.records import Precision

MIDDLE = date(2024, 4, 1)
#: most in the evening and some at every hour, as contact is
HOURS = (*(f"{hour:02d}:10" for hour in range(0, 24, 3)), *(f"{hour}:40" for hour in range(17, 24)))


def rising(first: float, last: float, *, seed: int, days: int = 182) -> Course:
    """A course of daily contact whose rate goes from one to another."""
    chance = np.random.default_rng(seed)
    counts = chance.poisson(np.linspace(first, last, days))
    return of_days(counts, chance=chance)


def of_days(counts: NDArray[np.int64], *, chance: np.random.Generator | None = None) -> Course:
    chance = chance or np.random.default_rng(1)
    first = date(2024, 1, 1)
    return charted(
        [
            record(at=f"{first + timedelta(days=day)} {hour}")
            for day, count in enumerate(counts.tolist())
            for hour in sorted(chance.choice(HOURS, count))
        ]
    )


def words(course: Course) -> str:
    found = findings(course=course, questions=Questions(compare_at=MIDDLE))
    return " ".join(
        " ".join(finding.sentences) for finding in found if finding.title in {"Over time", "Before and after"}
    )


def directions(said: str) -> set[int]:
    """Every direction that some sentence names."""
    plain = said.replace("say it rose", "").replace("say it fell", "")
    marks = {"more frequent": 1, "it rose": 1, "less frequent": -1, "it fell": -1}
    named = plain.replace("became more or less frequent", "")
    return {sign for mark, sign in marks.items() if mark in named}


@pytest.mark.parametrize(("first", "last"), [(2, 10), (3, 15), (0.5, 4)])
def test_a_course_that_rises_is_never_said_to_fall(first: float, last: float) -> None:
    for seed in range(3):
        assert directions(words(rising(first, last, seed=seed))) == {1}


def test_a_course_of_daily_contact_that_falls_is_said_to_fall() -> None:
    assert directions(words(rising(10, 2, seed=4))) == {-1}


def test_occasions_are_left_out_with_a_sentence_where_contact_is_almost_daily() -> None:
    said = words(rising(2, 10, seed=5))

    assert said.count("Occasions are not compared here. There was contact on") == 2
    assert "occasions against" not in said
    assert "test on occasions" not in said


def test_an_occasion_of_three_days_is_enough_to_leave_them_out() -> None:
    week = [f"2024-01-{day:02d} {hour}" for day in (1, 2, 3, 4) for hour in ("08:00", "16:00", "23:59")]
    single = [f"{date(2024, 1, 10) + timedelta(days=4 * number)} 08:00" for number in range(30)]

    said = words(charted([record(at=at) for at in (*week, *single)]))

    assert "the longest occasion lasted 88 hours" in said


def test_occasions_that_go_against_the_contacts_name_no_direction() -> None:
    # first many days with one contact, later few days with twenty
    often = [f"{date(2024, 1, 1) + timedelta(days=2 * number)} 20:00" for number in range(45)]
    heavy = [
        f"{date(2024, 4, 2) + timedelta(days=9 * number)} 20:{minute:02d}"
        for number in range(10)
        for minute in range(20)
    ]

    said = words(charted([record(at=at) for at in (*often, *heavy)]))

    assert -1 not in directions(said)
    assert "10 occasions against 45 (83 days against 91), while contacts a day went the other way" in said
    assert "Occasions: not enough to say" in said


def test_the_days_with_contact_and_both_halves_are_told() -> None:
    said = words(of_days(np.array([1, 0] * 45 + [3, 2] * 45)))

    assert "There was contact on 135 of 180 days." in said
    assert "In the first 90 days: 45 contacts on 45 days. In the last 90: 225 contacts on 90 days." in said


def test_night_and_weekend_are_told_of_contacts_beside_occasions() -> None:
    # on Friday one occasion in the evening that runs into the night
    evening = [record(at=f"2024-03-01 {hour}") for hour in ("21:00", "23:10", "23:20", "23:30")]
    course = charted([*evening, record(at="2024-03-09", precision=Precision.DAY)])

    found = {one.title: one.sentences for one in findings(course=course, questions=Questions())}

    assert found["Night and weekend"] == (
        (
            "3 of 4 contacts came between 23:00 and 07:00: 75 %. "
            "0 of 1 occasion began then: 0 %, 95 % interval 0 % to 79 %."
        ),
        (
            "1 of 5 contacts came on a Saturday or Sunday: 20 %. "
            "1 of 2 occasions began then: 50 %, 95 % interval 9 % to 91 %."
        ),
        "1 contact whose source states no hour: in no count of the night.",
    )


def test_contacts_without_an_hour_say_nothing_of_the_night() -> None:
    course = charted([record(at="2024-03-09", precision=Precision.DAY)])

    night = next(
        one for one in findings(course=course, questions=Questions()) if one.title == "Night and weekend"
    )

    assert night.sentences[0] == (
        "No contact has an hour, so none can be said to have come between 23:00 and 07:00."
    )


def test_an_occasion_that_begins_without_an_hour_is_in_no_count_of_the_night() -> None:
    course = charted([record(at="2024-03-09", precision=Precision.DAY), record(at="2024-03-09 09:00")])

    night = next(
        one for one in findings(course=course, questions=Questions()) if one.title == "Night and weekend"
    )

    assert night.sentences[0].endswith("No occasion began with a contact that has an hour.")


def test_triggers_count_contacts_where_occasions_run_together() -> None:
    counts = np.full(120, 2)
    counts[60:67] = 12
    found = findings(course=of_days(counts), questions=Questions(triggers={"court date": [date(2024, 3, 1)]}))

    after = " ".join(next(one for one in found if one.title == "After certain dates").sentences)

    assert after.startswith("Occasions are not compared here.")
    assert "84 contacts on the 7 days" in after
    assert "more than chance would bring" in after


WEEKS = st.lists(st.integers(0, 12), min_size=8, max_size=14)


@settings(deadline=None, max_examples=60)
@given(WEEKS, st.integers(0, 6))
def test_a_course_and_its_mirror_never_have_one_direction(weeks: list[int], over: int) -> None:
    counts = np.repeat(np.array(weeks), 7)[: 7 * len(weeks) - over]
    counts[0], counts[-1] = max(counts[0], 1), max(counts[-1], 1)
    one, other = directions(words(of_days(counts))), directions(words(of_days(counts[::-1])))

    assert not one & other
    assert one == {-sign for sign in other}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 12), min_size=8, max_size=10))
def test_doubling_in_every_later_week_is_never_a_fall(weeks: list[int]) -> None:
    chance = np.random.default_rng(1)
    counts = np.concatenate(
        [chance.multinomial(count * 2**week, [1 / 7] * 7) for week, count in enumerate(weeks)]
    )

    assert -1 not in directions(words(of_days(np.minimum(counts, 400))))


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 5), st.integers(8, 20), st.data())
def test_twice_as_many_from_some_week_on_is_never_a_fall(a_day: int, weeks: int, data: st.DataObject) -> None:
    counts = np.full(7 * weeks, a_day)
    counts[7 * data.draw(st.integers(0, weeks - 1)) :] *= 2

    assert -1 not in directions(words(of_days(counts)))


def test_a_period_without_any_contact_compares_nothing() -> None:
    none = group(rows=charted([record()]).corpus.rows, chosen=np.zeros(1, dtype=np.bool_))
    period = Period(first=date(2024, 1, 1), last=date(2024, 6, 30))

    said = before_after(occasions=none, contact_days=np.zeros(0, dtype=np.int64), period=period, day=MIDDLE)

    assert said[0] == "There is no occasion in either time, so there is nothing to compare."
    assert said[1].startswith("Each side needs two whole weeks")
