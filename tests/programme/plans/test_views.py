"""Goals: each serves the survivor's safety, and is rated from 0 to 10 by the person."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.instruments.scoring import NotAnAnswer
from desist.programme.episodes.models import Episode
from desist.programme.plans import commands
from desist.programme.plans.models import Goal, GoalRating
from desist.programme.plans.states import TRANSITIONS, State
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

GOAL = {
    "words": "I leave the street free",
    "serves": "Nobody waits outside any more",
    "steps": "Another way to work",
    "form_submission": "one-goal",
}
RATED = {"score": "4", "rated_on-day": "3", "rated_on-month": "3", "rated_on-year": "2026"}


def test_a_goal_is_added_once_with_what_it_serves(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        answer = kit_browser.post(f"/plans/{episode.ref}/goal/", GOAL, follow=True)

    assert "Nobody waits outside any more" in text(answer)
    assert Goal.objects.count() == 1


def test_a_goal_that_serves_no_safety_is_refused(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/plans/{episode.ref}/goal/", {**GOAL, "serves": " "})

    assert answer.status_code == 422
    assert "Answer “How does it support the survivor’s safety?”" in text(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.goal(episode=episode, serves="")


@pytest.mark.parametrize("score", ["11", "-1", "four"])
def test_a_rating_outside_0_to_10_is_refused(
    kit_browser: Client, episode: Episode, actor: Actor, score: str
) -> None:
    goal = factories.goal(episode=episode)

    answer = kit_browser.post(f"/plans/goal/{goal.ref}/rate/", {**RATED, "score": score})

    assert answer.status_code == 422
    with pytest.raises(NotAnAnswer):
        commands.rate(
            actor=actor,
            ref=goal.ref,
            score=11,
            rated_on=factories.NOW.date(),
            submission=str(uuid.uuid4()),
            at=factories.NOW,
        )
    assert not GoalRating.objects.exists()


def test_ratings_make_a_course(kit_browser: Client, episode: Episode) -> None:
    goal = factories.goal(episode=episode)
    for score, day in (("2", "1"), ("6", "2"), ("6", "2")):
        kit_browser.post(
            f"/plans/goal/{goal.ref}/rate/",
            {**RATED, "score": score, "rated_on-day": day, "form_submission": f"rating-{day}"},
        )

    page = text(kit_browser.get(f"/plans/{episode.ref}/"))

    assert "6 of 10" in page
    assert "How close: I do not look at her profile for a week" in page
    assert GoalRating.objects.count() == 2


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("after", State)
def test_only_what_the_table_says_may_follow(
    kit_browser: Client, episode: Episode, state: State, after: State
) -> None:
    goal = factories.goal(episode=episode, state=state)

    answer = kit_browser.post(
        f"/plans/goal/{goal.ref}/change/", {**GOAL, "state": after.value, "form_version": "1"}
    )

    assert (answer.status_code == 302) == (after == state or after in TRANSITIONS[state])


def test_of_two_who_change_a_goal_the_second_is_told(kit_browser: Client, episode: Episode) -> None:
    goal = factories.goal(episode=episode, made_at=factories.NOW - timedelta(days=1))
    path = f"/plans/goal/{goal.ref}/change/"
    kit_browser.post(path, {**GOAL, "state": "open", "form_version": "1"})

    second = kit_browser.post(path, {**GOAL, "words": "Mine", "state": "open", "form_version": "1"})

    assert second.status_code == 422
    assert "by now the goal is “I leave the street free”" in text(second)
    assert "Mine" in second.content.decode()
