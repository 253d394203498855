"""Everything that can happen around contacting a client."""

from datetime import date, datetime

from desist.advocacy.contacts import bars
from desist.advocacy.contacts.models import Arrangement, Attempt, Message, SafeTime
from desist.advocacy.contacts.policy import Action
from desist.advocacy.contacts.states import DANGEROUS, Channel, MessageState, Outcome, StopReason
from desist.advocacy.contacts.windows import Window
from desist.advocacy.contacts.words import FIELD, NOTE, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import ClockPause, Victim
from desist.advocacy.victims.states import PauseReason, State
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor


def arrange(
    *,
    actor: Actor,
    ref: str,
    words: Words,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Save the agreed words to use. Raises Changed, HoldsLocator, NotRead."""
    with gate.change(actor, Action.ARRANGE_CONTACT, Victim, ref, at=at) as victim:
        row = _arrangement(victim, actor, at)
        gate.next_version(row, version)
        box = vault.box(person=ref)
        said, named = (words.code_word, words.remarks), audit.row_name(Arrangement, ref)
        vault.check(actor=actor, victim=victim, texts=said, at=at, of=box, why=why)
        vault.check_crossing(
            actor=actor, victim=victim, named=named, texts=words.shown, at=at, of=box, why=why
        )
        row.words = boxes.lock(box, FIELD, ref, words)
        _save(row, actor, at)


def add_time(*, actor: Actor, ref: str, window: Window, at: datetime) -> None:
    """Keep one more stretch of the week in which a way of contact is safe. A repeated stretch is kept once."""
    with gate.change(actor, Action.ARRANGE_CONTACT, Victim, ref, at=at) as victim:
        SafeTime.objects.get_or_create(
            victim=victim,
            channel=window.channel,
            days=list(window.days),
            start=window.start,
            end=window.end,
            ended_at=None,
            defaults={"added_by": actor.who, "added_at": at},
        )


def end_time(*, actor: Actor, time: str, at: datetime) -> str:
    """End a stretch that is no longer safe. Returns the client's reference."""
    with gate.change(actor, Action.END_SAFE_TIME, SafeTime, time, at=at) as row:
        row.ended_at = row.ended_at or at
        row.save(update_fields=["ended_at"])
        return row.victim.ref


def mark_not_safe(*, actor: Actor, ref: str, at: datetime) -> None:
    """Stop all contact with a client: waiting messages are stopped, and every clock stands still."""
    with gate.change(actor, Action.MARK_SAFETY, Victim, ref, at=at) as victim:
        _mark_not_safe(victim, actor, at)


def mark_safe(*, actor: Actor, ref: str, at: datetime) -> None:
    """Mark contact as safe again in the agreed hours. A clock that stood still for this runs on."""
    with gate.change(actor, Action.MARK_SAFETY, Victim, ref, at=at) as victim:
        row = _arrangement(victim, actor, at)
        row.not_safe_since, row.not_safe_by = None, ""
        _save(row, actor, at)
        pauses = victim.pauses.filter(ended_at=None, reason=PauseReason.NOT_SAFE)
        pauses.update(ended_at=at, ended_by=actor.who)


def begin(*, actor: Actor, ref: str, channel: Channel, submission: str, at: datetime) -> str:
    """Begin a call or another contact, checked at this moment; returns the attempt's reference.

    For ten minutes the advocate sees how to reach the client. A form sent twice makes one attempt. Raises Refused.
    """
    with (
        vault.counted(actor=actor, at=at),
        gate.change(actor, Action.BEGIN_CONTACT, Victim, ref, at=at) as victim,
    ):
        if earlier := victim.attempts.filter(submission=submission).first():
            return earlier.ref
        bar = bars.bar(victim=victim, at=at, hours=bars.windows(victim=victim))
        if channel not in bar.channels:
            raise Refused(f"Not started. {bar.sentence}")
        row = Attempt.objects.create(
            victim=victim, channel=channel, began_at=at, by=actor.who, submission=submission
        )
        vault.open_call(actor=actor, victim=victim, at=at)
        return row.ref


def finish(
    *,
    actor: Actor,
    attempt: str,
    outcome: Outcome,
    note: str,
    next_on: date | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Record how an attempt ended; returns the client's reference.

    Reaching them ends the clock to first contact. After a code word nothing is sent until contact is safe again.
    A repeated form changes nothing. Raises Refused and HoldsLocator.
    """
    with gate.change(actor, Action.FINISH_CONTACT, Attempt, attempt, at=at) as row:
        if (row.outcome, _note(row)) == (outcome, note):
            return row.victim.ref
        settled(row, actor=actor, outcome=outcome, note=note, next_on=next_on, at=at, why=why)
        return row.victim.ref


def settled(
    attempt: Attempt,
    *,
    actor: Actor,
    outcome: Outcome,
    note: str,
    next_on: date | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Within the change of an attempt: record its end and all that follows. Raises Refused and HoldsLocator.

    An attempt ends once. A second form is taken only for a danger not known before, and is added to the first.
    """
    if attempt.outcome and not (outcome in DANGEROUS and attempt.outcome not in DANGEROUS):
        raise Refused("How this contact ended has already been recorded. Start another one to add to it")
    victim = Victim.objects.select_for_update().get(pk=attempt.victim_id)
    box = vault.box(person=victim.ref)
    vault.check(actor=actor, victim=victim, texts=[note], at=at, of=box, why=why)
    _keep(attempt, box, outcome, note)
    if outcome is Outcome.REACHED:
        _reached(victim, attempt, actor, at)
    if outcome in DANGEROUS:
        _mark_not_safe(victim, actor, at)
    arrangement = _arrangement(victim, actor, at)
    arrangement.next_on = next_on
    _save(arrangement, actor, at)


def queue(*, actor: Actor, ref: str, submission: str, at: datetime) -> None:
    """Queue a neutral e-mail for the next safe time. A form that was sent twice makes one e-mail. Raises Refused."""
    with gate.change(actor, Action.QUEUE_MESSAGE, Victim, ref, at=at) as victim:
        if victim.messages.filter(submission=submission).exists():
            return
        mailed = [one for one in bars.windows(victim=victim) if one.channel is Channel.EMAIL]
        if bars.flagged(victim=victim) or not mailed:
            raise Refused("Not queued: no safe time for e-mail is recorded")
        address = Locator.objects.filter(victim=victim, kind=Kind.EMAIL, ended_at=None).last()
        if address is None:
            raise Refused("Not queued: they have no e-mail address in the vault")
        Message.objects.create(
            victim=victim, locator=address, queued_by=actor.who, queued_at=at, submission=submission
        )


def note_stopped(*, actor: Actor, message: str, at: datetime) -> None:
    """Note that the actor has seen that a message was not sent."""
    with gate.change(actor, Action.SEE_STOPPED, Message, message, at=at) as row:
        row.seen_at = row.seen_at or at
        row.save(update_fields=["seen_at"])


def _keep(attempt: Attempt, box: Box, outcome: Outcome, note: str) -> None:
    words = "\n".join(filter(None, [_note(attempt), note]))
    attempt.outcome = outcome
    attempt.note = box.lock(field=NOTE, row=attempt.ref, text=words) if words else None
    attempt.save(update_fields=["outcome", "note"])


def _note(attempt: Attempt) -> str:
    """The note of an attempt so far."""
    if not attempt.note:
        return ""
    box = vault.box(person=attempt.victim.ref)
    return box.open(field=NOTE, row=attempt.ref, sealed=bytes(attempt.note))


def _mark_not_safe(victim: Victim, actor: Actor, at: datetime) -> None:
    row = _arrangement(victim, actor, at)
    if row.not_safe_since is None:
        row.not_safe_since, row.not_safe_by = at, actor.who
        _save(row, actor, at)
    waiting = victim.messages.filter(state=MessageState.QUEUED)
    waiting.update(state=MessageState.STOPPED, stop_reason=StopReason.NOT_SAFE, done_at=at)
    if victim.state != State.CLOSED and not victim.pauses.filter(ended_at=None).exists():
        ClockPause.objects.create(victim=victim, reason=PauseReason.NOT_SAFE, began_by=actor.who, began_at=at)


def _reached(victim: Victim, attempt: Attempt, actor: Actor, at: datetime) -> None:
    pauses = victim.pauses.filter(ended_at=None)
    if bars.flagged(
        victim=victim
    ):  # a colleague marked it meanwhile: the clock stands still until contact is safe again
        pauses = pauses.exclude(reason=PauseReason.NOT_SAFE)
    pauses.update(ended_at=at, ended_by=actor.who)
    if victim.state == State.WAITING:
        victim.state, victim.first_contact_at = State.OPEN, attempt.began_at
        gate.next_version(victim)
        victim.save(update_fields=["state", "first_contact_at", "version"])


def _arrangement(victim: Victim, actor: Actor, at: datetime) -> Arrangement:
    """Return the locked row of the arrangement, or an unsaved one if there is none."""
    row = Arrangement.objects.select_for_update().filter(victim=victim).first()
    if row:
        return row
    words = boxes.lock(vault.box(person=victim.ref), FIELD, victim.ref, Words())
    return Arrangement(victim=victim, words=words, changed_by=actor.who, changed_at=at)


def _save(row: Arrangement, actor: Actor, at: datetime) -> None:
    row.changed_by, row.changed_at = actor.who, at
    row.save()
