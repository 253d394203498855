"""What can happen to reminders: the person's choice is recorded and ended, and what is due is sent once.

No reminder is sent to anybody of whom it is not set that they do not work on paper alone (docs/adr/reminders-say-nothing.md).
An e-mail goes once or not at all. A text message is tried again, since GOV.UK Notify can be asked whether it has it already.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db.models import Q

from desist.accounts.mailing import notify
from desist.accounts.mailing.commands import pause
from desist.deployment import Notify
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.plans.between import commands as between
from desist.programme.referrals.models import Change
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.service.reminders.policy import Action
from desist.programme.service.reminders.states import Channel, State, Words
from desist.refusals import Refused
from desist.ui import dates, email
from desist.wall import gate
from desist.wall.actors import Actor

ON_PAPER = (
    "Not saved: it is not set that this person may use a phone or a computer, or an order came since. "
    "Read their orders, then set how they work between the sessions"
)
NOT_HERE = "Not saved: this person has left the programme"
NOT_ALONE = "Not saved: reminders go only where nobody else reads them"
NO_TEXTS = "Not saved: this service sends no text messages. Choose e-mail"
#: the contact details that reminders can go to
REACHED_BY = ("own_phone", "own_email")
#: reminders go out on the day before, between these hours in London
FROM, UNTIL = time(10), time(18)
MAILS = {Words.CALENDAR: email.Kind.CALENDAR, Words.APPOINTMENT: email.Kind.TOMORROW}
TEXTS = {words: kind.value[1] for words, kind in MAILS.items()}


@dataclass(frozen=True)
class Chosen:
    """What the person chose: an address or number that nobody else reads, the words, and the day on which they chose it."""

    address: str
    words: Words
    alone: bool
    chosen_on: date
    channel: Channel = Channel.EMAIL


def choose(*, actor: Actor, episode: str, chosen: Chosen, version: int | None, at: datetime) -> None:
    """Record the person's choice; `version` is 0 before there ever was one. Raises Changed, Refused."""
    with gate.change(actor, Action.SET_REMINDERS, Episode, episode, at=at) as row:
        kept = ReminderChoice.objects.filter(episode=row).first() or ReminderChoice(episode=row, version=0)
        if kept.version and kept.ended_at is None and _said(kept) == chosen:
            return
        if row.state not in OPEN:
            raise Refused(NOT_HERE)
        if not between.allows_devices(episode=row, at=at):
            raise Refused(ON_PAPER)
        if not chosen.alone:
            raise Refused(NOT_ALONE, field="alone")
        if chosen.channel is Channel.TEXT and settings.DESIST_TEXTS is None:
            raise Refused(NO_TEXTS, field="channel")
        gate.next_version(kept, version)
        kept.channel, kept.address, kept.words = chosen.channel, chosen.address, chosen.words
        kept.alone, kept.chosen_on = chosen.alone, chosen.chosen_on
        kept.noted_by, kept.noted_at = actor.who, at
        kept.ended_by, kept.ended_at = "", None
        kept.save()


def end(*, actor: Actor, episode: str, at: datetime) -> None:
    """End reminders: nothing is sent from now on, and the address is emptied. Twice changes nothing."""
    with gate.change(actor, Action.SET_REMINDERS, Episode, episode, at=at) as row:
        _end(row, actor, at)


def send_due(*, actor: Actor, at: datetime) -> int:
    """Send the reminders of tomorrow's meetings that are due now; returns how many went out.

    The address of a person who left the programme is emptied. After the hours of reminders no text message waits.
    """
    left = Episode.objects.exclude(state__in=OPEN).exclude(reminder_choice__address="")
    for episode in left.exclude(reminder_choice=None).values_list("ref", flat=True):
        with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at) as row:
            _end(row, actor, at)
    waiting = Reminder.objects.filter(state=State.WAITING, next_try_at__lte=at)
    if not FROM <= dates.local(at).time() < UNTIL:
        waiting = Reminder.objects.filter(state=State.WAITING)
    again = sum(_try(actor, *one, at) for one in waiting.values_list("episode__ref", "ref"))
    if not FROM <= dates.local(at).time() < UNTIL:
        return again
    rows = Episode.objects.filter(
        state__in=OPEN, reminder_choice__ended_at=None, between__on_paper=False
    ).exclude(reminder_choice=None)
    episodes = dict(rows.values_list("pk", "ref"))
    due = [one for one in _tomorrow(list(episodes), at=at) if not _is_kept(one)]
    return again + sum(_send(actor, episodes[one.episode], one.ref, at) for one in due)


def was_struck(row: Episode, choice: ReminderChoice) -> bool:
    """Whether this number or address was taken out of the person's contact details since they chose it.

    Another person may have it now. One that is theirs once more counts again.
    """
    changes = Change.objects.filter(referral=row.referral, name__in=REACHED_BY, at__gt=choice.noted_at)
    gone = {_bare(before) for before in changes.values_list("before", flat=True)}
    return _bare(choice.address) in gone - {_bare(row.referral.known(name)) for name in REACHED_BY}


def _bare(address: str) -> str:
    """An address as it is compared: a telephone number by its last ten digits."""
    return address.strip().lower() if "@" in address else re.sub(r"\D", "", address)[-10:]


def _end(row: Episode, actor: Actor, at: datetime) -> None:
    kept = ReminderChoice.objects.filter(episode=row, ended_at=None).first()
    if kept:
        kept.address, kept.ended_by, kept.ended_at = "", actor.who, at
        gate.next_version(kept)
        kept.save()


def _tomorrow(episodes: list[int], *, at: datetime) -> tuple[meetings.Meeting, ...]:
    """Return the planned meetings of tomorrow with these people."""
    if not episodes:
        return ()
    day = dates.day_of(at) + timedelta(days=1)
    planned = meetings.planned(Q(episode__in=episodes), until=dates.moment(day + timedelta(days=1), time(0)))
    return tuple(one for one in planned if dates.day_of(one.starts_at) == day)


def _is_kept(meeting: meetings.Meeting) -> bool:
    """Whether a reminder of a meeting at its time was kept before, whatever became of it."""
    return Reminder.objects.filter(meeting=meeting.ref, starts_at=meeting.starts_at).exists()


def _send(actor: Actor, episode: str, meeting: str, at: datetime) -> bool:
    """Send one reminder. An e-mail is kept as sent first: a fault may lose it, but never sends it twice."""
    with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at) as row:
        decided = _decide(row, meeting, at)
    if decided is None:
        return False
    reminder, address = decided
    if reminder.state == State.WAITING:
        return _try(actor, episode, reminder.ref, at)
    try:
        email.send(to=address, kind=MAILS[Words(reminder.words)])
    except (SMTPException, OSError, email.NotOneRecipient):
        with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at):
            reminder.state = State.FAILED
            reminder.save(update_fields=["state"])
        return False
    return True


def _decide(row: Episode, meeting: str, at: datetime) -> tuple[Reminder, str] | None:
    """Look once more under the lock: the choice, the setting, and whether the meeting still stands tomorrow."""
    choice = _choice(row, at)
    still = next((one for one in _tomorrow([row.pk], at=at) if one.ref == meeting), None)
    if choice is None or still is None or _is_kept(still):
        return None
    by_text = choice.channel == Channel.TEXT
    reminder = Reminder.objects.create(
        episode=row,
        meeting=meeting,
        starts_at=still.starts_at,
        channel=choice.channel,
        words=choice.words,
        state=State.WAITING if by_text else State.SENT,
        sent_at=at,
        next_try_at=at if by_text else None,
    )
    return reminder, choice.address


def _try(actor: Actor, episode: str, ref: str, at: datetime) -> bool:
    """Try one text message that waits. It is decided anew first, and another worker leaves it alone meanwhile."""
    site = settings.DESIST_TEXTS
    with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at) as row:
        reminder = Reminder.objects.get(ref=ref)
        early = FROM <= dates.local(at).time() < UNTIL and reminder.next_try_at and reminder.next_try_at > at
        if reminder.state != State.WAITING or early:  # another worker was first
            return False
        choice = _choice(row, at)
        is_right = choice is not None and choice.channel == Channel.TEXT and _still_stands(row, reminder, at)
        if site is None or not is_right or not FROM <= dates.local(at).time() < UNTIL:
            _note(reminder, State.DROPPED, at)
            return False
        reminder.tries += 1
        reminder.next_try_at = at + pause(reminder.tries)
        reminder.save(update_fields=["tries", "next_try_at"])
        number = choice.address if choice else ""
    failure, state = _hand_over(site, reminder, number, at)
    with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at):
        reminder.failure = failure
        _note(reminder, state, at)
    return state is State.SENT


def _hand_over(site: Notify, reminder: Reminder, number: str, at: datetime) -> tuple[str, State]:
    """Hand a text message to GOV.UK Notify, unless an earlier try reached it; the failure, coded, and the state."""
    name = hashlib.sha256(reminder.ref.encode()).hexdigest()[:32]
    words = TEXTS[Words(reminder.words)]
    try:
        if reminder.tries == 1 or not notify.has(site, name=name, at=at):
            notify.text(site, to=number, words=words, name=name, at=at)
    except notify.AddressRefused as refused:
        return type(refused).__name__, State.FAILED
    except OSError as failure:
        return type(failure).__name__, State.WAITING
    return "", State.SENT


def _note(reminder: Reminder, state: State, at: datetime) -> None:
    reminder.state = state
    if state is not State.WAITING:
        reminder.next_try_at, reminder.sent_at = None, at
    reminder.save(update_fields=["state", "failure", "next_try_at", "sent_at"])


def _still_stands(row: Episode, reminder: Reminder, at: datetime) -> bool:
    there = {(one.ref, one.starts_at) for one in _tomorrow([row.pk], at=at)}
    return (reminder.meeting, reminder.starts_at) in there


def _choice(row: Episode, at: datetime) -> ReminderChoice | None:
    """The person's choice, where something may still be sent by it."""
    choice = ReminderChoice.objects.filter(episode=row, ended_at=None, alone=True).first()
    if choice is None or row.state not in OPEN or was_struck(row, choice):
        return None
    if not between.allows_devices(episode=row, at=at):
        return None
    return None if choice.channel == Channel.TEXT and settings.DESIST_TEXTS is None else choice


def _said(row: ReminderChoice) -> Chosen:
    return Chosen(row.address, Words(row.words), row.alone, row.chosen_on, Channel(row.channel))
