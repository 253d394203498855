"""What can happen to how a person works between the sessions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from desist.programme.episodes.models import Episode
from desist.programme.orders.queries import live
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.policy import Action
from desist.programme.plans.between.states import Edition
from desist.programme.referrals.models import Happening
from desist.programme.referrals.states import Happened
from desist.ui.dates import day_of
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

#: an order came, or what was entered of one was changed
ORDERED = (Happened.ORDER_TOLD, Happened.ORDER_TYPED, Happened.ORDER_CHANGED)


@dataclass(frozen=True)
class Setting:
    """On paper alone and why ("": not on paper alone), the print, and the words agreed for the place."""

    because: str = ""
    edition: str = Edition.STANDARD.value
    place: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether the person works on paper alone."""
        return bool(self.because)


def choose(
    *,
    actor: Actor,
    episode: str,
    setting: Setting,
    version: int | None,
    at: datetime,
) -> None:
    """Set how a person works between the sessions; `version` is 0 before it was ever set. Raises Changed and words.Unclear.

    On paper alone ends their phones and their reminders. A setting that says what stands already changes nothing,
    unless an order came since: then a colleague has looked at it.
    """
    with gate.change(actor, Action.SET_BETWEEN, Episode, episode, at=at) as row:
        kept = BetweenSessions.objects.filter(episode=row).first() or BetweenSessions(episode=row, version=0)
        same = kept.version and setting_of(kept) == setting
        if same and not order_since(episode=row, at=at):
            return
        gate.next_version(kept, version)
        texts = {"place": setting.place}
        clearances.hold(named=named(row), texts=texts, override=None, actor=actor, at=at)
        kept.on_paper, kept.because = setting.on_paper, setting.because
        kept.edition, kept.place = setting.edition, setting.place
        kept.set_by, kept.set_at = actor.who, at
        kept.save()
        if setting.on_paper:
            row.phones.filter(ended_at=None).update(ended_at=at, ended_by=actor.who)
            _end_reminders(row, actor, at)


def ordered_since(today: date | Cast) -> Q:
    """The condition that an order came or changed after the setting: whether it bans the device is not known yet."""
    orders = live(today).filter(referral=OuterRef("episode__referral"))
    came = Happening.objects.filter(
        referral=OuterRef("episode__referral"), what__in=ORDERED, at__gt=OuterRef("set_at")
    )
    return Q(Exists(came)) & Q(Exists(orders))


def order_since(*, episode: Episode, at: datetime) -> bool:
    """Return whether an order came after the setting of a person: a colleague reads it and sets it anew."""
    return BetweenSessions.objects.filter(ordered_since(day_of(at)), episode=episode).exists()


def allows_devices(*, episode: Episode, at: datetime) -> bool:
    """Return whether it is set that a person does not work on paper alone, and no order came since."""
    return BetweenSessions.objects.filter(
        ~ordered_since(day_of(at)), episode=episode, on_paper=False
    ).exists()


def _end_reminders(row: Episode, actor: Actor, at: datetime) -> None:
    choice = getattr(row, "reminder_choice", None)
    if choice and choice.ended_at is None:
        choice.address, choice.ended_by, choice.ended_at = "", actor.who, at
        gate.next_version(choice)
        choice.save()


def named(row: Episode) -> str:
    """The name under which answers about the words for the place are kept."""
    return audit.row_name(Episode, row.ref)


def setting_of(row: BetweenSessions | None) -> Setting:
    """Return what a row says, or what holds without one."""
    return Setting(row.because, row.edition, row.place) if row else Setting()
