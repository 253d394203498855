"""Everything that can happen to news for a client."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.models import Attempt
from desist.advocacy.contacts.states import DANGEROUS
from desist.advocacy.contacts.states import Outcome as Ended
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import State as Pair
from desist.advocacy.police import commands as police
from desist.advocacy.updates.models import Telling, Update
from desist.advocacy.updates.policy import Action
from desist.advocacy.updates.states import OVERTAKES, PUTS_RIGHT, Event, Outcome, State
from desist.advocacy.victims.models import Victim
from desist.desk.alerts import commands as alerts
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.ui.dates import day_of
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Contact:
    """How a contact ended, and the references of the news that was told in it (`told`) or not wanted."""

    ended: Ended
    note: str
    next_on: date | None
    told: Collection[str]
    unwanted: Collection[str]
    why: FalseAlarm | None = None  # why words of the note stay although they look like a lead


def hear_of_order(received: Received) -> None:
    """Keep the police's news of a client's order. A kind of event unknown to this site is news all the same."""
    payload: payloads.OrderUpdate = received.payload
    kind = f"order_{payload.event}"
    event = Event(kind) if kind in Event.values else Event.ORDER_CHANGED
    _hear(received, police.person_of_thread(received), event, on=payload.on)


def hear_of_programme(received: Received) -> None:
    """Keep the police's news that a programme began, ends or ended."""
    payload: payloads.ProgrammeUpdate = received.payload
    if payload.event not in {event.value for event in payloads.ProgrammeEvent}:
        raise CannotHandle("This update is a code that is in no list here: ring the sender.")
    try:
        quiet = datetime.fromisoformat(payload.quiet_until) if payload.quiet_until else None
    except ValueError:
        raise CannotHandle("A moment in this update cannot be read: ring the sender.") from None
    victim = police.person_of_thread(received)
    _hear(received, victim, Event(payload.event), on=payload.on, quiet_until=quiet)


def hear_alert(received: Received) -> None:
    """Keep the police's alert to ring them: a task with a clock, and news for the client once more is known."""
    victim = police.person_of_thread(received)
    alerts.receive(received, case=victim.ref, area=victim.area)
    _hear(received, victim, Event.ALERT, on=day_of(received.at))


def note_told(
    *, actor: Actor, ref: str, event: Event, on: date, told_at: datetime, submission: str, at: datetime
) -> None:
    """Record news that the police told by telephone or on paper. The clock runs from the moment they told it."""
    with gate.change(actor, Action.NOTE_NEWS, Victim, ref, at=at) as victim:
        if Update.objects.filter(submission=submission).exists():
            return
        update = Update.objects.create(
            victim=victim,
            event=event,
            on=on,
            received_at=told_at,
            recorded_by=actor.who,
            submission=submission,
        )
        _overtake(update)


def finish(*, actor: Actor, attempt: str, contact: Contact, at: datetime) -> str:
    """Record how a contact ended and the news told in it; returns the client's reference.

    Due news that was neither told nor unwanted stays due. A try that did not reach the client is kept with it.
    Raises Refused and HoldsLocator.
    """
    with gate.change(actor, Action.TELL_UPDATE, Attempt, attempt, at=at) as row:
        contacts.settled(
            row,
            actor=actor,
            outcome=contact.ended,
            note=contact.note,
            next_on=contact.next_on,
            at=at,
            why=contact.why,
        )
        for update in _due(row.victim).select_for_update():
            outcome = _outcome(update.ref, contact)
            if outcome is not None:
                Telling.objects.create(update=update, attempt=row, outcome=outcome, by=actor.who, at=at)
                _settle(update, outcome, at)
        for update in _due(row.victim).filter(event__in=list(OVERTAKES)):
            _overtake(update)  # news that came during the contact and was not told in it
        return row.victim.ref


def told_by_letter(victim: Victim, *, letter: int, tells: Collection[str], by: Actor, at: datetime) -> int:
    """Within the change that notes a letter (by key) as posted: mark its due news as told. Returns how many."""
    found = _due(victim).filter(ref__in=tells).select_for_update()
    for update in found:
        Telling.objects.create(update=update, letter_id=letter, outcome=Outcome.TOLD, by=by.who, at=at)
        _settle(update, Outcome.TOLD, at)
    return len(found)


def entitle(*, actor: Actor, ref: str, enhanced: bool, at: datetime) -> None:
    """Record whether a client has the Victims' Code's enhanced entitlement. Running clocks count by it at once."""
    with gate.change(actor, Action.ENTITLE, Victim, ref, at=at) as victim:
        if victim.enhanced == enhanced:
            return
        victim.enhanced = enhanced
        gate.next_version(victim)
        victim.save(update_fields=["enhanced", "version"])


def _hear(
    received: Received, victim: Victim, event: Event, *, on: date, quiet_until: datetime | None = None
) -> None:
    """Keep one piece of news, in any order of arrival. News that waits already is not kept twice.

    News that was on its way when the client ended the exchange is not kept.
    """
    if PairAsked.objects.filter(victim=victim, state=Pair.ENDED).exists():
        return
    if _due(victim).filter(event=event, on=on).exists():
        return
    update = Update(victim=victim, event=event, on=on, quiet_until=quiet_until, received_at=received.at)
    with gate.create(received.actor, Action.RECEIVE_UPDATE, update, at=received.at):
        _overtake(update)


def _overtake(update: Update) -> None:
    """Drop news that later news undoes, and a correction of something that the client was never told."""
    victim, moment = update.victim, update.received_at
    undone = OVERTAKES.get(Event(update.event), frozenset())
    stale = _due(victim).filter(event__in=undone, received_at__lt=moment)
    stale.exclude(pk__in=_being_told(victim)).update(state=State.OVERTAKEN, settled_at=moment)
    undoing = [event for event, earlier in OVERTAKES.items() if update.event in earlier]
    later = victim.updates.filter(event__in=undoing, received_at__gt=moment).exists()
    believed = stale.exists() or _believes(victim, {*undone, update.event}) in undone
    if later or (update.event in PUTS_RIGHT and not believed):
        _settle(update, State.OVERTAKEN, moment)


def _believes(victim: Victim, events: Collection[str]) -> str | None:
    """The last of these events that the client was told."""
    told = victim.updates.filter(event__in=events, state=State.TOLD).order_by("-received_at", "-pk")
    return told.values_list("event", flat=True).first()


def _being_told(victim: Victim) -> QuerySet[Update]:
    """The due news that a contact under way or a printed letter may be telling now; it must not be dropped yet."""
    due = _due(victim)
    if victim.attempts.filter(outcome="").exists():
        return due
    letters = victim.letters.filter(posted_on=None, printed_at__isnull=False)
    return due.filter(ref__in=[ref for tells in letters.values_list("tells", flat=True) for ref in tells])


def _due(victim: Victim) -> QuerySet[Update]:
    return victim.updates.filter(state=State.DUE).order_by("received_at", "pk")


def _outcome(ref: str, contact: Contact) -> Outcome | None:
    if contact.ended is Ended.REACHED:
        if ref in contact.told:
            return Outcome.TOLD
        return Outcome.NOT_WANTED if ref in contact.unwanted else None
    return Outcome.NOT_SAFE if contact.ended in DANGEROUS else Outcome.NOT_REACHED


def _settle(update: Update, outcome: Outcome | State, at: datetime) -> None:
    if outcome.value in State.values:
        update.state, update.settled_at = State(outcome.value), at
        update.save(update_fields=["state", "settled_at"])
