"""What is written of the written people: their own words in every place that has a page, none of them a victim's."""

import re

import pytest
from django.db import connection
from tests.synthetic.conftest import NOW
from tests.synthetic.test_rows import found_in, tables

from desist.partnership.breaches.models import Breach
from desist.programme.agreement.models import Agreement
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.concerns.models import Concern, ConcernStep
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.reports.models import Report
from desist.programme.measures.models import Measure
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.plans.coping.models import CopingPlan
from desist.programme.plans.models import Goal, GoalRating
from desist.programme.plans.support.models import SupportReferral
from desist.programme.risk.models import RiskRating
from desist.programme.risk.scenarios.models import RiskScenario
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.models import Session
from desist.programme.sessions.practice.models import SkillPractice
from desist.tasks.models import Task
from tools.leaks import words
from tools.synthetic import assessment_rows, closing_rows, planning_rows, written_rows
from tools.synthetic.cases import Block, Case
from tools.synthetic.written import Written


@pytest.fixture
def written(loaded: Block) -> list[tuple[Case, Written]]:
    """The written people, with every row that the demo's programme has of them."""
    assessment_rows.write(loaded.cases)
    closing_rows.write(loaded.cases)
    written_rows.write(loaded.cases, at=NOW)
    planning_rows.write(at=NOW, told=[case.episode_ref for case in loaded.cases if case.told])
    return [(case, case.told) for case in loaded.cases if case.told]


def test_every_person_on_the_programme_was_assessed_in_their_own_words(
    written: list[tuple[Case, Written]],
) -> None:
    for case, told in written:
        if told.assessment:
            row = Assessment.objects.get(episode__ref=case.episode_ref)
            assert (row.story, row.needs) == (told.assessment["story"], told.assessment["needs"])
        if told.goals:
            goals = Goal.objects.filter(episode__ref=case.episode_ref)
            assert list(goals.order_by("pk").values_list("words", flat=True)) == [
                one.words for one in told.goals
            ]
            support = SupportReferral.objects.get(episode__ref=case.episode_ref)
            assert (support.need, support.outcome) == (told.support["need"], told.support["outcome"])
            judged = RiskRating.objects.filter(episode__ref=case.episode_ref).order_by("pk")
            assert [one.result for one in judged] == [
                said["result"] for said in (told.risk, told.higher) if said
            ]


def test_nothing_is_dated_after_the_moment_of_the_demo(written: list[tuple[Case, Written]]) -> None:
    assert not GoalRating.objects.filter(rated_on__gt=NOW.date()).exists()
    assert not Measure.objects.filter(taken_on__gt=NOW.date()).exists()
    assert not DiaryDay.objects.filter(day__gte=NOW.date()).exists()
    assert not Leaving.objects.filter(ended_at__gt=NOW).exists()


def test_the_totals_are_those_of_the_story_and_only_one_form_asks_for_a_safety_check(
    written: list[tuple[Case, Written]],
) -> None:
    for case, told in written:
        for form, totals in told.measures.items():
            rows = Measure.objects.filter(episode__ref=case.episode_ref, instrument=form).order_by("taken_on")
            kept = list(rows.values_list("total", flat=True))
            assert kept == totals[: len(kept)]
            assert kept
    assert Measure.objects.get(flagged=True).episode.referral.given_names == "Iolo"


def test_who_came_to_the_third_session_has_a_coping_plan_and_logs_practice(
    written: list[tuple[Case, Written]],
) -> None:
    for case, _ in written:
        held = [one.number for one in case.course.meetings if one.state == "attended"]
        plans = CopingPlan.objects.filter(episode__ref=case.episode_ref)
        assert plans.exists() == (3 in held)
        assert plans.filter(number=2).exists() == (3 in held and 8 in held)
    assert SkillPractice.objects.exists()
    assert not SkillPractice.objects.filter(day__gte=NOW.date()).exists()


def test_the_diary_is_kept_and_shows_which_urges_were_acted_on(written: list[tuple[Case, Written]]) -> None:
    for case, told in written:
        held = {one.number for one in case.course.meetings if one.state == "attended"}
        weeks = [week for week in told.weeks if week.before in held]

        kept = DiaryDay.objects.filter(episode__ref=case.episode_ref)
        assert kept.count() == sum(len(week.urge.replace(".", "").split()) for week in weeks)
    assert DiaryDay.objects.filter(act="looked").exists()
    assert not DiaryDay.objects.filter(urge=0).exclude(act="none").exists()
    assert not DiaryDay.objects.filter(urge__gt=0, act="none").exists()


def test_the_breach_that_goes_to_court_is_told_beside_its_order(written: list[tuple[Case, Written]]) -> None:
    case, told = next((case, told) for case, told in written if told.breach)

    charged = Breach.objects.get(decision="charge")
    assert charged.account == told.breach["charged"]
    assert charged.order.person.family_name == case.answers.family_name
    assert list(charged.order.conditions.values_list("channel", flat=True).order_by("number")) == [
        "contact",
        "programme",
        "area",
    ]


def test_a_missed_session_says_what_was_done_about_it(written: list[tuple[Case, Written]]) -> None:
    people = [case.episode_ref for case, _ in written]
    missed = Session.objects.filter(state="missed", episode__ref__in=people)

    assert missed.exists()
    assert not missed.filter(next_steps="").exists()


def test_the_concern_that_was_taken_up_is_in_its_own_words(written: list[tuple[Case, Written]]) -> None:
    taken_up = Concern.objects.get(acknowledged_at__isnull=False)

    assert "which carriage" in taken_up.what


def test_one_withdrew_and_another_was_deselected_after_the_hold(written: list[tuple[Case, Written]]) -> None:
    reasons = {row.reason: row for row in Leaving.objects.select_related("episode__agreement")}

    assert set(reasons) == {"withdrew", "conduct"}
    assert reasons["withdrew"].episode.agreement.state == "withdrawn"
    deselected = reasons["conduct"]
    assert deselected.episode.agreement.state in {"agreed", "required"}
    assert deselected.held_until
    assert deselected.told_at
    assert deselected.decided_at < deselected.held_until <= deselected.told_at
    assert deselected.ended_at == deselected.episode.ended_at


def test_the_agreement_of_a_person_with_an_interpreter_was_interpreted(
    written: list[tuple[Case, Written]],
) -> None:
    case = next(case for case, told in written if told.referral.get("language"))

    assert Agreement.objects.get(episode__ref=case.episode_ref).notice.how == "interpreted"


def test_the_days_ahead_are_those_of_the_story(written: list[tuple[Case, Written]]) -> None:
    for case, told in written:
        kept = DayAhead.objects.filter(episode__ref=case.episode_ref)

        assert set(kept.values_list("words", flat=True)) == {one.words for one in told.ahead}


def test_contacts_and_times_are_those_of_the_story(written: list[tuple[Case, Written]]) -> None:
    for case, told in written:
        said = Contact.objects.filter(referral__ref=case.programme_ref)
        times = BusyTime.objects.filter(episode__ref=case.episode_ref)

        assert set(said.values_list("words", flat=True)) == {one.words for one in told.contacts}
        assert set(times.values_list("kind", flat=True)) == {one.kind for one in told.busy}
    assert not Contact.objects.filter(held_at__gt=NOW).exists()


def test_the_report_of_the_one_who_completed_says_what_was_learned(
    written: list[tuple[Case, Written]],
) -> None:
    case, told = next((case, told) for case, told in written if case.story.stage == "completed")

    report = Report.objects.get(episode__ref=case.episode_ref)
    assert (report.skills, report.recommendations) == (told.ending["learned"], told.ending["recommended"])


def test_no_table_of_the_programme_holds_anything_of_a_written_victim(
    written: list[tuple[Case, Written]],
) -> None:
    planted = {secret for _, told in written for secret in told.victim.planted().values()}
    said = {word for _, told in written for word in (told.victim.account, told.victim.safety)}
    heard = {word for _, told in written for word in (told.incident.said, told.incident.effect)}
    names = {
        word
        for _, told in written
        for value in (told.victim.name, told.victim.address, told.victim.workplace)
        for word in re.findall(r"\b[A-Z][\w-]{6,}", value)
    }

    assert len(planted) == 8 * 12
    assert not found_in([*tables("programme_"), *tables("partnership_")], planted | said | names)
    assert not found_in(tables("programme_"), heard)


def test_a_planted_word_of_a_written_victim_is_found(written: list[tuple[Case, Written]]) -> None:
    _, told = written[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programme_goal SET steps = %s", [told.victim.plan])

    assert found_in(tables("programme_"), {told.victim.plan}) == {told.victim.plan}


def test_no_word_that_is_shown_or_crosses_may_lead_to_somebody(written: list[tuple[Case, Written]]) -> None:
    assert list(words.stored(site="some-programme")) == []


def test_a_concern_is_followed_to_the_council_and_a_signed_risk_form_has_its_actions(
    written: list[tuple[Case, Written]],
) -> None:
    followed = [(case, told) for case, told in written if told.taken]
    formed = [(case, told) for case, told in written if told.scenarios]

    for case, told in followed:
        steps = ConcernStep.objects.filter(concern__referral__episode__ref=case.episode_ref).order_by(
            "number"
        )
        assert [one.words for one in steps] == [one.words for one in told.taken]
        assert [one.stage for one in steps] == [one.stage for one in told.taken]
        assert all(one.at <= NOW for one in steps)
    for case, told in formed:
        scenarios = RiskScenario.objects.filter(form__episode__ref=case.episode_ref)
        assert [one.what for one in scenarios.order_by("pk")] == [one.what for one in told.scenarios]
        actions = Task.objects.filter(case__in=scenarios.values("origin"))
        assert sorted(one.words for one in actions) == sorted(
            one.action for one in told.scenarios if one.action
        )
    assert followed
    assert formed
