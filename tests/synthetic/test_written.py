"""The written people of the demo: every story hangs together, and nothing of a victim stands on the programme's side."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desist import codes, incident_codes, locators
from desist.instruments import library
from desist.programme.agreement.states import WithdrawalReason
from desist.programme.calendar.busy.states import Kind as BusyKind
from desist.programme.chains import contact
from desist.programme.chains.links import Kind, Part
from desist.programme.leaving.states import Reason
from desist.programme.orders.key_dates.states import Kind as DayKind
from desist.programme.sessions.contacts.states import Party
from desist.programme.sessions.diary.states import ACTED, Act
from desist.programme.sessions.states import MissedReason
from desist.referral import lists
from desist.skills import catalogue
from desist.ui.dates import LONDON, years_between
from tools.synthetic import cases, stories, written
from tools.synthetic.cases import Block, Case
from tools.synthetic.written import Written

NAMES = written.names()
#: list of the referral -> its codes
CODED: dict[str, list[str]] = {
    "route": codes.Route.values,
    "legal_basis": codes.LegalBasis.values,
    "proceedings": codes.Proceedings.values,
    "relationship": codes.Relationship.values,
    "offence_kind": lists.Offence.values,
    "order": lists.OrderKind.values,
    "contact_by": lists.ContactBy.values,
}
LISTS: dict[str, list[str]] = {
    "behaviours": codes.Behaviour.values,
    "channels": lists.Channel.values,
    "methods": lists.Method.values,
    "included": lists.Offence.values,
    "need_kinds": lists.Need.values,
    "risk_kinds": lists.StaffRisk.values,
    "risk_to": lists.AtRisk.values,
}
#: seven weeks apart, so that each falls into another season, and one on a Saturday and one before Christmas
MOMENTS = [
    *(datetime(2026, 1, 1, 11, 40, tzinfo=UTC) + timedelta(weeks=7 * step, days=step) for step in range(8)),
    datetime(2026, 12, 23, 11, 40, tzinfo=UTC),
]


def told_outside(told: Written) -> str:
    """Everything of a story that the programme or the police may hold from the beginning, in one text."""
    return json.dumps(asdict(told) | {"victim": "", "incident": ""}, ensure_ascii=False, default=str)


def of_written(block: Block) -> list[tuple[Case, Written]]:
    return [(case, case.told) for case in block.cases if case.told]


def words(value: Any) -> set[str]:
    """The names in a text: words that begin with a capital letter and are long enough to mean one thing."""
    return {word.lower() for word in re.findall(r"\b[A-Z][\w-]{4,}", value)}


def test_a_dozen_people_are_written_and_each_has_one_place_in_the_demo() -> None:
    placed = [story.written for story in stories.DEMO if story.written]

    assert len(NAMES) == 12
    assert sorted(placed) == sorted(NAMES)


def test_the_dozen_are_as_different_as_the_people_of_a_programme() -> None:
    told = [written.read(name) for name in NAMES]
    states = {(story.state, story.stage) for story in stories.DEMO if story.written}

    assert {one.referral["relationship"] for one in told} == set(codes.Relationship.values) - {"not_known"}
    assert states >= {("sent", "")} | {("accepted", stage) for stage in codes.Stage.values}
    assert {one.ending.get("reason") for one in told} >= {"withdrew", "conduct"}
    assert any("interpreter" in one.referral["need_kinds"] and one.referral["language"] for one in told)
    assert any(one.referral["order"] == "stalking_protection" for one in told)
    assert len({(one.given_names, one.family_name) for one in told}) == 12
    assert len({one.victim.name for one in told}) == 12
    assert len({one.family_name for one in told}) == 12


def test_nobody_else_in_the_demo_bears_a_written_name(demo: Block) -> None:
    full = [(case.answers.given_names, case.answers.family_name) for case in demo.cases]

    assert all(full.count((told.given_names, told.family_name)) == 1 for _, told in of_written(demo))


def test_data_of_before_the_dozen_are_searched_for_what_was_planted_then() -> None:
    before = cases.demo(at=MOMENTS[0], written=False)

    assert not any(case.told for case in before.cases)
    assert before.cases[2].secret("victim_name") != cases.demo(at=MOMENTS[0]).cases[2].secret("victim_name")


def test_one_breach_went_to_court_and_its_words_are_the_polices_alone() -> None:
    (told,) = [written.read(name) for name in NAMES if written.read(name).breach]

    assert told.referral["order"] == "stalking_protection"
    assert any(one.kind == "court" for one in told.ahead)
    assert set(told.breach) == {"charged", "excuse", "reported"}


@pytest.mark.parametrize("name", NAMES)
def test_every_code_of_a_story_is_in_its_list(name: str) -> None:
    told = written.read(name)

    assert all(told.referral[key] in values for key, values in CODED.items())
    assert all(set(told.referral[key]) <= set(values) for key, values in LISTS.items())
    assert {one.missed for one in told.sessions.values()} <= {"", *MissedReason.values}
    assert {one.kind for one in told.ahead} <= set(DayKind.values)
    assert told.agreement.get("withdrawal_reason", "") in {"", *WithdrawalReason.values}
    assert told.ending.get("reason", "") in {"", *Reason.values}
    assert {one.party for one in told.contacts} <= set(Party.values)
    assert {one.kind for one in told.busy} <= set(BusyKind.values)
    assert told.incident.place in incident_codes.Place.values
    assert told.incident.channel in incident_codes.Channel.values
    assert told.incident.through in incident_codes.Through.values
    assert set(told.incident.behaviours) <= set(told.referral["behaviours"])
    for chain in told.chains:
        for part, kind, _, intensity, skill in chain.links:
            assert (part in Part.values, kind in Kind.values) == (True, True)
            assert 0 <= intensity <= 5
            assert not skill or skill in catalogue.BY_KEY
    for week in told.weeks:
        assert set(week.acts.values()) <= set(Act.values)
        assert set(week.skills.values()) <= set(catalogue.BY_KEY)


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_whole_and_what_hangs_on_a_session_hangs_on_one_that_was_held(name: str) -> None:
    told = written.read(name)
    held = set(told.sessions) - told.missed

    assert list(told.sessions) == list(range(1, len(told.sessions) + 1))
    for record in told.sessions.values():
        assert (
            bool(record.missed) == bool(record.next) != bool(record.diary and record.work and record.homework)
        )
    assert {chain.session for chain in told.chains} <= held
    assert {week.before for week in told.weeks} <= held - {1}
    for chain in told.chains:
        assert chain.resisted == (not chain.repair)
        assert not contact.finding(text=chain.repair)


@pytest.mark.parametrize("name", NAMES)
def test_a_chain_goes_from_what_made_it_likely_to_what_it_led_to(name: str) -> None:
    order = list(Part.values)
    for chain in written.read(name).chains:
        parts = [order.index(link[0]) for link in chain.links]

        assert parts == sorted(parts)
        assert set(parts) == set(range(len(order)))


@pytest.mark.parametrize("name", NAMES)
def test_the_chains_of_a_person_share_a_thought(name: str) -> None:
    chains = [{(kind, said) for _, kind, said, *_ in chain.links} for chain in written.read(name).chains]
    shared = set.intersection(*chains) if chains else set()

    assert not chains or "thought" in {kind for kind, _ in shared}


@pytest.mark.parametrize("name", NAMES)
def test_a_week_of_the_diary_has_seven_days_of_figures(name: str) -> None:
    for week in written.read(name).weeks:
        for row in filter(None, (week.urge, week.sleep, week.anger, week.sadness)):
            assert len(row.split()) == 7
        assert all(figure == "." or 0 <= int(figure) <= 5 for figure in week.urge.split())
        kept = {str(place) for place, figure in enumerate(week.urge.split(), 1) if figure != "."}
        assert set(week.acts) | set(week.skills) | set(week.notes) <= kept


@pytest.mark.parametrize("name", NAMES)
def test_the_diary_and_the_chains_tell_the_same_days(name: str) -> None:
    told = written.read(name)
    weeks = {week.before: week for week in told.weeks}
    for chain in told.chains:
        if chain.session in weeks and chain.days_before <= 7:
            acts = weeks[chain.session].acts
            acted = acts.get(str(8 - chain.days_before)) in ACTED

            assert not (acted and chain.resisted), (name, chain.session)
            assert acted or chain.resisted or not set(acts.values()) & ACTED, (name, chain.session)


def test_urges_rise_before_a_hearing_and_fall_after_it() -> None:
    weeks = {week.before: _mean(week.urge) for week in written.read("dorrit-foxenholme").weeks}
    waiting = {week.before: _mean(week.urge) for week in written.read("quill-cinderhollow").weeks}

    assert weeks[4] < weeks[5] > weeks[6] > weeks[9] > weeks[11]
    assert waiting[3] > waiting[2]


def _mean(row: str) -> float:
    figures = [int(figure) for figure in row.split() if figure != "."]
    return sum(figures) / len(figures)


@pytest.mark.parametrize("name", NAMES)
def test_every_total_can_be_reached_on_its_form(name: str) -> None:
    for form, totals in written.read(name).measures.items():
        known = library.instrument(name=form)

        assert all(known.least <= total <= known.most for total in totals)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_victim_stands_outside_what_the_advocates_know(name: str) -> None:
    told = written.read(name)
    victim, outside = told.victim, told_outside(told)
    read = set(re.findall(r"[\w-]+", outside.lower()))

    assert not [secret for secret in victim.planted().values() if secret.lower() in outside.lower()]
    for value in (victim.name, victim.address, victim.workplace):
        assert words(value)
        assert not words(value) & read
    assert not [
        word for word in (victim.account, told.incident.said, told.incident.effect) if word in outside
    ]
    assert not locators.find(f"{told.incident.said} {told.incident.effect} {victim.report}")
    assert not locators.find(outside.replace("_", " "))


@pytest.mark.parametrize("at", MOMENTS)
def test_the_days_of_a_story_are_in_order_whenever_the_demo_is_loaded(at: datetime) -> None:
    today = at.astimezone(LONDON).date()
    for case, told in of_written(cases.demo(at=at)):
        held = [one for one in case.course.meetings if one.recorded_at]
        moments = [case.started_at, case.sent_at, *([case.decided_at] if case.decided else [])]
        moments += [case.allocated_at] if case.story.practitioner else []
        moments += [one.start for one in held]

        assert moments == sorted(moments), told.family_name
        assert all(moment < at for moment in moments)
        assert years_between(case.answers.born, today) == told.age
        assert {one.number for one in held} <= set(told.sessions)
        for one in held:
            assert one.state == ("missed" if one.number in told.missed else "attended")
            assert not one.chain or one.chain.happened_on < one.start.date()
        assert all(ahead.days > 0 for ahead in told.ahead)


def test_the_words_of_a_story_reach_the_stage_that_its_place_in_the_demo_has(demo: Block) -> None:
    for case, told in of_written(demo):
        held = sum(bool(one.recorded_at) for one in case.course.meetings)

        # a bank holiday puts a session off by a week
        assert len(told.sessions) - 1 <= held <= len(told.sessions), told.family_name
        assert bool(told.concern) == bool(case.story.concern)
        assert bool(told.ending) == (case.story.stage in {"completed", "left"})
        assert bool(told.support) == bool(told.assessment)
        assert bool(told.assessment) == bool(told.goals) == (case.story.stage in cases.COUNTED)
        assert bool(told.measures) == bool(case.story.practitioner)
        assert bool(told.agreement) == bool(case.story.practitioner)


def test_what_the_victim_side_knows_is_planted_with_the_advocates(demo: Block) -> None:
    for case, told in of_written(demo):
        planted = {fact.kind: (fact.secret, fact.side) for fact in case.facts}

        for kind, secret in told.victim.planted().items():
            assert planted[kind] == (secret, "advocacy")
