"""Questions about plans, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.plans.between import queries as between
from desist.programme.plans.models import Goal
from desist.programme.plans.policy import Action
from desist.programme.plans.states import TRANSITIONS, Motivation, Ready, State
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Rating:
    """How close a goal was on a day."""

    on: date
    score: int


@dataclass(frozen=True)
class Row:
    """One goal, its ratings oldest first."""

    ref: str
    words: str
    serves: str
    steps: str
    state: str
    state_label: str
    open: bool
    ratings: tuple[Rating, ...]


@dataclass(frozen=True)
class ReadinessRow:
    """How ready and motivated a person was on a day, in words, and who judged."""

    on: date
    ready: str
    motivation: str
    words: str
    by: str


@dataclass(frozen=True)
class Page:
    """A person's plan, the goals being worked on first, and the judgements of readiness, the newest first."""

    episode: str
    spoken: str
    name: str
    goals: tuple[Row, ...]
    readiness: tuple[ReadinessRow, ...]
    between: str  # how they work between the sessions, in words
    ordered: bool  # an order came after it was set that they may use a phone
    may_plan: bool


@dataclass(frozen=True)
class One:
    """One goal, for the practitioner who works on it."""

    episode: str
    spoken: str
    name: str
    goal: Row
    version: int
    states: tuple[tuple[str, str], ...]  # the state, and those that may follow


def plan(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's plan."""
    rows = gate.open(actor, Action.SEE_PLAN, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_plan(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's plan for the practitioner who adds a goal."""
    rows = gate.open(actor, Action.PLAN_GOALS, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_judge(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's plan for the practitioner who judges how ready the person is."""
    rows = gate.open(actor, Action.JUDGE_READINESS, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def goal(*, actor: Actor, ref: str, at: datetime) -> One:
    """Return one goal."""
    rows = gate.open(actor, Action.WORK_ON_GOAL, Goal, ref, at=at)
    row = rows.select_related("episode__referral").prefetch_related("ratings").get()
    state = State(row.state)
    return One(
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        goal=_row(row),
        version=row.version,
        states=tuple((one.value, str(one.label)) for one in (state, *TRANSITIONS[state])),
    )


def _page(row: Episode, actor: Actor, at: datetime) -> Page:
    works = between.in_words(episode=row, at=at)
    goals = [_row(one) for one in row.goals.order_by("made_at", "pk").prefetch_related("ratings")]
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        goals=tuple(sorted(goals, key=lambda one: not one.open)),
        readiness=_readiness(row, actor),
        between=works.words,
        ordered=works.ordered,
        may_plan=actor.role in policy.rule(Action.PLAN_GOALS).roles,
    )


def _readiness(row: Episode, actor: Actor) -> tuple[ReadinessRow, ...]:
    return tuple(
        ReadinessRow(
            on=one.rated_on,
            ready=str(Ready(one.ready).label),
            motivation=str(Motivation(one.motivation).label),
            words=one.words,
            by=accounts.as_read_by(actor, one.recorded_by),
        )
        for one in row.readiness.order_by("-rated_on", "-pk")
    )


def _row(row: Goal) -> Row:
    ratings = sorted(row.ratings.all(), key=lambda one: (one.rated_on, one.pk))
    return Row(
        ref=row.ref,
        words=row.words,
        serves=row.serves,
        steps=row.steps,
        state=row.state,
        state_label=State(row.state).label,
        open=row.state == State.OPEN,
        ratings=tuple(Rating(one.rated_on, one.score) for one in ratings),
    )
