"""Commands that change the allocation of a person."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.planner import commands as planner
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import OPEN, State
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation.policy import Action
from desist.programme.service.handover_requests import commands as asking
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.progress import tell_progress
from desist.programme.sessions.reached import UNCONTACTED
from desist.programme.sessions.states import FINISHED
from desist.programme.team import commands as team
from desist.programme.triage.models import Delay
from desist.refusals import Changed, Refused
from desist.tasks.moving import go_along
from desist.wall import gate
from desist.wall.actors import Actor

NOTHING_TO_FINISH = "Not allocated: nothing is left to finish"
NEEDS_REASON = "Not allocated: a reason is missing. Open this page again, and give it"


class CannotBeAllocated(Refused):
    """The practitioner may not take this person; the sentences give every reason."""


@dataclass(frozen=True)
class Chosen:
    """Which practitioner takes a person on. `ended`: why a colleague stops; `delay`: why it is later than 14 days.

    `at_once`: it takes effect before the practitioner accepts.
    """

    practitioner: str
    ended: str = ""
    delay: str = ""
    note: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class LeftBehind:
    """Meetings ahead that did not go along: sessions, which the planner marks, and assessments, by episode.

    `asked` are practitioners who are asked first: until they accept, nothing changes hands.
    """

    sessions: int = 0
    assessments: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def __add__(self, other: "LeftBehind") -> "LeftBehind":
        """Add the meetings of two people, or more."""
        return LeftBehind(
            self.sessions + other.sessions, self.assessments + other.assessments, self.asked + other.asked
        )


@dataclass(frozen=True)
class HandOver:
    """The practitioner by episode reference ("": none yet), the reason, and the first day without the former.

    `at_once`: it takes effect before the practitioners accept, as it does where the former leaves.
    """

    to: Mapping[str, str]
    why: str
    left_on: date | None
    at_once: bool = False


def allocate(
    *, actor: Actor, ref: str, chosen: Chosen, version: int | None, submission: str, at: datetime
) -> LeftBehind:
    """Allocate a person to a practitioner, or ask the practitioner to take over from a colleague who stays until then.

    Returns the meetings that could not go along. Raises Changed and Refused.
    """
    with (
        _refusing("Not allocated"),
        planner.taking(ref),
        gate.change(actor, Action.ALLOCATE, Episode, ref, at=at) as episode,
    ):
        if episode.state not in OPEN:
            raise Changed
        gate.next_version(episode, version)
        before = episode.allocations.filter(ended_at=None, leave=None).first()
        if before and not chosen.ended:
            raise Refused(NEEDS_REASON)
        if late_without_reason(episode, at):
            if not chosen.delay:
                raise Refused(NEEDS_REASON)
            Delay.objects.create(
                referral=episode.referral,
                reason=chosen.delay,
                note=chosen.note,
                submission=submission,
                recorded_by=actor.who,
                recorded_at=at,
            )
        now = before is None or chosen.at_once or asking.is_gone(before.practitioner, at)
        return _hand(episode, chosen.practitioner, why=chosen.ended, at_once=now, actor=actor, at=at)


def finish(*, actor: Actor, ref: str, chosen: Chosen, version: int | None, at: datetime) -> None:
    """Allocate a person who left to a practitioner who finishes the record, outside their capacity.

    No partner hears of it. Raises Changed and Refused.
    """
    with _refusing("Not allocated"), gate.change(actor, Action.ALLOCATE, Episode, ref, at=at) as episode:
        if episode.state in OPEN:
            raise Changed
        gate.next_version(episode, version)
        if not needs_finishing(episode, at=at):
            raise Refused(NOTHING_TO_FINISH)
        if episode.allocations.filter(ended_at=None, leave=None).exists() and not chosen.ended:
            raise Refused(NEEDS_REASON)
        able = _able(episode, chosen.practitioner, actor=actor, at=at, finishing=True)
        _change_hands(episode, able, why=chosen.ended, actor=actor, at=at)
        episode.save(update_fields=["version"])


def hand_over(*, actor: Actor, ref: str, handed: HandOver, version: int | None, at: datetime) -> LeftBehind:
    """Hand all people of a practitioner to others at once, or none; as far as the actor may see them.

    Returns the meetings that could not go along. Raises Changed where the people are no longer those that were shown,
    and Refused.
    """
    with (
        _refusing("Nothing is changed"),
        planner.taking(ref),
        gate.change(actor, Action.HAND_OVER, Practitioner, ref, at=at) as row,
    ):
        episodes = list(
            Episode.objects.select_for_update(of=("self",))
            .filter(allocations__practitioner=row, allocations__ended_at=None, allocations__leave=None)
            .filter(state__in=OPEN, pk__in=team.visible(actor))
            .order_by("pk")
        )
        gate.next_version(row, version)
        if {one.ref for one in episodes} != set(handed.to):
            raise Changed
        left = LeftBehind()
        if handed.left_on:
            row.left_on = handed.left_on
        for episode in episodes:
            if to := handed.to[episode.ref]:
                gate.next_version(episode)
                now = handed.at_once or asking.is_gone(row, at)
                left += _hand(episode, to, why=handed.why, at_once=now, actor=actor, at=at)
            elif handed.left_on:
                left += _give_up(episode, row, why=handed.why, at=at)
        if handed.left_on:
            asking.end(row.handovers.all(), actor=actor, at=at)
        row.save(update_fields=["left_on", "version"])
        return left


def stand_in(*, actor: Actor, at: datetime) -> int:
    """Let practitioners who stand in see the people of absent colleagues until those are back; return how many.

    One who held a session meanwhile sees the person until its record is finished.
    """
    today = at.astimezone(clocks.LONDON).date()
    unwritten = Session.objects.filter(
        episode=OuterRef("episode"),
        practitioner=OuterRef("practitioner"),
        state="planned",
        period__startswith__lte=at,
    )
    over = Allocation.objects.filter(~Exists(unwritten), ended_at=None, leave__isnull=False).exclude(
        leave__removed_at=None, leave__days__endswith__gt=today
    )
    changed = 0
    for ref in set(over.values_list("episode__ref", flat=True)):
        with gate.change(actor, Action.STAND_IN, Episode, ref, at=at) as episode:
            changed += over.filter(episode=episode).update(ended_at=at)
    away = Leave.objects.filter(removed_at=None, days__contains=today).exclude(cover=None)
    for leave in away.select_related("practitioner", "cover"):
        changed += sum(_stand_in(leave, ref, actor=actor, at=at) for ref in _without(leave, at))
    return changed


def late_without_reason(episode: Episode, at: datetime) -> bool:
    """Return whether the first allocation came later than 14 days and has no reason yet."""
    if episode.allocations.exists() or Delay.objects.filter(referral=episode.referral_id).exists():
        return False
    count = clocks.allocation(complete_at=episode.referral.completed_at, now=at)
    return count.day > count.limit


def needs_finishing(episode: Episode, *, at: datetime) -> bool:
    """Return whether a person who left has an unfinished record, or a finished one without a practitioner here."""
    if _unfinished(Episode.objects.filter(pk=episode.pk), at=at).exists():
        return True
    today = at.astimezone(clocks.LONDON).date()
    here = episode.allocations.filter(ended_at=None).exclude(practitioner__left_on__lte=today)
    return (
        episode.ended_at is not None
        and episode.sessions.filter(state__in=FINISHED).exists()
        and not here.exists()
    )


def _unfinished(episodes: QuerySet[Episode], *, at: datetime) -> QuerySet[Episode]:
    """Return those who left while a begun session has no outcome, or contact after a missed one is due."""
    begun = Q(period__startswith__lte=at, episode=OuterRef("pk"))
    sessions = Session.objects.filter(Q(state="planned") | UNCONTACTED, begun)
    assessments = Assessment.objects.filter(begun, state="appointed")
    return episodes.filter(Exists(sessions) | Exists(assessments), ended_at__isnull=False)


@contextmanager
def _refusing(nothing: str) -> Iterator[None]:
    """Begin a refusal with what did not happen."""
    try:
        yield
    except planner.TimeTaken:
        raise Refused(f"{nothing}: one of the times has been booked since. Send this again") from None
    except CannotBeAllocated as obstacles:
        raise CannotBeAllocated(f"{nothing}. {obstacles}") from None


def _hand(episode: Episode, ref: str, *, why: str, at_once: bool, actor: Actor, at: datetime) -> LeftBehind:
    """Ask the practitioner to take the person over; `at_once` also gives the person to them before they answer."""
    chosen = _able(episode, ref, actor=actor, at=at)
    asking.for_person(episode, chosen, why=why, at_once=at_once, actor=actor, at=at)
    if at_once:
        return _give(episode, chosen, why=why, actor=actor, at=at)
    episode.save(update_fields=["version"])
    return LeftBehind(asked=(chosen.name,))


def take_over(episode: Episode, ref: str, *, why: str, actor: Actor, at: datetime) -> LeftBehind:
    """Give the person to the practitioner who accepts them. Raises CannotBeAllocated."""
    gate.next_version(episode)
    chosen = _able(episode, ref, actor=actor, at=at)
    return _give(episode, chosen, why=why, actor=actor, at=at)


def _give(episode: Episode, to: Practitioner, *, why: str, actor: Actor, at: datetime) -> LeftBehind:
    """Allocate the person, with the meetings ahead as far as the practitioner is free then; the referrer hears it."""
    _change_hands(episode, to, why=why, actor=actor, at=at)
    if episode.state == State.WAITING:
        episode.state = State.ALLOCATED
    episode.save(update_fields=["state", "version"])
    left = _pass_on(episode, to, at)
    tell_progress(episode, at=at)
    return left


def _able(episode: Episode, ref: str, *, actor: Actor, at: datetime, finishing: bool = False) -> Practitioner:
    """Return the practitioner of this reference without an obstacle; one who only finishes a record may be full."""
    rows = Practitioner.objects.filter(ref=ref, area=episode.area)
    # Locked: when two people are allocated at once, the second counts the first.
    list(rows.select_for_update())
    answers = team.checked(rows, episode.referral, actor=actor, at=at, standing_in=finishing)
    if not answers:
        raise CannotBeAllocated("This practitioner is not listed in this area.")
    chosen, obstacles = answers[0]
    if obstacles:
        raise CannotBeAllocated(" ".join(obstacles))
    return chosen


def _change_hands(episode: Episode, to: Practitioner, *, why: str, actor: Actor, at: datetime) -> None:
    current = episode.allocations.filter(ended_at=None)
    before = list(current.values_list("practitioner__ref", flat=True))
    current.update(ended_at=at, reason=why)  # stand-ins too
    concerns = episode.referral.concerns.values_list("ref", flat=True)
    scenarios = episode.risk_forms.values_list("scenarios__origin", flat=True)
    about = [episode.ref, *concerns, *(one for one in scenarios if one)]
    go_along(cases=about, holders=before, to=to.ref, by=actor.who, at=at)
    Allocation.objects.create(episode=episode, practitioner=to, made_by=actor.who, made_at=at)


def _give_up(episode: Episode, whose: Practitioner, *, why: str, at: datetime) -> LeftBehind:
    """End the allocation without a successor: sessions ahead wait to be moved, and assessments ahead name no holder."""
    episode.allocations.filter(ended_at=None).update(ended_at=at, reason=why)
    appointed = _appointed(episode, at)
    left = LeftBehind(_ahead(episode, at).count(), (episode.ref,) if appointed.exists() else ())
    appointed.filter(practitioner=whose).update(practitioner=None, version=F("version") + 1)
    return left


def _pass_on(episode: Episode, to: Practitioner, at: datetime) -> LeftBehind:
    """Pass meetings ahead on where the new practitioner is free; the others wait to be moved by hand."""
    sessions = _follow(_ahead(episode, at), to)
    assessments = _follow(_appointed(episode, at), to)
    return LeftBehind(sessions, (episode.ref,) if assessments else ())


def _follow(meetings: QuerySet[Any], to: Practitioner) -> int:
    """Give meetings to a practitioner, as far as they are free then; return how many stay."""
    left = 0
    for one in meetings.exclude(practitioner=to).order_by("period"):
        if is_free(to, one):
            second = None if one.second_id == to.pk else one.second_id
            meetings.filter(pk=one.pk).update(practitioner=to, second=second, version=F("version") + 1)
        else:
            left += 1
    return left


def is_free(practitioner: Practitioner, meeting: Session | Assessment) -> bool:
    """Return whether a practitioner has no other meeting then, and is not away."""
    period = meeting.period
    there = Q(practitioner=practitioner) | Q(second=practitioner)
    # This meeting is not another one where they are its second; and a person has no two at a time.
    sessions = Session.objects.filter(there, HOLDING, period__overlap=period)
    sessions = sessions.exclude(episode=meeting.episode_id)
    assessments = Assessment.objects.filter(there, period__overlap=period).exclude(state="cancelled")
    assessments = assessments.exclude(episode=meeting.episode_id)
    day = period.lower.astimezone(clocks.LONDON).date()
    away = absences.taken(practitioner=practitioner, first=day, last=day)
    absent = any(one.start < period.upper and period.lower < one.end for one in away)
    return not (absent or sessions.exists() or assessments.exists())


def _ahead(episode: Episode, at: datetime) -> QuerySet[Session]:
    """Return sessions that are still to be held, whatever was written of them ahead."""
    return Session.objects.filter(episode=episode, state="planned", period__startswith__gt=at)


def _appointed(episode: Episode, at: datetime) -> QuerySet[Assessment]:
    """Return the assessment ahead, if there is one: no more than one is open."""
    return Assessment.objects.filter(episode=episode, state="appointed", period__startswith__gt=at)


def _without(leave: Leave, at: datetime) -> list[str]:
    """Return the people of an absent practitioner without cover; of those who left, the unfinished records."""
    to_finish = _unfinished(Episode.objects.all(), at=at)
    current = Allocation.objects.filter(
        Q(episode__state__in=OPEN) | Q(episode__in=to_finish),
        practitioner=leave.practitioner,
        ended_at=None,
        leave=None,
    )
    covered = Allocation.objects.filter(leave=leave, ended_at=None).values("episode")
    found = current.exclude(episode__in=covered).select_related("episode__referral")
    return [one.episode.ref for one in found]


def _stand_in(leave: Leave, ref: str, *, actor: Actor, at: datetime) -> int:
    episode = Episode.objects.select_related("referral").get(ref=ref)
    rows = Practitioner.objects.filter(covers=leave)
    ((cover, obstacles),) = team.checked(rows, episode.referral, actor=actor, at=at, standing_in=True)
    if obstacles or episode.allocations.filter(practitioner=cover, ended_at=None).exists():
        return 0
    with gate.change(actor, Action.STAND_IN, Episode, ref, at=at) as locked:
        Allocation.objects.create(
            episode=locked, practitioner=cover, leave=leave, made_by=leave.noted_by, made_at=at
        )
    return 1
