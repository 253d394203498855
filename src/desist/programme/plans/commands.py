"""Everything that can happen to a goal, and judgements of readiness."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.instruments import library, scoring
from desist.programme.episodes.models import Episode
from desist.programme.plans.models import Goal, GoalRating, Readiness
from desist.programme.plans.policy import Action
from desist.programme.plans.states import TRANSITIONS, State
from desist.refusals import Changed
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Words:
    """A goal, how it serves the survivor's safety, and the steps towards it."""

    words: str
    serves: str
    steps: str
    override: Override | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The goal as the person sees it, by field."""
        return {"words": self.words, "serves": self.serves, "steps": self.steps}


@dataclass(frozen=True)
class Judged:
    """How ready and motivated a person is; two codes, a line and a day."""

    ready: str
    motivation: str
    words: str
    rated_on: date


def set_goal(*, actor: Actor, episode: str, goal: Words, submission: str, at: datetime) -> None:
    """Add a goal to the plan; a submission that comes twice adds one. Raises words.Unclear."""
    with gate.change(actor, Action.PLAN_GOALS, Episode, episode, at=at) as row:
        if not Goal.objects.filter(submission=submission).exists():
            _hold(row, goal, actor, at)
            Goal.objects.create(
                episode=row, submission=submission, made_by=actor.who, made_at=at, **goal.texts
            )


def change(*, actor: Actor, ref: str, goal: Words, state: State, version: int | None, at: datetime) -> None:
    """Put other words or another state; the ones before stay in the history. Raises Changed and words.Unclear."""
    with gate.change(actor, Action.WORK_ON_GOAL, Goal, ref, at=at, version=version) as row:
        if state != row.state and state not in TRANSITIONS[State(row.state)]:
            raise Changed
        _hold(row.episode, goal, actor, at)
        row.words, row.serves, row.steps, row.state = goal.words, goal.serves, goal.steps, state
        row.save(update_fields=["words", "serves", "steps", "state", "version"])


def _hold(row: Episode, goal: Words, actor: Actor, at: datetime) -> None:
    named = audit.row_name(Episode, row.ref)
    clearances.hold(named=named, texts=goal.texts, override=goal.override, actor=actor, at=at)


def rate(*, actor: Actor, ref: str, score: int, rated_on: date, submission: str, at: datetime) -> None:
    """Record how close a goal is; a submission sent twice counts once. Raises scoring.NotAnAnswer."""
    scoring.of_answers(instrument=library.instrument(name="goal"), answers=[score])
    with gate.change(actor, Action.WORK_ON_GOAL, Goal, ref, at=at) as row:
        if not GoalRating.objects.filter(submission=submission).exists():
            GoalRating.objects.create(
                goal=row,
                score=score,
                rated_on=rated_on,
                submission=submission,
                recorded_by=actor.who,
                recorded_at=at,
            )


def judge(*, actor: Actor, episode: str, judged: Judged, submission: str, at: datetime) -> None:
    """Record how ready and motivated a person is; a submission that comes twice counts once."""
    with gate.change(actor, Action.JUDGE_READINESS, Episode, episode, at=at) as row:
        if not Readiness.objects.filter(submission=submission).exists():
            Readiness.objects.create(
                episode=row, submission=submission, recorded_by=actor.who, recorded_at=at, **vars(judged)
            )
