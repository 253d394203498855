"""What can happen to reminders: the person's choice is recorded and ended, and what is due is sent once.

No reminder is sent to anybody of whom it is not set that they do not work on paper alone (docs/adr/reminders-say-nothing.md).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException

from django.db.models import Q

from desist.programme.calendar.meetings import queries as meetings
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.service.reminders.policy import Action
from desist.programme.service.reminders.states import Channel, State, Words
from desist.refusals import Refused
from desist.ui import dates, email
from desist.wall import gate
from desist.wall.actors import Actor

ON_PAPER = (
    "Not saved: it is not set that this person may use a phone or a computer. "
    "Read their orders, then set how they work between the sessions"
)
NOT_HERE = "Not saved: this person has left the programme"
NOT_ALONE = "Not saved: reminders go only where nobody else reads them"
#: reminders go out on the day before, between these hours in London
FROM, UNTIL = time(10), time(18)
MAILS = {Words.CALENDAR: email.Kind.CALENDAR, Words.APPOINTMENT: email.Kind.TOMORROW}


@dataclass(frozen=True)
class Chosen:
    """What the person chose: an address that nobody else reads, the words, and on which day they chose it."""

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
        if not _allowed(row):
            raise Refused(ON_PAPER)
        if not chosen.alone:
            raise Refused(NOT_ALONE, field="alone")
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

    The address of a person who left the programme is emptied.
    """
    left = Episode.objects.exclude(state__in=OPEN).exclude(reminder_choice__address="")
    for episode in left.exclude(reminder_choice=None).values_list("ref", flat=True):
        with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at) as row:
            _end(row, actor, at)
    if not FROM <= dates.local(at).time() < UNTIL:
        return 0
    rows = Episode.objects.filter(
        state__in=OPEN, reminder_choice__ended_at=None, between__on_paper=False
    ).exclude(reminder_choice=None)
    episodes = dict(rows.values_list("pk", "ref"))
    return sum(_send(actor, episodes[one.episode], one.ref, at) for one in _tomorrow(list(episodes), at=at))


def _end(row: Episode, actor: Actor, at: datetime) -> None:
    kept = ReminderChoice.objects.filter(episode=row, ended_at=None).first()
    if kept:
        kept.address, kept.ended_by, kept.ended_at = "", actor.who, at
        gate.next_version(kept)
        kept.save()


def _tomorrow(episodes: list[int], *, at: datetime) -> tuple[meetings.Meeting, ...]:
    """Return the planned meetings of tomorrow with these people of which no reminder was kept."""
    if not episodes:
        return ()
    day = dates.day_of(at) + timedelta(days=1)
    found = [
        one
        for one in meetings.planned(
            Q(episode__in=episodes), until=dates.moment(day + timedelta(days=1), time(0))
        )
        if dates.day_of(one.starts_at) == day
    ]
    kept = Reminder.objects.filter(meeting__in=[one.ref for one in found])
    sent = set(kept.values_list("meeting", "starts_at"))
    return tuple(one for one in found if (one.ref, one.starts_at) not in sent)


def _send(actor: Actor, episode: str, meeting: str, at: datetime) -> bool:
    """Send one reminder. It is kept as sent first: a fault may lose it, but never sends it twice."""
    with gate.change(actor, Action.SEND_REMINDER, Episode, episode, at=at) as row:
        decided = _decide(row, meeting, at)
    if decided is None:
        return False
    reminder, address = decided
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
    choice = ReminderChoice.objects.filter(episode=row, ended_at=None, alone=True).first()
    if choice is None or row.state not in OPEN or not _allowed(row):
        return None
    still = next((one for one in _tomorrow([row.pk], at=at) if one.ref == meeting), None)
    if still is None:
        return None
    reminder = Reminder.objects.create(
        episode=row,
        meeting=meeting,
        starts_at=still.starts_at,
        channel=choice.channel,
        words=choice.words,
        state=State.SENT,
        sent_at=at,
    )
    return reminder, choice.address


def _allowed(row: Episode) -> bool:
    """Whether it is set that the person does not work on paper alone."""
    return BetweenSessions.objects.filter(episode=row, on_paper=False).exists()


def _said(row: ReminderChoice) -> Chosen:
    return Chosen(row.address, Words(row.words), row.alone, row.chosen_on, Channel(row.channel))
