"""Commands that change a session's record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import DateTimeField, IntegerField, QuerySet
from django.db.models.functions import Cast

from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session, SessionFeedback
from desist.programme.sessions.policy import Action
from desist.programme.sessions.progress import begin_sessions, tell_progress
from desist.programme.sessions.records import FIELDS, Record
from desist.programme.sessions.states import (
    EARLY,
    OF_THE_SERVICE,
    UNREACHED,
    Attendance,
    FollowUp,
    MissedReason,
    Risk,
    State,
    Whose,
)
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.statements import Change, Question, Slot

#: the fields that the person sees on the shared screen
SEEN = ("agenda", "homework_set")
#: the fields that closing a record writes
CLOSED = ("state", "recorded_by", "recorded_at")
#: the fields that an attempt to reach the person writes
CONTACT = ("follow_up", "follow_up_note", "tried_on", "attempts", "followed_up_by", "followed_up_at")


NOT_MISSED = "Not saved: only a missed session is followed up, and only until the person is reached"


@dataclass(frozen=True)
class Saved:
    """The result of a save: the record's version, and whether it said too early whether the person attended."""

    version: int
    too_early: bool = False


@dataclass(frozen=True)
class Absence:
    """Why a person did not attend and who was responsible, what happened, and the contact since; None: not tried."""

    reason: MissedReason
    whose: Whose
    words: str
    contact: FollowUp | None


def save(
    *,
    actor: Actor,
    ref: str,
    record: Record,
    version: int | None,
    at: datetime,
    besides: Collection[str] = (),
) -> Saved:
    """Keep the record as it stands; the fields `besides` keep their stored values.

    A form that is sent twice does nothing twice: identical words count as saved. For a session that has not begun, the
    record does not say whether the person attended. Raises Changed.
    """
    if version is not None and not besides and _written(actor, ref, record, version, at):
        return Saved(version + 1)
    with gate.change(actor, Action.RECORD_SESSION, Session, ref, at=at) as session:
        if session.state != State.PLANNED:
            raise Changed
        too_early = session.period.lower > at and record != record.ahead()
        record = record.ahead() if too_early else record
        record = replace(record, **{name: getattr(session, name) for name in besides})
        if record != saved(session):
            gate.next_version(session, version)
            for name in FIELDS:
                setattr(session, name, getattr(record, name))
            session.saved_by, session.saved_at = actor.who, at
            session.save(update_fields=[*FIELDS, "saved_by", "saved_at", "version"])
        return Saved(session.version, too_early)


def _written(actor: Actor, ref: str, record: Record, version: int, at: datetime) -> bool:
    """Save what a page typed and no colleague overtook, in one statement, since it is done every few seconds."""
    along = {"saved_by": actor.who, "saved_at": at, "version": version + 1}
    change = Change(Session, new={name: getattr(record, name) for name in FIELDS}, along=along)
    begun_by = WHENEVER if record == record.ahead() else str(at)
    known = {"version": str(version), "begun_by": begun_by}
    return gate.write(actor, Action.RECORD_SESSION, DRAWN_FROM, ref, at=at, change=change, **known)


def _drawn_from(sessions: QuerySet[Session]) -> QuerySet[Any]:
    of_version = Cast(Slot.value("version"), IntegerField())
    begun = Cast(Slot.value("begun_by"), DateTimeField())
    rows = sessions.filter(
        ref=Slot("ref"), state=State.PLANNED, version=of_version, period__startswith__lte=begun
    )
    return rows.order_by().values_list("pk")


#: a moment that no session lies after
WHENEVER = "infinity"
#: the session as the page drew it; begun, where the record says whether the person attended
DRAWN_FROM = Question(Session, _drawn_from)


def show(*, actor: Actor, ref: str, override: Override | None, at: datetime) -> None:
    """Release for display the words that the person sees. Raises words.Unclear, and leaves them saved then."""
    with gate.change(actor, Action.RECORD_SESSION, Session, ref, at=at) as session:
        hold(session, saved(session), override, actor=actor, at=at)


def hold(session: Session, record: Record, override: Override | None, *, actor: Actor, at: datetime) -> None:
    """Release for display the words that the person sees, in the caller's transaction. Raises words.Unclear."""
    clearances.hold(named=named(session), texts=seen(record), override=override, actor=actor, at=at)


def named(session: Session) -> str:
    """Return the audit's name for the words of a record: homework is shown in the next session too."""
    return audit.row_name(Episode, session.episode.ref)


def seen(record: Record) -> dict[str, str]:
    """Return the words of a record that the person sees on the shared screen."""
    return {name: getattr(record, name) for name in SEEN}


def finish(
    *, actor: Actor, ref: str, version: int | None, override: Override | None = None, at: datetime
) -> None:
    """Close the record: the session was attended or missed, and the referrer hears the stage and the new counts.

    Raises Changed, words.Unclear, and Refused where the record lacks something.
    """
    with gate.change(actor, Action.RECORD_SESSION, Session, ref, at=at, version=version) as session:
        if session.state != State.PLANNED:
            raise Changed
        if sentences := missing(session, at=at):
            raise Refused(f"Not finished. {' '.join(sentences)}")
        _close(session, override, actor=actor, at=at)
        session.save(update_fields=[*CLOSED, "version"])
        _tell(session, at)


def miss(
    *,
    actor: Actor,
    ref: str,
    absence: Absence,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Close the record of a session that the person did not attend, with the contact since; the referrer hears the counts.

    Raises Changed, words.Unclear, and Refused where the session has not begun.
    """
    with gate.change(actor, Action.RECORD_SESSION, Session, ref, at=at, version=version) as session:
        if session.state != State.PLANNED:
            raise Changed
        session.attendance, session.missed_reason = Attendance.MISSED, absence.reason
        session.whose_reason = absence.whose
        session.next_steps = "\n".join(filter(None, (session.next_steps, absence.words)))
        if sentences := missing(session, at=at):
            raise Refused(f"Not finished. {' '.join(sentences)}")
        _close(session, override, actor=actor, at=at)
        session.saved_by, session.saved_at = actor.who, at
        if absence.contact:
            _contacted(session, absence.contact, dates.day_of(at), absence.words, actor=actor, at=at)
        session.save()
        _tell(session, at)


def _close(session: Session, override: Override | None, *, actor: Actor, at: datetime) -> None:
    hold(session, saved(session), override, actor=actor, at=at)
    session.state = State(session.attendance)
    session.recorded_by, session.recorded_at = actor.who, at


def _tell(session: Session, at: datetime) -> None:
    """Tell the referrer the stage and the counts; locked: when two sessions are finished at once, the second counts both."""
    episode = Episode.objects.select_for_update().get(pk=session.episode_id)
    begin_sessions(episode)
    tell_progress(episode, at=at)


def follow_up(
    *, actor: Actor, ref: str, outcome: str, tried_on: date, note: str, attempts: int | None, at: datetime
) -> None:
    """Record an attempt to reach the person after a missed session; attempts add up until the person is reached.

    `attempts` is how many there were when the page was drawn. Raises Changed where a colleague recorded another one
    since.
    """
    with gate.change(actor, Action.RECORD_SESSION, Session, ref, at=at) as session:
        if session.state != State.MISSED or session.follow_up not in UNREACHED:
            raise Refused(NOT_MISSED)
        if session.attempts != attempts:
            raise Changed
        _contacted(session, outcome, tried_on, note, actor=actor, at=at)
        session.save(update_fields=CONTACT)


def _contacted(
    session: Session, outcome: str, tried_on: date, note: str, *, actor: Actor, at: datetime
) -> None:
    session.follow_up, session.follow_up_note, session.tried_on = outcome, note, tried_on
    session.attempts += 1
    session.followed_up_by, session.followed_up_at = actor.who, at


def give_feedback(*, actor: Actor, ref: str, answers: Mapping[str, int], at: datetime) -> None:
    """Record what the participant says of the session; only the first answers count."""
    with gate.change(actor, Action.RECORD_SESSION, Session, ref, at=at) as session:
        SessionFeedback.objects.get_or_create(
            session=session, defaults={**answers, "given_at": at, "screen_of": actor.who}
        )


def missing(session: Session, *, at: datetime, told: bool | None = None) -> tuple[str, ...]:
    """Return what stands in the way of finishing a record, each as a sentence.

    `told`: whether a colleague was told of what the risk check ended in, where that is known; else it is looked for.
    """
    # The agenda may be written ahead, but no attendance is recorded ahead: a court reads these days.
    if session.period.lower > at:
        return (f"This session has not begun: it is planned for {dates.at(session.period.lower)}.",)
    record = saved(session)
    if record.attendance == Attendance.MISSED:
        ours = record.missed_reason not in OF_THE_SERVICE or record.whose_reason in ("", Whose.SERVICE)
        wanted = {
            "Say why the person did not attend.": record.missed_reason,
            "Say who was responsible.": record.whose_reason,
            "If it was the practitioner, room or equipment, say that the service was responsible.": ours,
        }
    elif record.attendance == Attendance.ATTENDED:
        wanted = {
            "Say what the outcome of the risk check was.": record.risk_check,
            "Say how the person worked in the session.": record.compliance,
            "Say how many minutes were held, fewer than planned.": _ended_rightly(session),
        }
    else:
        return ("Say whether the person attended.",)
    sentences = [sentence for sentence, said in wanted.items() if not said]
    return (*sentences, *_unanswered_risk(session, record, told=told))


def _ended_rightly(session: Session) -> bool:
    """Return whether a session that ended early says how many of its minutes were held."""
    if session.ended not in EARLY:
        return True
    held, planned = session.cut_short or (0, 0)
    return 0 < held < planned


def saved(session: Session) -> Record:
    """Return the record as it is kept."""
    return Record(**{name: getattr(session, name) for name in FIELDS})


def _unanswered_risk(session: Session, record: Record, *, told: bool | None) -> tuple[str, ...]:
    """Return unanswered risk: a concern always leads to a person, so risk check and concerns must agree."""
    raised = session.concerns.exists()
    if record.risk_check == Risk.CONCERN and not raised:
        answered = _raised_since(session) if told is None else told
        return (
            () if answered else ("The risk check ended in a concern: raise it, so that a colleague is told.",)
        )
    if raised and record.attendance == Attendance.ATTENDED and record.risk_check != Risk.CONCERN:
        return ("A concern was raised in this session: choose that in the risk check.",)
    return ()


def _raised_since(session: Session) -> bool:
    """Return whether a concern about the person was raised outside a session since this one began or was entered.

    It may be what was heard here.
    """
    since = session.entered_at or session.period.lower
    return session.episode.referral.concerns.filter(session=None, raised_at__gte=since).exists()
