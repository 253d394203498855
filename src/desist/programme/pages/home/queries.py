"""What waits for the signed-in account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from desist.accounts.alerts import queries as account_alerts
from desist.desk.alerts import queries as alerts
from desist.programme import clocks
from desist.programme.agreement import queries as agreement
from desist.programme.agreement.models import FollowUpTask
from desist.programme.agreement.states import FollowUp
from desist.programme.assessments import queries as assessments
from desist.programme.calendar.clashes import queries as clashes
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.concerns import queries as concerns
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import State
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import STANDS
from desist.programme.leaving.states import State as LeavingState
from desist.programme.measures import queries as measures
from desist.programme.measures.models import Measure
from desist.programme.pages.home import ending, pathway, typed_in
from desist.programme.pages.home.dues import MOST, Due
from desist.programme.pages.home.policy import Action
from desist.programme.pages.person import queries as people
from desist.programme.practitioners.models import SupervisionArrangement
from desist.programme.risk import queries as risk
from desist.programme.risk.models import RiskRating
from desist.programme.risk.states import Tool
from desist.programme.service.allocation import queries as allocation
from desist.programme.sessions.models import HOLDING, UNCONTACTED, Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.supervision.policy import Action as SupervisionAction
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role

URGENCIES = ("late", "soon", "calm")


@dataclass(frozen=True)
class Day:
    """Today: the alerts to ring about, the meetings, then what is due."""

    meetings: tuple[meetings.Meeting, ...]
    dues: tuple[Due, ...]
    concerns: tuple[concerns.ConcernRow, ...]
    alerts: tuple[alerts.Row, ...]
    account_alerts: tuple[account_alerts.Waiting, ...]


def my_day(*, actor: Actor, at: datetime) -> Day:
    """Return today's meetings and what is due, about the people whom the actor may see."""
    episodes = gate.see(actor, Action.SEE_MY_DAY, Episode, at=at)
    return Day(
        meetings=_meetings(episodes, actor, at),
        dues=_dues(episodes, actor, at),
        concerns=concerns.to_do(actor=actor, at=at),
        alerts=alerts.waiting(actor=actor, at=at),
        account_alerts=account_alerts.waiting(actor=actor, at=at),
    )


def _meetings(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> tuple[meetings.Meeting, ...]:
    """Return meetings with these people, and those that a practitioner attends as the second member of staff."""
    own, rule = meetings.of_today(episodes, at=at), policy.rule(Action.SEE_AS_SECOND)
    if actor.role not in rule.roles:
        return own
    beside = meetings.as_second(rule.scope(actor) & ~Q(episode__in=episodes), at=at)
    return tuple(sorted((*own, *beside), key=lambda one: one.starts_at))


def _dues(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> tuple[Due, ...]:
    """Return what is due about these people, the most urgent first."""
    lacking = _lacking(episodes, actor, at)
    found = [
        *_leavings(episodes, at),
        *_safety_checks(episodes),
        *_debriefs(episodes, actor, at),
        *_changed_referrals(episodes, actor, at),
        *typed_in.due(actor=actor, at=at),
        *_withdrawals(episodes, at),
        *pathway.to_ask(lacking, at=at),
        *_allocations(episodes, at),
        *_without(episodes, at),
        *_links(episodes),
        *_to_move(episodes, actor, at),
        *_without_outcome(episodes, at),
        *_follow_ups(episodes, at),
        *ending.closing(episodes, actor, at),
        *_reviews(episodes, at),
        *_supervisions(actor, at),
        *pathway.missing(lacking),
    ]
    return tuple(sorted(found, key=lambda due: URGENCIES.index(due.urgency)))


def _safety_checks(episodes: QuerySet[Episode]) -> list[Due]:
    """Return the people whose answer demands a safety check: these come before everything else."""
    waiting = Measure.objects.filter(
        episode__in=episodes, flagged=True, safety_check=None, struck_at=None
    ).order_by("recorded_at", "pk")
    return [
        Due(f"Safety check of {spoken(episode)}", "measures:measure", ref, "now", "late")
        for ref, episode in waiting.values_list("ref", "episode__ref")[:MOST]
    ]


def _withdrawals(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    """Return what follows from withdrawals and is due today or overdue."""
    today = at.astimezone(clocks.LONDON).date()
    due = FollowUpTask.objects.filter(episode__in=episodes, done_at=None, due_on__lte=today)
    return [
        Due(
            f"{spoken(episode)} withdrew. {FollowUp(kind).label}",
            "agreement:agreement",
            episode,
            f"due {dates.on(due_on)}",
            "late" if due_on < today else "soon",
        )
        for episode, kind, due_on in due.order_by("due_on", "pk").values_list(
            "episode__ref", "kind", "due_on"
        )[:MOST]
    ]


def _lacking(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> list[Mapping[str, Any]]:
    """Return the actor's people who were not told, have not answered, or lack what comes before sessions."""
    held = Session.objects.filter(HOLDING, episode=OuterRef("pk")).order_by("period")
    attended = Session.objects.filter(episode=OuterRef("pk"), state=SessionState.ATTENDED)
    rows = _theirs(episodes, actor).filter(ended_at=None)
    rows = rows.annotate(
        told=agreement.told(OuterRef("pk")),
        assessed=assessments.stands(OuterRef("pk")),
        measured=measures.begun(OuterRef("pk")),
        judged=Exists(RiskRating.objects.filter(episode=OuterRef("pk"))),
        attended=Exists(attended),
        first=Subquery(held.values("period__startswith")[:1]),
    )
    wanted = pathway.UNANSWERED & Q(first__lte=at + pathway.AHEAD) | pathway.MISSING
    return list(rows.filter(wanted).order_by("first", "pk").values(*pathway.COLUMNS)[:MOST])


def _theirs(episodes: QuerySet[Episode], actor: Actor) -> QuerySet[Episode]:
    """Return the people in the actor's work: for a manager those whom no practitioner works with."""
    if actor.role is Role.PRACTITIONER:
        return episodes
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None)
    return episodes.filter(~Exists(current)) if actor.role is Role.MANAGER else episodes.none()


def _changed_referrals(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> list[Due]:
    """Return the referrals that the referrer took back or put right, until the actor has read it."""
    return [
        Due(one.sentence, "referrals:person", one.episode, dates.age(one.since, at), one.urgency)
        for one in people.unread(episodes=episodes, actor=actor, most=MOST)
    ]


def _allocations(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    waiting = episodes.filter(state=State.WAITING).order_by("referral__completed_at")
    found = []
    for ref, complete_at in waiting.values_list("ref", "referral__completed_at")[:MOST]:
        count = clocks.allocation(complete_at=complete_at, now=at)
        found.append(
            Due(f"Allocate {spoken(ref)}", "episodes:episode", ref, count.words, count.urgency or "calm")
        )
    return found


def _without(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    return [
        Due(f"{spoken(ref)} has no practitioner", "episodes:episode", ref, "allocate a practitioner", "late")
        for ref in allocation.without(episodes, at=at)[:MOST]
    ]


def _links(episodes: QuerySet[Episode]) -> list[Due]:
    what = "allocate another practitioner"
    return [
        Due(f"{name} declared a link to {spoken(ref)}", "episodes:episode", ref, what, "late")
        for name, ref in allocation.linked(episodes)[:MOST]
    ]


def _to_move(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> list[Due]:
    """Return the meetings that became impossible or unlawful as planned, for the practitioner who moves them."""
    found = clashes.to_move(episodes=episodes, actor=actor, at=at)
    return [Due(one.sentence, one.route, one.ref, one.clock, one.urgency) for one in found[:MOST]]


def _without_outcome(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    """Return the sessions and assessments without an outcome."""
    return [
        Due(one.sentence, one.route, one.ref, f"held {one.days} days ago, no outcome", "late")
        for one in meetings.without_outcome(episodes, at=at, most=MOST)
    ]


def _follow_ups(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    missed = Session.objects.filter(UNCONTACTED, episode__in=episodes).order_by("period")
    found = []
    for ref, episode, period, tried in missed.values_list("ref", "episode__ref", "period", "attempts")[:MOST]:
        clock = clocks.follow_up(missed_on=period.lower, now=at)
        so_far = f", tried {tried} {'time' if tried == 1 else 'times'}" if tried else ""
        sentence = f"Contact {spoken(episode)} after a missed session{so_far}"
        found.append(Due(sentence, "sessions:session", ref, clock.words, clock.urgency or "calm"))
    return found


def _reviews(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    """Return judgements of risk that run out today or earlier, and first the people for whom none holds."""
    today = at.astimezone(clocks.LONDON).date()
    rows = RiskRating.objects.filter(risk.to_judge(today), episode__in=episodes, episode__ended_at=None)
    rows = rows.order_by("struck_at", "review_on", "pk")  # those that were not struck come last
    found = []
    for ref, tool, review_on, struck_at in rows.values_list("episode__ref", "tool", "review_on", "struck_at")[
        :MOST
    ]:
        if struck_at:
            sentence = f"No current judgement of risk for {spoken(ref)}: record one"
            clock, urgency = f"the last one was struck out {dates.age(struck_at, at)}", "late"
        else:
            sentence = f"Review the judgement of risk of {spoken(ref)} ({Tool(tool).label})"
            deadline = clocks.Deadline(review_on, today)
            clock, urgency = deadline.words, deadline.urgency
        found.append(Due(sentence, "risk:risk", ref, clock, urgency))
    return found


def _debriefs(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> list[Due]:
    """Return the debriefs that practitioners ask for, for colleagues who may hold them."""
    if not policy.opens(actor.role, "supervision:debrief"):
        return []
    rows = Session.objects.filter(episode__in=episodes, debrief_wanted=True, debrief=None).order_by(
        "saved_at"
    )
    return [
        Due(f"{who} would like a debrief", "supervision:debrief", ref, dates.age(asked_at or at, at), "soon")
        for ref, who, asked_at in rows.values_list("ref", "practitioner__name", "saved_at")[:MOST]
    ]


def _supervisions(actor: Actor, at: datetime) -> list[Due]:
    """Return supervisions overdue or due within a day: the actor's own, and those that they hold or manage."""
    today = at.astimezone(clocks.LONDON).date()
    mine = policy.rule(SupervisionAction.SEE_ARRANGEMENTS).scope(actor)
    rows = SupervisionArrangement.objects.filter(mine, ended_at=None, practitioner__left_on=None)
    rows = rows.filter(due_on__lte=today + timedelta(days=1)).order_by("due_on", "pk")
    found = []
    for ref, name, due_on in rows.values_list("practitioner__ref", "practitioner__name", "due_on")[:MOST]:
        clock = clocks.Deadline(due_on, today)
        sentence = "Your supervision" if ref == actor.who else f"Supervision of {name}"
        found.append(Due(sentence, "supervision:practitioner", ref, clock.words, clock.urgency))
    return found


def _leavings(episodes: QuerySet[Episode], at: datetime) -> list[Due]:
    """Return deselections: while one is held nothing is said; once it is over, the person has to be told."""
    rows = Leaving.objects.filter(episode__in=episodes, held_until__isnull=False, told_at=None)
    rows = rows.filter(state__in=STANDS).order_by("held_until")
    found = []
    for ref, until, state in rows.values_list("episode__ref", "held_until", "state")[:MOST]:
        if until is None:  # never of these rows: the database says so
            continue
        held = state == LeavingState.HELD
        sentence = (
            f"Do not yet tell anyone that {spoken(ref)}’s place is ending"
            if held
            else f"Tell {spoken(ref)} that their place has ended"
        )
        clock = f"held until {dates.at(until)}" if held else f"hold over {dates.age(until, at)}"
        found.append(Due(sentence, "leaving:leaving", ref, clock, "calm" if held else "soon"))
    return found
