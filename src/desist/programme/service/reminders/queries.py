"""Questions about reminders, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from desist.accounts import queries as accounts
from desist.accounts.mailing.queries import Texts
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.plans.between import commands as between
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.states import Because
from desist.programme.service.reminders.commands import was_struck
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.service.reminders.policy import Action
from desist.programme.service.reminders.states import UNSENT, Channel, State, Words
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

#: why one was not sent, in words
WHY = {
    (State.FAILED, Channel.EMAIL): "The mail server did not take it.",
    (State.FAILED, Channel.TEXT): "The number was refused.",
    (State.DROPPED, Channel.TEXT): "It was not taken in time, or the meeting or their choice was changed.",
}
#: the reminders that the page lists
PAGE = 50


@dataclass(frozen=True)
class Sent:
    """One reminder: of the meeting at which time, in which words, and what became of it."""

    starts_at: datetime
    channel: str
    words: str
    state: str
    failed: bool
    why: str
    sent_at: datetime


@dataclass(frozen=True)
class Page:
    """A person's choice and what was sent, the newest first. `stopped` says why nothing can be sent, usually ""."""

    episode: str
    spoken: str
    name: str
    on: bool
    channel: str
    address: str
    words: str  # in words
    code: str
    by: str  # the channel, coded
    chosen_on: date | None
    noted_by: str
    noted_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    version: int
    stopped: str
    unsafe: str  # why nothing is sent to the address that was chosen, usually ""
    sent: tuple[Sent, ...]
    may_set: bool


def reminders(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's choice, and what was sent to them."""
    return _page(actor, Action.SEE_REMINDERS, episode, at)


def to_choose(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return the same, to record a choice."""
    return _page(actor, Action.SET_REMINDERS, episode, at)


def waiting() -> Texts:
    """The text messages that wait, for the administrators of the site: a number without a person."""
    rows = Reminder.objects.filter(state=State.WAITING).order_by("-next_try_at")
    found = list(rows.values_list("sent_at", "failure"))
    failure = next((failure for _, failure in found if failure), "")
    return Texts(len(found), min((sent_at for sent_at, _ in found), default=None), failure)


def _page(actor: Actor, action: BaseAction, ref: str, at: datetime) -> Page:
    row = gate.open(actor, action, Episode, ref, at=at).select_related("referral").get()
    choice = ReminderChoice.objects.filter(episode=row).first()
    names = accounts.names(refs={choice.noted_by, choice.ended_by} - {""} if choice else set())
    rows = Reminder.objects.filter(episode=row).order_by("-sent_at", "-pk")[:PAGE]
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        on=choice is not None and choice.ended_at is None,
        channel=str(Channel(choice.channel).label) if choice else "",
        address=choice.address if choice else "",
        words=str(Words(choice.words).label) if choice else "",
        code=choice.words if choice else "",
        by=choice.channel if choice else "",
        chosen_on=choice.chosen_on if choice else None,
        noted_by=names.get(choice.noted_by, "") if choice else "",
        noted_at=choice.noted_at if choice else None,
        ended_by=names.get(choice.ended_by, "") if choice else "",
        ended_at=choice.ended_at if choice else None,
        version=choice.version if choice else 0,
        stopped=_stopped(row, at),
        unsafe=_unsafe(row, choice),
        sent=tuple(map(_sent, rows)),
        may_set=policy.opens(actor.role, "reminders:choose"),
    )


def _stopped(row: Episode, at: datetime) -> str:
    setting = BetweenSessions.objects.filter(episode=row).first()
    if row.state not in OPEN:
        return "This person has left the programme."
    if setting is None:
        return "Nobody has set yet whether this person may use a phone or a computer."
    if setting.on_paper:
        reason = str(Because(setting.because).label)
        return f"They work on paper alone: {reason[:1].lower()}{reason[1:]}."
    if between.order_since(episode=row, at=at):
        return "An order came after it was set that they may use a phone or a computer. Read it, then set that anew."
    return ""


def _unsafe(row: Episode, choice: ReminderChoice | None) -> str:
    if choice is None or choice.ended_at:
        return ""
    if choice.channel == Channel.TEXT and settings.DESIST_TEXTS is None:
        return (
            "This service sends no text messages. Ask for an e-mail address of their own, or end reminders."
        )
    if was_struck(row, choice):
        return "It was taken out of their contact details since they chose it: another person may have it now. Ask again, or end reminders."
    return ""


def _sent(row: Reminder) -> Sent:
    return Sent(
        starts_at=row.starts_at,
        channel=str(Channel(row.channel).label),
        words=str(Words(row.words).label),
        state=str(State(row.state).label),
        failed=row.state in UNSENT,
        why=WHY[State(row.state), Channel(row.channel)] if row.state in UNSENT else "",
        sent_at=row.sent_at,
    )
