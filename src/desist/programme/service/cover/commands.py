"""Commands that give the meetings of a colleague who is away to others."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner.states import Asked, Why
from desist.programme.calendar.rescheduling import commands as rescheduling
from desist.programme.episodes.models import Allocation
from desist.programme.intervals import Interval
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.absences.states import Kind
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation.commands import is_free
from desist.programme.service.another_time.commands import Meeting, named
from desist.programme.service.cover.policy import Action
from desist.programme.service.handover_requests import commands as asking
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State
from desist.programme.team import commands as team
from desist.references import reference
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor


def cover(
    *, actor: Actor, ref: str, away: absences.Away, holders: Mapping[str, str], at: datetime
) -> tuple[str, ...]:
    """Record a practitioner's leave, and give each meeting in it to the colleague chosen for it, by reference.

    Each meeting is given, or stays as it is with the sentence that is returned. Raises Refused where the leave itself
    cannot be recorded: then nothing is given.
    """
    leave = Leave.objects.select_related("practitioner").get(
        ref=absences.add(actor=actor, ref=ref, away=away, at=at)
    )
    found = (_given(meeting, to, leave, actor, at) for meeting, to in holders.items() if to)
    return tuple(sentence for sentence in found if sentence)


def hold(meeting: Meeting, to: Practitioner, *, leave: Leave, actor: Actor, at: datetime) -> None:
    """Let a colleague hold a locked meeting and see the person until the leave is over. Raises Refused."""
    _refuse_unable(meeting, to, actor=actor, at=at)
    before = meeting.practitioner
    second = None if meeting.second_id == to.pk else meeting.second
    if isinstance(meeting, Session):
        one = rescheduling.moved(
            meeting, Interval(meeting.period.lower, meeting.period.upper), meeting.room, to
        )
        one.practitioner_before, one.decision = before, reference()
        why = Why.STAFF_ILL if leave.kind == Kind.SICK else Why.LEAVE
        rescheduling.signed(one, rescheduling.Why(Asked.SERVICE, why, ""), actor, at)
        one.save()
    meeting.practitioner, meeting.second = to, second
    gate.next_version(meeting)
    meeting.save(update_fields=["practitioner", "second", "version"])
    if not Allocation.objects.filter(episode=meeting.episode, practitioner=to, ended_at=None).exists():
        Allocation.objects.create(
            episode=meeting.episode, practitioner=to, leave=leave, made_by=actor.who, made_at=at
        )


def _given(ref: str, to: str, leave: Leave, actor: Actor, at: datetime) -> str:
    """Give one meeting to a colleague, or ask them; return why it was not given, "" where it was."""
    opened: AbstractContextManager[Session] | AbstractContextManager[Assessment]
    if Session.objects.filter(ref=ref).exists():
        opened = gate.change(actor, Action.COVER_SESSION, Session, ref, at=at)
    else:
        opened = gate.change(actor, Action.COVER_ASSESSMENT, Assessment, ref, at=at)
    try:
        with planner.taking(), opened as meeting:
            _give(meeting, to, leave, actor, at)
    except planner.TimeTaken:
        return f"{named(meeting)} is not covered: the colleague has just been booked then. Choose another colleague"
    except Refused as refused:
        return f"{named(meeting)} is not covered. {refused}"
    return ""


def _give(meeting: Meeting, to: str, leave: Leave, actor: Actor, at: datetime) -> None:
    colleague = Practitioner.objects.select_for_update().get(ref=to, area=meeting.episode.area)
    if _holds(meeting, colleague, leave):
        return
    if meeting.practitioner_id != leave.practitioner_id:
        holder = meeting.practitioner.name if meeting.practitioner else "Nobody"
        raise Refused(f"{holder} holds it now: a colleague has changed it")
    at_once = asking.is_gone(leave.practitioner, at)
    if at_once:
        hold(meeting, colleague, leave=leave, actor=actor, at=at)
    else:
        _refuse_unable(meeting, colleague, actor=actor, at=at)
    asking.for_meeting(meeting, colleague, leave=leave, at_once=at_once, actor=actor, at=at)


def _holds(meeting: Meeting, colleague: Practitioner, leave: Leave) -> bool:
    """Return whether the same was decided before: the form came twice, or two managers chose the same colleague."""
    if meeting.practitioner_id == colleague.pk:
        return True
    return bool(meeting.handovers.filter(to=colleague, leave=leave, state="asked").exists())


def _refuse_unable(meeting: Meeting, to: Practitioner, *, actor: Actor, at: datetime) -> None:
    if meeting.state not in {State.PLANNED, AssessmentState.APPOINTED} or meeting.period.upper <= at:
        raise Refused("It is over, or it was cancelled")
    if isinstance(meeting, Session) and meeting.attendance:
        raise Refused("Its record has been begun")
    rows = Practitioner.objects.filter(pk=to.pk)
    ((_, obstacles),) = team.checked(rows, meeting.episode.referral, actor=actor, at=at, standing_in=True)
    if obstacles:
        raise Refused(" ".join(obstacles))
    if not is_free(to, meeting):
        raise Refused(f"{to.name} has another meeting then, or is away")
