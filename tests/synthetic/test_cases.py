"""The invented people: one seed gives one set, every story is complete, and no person is real."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.synthetic.conftest import NOW

from desist.programme.chains import contact
from desist.references import LENGTH
from tools.synthetic import cases, names
from tools.synthetic.cases import Block
from tools.synthetic.numbering import A_BLOCK, SPACE, STEP, Numbering
from tools.synthetic.staff import STAFF
from tools.synthetic.stories import CAPACITY

#: names that thousands bear: none of them may be an invented person's
BORNE = {
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Wright", "Walker",
    "White", "Roberts", "Green", "Hall", "Wood", "Khan", "Clarke", "Evans", "Hughes", "Edwards", "Lewis", "Ali",
}  # fmt: skip


def test_a_seed_gives_the_same_people_again() -> None:
    first = cases.drawn(seed=7, number=0, people=60, at=NOW)

    again = cases.drawn(seed=7, number=0, people=60, at=NOW)

    assert again == first


def test_another_seed_and_another_block_give_other_people() -> None:
    one = cases.drawn(seed=7, number=0, people=60, at=NOW)

    others = [
        cases.drawn(seed=8, number=0, people=60, at=NOW),
        cases.drawn(seed=7, number=1, people=60, at=NOW),
    ]

    refs = {case.police_ref for case in one.cases}
    assert all(refs.isdisjoint(case.police_ref for case in other.cases) for other in others)
    assert all(one.cases != other.cases for other in others)


def test_no_reference_comes_twice_before_all_have_come() -> None:
    numbering, next_block = Numbering(seed="7"), Numbering(seed="7", block=1)

    refs = {numbering.ref() for _ in range(5_000)} | {next_block.ref() for _ in range(5_000)}

    assert len(refs) == 10_000
    assert STEP % 2
    assert STEP % 13
    assert A_BLOCK * 20 < SPACE


def test_every_secret_is_one_string_of_its_own() -> None:
    blocks = [cases.demo(at=NOW), *(cases.drawn(seed=7, number=n, people=200, at=NOW) for n in (0, 1))]

    secrets = [fact.secret for block in blocks for case in block.cases for fact in case.facts]

    assert len(secrets) == len(set(secrets)) > 1_000


def test_the_demo_plants_its_facts_in_words_that_people_use(demo: Block) -> None:
    secrets = [fact.secret for case in demo.cases for fact in case.facts]

    assert not [one for one in secrets if re.search(rf"\b(?=\w*\d[a-z])[a-z\d]{{{LENGTH}}}\b", one)]
    assert [one for one in secrets if sum(one in other for other in secrets) > 1] == []


@pytest.mark.parametrize("day", [24, 28, 29])
def test_sessions_are_on_weekdays_also_where_the_demo_is_loaded_on_a_sunday(day: int) -> None:
    block = cases.demo(at=datetime(2026, 11, day, 12, 7, tzinfo=UTC))
    held = [meeting.start for case in block.cases for meeting in case.course.meetings]

    assert held
    assert not [one for one in held if one.weekday() >= 5]


def test_every_invented_person_has_a_victim_whose_whereabouts_belong_to_the_advocates(demo: Block) -> None:
    places = {"name", "address", "email", "workplace", "phone", "postcode"}
    said = {"report", "code_word", "plan", "note"}
    kinds = {f"victim_{kind}" for kind in places | said}

    planted = [{fact.kind for fact in case.facts if fact.side == "advocacy"} for case in demo.cases]

    assert planted == [kinds] * len(demo.cases)


def test_no_name_is_one_that_thousands_bear() -> None:
    family = {name for full in names.FAMILY for name in full.split("-")}
    staff = {part for person in STAFF for part in person.name.split()}

    borne = (family | set(names.GIVEN) | set(names.VICTIM_GIVEN) | staff) & BORNE

    assert not borne


def test_no_invented_repair_means_contact() -> None:
    found = contact.finding(text=names.REPAIR)

    assert not found


def test_nobody_drawn_by_lot_has_more_people_than_capacity() -> None:
    block = cases.drawn(seed=7, number=0, people=400, at=NOW)

    people = [case.story.practitioner for case in block.cases if case.story.practitioner]

    assert all(people.count(desk.ref) <= CAPACITY for desk in block.desks)
    assert set(people) == {desk.ref for desk in block.desks}


@pytest.mark.parametrize("day", range(0, 365, 5))
def test_the_demo_can_be_loaded_on_any_day_of_the_year(day: int) -> None:
    at = datetime(2026, 1, 1, 10, 0, tzinfo=UTC) + timedelta(days=day)

    demo = cases.demo(at=at)

    for case in demo.cases:
        numbers = [meeting.number for meeting in case.course.meetings]
        assert numbers in ([], list(range(1, 13)))
        recorded = [meeting.recorded_at for meeting in case.course.meetings if meeting.recorded_at]
        assert all(moment < at for moment in recorded)


def test_the_chains_of_a_person_share_links_and_some_urges_were_resisted(demo: Block) -> None:
    people = [[meeting.chain for meeting in case.course.meetings if meeting.chain] for case in demo.cases]
    chains = [chain for person in people for chain in person]

    for person in people:
        words = [{(link.kind, link.words) for link in chain.links} for chain in person]
        assert not words or "thought" in {kind for kind, _ in set.intersection(*words)}
    assert len(chains) > 10
    assert {chain.resisted for chain in chains} == {True, False}
    assert all(any(link.skill or link.skill_code for link in chain.links) for chain in chains)
