"""Everything that can happen to a person's agreement to take part."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError
from django.db.models import Q

from desist import codes, notices, working_days
from desist.desk.duty.commands import NUMBER, NotANumber
from desist.notices import OwnWords
from desist.programme import clocks
from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven, NoticeWords
from desist.programme.agreement.policy import Action
from desist.programme.agreement.states import FOLLOWS, TAKES_PART, TRANSITIONS, State, stopped
from desist.programme.alerts import commands as alerts
from desist.programme.episodes.models import Episode
from desist.refusals import Changed, Refused
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

UNLESS = ", and no requirement is recorded. If that changes, record it under Agreement first"
#: state -> the sentence for the answer that stands in the way of sessions
SENTENCES = {
    State.REFUSED: f"Nothing was planned: this person does not agree to take part{UNLESS}",
    State.WITHDRAWN: f"Nothing was planned: this person withdrew{UNLESS}",
}


NO_NOTICE_GIVEN = "Not saved: the person must be told before they answer. Give the notice first"


@dataclass(frozen=True)
class Telling:
    """How a notice was given, and in the person's own words what they understood."""

    notice: str
    how: str
    given_on: date
    understood: str


@dataclass(frozen=True)
class Answer:
    """What the person answered, or what requires them to take part. Codes are those of `states`."""

    state: State
    given: str
    requirement: str
    note: str
    answered_on: date
    override: Override | None = None


@dataclass(frozen=True)
class Withdrawal:
    """The reason of a withdrawal, and the number on which the other side can ring back. Everything else stays here."""

    reason: str
    note: str
    contact: str


def give_notice(*, actor: Actor, episode: str, telling: Telling, submission: str, at: datetime) -> None:
    """Record that the notice was given, with what it said of the service on that day.

    A form that is sent twice is kept once. Raises notices.UnknownNotice.
    """
    known = notices.notice(version=telling.notice)
    with gate.change(actor, Action.ASK_AGREEMENT, Episode, episode, at=at) as row:
        if not row.notices.filter(submission=submission).exists():
            NoticeGiven.objects.create(
                episode=row,
                notice=known.version,
                words=words_on(area=row.area, day=telling.given_on, at=at),
                how=telling.how,
                given_on=telling.given_on,
                understood=telling.understood,
                submission=submission,
                given_by=actor.who,
                recorded_at=at,
            )


def answer(*, actor: Actor, episode: str, answer: Answer, version: int | None, at: datetime) -> None:
    """Record what the person answered after they were told. Raises Changed, Refused and words.Unclear."""
    with gate.change(actor, Action.ASK_AGREEMENT, Episode, episode, at=at) as row:
        notice = row.notices.order_by("given_on", "pk").last()
        if notice is None:
            raise Refused(NO_NOTICE_GIVEN)
        known = Agreement.objects.select_for_update().filter(episode=row).first()
        stands = State(known.state) if known else State.NOT_ASKED
        agreement = known or Agreement(episode=row, version=0)
        gate.next_version(agreement, version)
        if answer.state not in TRANSITIONS[stands] or answer.state is State.WITHDRAWN:
            raise Changed
        _hold(
            audit.row_name(Episode, row.ref), {"requirement": answer.requirement}, answer.override, actor, at
        )
        agreement.state, agreement.notice, agreement.given = answer.state, notice, answer.given
        agreement.requirement, agreement.note = answer.requirement, answer.note
        agreement.answered_on, agreement.answered_by = answer.answered_on, actor.who
        agreement.save()


def withdraw(
    *, actor: Actor, episode: str, withdrawal: Withdrawal, version: int | None, at: datetime
) -> None:
    """Record a withdrawal: the other side is alerted at once, and what follows becomes tasks.

    Raises Changed, and NotANumber where the text is no telephone number.
    """
    if not NUMBER.fullmatch(withdrawal.contact):
        raise NotANumber(episode)
    with gate.change(actor, Action.WITHDRAW_AGREEMENT, Episode, episode, at=at) as row:
        agreement = Agreement.objects.select_for_update().filter(episode=row).first()
        if agreement is None or agreement.state not in TAKES_PART:
            raise Changed
        gate.next_version(agreement, version)
        by_requirement = agreement.state == State.REQUIRED
        agreement.state = State.WITHDRAWN
        agreement.withdrawal_reason, agreement.withdrawal_note = withdrawal.reason, withdrawal.note
        agreement.withdrawn_by, agreement.withdrawn_at, agreement.acknowledged_at = actor.who, at, None
        agreement.alert = alerts.send(
            row.referral, reason=codes.AlertReason.WITHDREW, contact=withdrawal.contact, at=at
        )
        agreement.save()
        _follow(row, by_requirement=by_requirement, at=at)


def finish_task(*, actor: Actor, ref: str, note: str, at: datetime) -> None:
    """Record once that what follows from a withdrawal was done. Raises Changed."""
    with gate.change(actor, Action.DO_FOLLOW_UP, FollowUpTask, ref, at=at) as task:
        if task.done_at:
            raise Changed
        task.note, task.done_by, task.done_at = note, actor.who, at
        task.save(update_fields=["note", "done_by", "done_at"])


def change_words(
    *,
    actor: Actor,
    own: OwnWords,
    reason: str,
    replaces: str,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Set what the notice says of the service from now on; `replaces` is the reference of what the page showed, or "".

    Notices given before keep their words. A form that is sent twice sets them once. Raises Changed and words.Unclear.
    """
    row = NoticeWords(
        area=actor.area, **asdict(own), reason=reason, made_by=actor.who, made_at=at, ended_at=at
    )
    try:
        with gate.create(actor, Action.CHANGE_NOTICE_WORDS, row, at=at):
            _end_current(actor.area, replaces, at)
            said = {"lawful_basis": own.lawful_basis, "retention": own.retention}
            _hold(audit.row_name(NoticeWords, row.ref), said, override, actor, at)
            row.ended_at = None
            row.save(update_fields=["ended_at"])
    except (Changed, IntegrityError):  # two managers set the first words at one moment, and one won
        if own_words(current_words(actor.area)) != own:
            raise Changed from None


def _end_current(area: str, replaces: str, at: datetime) -> None:
    before = NoticeWords.objects.select_for_update().filter(area=area, ended_at=None).first()
    if (before.ref if before else "") != replaces:
        raise Changed
    if before:
        before.ended_at = at
        before.save(update_fields=["ended_at"])


def _hold(named: str, texts: dict[str, str], override: Override | None, actor: Actor, at: datetime) -> None:
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def current_words(area: str) -> NoticeWords | None:
    """What the notice of an area says of the service; None while it is not set."""
    return NoticeWords.objects.filter(area=area, ended_at=None).first()


def words_on(*, area: str, day: date, at: datetime) -> NoticeWords | None:
    """Return what the notice said at the end of a day, or now for a day that goes on; None where it was not set."""
    over = datetime.combine(day + timedelta(days=1), time.min, tzinfo=clocks.LONDON)
    moment = min(over, at)
    rows = NoticeWords.objects.filter(area=area, made_at__lte=moment)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=moment)).order_by("-made_at", "-pk").first()


def own_words(row: NoticeWords | None) -> OwnWords | None:
    """The words in a row."""
    return OwnWords(**{one.name: getattr(row, one.name) for one in fields(OwnWords)}) if row else None


def shares_openly(episode: Episode) -> bool:
    """Return whether the referrer may still be told how far the person is.

    They may not after a refusal or a withdrawal that stops, unless a requirement, which has its own basis, stands
    behind it.
    """
    agreement = Agreement.objects.filter(episode=episode).first()
    return agreement is None or not stopped(State(agreement.state), agreement.requirement)


def taking_part(episode: Episode) -> None:
    """Raise Refused where no session may be planned. A person who was not asked yet may have dates."""
    found = Agreement.objects.filter(episode=episode).first()
    if found and stopped(State(found.state), found.requirement):
        raise Refused(SENTENCES[State(found.state)])


def _follow(episode: Episode, *, by_requirement: bool, at: datetime) -> None:
    today = day_of(at)
    FollowUpTask.objects.bulk_create(
        FollowUpTask(
            episode=episode,
            kind=one.kind,
            due_on=working_days.after(today, one.days) if one.days else today,
            made_at=at,
        )
        for one in FOLLOWS
        if by_requirement or not one.required_only
    )
