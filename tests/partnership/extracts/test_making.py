"""Nobody stands out in what the police tell, every cell is in the dictionary, and a day that is missing is nobody's."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.extracts import police
from desist.extracts.asked import Asked, read
from desist.extracts.dictionary import SMALLEST_GROUP
from desist.extracts.police import Recorded
from desist.extracts.rows import Unreadable
from desist.partnership.extracts import making
from desist.partnership.extracts.making import Known

FIRST, TODAY, CUT = date(2025, 1, 1), date(2026, 7, 14), date(2026, 4, 14)
DAYS = st.dates(FIRST, TODAY + timedelta(days=30))
MAYBE = st.none() | DAYS
KINDS = st.sampled_from(
    (
        (police.STALKING, ""),
        (police.BREACH, police.ACTED),
        (police.BREACH, police.INQUIRY),
        (police.CHARGED, ""),
        (police.CONVICTED, ""),
    )
)
KNOWN = st.builds(
    Known,
    referred=st.dates(FIRST, CUT),
    recorded=st.lists(st.tuples(MAYBE, KINDS).map(lambda it: (it[0], *it[1])), max_size=4).map(tuple),
    orders=st.lists(st.tuples(MAYBE, MAYBE, st.sampled_from(("full", "interim"))), max_size=2).map(tuple),
)
#: of each person: the group, the days they go back, and what is known, if they are found
PEOPLE = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 90), st.none() | KNOWN), max_size=30)
FIRSTS = st.lists(st.none() | st.dates(FIRST - timedelta(days=90), CUT), min_size=10, max_size=14)
#: ten people or more who are alike and known, so that rows are told
ALIKE = st.lists(st.tuples(st.just(0), st.integers(0, 90), KNOWN), min_size=10, max_size=14)


def person(number: int) -> str:
    return f"{number:016x}"


def told(
    people: Sequence[tuple[int, int, Known | None]], firsts: Sequence[date | None] = ()
) -> tuple[tuple[Asked, ...], Recorded, dict[str, int]]:
    asked = tuple(
        Asked(person(number), days, CUT, group, (f"thread{number}",), first)
        for number, ((group, days, _), first) in enumerate(zip_longest(people, firsts[: len(people)]))
    )
    known = {person(number): one for number, (_, _, one) in enumerate(people) if one}
    return asked, *making.make(asked, known, today=TODAY)


@given(PEOPLE)
@settings(max_examples=300, deadline=None)
def test_nobody_stands_out_and_everyone_is_told_of_or_counted(
    people: list[tuple[int, int, Known | None]],
) -> None:
    asked, found, left_out = told(people)

    assert len(found.people) + left_out.get("not_found", 0) == len(asked)
    if not found.people:
        return
    police.check(found)
    inside = Counter(one.group for one in asked if one.person in found.people)
    outside = Counter(one.group for one in asked if one.person not in found.people)
    assert all(number >= SMALLEST_GROUP for number in inside.values())
    assert all(number >= SMALLEST_GROUP for group, number in outside.items() if inside[group])


@given(ALIKE, FIRSTS)
@settings(max_examples=200, deadline=None)
def test_days_are_moved_together_between_the_first_one_and_the_common_last_one(
    people: list[tuple[int, int, Known | None]], firsts: list[date | None]
) -> None:
    asked, found, _ = told(people, firsts)

    assert len(found.people) == len(people)
    for line in (*found.recorded, *found.orders):
        number, first = int(line.split(",")[0], 16), date.fromisoformat(line.split(",")[1])
        _, days, known = people[number]
        assert known is not None
        real, since = first + timedelta(days=days), asked[number].first
        from_day = since + timedelta(days=days) if since else known.referred
        dated = {day for day, _, _ in known.recorded} | {max(s, from_day) for s, _, _ in known.orders if s}
        assert real in dated
        assert from_day <= real <= TODAY
        assert first <= CUT


@pytest.mark.parametrize("first", [None, date(2026, 1, 1)])
def test_what_is_asked_is_read_as_it_was_written(first: date | None) -> None:
    one = Asked(person(1), 19, CUT, 4, ("abc_-1", "def"), first)

    assert read((one.text,)) == (one,)


def test_what_was_asked_without_a_first_day_is_still_read() -> None:
    assert read((f"{person(1)} 19 2026-04-14 4 abc_-1 def",)) == (
        Asked(person(1), 19, CUT, 4, ("abc_-1", "def")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{person(1)} 19 2026-01-01 2026-04-14 4",  # without a thread
        f"{person(1)} 19 2026-04-15 2026-04-14 4 abc",  # its first day lies after its last
        f"{person(1)} 19 2026-02-30 2026-04-14 4 abc",
        f"{person(1)} 366 2026-01-01 2026-04-14 4 abc",
        f"{person(1)} {'1' * 4301} 2026-01-01 2026-04-14 4 abc",
        f"{person(1)} {'1' * 4301} 2026-04-14 4 abc",
        f"{person(1)} 19 2026-04-14 {'1' * 4301} abc",
        f"{person(1)} 19 2026-01-01 2026-04-14 {'1' * 4301} abc",
        f"{person(1)} \u0661\u0669 2026-01-01 2026-04-14 4 abc",
        f"{person(1)} 19 2026-01-01 2026-04-14 4 {'a' * 41}",
        f"{person(1)} 19 2026-01-01 2026-04-14 4 abc ",
        f"{person(1)} 19 2026-01-01 2026-04-14 4 abc\n",
    ],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^Line 1 of the envelope does not say what to tell"):
        read((text,))


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (date(2026, 1, 1), {"2026-01-01", "2026-01-11", "2026-02-01"}),  # the force referred later
        (date(2026, 2, 1), {"2026-02-01"}),  # the force referred earlier, and that was declined
        (None, {"2026-01-11", "2026-02-01"}),  # as it was asked before
    ],
)
def test_what_lies_before_the_referral_of_the_extract_is_not_told(first: date | None, told: set[str]) -> None:
    days = [date(2026, 1, 19), date(2026, 1, 20), date(2026, 1, 30), date(2026, 2, 20)]
    found = Known(
        date(2026, 1, 30),
        tuple((day, police.BREACH, police.ACTED) for day in days),
        ((days[0], None, police.FULL),),
    )
    asked = tuple(Asked(one, 19, CUT, 0, (f"thread{one}",), first) for one in TEN)

    rows, _ = making.make(asked, dict.fromkeys(TEN, found), today=TODAY)

    assert {line.split(",")[1] for line in rows.recorded} == told
    assert {line.split(",")[1] for line in rows.orders} == {min(told)}
    police.check_first(rows, {one: date.fromisoformat(min(told)) for one in TEN})
    with pytest.raises(Unreadable):
        police.check_first(rows, {one: date(2026, 2, 2) for one in TEN})


TEN = tuple(person(number) for number in range(10))


@pytest.mark.parametrize(
    "rows",
    [
        Recorded((*TEN, TEN[0]), (), ()),  # a person twice
        Recorded(TEN, (f"{person(11)},2026-01-01,stalking,",), ()),  # of nobody
        Recorded(TEN, (f"{TEN[0]},,stalking,",), ()),  # without a day
        Recorded(TEN, (f"{TEN[0]},2026-01-01,breach,",), ()),  # a breach that nobody decided on
        Recorded(TEN, (f"{TEN[0]},2026-01-01,stalking,acted on",), ()),
        Recorded(TEN, (f"{TEN[0]},2026-01-01,convicted,",), ()),  # one who stands out
        Recorded(TEN, (), (f"{TEN[0]},2026-02-01,2026-01-01,full",)),
        Recorded(TEN, (), tuple(f"{one},2026-01-01,,full" for one in TEN[:6])),  # four who stand out
        Recorded(TEN[:4], (), ()),
        Recorded(("Robin",), (), ()),
    ],
)
def test_rows_in_which_a_person_stands_out_or_that_are_not_by_the_dictionary_are_refused(
    rows: Recorded,
) -> None:
    with pytest.raises(Unreadable) as refused:
        police.check(rows)

    assert "Robin" not in str(refused.value)
    police.check(Recorded(TEN, tuple(f"{one},2026-01-01,breach,acted on" for one in TEN[:5]), ()))


@pytest.mark.parametrize("kind", ["stalking,", "breach,acted on", "charged,", "convicted,"])
def test_what_was_recorded_of_an_order_tells_that_there_is_one(kind: str) -> None:
    rows = Recorded(TEN, (f"{TEN[0]},2026-01-01,{kind}",), ())

    with pytest.raises(Unreadable):
        police.check(rows)
    assert police.coarse(rows)[0] == Recorded(TEN, (), ())


def test_without_orders_nothing_that_is_of_one_is_told() -> None:
    found = Known(FIRST, ((FIRST, police.BREACH, police.ACTED),), ((FIRST, None, police.FULL),))
    known = {one: found if one == TEN[0] else Known(FIRST) for one in TEN}
    asked = tuple(Asked(one, 0, CUT, 0, (f"thread{one}",)) for one in TEN)

    rows, left_out = making.make(asked, known, today=TODAY)

    assert rows == Recorded(TEN, (), ())
    assert left_out == {"no_orders": 0}


LINES = st.lists(
    st.tuples(
        st.sampled_from([person(number) for number in range(12)]),
        st.sampled_from(["stalking,", "breach,acted on", "charged,", "convicted,", "full"]),
    ),
    max_size=40,
)


@given(st.integers(0, 12), LINES)
@settings(max_examples=500, deadline=None)
def test_whatever_was_recorded_no_combination_that_is_told_has_fewer_than_five(
    number: int, lines: list[tuple[str, str]]
) -> None:
    people = tuple(person(one) for one in range(number))
    of_them = [(one, said) for one, said in lines if one in people]
    rows, _ = police.coarse(
        Recorded(
            people,
            tuple(f"{one},2026-01-01,{said}" for one, said in of_them if said != "full"),
            tuple(f"{one},2026-01-01,,full" for one, said in of_them if said == "full"),
        )
    )

    told = [(line.split(",")[0], line.split(",")[2]) for line in rows.recorded]
    told += [(line.split(",")[0], "order") for line in rows.orders]
    known = {one: {said for of, said in told if of == one} for one in rows.people}
    combinations = Counter(
        (bool(said), next((one for one in (police.CONVICTED, police.CHARGED) if one in said), ""))
        for said in known.values()
    )
    assert len(rows.people) == (number if number >= SMALLEST_GROUP else 0)
    assert all(of >= SMALLEST_GROUP for of in combinations.values())


def test_those_whom_the_police_referred_do_not_stand_out_in_their_group() -> None:
    episodes = [f"{one},2026-01-01,,,,,North,programme,25 to 34" for one in TEN]

    police.check_beside(Recorded(TEN, (), ()), episodes)
    police.check_beside(Recorded(TEN[:5], (), ()), episodes)
    for rows in (TEN[:4], TEN[:9], (*TEN[:5], person(99))):
        with pytest.raises(Unreadable):
            police.check_beside(Recorded(rows, (), ()), episodes)


def test_nothing_of_before_the_referral_stands_beside_an_extract() -> None:
    episodes = [f"{one},2026-01-01,,,,,North,programme,25 to 34" for one in TEN]

    for day, kept in (("2026-01-01", True), ("2025-12-31", False)):
        for rows in (
            Recorded(TEN, tuple(f"{one},{day},stalking," for one in TEN), ()),
            Recorded(TEN, (), tuple(f"{one},{day},,full" for one in TEN)),
        ):
            if kept:
                police.check_beside(rows, episodes)
            else:
                with pytest.raises(Unreadable, match="before the referral"):
                    police.check_beside(rows, episodes)
