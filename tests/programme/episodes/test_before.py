"""What comes before the first session: one short list in the pathway's order, and what is next for anyone who looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.agreement.footing import Stands
from desist.programme.agreement.states import State
from desist.programme.episodes.models import Episode
from desist.programme.pages.person.before import StepFacts, before
from desist.wall.actors import Role

NOTHING = StepFacts(Stands(State.NOT_ASKED, "", told=False), "", False, False, True, False, False, False)
TOLD = replace(NOTHING, stands=Stands(State.NOT_ASKED, "", told=True))
AGREED = replace(NOTHING, stands=Stands(State.AGREED, "", told=True))
REFUSED = replace(NOTHING, stands=Stands(State.REFUSED, "", told=True))
WITHDREW = replace(NOTHING, stands=Stands(State.WITHDRAWN, "", told=True))
MUST = replace(NOTHING, stands=Stands(State.WITHDRAWN, "Condition 4", told=True))
APPOINTED, ASSESSED = replace(AGREED, assessment="appointed"), replace(AGREED, assessment="finished")
MEASURED = replace(ASSESSED, measured=True)
JUDGED = replace(MEASURED, judged=True)
PLANNED = replace(JUDGED, planned=True)


def practitioner(action: str) -> bool:
    return action != "allocation:allocate"


def manager(_: str) -> bool:
    return True


def supervisor(_: str) -> bool:
    return False


def states(known: StepFacts, may: Callable[[str], bool] = practitioner) -> list[str]:
    return [task.state for task in before(known, may).tasks]


def button(known: StepFacts, may: Callable[[str], bool] = practitioner) -> str:
    found = before(known, may).next
    return found.button if found else ""


@pytest.mark.parametrize(
    ("known", "next_one"),
    [
        (NOTHING, "Give the notice"),
        (TOLD, "Record the answer"),
        (AGREED, "Make an appointment"),
        (APPOINTED, "Open the assessment"),
        (ASSESSED, "Take the baseline measures"),
        (MEASURED, "Record a judgement of risk"),
        (JUDGED, "Plan sessions"),
        (PLANNED, ""),
        (MUST, "Make an appointment"),
    ],
)
def test_the_next_step_is_the_first_of_the_pathway_that_is_not_done(known: StepFacts, next_one: str) -> None:
    assert button(known) == next_one


def test_the_list_says_what_is_done_and_what_cannot_start_yet() -> None:
    assert states(NOTHING) == ["todo", "blocked", "todo", "todo", "todo", "done", "todo"]
    assert states(APPOINTED) == ["done", "done", "started", "todo", "todo", "done", "todo"]
    assert states(replace(TOLD, allocated=False)) == ["done", *["todo"] * 5, "blocked"]
    assert states(PLANNED) == ["done"] * 7


def test_allocation_is_never_hidden_from_whoever_may_allocate() -> None:
    waiting = [replace(one, allocated=False) for one in (NOTHING, TOLD, AGREED, REFUSED, MEASURED)]

    assert {button(one, manager) for one in waiting} == {"Allocate"}
    assert button(replace(NOTHING, allocated=False), supervisor) == ""
    assert button(replace(NOTHING, allocated=False)) == "Give the notice"


def test_only_whoever_may_allocate_is_led_there() -> None:
    waiting = replace(NOTHING, allocated=False)

    assert [one.route for one in before(waiting, manager).tasks if one.name == "Practitioner"] == [
        "allocation:allocate"
    ]
    assert [one.route for one in before(waiting, supervisor).tasks if one.name == "Practitioner"] == [""]


@pytest.mark.parametrize("known", [REFUSED, WITHDREW])
def test_nothing_is_next_with_somebody_who_said_no_and_the_page_says_so(known: StepFacts) -> None:
    found = before(known, practitioner)

    assert (found.next, found.lacking is None) == (None, False)
    assert states(known)[-1] == "blocked"


def test_once_a_session_lies_behind_only_what_was_never_said_or_done_is_left() -> None:
    assert before(replace(PLANNED, begun=True), practitioner) == before(
        replace(PLANNED, over=True), practitioner
    )
    late = before(replace(NOTHING, begun=True), practitioner)

    assert [(one.name, one.state, one.hint) for one in late.tasks] == [
        ("Assessment", "todo", ""),
        ("Baseline measures", "todo", ""),
        ("Judgement of risk", "todo", ""),
    ]
    assert (late.late, late.next) == (True, None)
    assert late.lacking
    assert late.lacking.title == "Has not yet been told the limits of confidentiality"


def test_a_baseline_is_late_once_a_session_was_attended_and_its_line_says_what_that_costs() -> None:
    (appointment, baseline, _) = before(replace(APPOINTED, begun=True, attended=True), practitioner).tasks

    assert appointment.state == "started"
    assert baseline.hint.startswith("Late. Change is counted from the day the baseline is taken")
    assert before(replace(JUDGED, begun=True, attended=True), practitioner).tasks == ()


@pytest.mark.parametrize("known", [REFUSED, WITHDREW])
def test_nobody_is_assessed_or_measured_after_all_who_said_no(known: StepFacts) -> None:
    assert before(replace(known, begun=True), practitioner).tasks == ()


def page(client: Client, episode: Episode) -> str:
    return text(client.get(f"/episodes/{episode.ref}/"))


@pytest.mark.django_db
def test_a_person_is_led_from_the_notice_to_the_dates(kit_browser: Client, episode: Episode) -> None:
    def led() -> str:
        aside = page(kit_browser, episode).partition("Next step")[2]
        return aside.partition("Before the first session")[0].strip()

    seen = [led()]
    factories.notice_given(episode=episode)
    seen.append(led())
    factories.agreement(episode=episode)
    seen.append(led())
    row = factories.assessment(episode=episode)
    seen.append(led())
    row.state, row.ended_at, row.ended_by = "finished", factories.NOW, "carol"
    row.save()
    seen.append(led())
    factories.measure(episode=episode)
    seen.append(led())
    factories.rating(episode=episode)
    seen.append(led())

    assert seen == [
        "Give the notice",
        "Record the answer",
        "Make an appointment",
        "Open the assessment",
        "Take the baseline measures",
        "Record a judgement of risk",
        "Plan sessions",
    ]


@pytest.mark.django_db
def test_what_was_cancelled_or_struck_out_does_not_count(kit_browser: Client, episode: Episode) -> None:
    factories.agreement(episode=episode)
    ended = {"ended_at": factories.NOW, "ended_by": "carol"}
    factories.assessment(episode=episode, state="cancelled", ended_reason="Ill", **ended)
    struck: Any = {"struck_reason": "Somebody else’s", "struck_by": "carol", "struck_at": factories.NOW}
    factories.measure(episode=episode, **struck)
    factories.measure(episode=episode, occasion="mid")

    assert "Make an appointment" in page(kit_browser, episode)
    factories.assessment(episode=episode, state="finished", **ended)
    start = timezone.now() + timedelta(days=30)
    later = TimestamptzRange(start, start + timedelta(minutes=90))
    factories.assessment(episode=episode, period=later)  # a second one is planned: the first still counts
    assert "Take the baseline measures" in page(kit_browser, episode)


@pytest.mark.django_db
def test_whoever_allocates_sees_the_clock_and_the_button_first_and_the_rest_below(
    signed_in: Callable[..., Client],
) -> None:
    waiting = factories.episode(referral=factories.referral(), state="waiting")

    seen = page(signed_in(role=Role.MANAGER), waiting).partition("Next step ")[2]
    read = page(signed_in(role=Role.SUPERVISOR), waiting).partition("Next step ")[2]

    assert seen.startswith("Find a practitioner: day ")
    assert (
        seen.index(" Allocate ") < seen.index("Before the first session") < seen.index("Information notice")
    )
    assert read.startswith("Find a practitioner: day ")
    assert " Allocate " not in read


@pytest.mark.django_db
def test_a_session_that_is_planned_can_be_prepared_while_something_is_missing(
    kit_browser: Client, episode: Episode
) -> None:
    start = timezone.now() + timedelta(days=1)
    factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(minutes=90)))

    seen = page(kit_browser, episode)

    assert "Give the notice" in seen
    assert "Prepare" in seen
    assert "Dates of the sessions Finished" in seen


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["attended", "missed"])
def test_whoever_was_never_told_is_named_on_the_page_after_the_first_session(
    kit_browser: Client, episode: Episode, state: str
) -> None:
    start = timezone.now() - timedelta(days=8)
    period: Any = TimestamptzRange(start, start + timedelta(minutes=90))
    made = factories.attended if state == "attended" else factories.missed
    made(episode=episode, period=period)

    seen = page(kit_browser, episode)

    assert "Has not yet been told the limits of confidentiality" in seen
    assert "Before the first session" not in seen
    assert "Still missing Assessment Not started Baseline measures" in seen
    assert ("Late. Change is counted from the day" in seen) is (state == "attended")
