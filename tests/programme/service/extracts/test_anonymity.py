"""Nobody of an extract stands out, what lies between a person's days stays exact, and every cell is in the dictionary."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desist.extracts import dictionary, rows
from desist.extracts.dictionary import AGES, EPISODES, SMALLEST_GROUP
from desist.programme.service.extracts import anonymity
from desist.programme.service.extracts.anonymity import Person

CUT = date(2026, 4, 14)
FIRST = date(2024, 1, 1)
DAYS = st.dates(FIRST, CUT + anonymity.IN_A_QUARTER)
MAYBE = st.none() | DAYS
EVENTS = st.tuples(
    DAYS,
    st.just(dictionary.STALKING),
    st.sampled_from((dictionary.POLICE, dictionary.COURT, dictionary.SELF)),
)
PEOPLE = st.lists(
    st.builds(
        Person,
        key=st.just(""),
        area=st.just("Northmere"),
        arm=st.sampled_from((dictionary.PROGRAMME, dictionary.WAITING, dictionary.NOT_TAKEN_ON)),
        age_band=st.sampled_from(tuple(AGES.values())),
        referral=DAYS,
        eligible=MAYBE,
        start=MAYBE,
        end=MAYBE,
        end_reason=st.sampled_from(("", dictionary.COMPLETED, dictionary.BY_PERSON, dictionary.OTHER)),
        events=st.lists(EVENTS, max_size=3).map(tuple),
        gaps=st.lists(st.tuples(DAYS, st.none(), st.just(dictionary.CUSTODY)), max_size=1).map(tuple),
    ),
    max_size=40,
).map(lambda people: [_named(one, number) for number, one in enumerate(people)])


def _named(person: Person, number: int) -> Person:
    return Person(**{**vars(person), "key": f"{number:016x}"})


def one(number: int, **fields: object) -> Person:
    """A man of 30 who was referred in January 2026 and accepted a week later."""
    known = {"area": "Northmere", "arm": dictionary.PROGRAMME, "age_band": "25 to 34"}
    days = {"referral": date(2026, 1, 12), "eligible": date(2026, 1, 19)}
    return Person(key=f"{number:016x}", **{**known, **days, **fields})  # type: ignore[arg-type]  # fields of a person


def made(people: list[Person]) -> anonymity.Coarse:
    return anonymity.make(people, cut=CUT, pseudonym=lambda key: key)


def cells(coarse: anonymity.Coarse) -> dict[str, dict[str, str]]:
    lines = (dict(zip(EPISODES.header, line.split(","), strict=True)) for line in coarse.rows.episodes)
    return {line["person"]: line for line in lines}


@given(PEOPLE)
@settings(max_examples=200, deadline=None)
def test_no_group_is_too_small_and_everyone_is_in_it_or_counted(people: list[Person]) -> None:
    found = made(people)

    groups = Counter(tuple(line[name] for name in dictionary.KNOWN) for line in cells(found).values())
    assert all(number >= SMALLEST_GROUP for number in groups.values())
    assert len(found.rows.episodes) + sum(found.left_out.values()) == len(people)
    rows.check(found.rows, area="Northmere")


@given(PEOPLE)
@settings(max_examples=100, deadline=None)
def test_days_are_moved_together_and_never_forward(people: list[Person]) -> None:
    known = {one.key: one for one in people}

    for key, line in cells(made(people)).items():
        referral, before = date.fromisoformat(line["referral"]), known[key]
        assert referral <= before.referral
        assert referral.day == 1
        for name in ("eligible", "start", "end"):
            if line[name]:
                day = getattr(before, name)
                assert date.fromisoformat(line[name]) - referral == day - before.referral


def test_a_planted_person_who_stands_out_is_made_coarser() -> None:
    people = [*(one(number) for number in range(6)), one(9, age_band="55 and over")]
    twins = [one(number, age_band="45 to 54") for number in range(10, 14)]

    found = made([*people, *twins])

    assert found.left_out == {}
    assert found.coarser == {"no_age": 5}
    assert cells(found)[f"{9:016x}"]["age_band"] == ""


def test_a_planted_person_who_stands_out_however_coarse_is_left_out_and_counted() -> None:
    found = made([*(one(number) for number in range(6)), one(9, arm=dictionary.WAITING)])

    assert (len(found.rows.episodes), found.left_out) == (6, {"too_small": 1})
    assert f"{9:016x}" not in cells(found)
    assert not any(line.startswith(f"{9:016x}") for line in (*found.rows.events, *found.rows.gaps))


def test_four_people_are_nobody() -> None:
    found = made([one(number) for number in range(4)])

    assert (found.rows.episodes, found.rows.gaps, found.left_out) == ((), (), {"too_small": 4})


def test_a_day_before_an_earlier_step_is_left_empty() -> None:
    late = [one(number, eligible=date(2026, 1, 2), start=date(2026, 1, 20)) for number in range(5)]

    line = cells(made(late))[f"{0:016x}"]

    assert (line["eligible"], line["start"]) == ("", "2026-01-09")


@given(PEOPLE)
@settings(max_examples=100, deadline=None)
def test_no_day_says_by_how_much_the_days_of_a_person_were_moved(people: list[Person]) -> None:
    """People who came on other days of one quarter, and on whose last day the records end, have the same last day."""
    found = made(people)

    days = [cell for line in (*found.rows.episodes, *found.rows.events) for cell in line.split(",")[1:5]]
    assert all(day <= CUT.isoformat() for day in days if day[:2] == "20")
    starts = {line.split(",")[1] for line in found.rows.gaps if line.endswith(dictionary.NOT_FOLLOWED)}
    assert starts <= {(CUT - timedelta(days=273)).isoformat()}


def test_all_are_followed_to_a_day_on_which_the_last_of_a_quarter_was_still_followed() -> None:
    assert anonymity.data_cut(date(2026, 6, 30)) == date(2026, 3, 31)


def test_what_came_after_the_last_day_as_moved_is_left_out() -> None:
    late = {"start": date(2026, 4, 20), "end": date(2026, 5, 4), "end_reason": dictionary.BY_PERSON}
    events = tuple((date(2026, 4, day), dictionary.STALKING, dictionary.POLICE) for day in (25, 26))
    gaps = ((date(2026, 2, 1), date(2026, 5, 1), dictionary.CUSTODY),)

    found = made([one(number, events=events, gaps=gaps, **late) for number in range(5)])

    # eleven days from 1 to 12 January: 25 April is 14 April as moved, the data cut
    line = cells(found)[f"{0:016x}"]
    assert (line["start"], line["end"], line["end_reason"]) == ("2026-04-09", "", "")
    assert {row.split(",")[1] for row in found.rows.events} == {"2026-04-14"}
    assert {row.split(",", 1)[1] for row in found.rows.gaps} == {f"2026-01-21,,{dictionary.CUSTODY}"}


def test_a_person_moved_to_the_year_is_followed_to_one_day_with_all_others_of_a_year() -> None:
    people = [one(month, referral=date(2024, month, 9), eligible=None) for month in range(1, 9)]

    found = made(people)

    assert found.coarser == {"year": 8}
    assert {row.split(",", 1)[1] for row in found.rows.gaps} == {f"2025-07-15,,{dictionary.NOT_FOLLOWED}"}


def test_people_whose_quarter_begins_after_the_data_cut_are_too_new() -> None:
    new = {"referral": CUT + timedelta(days=90), "eligible": None}

    found = made([*(one(number) for number in range(5)), *(one(number, **new) for number in range(5, 11))])

    assert (len(found.rows.episodes), found.left_out) == (5, {"too_new": 6})


def test_an_event_after_the_data_cut_is_not_there() -> None:
    event = (CUT + timedelta(days=12), dictionary.STALKING, dictionary.POLICE)

    assert made([one(number, events=(event,)) for number in range(5)]).rows.events == ()


def test_a_report_that_came_twice_on_a_day_is_one_event() -> None:
    event = (date(2026, 3, 2), dictionary.STALKING, dictionary.POLICE)

    found = made([one(number, events=(event, event)) for number in range(5)])

    assert len(found.rows.events) == 5
