"""The returns against a recount that goes through the rows one by one, over any number of invented people."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desist.programme.service.returns import counting, definitions
from desist.programme.service.returns.counting import Days, Line, quartiles
from desist.programme.service.returns.facts import Case, Period, Sitting

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
PERIOD, CUT = Period(FIRST, LAST), date(2026, 10, 20)

days = st.dates(min_value=FIRST - timedelta(days=40), max_value=LAST + timedelta(days=20))
perhaps = st.none() | days


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A person as the rows can tell of them: what follows from one another fits, everything else is free."""
    state = draw(st.sampled_from(["received", "accepted", "consultation", "declined", "withdrawn"]))
    accepted = state == "accepted" or (state == "withdrawn" and draw(st.booleans()))
    answer = draw(st.sampled_from(["", "agreed", "required", "refused"])) if accepted else ""
    withdrew = draw(perhaps) if answer else None
    return Case(
        received=draw(days),
        source=draw(st.sampled_from(["police", "probation", "self"])),
        route=draw(st.sampled_from(["police_voluntary", "court_sentence"])),
        state=state,
        accepted=accepted,
        decline_reason=draw(st.sampled_from(["age", "duplicate"])) if state == "declined" else "",
        withdraw_reason=draw(st.sampled_from(["duplicate", "mistake", "moved"]))
        if state == "withdrawn"
        else "",
        opened=draw(days) if accepted else None,
        assessed=draw(perhaps) if accepted else None,
        allocated=draw(perhaps) if accepted else None,
        ended=draw(perhaps) if accepted else None,
        answer=answer,
        answered=draw(days) if answer else None,
        withdrawal_reason=draw(st.sampled_from(["moved", "unhappy"])) if withdrew else "",
        withdrawn=withdrew,
        started=accepted and draw(st.booleans()),
        start_unknown=accepted and draw(st.booleans()),
    )


sittings = st.builds(
    Sitting,
    on=days,
    state=st.sampled_from(["planned", "attended", "missed"]),
    whose=st.sampled_from(["", "person", "service"]),
    reached=perhaps,
    beforehand=st.booleans(),
)


def figure(lines: tuple[Line, ...], of: str, part: str, category: str = "") -> tuple[int, int, int]:
    """The one line of this name."""
    (line,) = [one for one in lines if (one.of, one.part, one.category) == (of, part, category)]
    return line.numerator, line.denominator, line.missing


def recount(people: list[Case]) -> Counter[str]:
    """One person after the other, by the definitions read as sentences."""
    total: Counter[str] = Counter()
    for one in people:
        if one.state == "withdrawn" and one.withdraw_reason in ("duplicate", "mistake"):
            continue
        if (one.state, one.decline_reason) == ("declined", "duplicate"):
            continue
        if FIRST <= one.received <= LAST:
            total["received"] += 1
            total["decided"] += one.state != "received"
            if one.accepted:
                total += of_an_eligible_person(one)
        if one.answered is not None and FIRST <= one.answered <= LAST:
            total["answered"] += 1
            total["agrees"] += one.answer != "refused"
        if one.opened is not None:
            total += of_the_last_day(one, one.opened)
    return total


def of_an_eligible_person(one: Case) -> Counter[str]:
    fortnight = timedelta(days=14)
    return Counter(
        accepted=1,
        assessed=one.assessed is not None and one.assessed >= one.received,
        assessed_in_time=one.assessed is not None
        and one.received <= one.assessed <= one.received + fortnight,
        allocated=one.allocated is not None and one.allocated >= one.received,
        allocated_in_time=one.allocated is not None
        and one.received <= one.allocated <= one.received + fortnight,
        starts=one.started,
        unknown=one.start_unknown and not one.started,
    )


def of_the_last_day(one: Case, opened: date) -> Counter[str]:
    there = opened <= LAST and not (one.ended is not None and one.ended <= LAST)
    return Counter(
        silent=one.answer == "" and FIRST <= opened <= LAST,
        there=there,
        waiting=there and (one.allocated is None or one.allocated > LAST),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(cases(), max_size=30), st.lists(sittings, max_size=30))
def test_a_returns_counts_are_those_of_a_recount(people: list[Case], held: list[Sitting]) -> None:
    lines = counting.returns(cases=people, sittings=held, period=PERIOD, cut=CUT)

    n = recount(people)
    accepted = n["accepted"]
    assert figure(lines, "R1", "Received") == (n["received"], n["received"], 0)
    assert figure(lines, "R2", "Eligible") == (accepted, n["decided"], n["received"] - n["decided"])
    assert figure(lines, "R3", "Within 14 days") == (
        n["assessed_in_time"],
        n["assessed"],
        accepted - n["assessed"],
    )
    assert figure(lines, "R4", "Within 14 days") == (
        n["allocated_in_time"],
        n["allocated"],
        accepted - n["allocated"],
    )
    assert figure(lines, "R5", "Take part") == (n["agrees"], n["answered"], n["silent"])
    assert figure(lines, "S1", "Attended session 1") == (n["starts"], accepted - n["unknown"], n["unknown"])
    assert figure(lines, "S2", "Waiting on the last day") == (n["waiting"], n["there"], 0)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sittings, max_size=40), st.lists(days, max_size=20))
def test_sessions_counts_are_those_of_a_recount(held: list[Sitting], late: list[date]) -> None:
    lines = counting.returns(cases=[], sittings=held, late=late, period=PERIOD, cut=CUT)

    attended = missed = silent = reached = apart = 0
    for one in held:
        if not FIRST <= one.on <= LAST:
            continue
        attended += one.state == "attended"
        silent += one.state == "planned"
        if one.state == "missed":
            missed += 1
            soon = one.reached is not None and (one.reached - one.on).days <= 7
            reached += soon and not one.beforehand
            apart += one.beforehand or (not soon and (CUT - one.on).days < 7)
    given_up = len([day for day in late if FIRST <= day <= LAST])
    assert figure(lines, "D1", "Attended") == (attended, attended + missed, silent)
    assert figure(lines, "D1", "Cancelled or moved by the person within 24 hours") == (
        given_up,
        attended + missed + given_up,
        0,
    )
    assert figure(lines, "D1", "Reached within 7 days of a missed session") == (
        reached,
        missed - apart,
        apart,
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(cases(), max_size=30), st.lists(sittings, max_size=20))
def test_the_parts_of_a_whole_add_up_to_it(people: list[Case], held: list[Sitting]) -> None:
    lines = counting.returns(cases=people, sittings=held, period=PERIOD, cut=CUT)

    def total(of: str, part: str) -> int:
        return sum(one.numerator for one in lines if (one.of, one.part) == (of, part))

    (received, _, _) = figure(lines, "R1", "Received")
    (accepted, decided, _) = figure(lines, "R2", "Eligible")
    assert total("R1", "By who referred") == total("R1", "By legal route") == received
    assert total("R2", "Not accepted, by outcome") == decided - accepted
    assert total("R5", "By answer") == figure(lines, "R5", "Take part")[1]
    (attended, known, _) = figure(lines, "D1", "Attended")
    assert total("D1", "Missed, by who was responsible") == known - attended
    for line in lines:
        assert 0 <= line.numerator <= line.denominator
        assert line.missing >= 0


def test_every_line_belongs_to_a_definition_and_every_definition_has_lines() -> None:
    lines = counting.returns(cases=[], sittings=[], period=PERIOD, cut=CUT)

    assert {line.of for line in lines} == {one.id for one in definitions.newest().returns}


def test_a_day_that_is_absent_stays_absent() -> None:
    """The report of a public system once put the moment of the report where a day was missing."""
    case = Case(FIRST, "police", "court_sentence", "accepted", accepted=True, opened=FIRST)

    lines = counting.returns(cases=[case], sittings=[], period=PERIOD, cut=CUT)

    assert figure(lines, "R4", "Within 14 days") == (0, 0, 1)
    (line,) = [one for one in lines if one.of == "R4"]
    assert line.days == Days(None, None, None)


def test_a_day_before_the_referral_is_missing_and_not_a_negative_number() -> None:
    early = FIRST - timedelta(days=3)
    case = Case(FIRST, "police", "court_sentence", "accepted", accepted=True, opened=FIRST, assessed=early)

    lines = counting.returns(cases=[case], sittings=[], period=PERIOD, cut=CUT)

    assert figure(lines, "R3", "Within 14 days") == (0, 0, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Days(None, None, None)),
        ([5], Days(5, 5, 5)),
        ([1, 2, 3, 4], Days(2.5, 1.75, 3.25)),  # as R's quantile(1:4), type 7
        ([14, 3, 9, 21, 9], Days(9, 9, 14)),
    ],
)
def test_quartiles_are_those_of_type_7(values: list[int], expected: Days) -> None:
    assert quartiles(values) == expected
