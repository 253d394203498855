"""Commands that put a finished record right in one step: counts and certificates never pass through a false state."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from desist.programme.calendar.planner.commands import taking
from desist.programme.concerns.models import Concern
from desist.programme.corrections.models import Correction
from desist.programme.corrections.policy import Action
from desist.programme.corrections.states import Reason
from desist.programme.episodes.models import Episode
from desist.programme.referrals.states import Happened
from desist.programme.sessions import commands as sessions
from desist.programme.sessions.commands import missing, saved
from desist.programme.sessions.models import Session
from desist.programme.sessions.progress import had_not_begun, tell_progress
from desist.programme.sessions.records import FIELDS, Record
from desist.programme.sessions.states import EARLY, FINISHED, Attendance, Risk, State, title
from desist.refusals import Refused
from desist.ui.words import Override
from desist.wall import gate
from desist.wall.actors import Actor

NOT_FINISHED = "Not saved: this session has no finished record"
NOTHING_CHANGED = "Not saved: the record already says this. Change what is wrong in it"
KEEPS_ITS_RECORD = (
    "Not saved: a session of another person or another day is cancelled and keeps the record it has. "
    "Undo what you changed in it, or choose another reason"
)
TIME_TAKEN = (
    "Not saved: the practitioner, the person or the room had another meeting at the time of this session, so it "
    "cannot have been attended then. Check the times of both meetings"
)


@dataclass(frozen=True)
class Why:
    """Why a record is put right: a code, with words. `concern` is the one that the risk check ended in, if any."""

    reason: Reason
    words: str
    concern: str = ""
    override: Override | None = None


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
    """Put a finished record right; the referrer hears changed counts. A form that is sent twice does it once.

    A record of another person or of another session cancels its session. Raises Changed, words.Unclear, and Refused,
    also where the record now says the session was attended and the practitioner, the room or the person was in another.
    """
    with taking(TIME_TAKEN), gate.change(actor, Action.CORRECT_RECORD, Session, ref, at=at) as session:
        if session.corrections.filter(submission=submission).exists():
            return
        if session.state not in FINISHED:
            raise Refused(NOT_FINISHED)
        gate.next_version(session, version)
        made = Correction(session=session, before=session.state, submission=submission)
        made.made_by, made.made_at = actor.who, at
        if why.reason == Reason.WRONG_RECORD:
            _cancel(session, record)
        else:
            made.concern = _write(session, fitting(record), why, at)
            sessions.hold(session, record, why.override, actor=actor, at=at)
        session.saved_by, session.saved_at = actor.who, at
        session.save(update_fields=[*FIELDS, "state", "saved_by", "saved_at", "version"])
        _keep(session, made, why)
        if session.state == made.before:
            return  # the counts stay: a notice would only say that the practitioner worked on the record
        # Locked: when two records are put right at once, the second notice counts both.
        episode = Episode.objects.select_for_update().get(pk=session.episode_id)
        had_not_begun(episode)
        tell_progress(episode, at=at)


def fitting(record: Record) -> Record:
    """Return the record without the fields that its other answers exclude: a pressed button cannot be released."""
    if record.attendance == Attendance.MISSED:
        return replace(record, minutes_late=None, ended="", minutes_held=None, compliance="")
    if record.attendance == Attendance.ATTENDED:
        whose = record.whose_reason if record.minutes_late else ""
        held = record.minutes_held if record.ended in EARLY else None
        return replace(record, minutes_held=held, missed_reason="", whose_reason=whose)
    return record


def written_at(*, saved_at: datetime | None, recorded_at: datetime | None) -> datetime | None:
    """Return when a record got its words: at its last save, or at its finish where it was corrected since."""
    return min(filter(None, (saved_at, recorded_at)), default=None)


def raised_since(*, episode: str, written_at: datetime) -> QuerySet[Concern]:
    """Return concerns that a record written then may leave out: raised outside sessions, and not before the record."""
    return Concern.objects.filter(referral__episode__ref=episode, session=None, raised_at__gte=written_at)


def _cancel(session: Session, record: Record) -> None:
    """Cancel a session that was not held with this person: it counts nowhere, and its record stays as it was."""
    if fitting(record) != fitting(saved(session)):
        raise Refused(KEEPS_ITS_RECORD)
    session.state = State.CANCELLED


def _write(session: Session, record: Record, why: Why, at: datetime) -> Concern | None:
    """Write the record as it ought to be; return the concern that its risk check newly ended in."""
    before = saved(session)
    if record == before:
        raise Refused(NOTHING_CHANGED)
    for name in FIELDS:
        setattr(session, name, getattr(record, name))
    newly = record.risk_check == Risk.CONCERN and before.risk_check != Risk.CONCERN
    # Named, not guessed: otherwise another concern about the person would leave this one unheard.
    concern = _named(session, why) if newly else None
    if sentences := missing(session, at=at, told=concern is not None or not newly):
        raise Refused(f"Not saved. {' '.join(sentences)}")
    session.state = State(record.attendance)
    return concern


def _named(session: Session, why: Why) -> Concern | None:
    """Return the concern that the risk check ended in, if it was raised since the record was saved."""
    since = written_at(saved_at=session.saved_at, recorded_at=session.recorded_at)
    if not why.concern or since is None:
        return None
    return raised_since(episode=session.episode.ref, written_at=since).filter(ref=why.concern).first()


def _keep(session: Session, made: Correction, why: Why) -> None:
    """Record who, when and why, beside the session and as a line of the referral's timeline, without the words."""
    made.version, made.reason, made.words = session.version, why.reason, why.words
    made.save()
    now, before = (State(one).label.lower() for one in (session.state, made.before))
    turned = "" if now == before else f"; {now}, before {before}"
    said = f"{title(session.kind, session.number)}: {why.reason.label.lower()}{turned}"
    session.episode.referral.happened(Happened.PUT_RIGHT, by=made.made_by, at=made.made_at, detail=said)
