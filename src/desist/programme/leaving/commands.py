"""Everything that can happen when a person leaves."""

from datetime import datetime

from django.db.models import F

from desist import codes
from desist.accounts import queries as accounts
from desist.desk.duty.commands import NUMBER, NotANumber
from desist.post import payloads
from desist.programme.agreement.models import Agreement
from desist.programme.agreement.states import TAKES_PART
from desist.programme.agreement.states import State as AgreementState
from desist.programme.alerts import commands as alerts
from desist.programme.episodes import states as episodes
from desist.programme.episodes.models import Episode
from desist.programme.leaving import hold, known
from desist.programme.leaving.followups import terms
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.policy import Action
from desist.programme.leaving.states import (
    NOT_FOLLOWED_UP,
    STANDS,
    TRANSITIONS,
    By,
    Ending,
    Phase,
    Reason,
    State,
)
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.states import Happened
from desist.programme.sessions.progress import attended, stage, tell_progress
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import actors, gate
from desist.wall.actors import Actor

TWELVE = 12
LEFT = "The person left the programme"
UNDONE = "Not saved: this leaving was recorded before and has been undone since. Open the page again to record another"
OTHER_WORDS = (
    "Not saved: this form was saved before with different words, which are kept. Open the page again"
)
OVERTAKEN = "The person left for another reason during the hold."
TOO_SOON = "Not saved: nobody may be told before {}"
NOT_HELD = "Not saved: by now this decision is: {}, or its hold is over"


def end(
    *, actor: Actor, episode: str, ending: Ending, version: int | None, submission: str, at: datetime
) -> None:
    """Record that a person leaves: a deselection is held, any other leaving ends the episode at once.

    Raises Changed, Refused, and NotANumber where an alert goes out with an invalid number.
    """
    deselects = ending.by is By.SERVICE
    action = Action.DESELECT if deselects else Action.END_EPISODE
    with gate.change(actor, action, Episode, episode, at=at) as row:
        if kept := row.leavings.filter(submission=submission).first():
            if kept.state not in STANDS:
                raise Refused(UNDONE)
            same_number = kept.contact in {"", ending.contact}  # "" where no alert went out
            if same_number and (kept.reason, kept.note) == (ending.reason, ending.note):
                return
            raise Refused(OTHER_WORDS)
        if target(ending.by) not in episodes.TRANSITIONS[episodes.State(row.state)]:
            raise Changed
        gate.next_version(row, version)
        _overtake(row, by=actor.who, deselects=deselects, at=at)
        leaving = Leaving(
            episode=row,
            by=ending.by,
            reason=ending.reason,
            phase=phase(row),
            note=ending.note,
            submission=submission,
            decided_by=actor.who,
            decided_at=at,
        )
        reason = alert_of(row, ending.by)
        if reason:
            _alert(row, leaving, reason=reason, contact=ending.contact, at=at)
        if deselects:
            leaving.state, leaving.held_until = State.HELD, hold.tellable_from(decided_at=at)
            leaving.save()
            _tell_the_other_side(leaving, stands=True, at=at)
        else:
            _close(row, leaving, at=at)
        row.save(update_fields=["version"])


def move_on(episode: Episode, *, to: str, by: str, submission: str, at: datetime) -> None:
    """Within a change: end the programme of a person, whose row is locked, who goes on with another one."""
    gate.next_version(episode)
    leaving = Leaving(
        episode=episode,
        by=By.OTHERS,
        reason=Reason.MOVED_ON,
        phase=phase(episode),
        note=to,
        submission=submission,
        decided_by=by,
        decided_at=at,
    )
    _overtake(episode, by=by, deselects=False, at=at)
    _close(episode, leaving, at=at)


def take_back(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Cancel a deselection that is still held, and tell the other side that it does not stand."""
    with gate.change(actor, Action.TAKE_BACK_LEAVING, Leaving, ref, at=at) as leaving:
        if (leaving.state, leaving.taken_back_reason) == (State.TAKEN_BACK, reason):
            return  # the form came twice
        # Once the hold is over, the clock may tell the referrer at this moment: from then on the deselection stands.
        until = leaving.held_until
        if State.TAKEN_BACK not in TRANSITIONS[State(leaving.state)] or until is None or at >= until:
            raise Refused(NOT_HELD.format(State(leaving.state).label))
        _take_back(leaving, by=actor.who, reason=reason, at=at)
        _tell_the_other_side(leaving, stands=False, at=at)


def release_due(*, at: datetime) -> int:
    """End every deselection whose hold is over, once, and tell the referrer; return how many."""
    due = Leaving.objects.filter(state=State.HELD, held_until__lte=at).order_by("held_until")
    actor = actors.clock()
    return sum(_release(actor, ref, at=at) for ref in due.values_list("episode__ref", flat=True))


def tell_person(*, actor: Actor, ref: str, how: str, told_at: datetime, at: datetime) -> None:
    """Record that the person was told. Raises Refused for a moment before the hold was over."""
    with gate.change(actor, Action.TELL_PERSON, Leaving, ref, at=at) as leaving:
        if (leaving.told_how, leaving.told_at) == (how, told_at):
            return  # the form came twice
        if leaving.told_at:
            by = accounts.as_read_by(actor, leaving.told_by)
            raise Refused(f"Not saved: {by} recorded this first")
        if leaving.state != State.ENDED or (leaving.held_until and told_at < leaving.held_until):
            until = dates.at(leaving.held_until) if leaving.held_until else "the end"
            raise Refused(TOO_SOON.format(until))
        leaving.told_how, leaving.told_at, leaving.told_by = how, told_at, actor.who
        leaving.save(update_fields=["told_how", "told_at", "told_by"])


def reopen(*, actor: Actor, ref: str, how: State, reason: str, version: int | None, at: datetime) -> None:
    """Reopen a programme after a leaving recorded by mistake, or when the person comes back.

    The referrer hears the stage; those told of the end hear that it is void, and so are tasks due after it. Cancelled
    sessions stay cancelled. Raises Changed.
    """
    with gate.change(actor, Action.REOPEN_EPISODE, Leaving, ref, at=at) as leaving:
        if (leaving.state, leaving.taken_back_reason, leaving.taken_back_by) == (how, reason, actor.who):
            return  # the form came twice
        episode = Episode.objects.select_for_update().get(pk=leaving.episode_id)
        gate.next_version(episode, version)
        if how not in known.ways_back(leaving):
            raise Changed
        _take_back(leaving, by=actor.who, reason=reason, at=at, into=how)
        episode.state, episode.ended_at = stage(episode), None
        episode.save(update_fields=["state", "ended_at", "version"])
        terms.void(episode, at=at)
        for one in known.with_overtaken(leaving):  # whether or not the referrer hears of stages
            _tell_the_other_side(one, stands=False, at=at)
        episode.referral.happened(Happened.REOPENED, by=actor.who, at=at, detail=str(how.label))
        referrals.ask_again(episode.referral, at=at)
        tell_progress(episode, at=at)


def change_reason(
    *, actor: Actor, ref: str, reason: Reason, why: str, version: int | None, submission: str, at: datetime
) -> None:
    """Set another reason of one kind for a leaving that counts; `version` is how often it changed before.

    A submission that comes twice does it once. Raises Changed.
    """
    with gate.change(actor, Action.CHANGE_LEAVING_REASON, Leaving, ref, at=at) as leaving:
        if leaving.reason_changes.filter(submission=submission).exists():
            return
        if reason not in known.other_reasons(leaving) or leaving.reason_changes.count() != version:
            raise Changed
        before = Reason(leaving.reason)
        leaving.reason_changes.create(
            before=before, after=reason, why=why, submission=submission, made_by=actor.who, made_at=at
        )
        leaving.reason = reason
        leaving.save(update_fields=["reason"])
        if reason in NOT_FOLLOWED_UP:
            terms.void(leaving.episode, at=at, also_recorded=False)
        elif before in NOT_FOLLOWED_UP and leaving.ended_at:
            terms.plan(leaving.episode, at=leaving.ended_at)
        said = f"{reason.label}, before {before.label.lower()}"
        leaving.episode.referral.happened(Happened.REASON_CHANGED, by=actor.who, at=at, detail=said)


def target(by: By) -> episodes.State:
    """Return the state an episode ends in."""
    return episodes.State.COMPLETED if by is By.COMPLETED else episodes.State.LEFT


def phase(episode: Episode) -> Phase:
    """Return how far a person is, from the record alone."""
    held = len(attended(episode))
    if held:
        return Phase.AFTER_LAST if held >= TWELVE else Phase.DURING
    agreed = Agreement.objects.filter(episode=episode, state__in=TAKES_PART | {AgreementState.WITHDRAWN})
    return Phase.BEFORE_FIRST if agreed.exists() else Phase.BEFORE_AGREEMENT


def _release(actor: Actor, ref: str, *, at: datetime) -> int:
    with gate.change(actor, Action.RELEASE_HOLD, Episode, ref, at=at) as episode:
        over = episode.leavings.select_for_update().filter(state=State.HELD, held_until__lte=at)
        leaving = over.first()
        if leaving is None:
            return 0
        gate.next_version(episode)
        _close(episode, leaving, at=at)
        return 1


def _close(episode: Episode, leaving: Leaving, *, at: datetime) -> None:
    """End the episode: cancel what was to come, and tell the referrer the stage but not the reason."""
    leaving.state, leaving.ended_at = State.ENDED, at
    leaving.save()
    episode.state, episode.ended_at = target(By(leaving.by)), at
    episode.save(update_fields=["state", "ended_at", "version"])
    # The practitioner still records a session that has begun.
    known.sessions_ahead(episode, at=at).update(state="cancelled", version=F("version") + 1)
    appointed = known.assessments_ahead(episode, at=at)
    ended = {"ended_reason": LEFT, "ended_by": leaving.decided_by, "ended_at": at}
    appointed.update(state="cancelled", version=F("version") + 1, **ended)
    if leaving.reason not in NOT_FOLLOWED_UP:
        terms.plan(episode, at=at)
    episode.referral.happened(
        Happened.ENDED, by=leaving.decided_by, at=at, detail=str(leaving.get_reason_display())
    )
    tell_progress(episode, at=at)


def _overtake(episode: Episode, *, by: str, deselects: bool, at: datetime) -> None:
    """Void a held decision: a withdrawal, or the decision of others, waits for no hold."""
    held = episode.leavings.select_for_update().filter(state=State.HELD).first()
    if held is None:
        return
    if deselects:
        raise Changed
    _take_back(held, by=by, reason=OVERTAKEN, at=at)


def _take_back(
    leaving: Leaving, *, by: str, reason: str, at: datetime, into: State = State.TAKEN_BACK
) -> None:
    leaving.state, leaving.taken_back_reason = into, reason
    leaving.taken_back_by, leaving.taken_back_at = by, at
    leaving.save(update_fields=["state", "taken_back_reason", "taken_back_by", "taken_back_at"])


def _tell_the_other_side(leaving: Leaving, *, stands: bool, at: datetime) -> None:
    """Tell the other side of a hold at once, so that it can prepare; sent with or without a linked partner."""
    if leaving.held_until is None:
        return
    ending = payloads.PlaceEnding(
        decided_at=leaving.decided_at, quiet_until=leaving.held_until, stands=stands
    )
    referrals.tell(leaving.episode.referral, ending, at=at)


def alert_of(episode: Episode, by: By) -> codes.AlertReason | None:
    """Return which alert goes out at once: for a deselection, and for a withdrawal unless the agreement sent it."""
    if by is By.SERVICE:
        return codes.AlertReason.CONCERN
    told = Agreement.objects.filter(episode=episode, state=AgreementState.WITHDRAWN).exists()
    return codes.AlertReason.WITHDREW if by is By.PERSON and not told else None


def _alert(
    episode: Episode, leaving: Leaving, *, reason: codes.AlertReason, contact: str, at: datetime
) -> None:
    if not NUMBER.fullmatch(contact):
        raise NotANumber(episode.ref)
    leaving.contact = contact
    leaving.alert = alerts.send(episode.referral, reason=reason, contact=contact, at=at)
