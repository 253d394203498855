"""Putting a finished record right, in one step: counts and certificates never pass through a false state."""

from dataclasses import dataclass, replace
from datetime import datetime

from desist.programme.corrections.models import Correction
from desist.programme.corrections.states import Reason
from desist.programme.episodes.commands import tell_progress
from desist.programme.episodes.models import Episode
from desist.programme.managing_policy import Action
from desist.programme.planner.commands import taking
from desist.programme.referrals.states import Happened
from desist.programme.sessions.commands import ChangedElsewhere, NotComplete, missing, saved
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import FIELDS, Record
from desist.programme.sessions.states import FINISHED, Attendance, State, title
from desist.wall import gate
from desist.wall.actors import Actor


class NotFinished(Exception):
    """The session has no finished record: it is planned still, or was cancelled."""


class NothingPutRight(Exception):
    """The record says this already."""


@dataclass(frozen=True)
class Why:
    """Why a record is put right; a code, and words beside it."""

    reason: Reason
    words: str


def correct(
    *,
    actor: Actor,
    ref: str,
    record: Record,
    why: Why,
    version: int | None,
    submission: str,
    at: datetime,
) -> None:
    """Put a finished record right; the referrer hears counts that change by it. The same submission twice does it once.

    Raises NotFinished, ChangedElsewhere, NothingPutRight, NotComplete; planner.TimeTaken where the session is said to
    have been attended, and the practitioner, the room or the person was in another one then.
    """
    with taking(ref), gate.change(actor, Action.CORRECT_RECORD, Session, ref, at=at) as session:
        if session.corrections.filter(submission=submission).exists():
            return
        if session.state not in FINISHED:
            raise NotFinished(ref)
        if session.version != version:
            raise ChangedElsewhere(ref)
        record = fitting(record)
        if record == saved(session):
            raise NothingPutRight(ref)
        made = Correction(session=session, before=session.state, submission=submission)
        made.made_by, made.made_at = actor.who, at
        for name in FIELDS:
            setattr(session, name, getattr(record, name))
        if sentences := missing(session, at=at):
            raise NotComplete(" ".join(sentences))
        session.state = State(record.attendance)
        session.saved_by, session.saved_at = actor.who, at
        session.version += 1
        session.save(update_fields=[*FIELDS, "state", "saved_by", "saved_at", "version"])
        _keep(session, made, why)
        if session.state == made.before:
            return  # the counts are the same: a notice would only say that somebody was at work here
        # Locked, so that of two records put right at once the second notice counts both.
        tell_progress(Episode.objects.select_for_update().get(pk=session.episode_id), at=at)


def fitting(record: Record) -> Record:
    """The record without what its other answers leave no room for: a button that was pressed cannot be let go."""
    if record.attendance == Attendance.MISSED:
        return replace(record, minutes_late=None, compliance="")
    if record.attendance == Attendance.ATTENDED:
        whose = record.whose_reason if record.minutes_late else ""
        return replace(record, missed_reason="", whose_reason=whose)
    return record


def _keep(session: Session, made: Correction, why: Why) -> None:
    """Who, when and why: beside the session, and as a line of the referral's timeline, without the words."""
    made.version, made.reason, made.words = session.version, why.reason, why.words
    made.save()
    now, before = (State(one).label.lower() for one in (session.state, made.before))
    turned = "" if now == before else f"; {now}, before {before}"
    said = f"{title(session.kind, session.number)}: {why.reason.label.lower()}{turned}"
    session.episode.referral.happened(Happened.PUT_RIGHT, by=made.made_by, at=made.made_at, detail=said)
