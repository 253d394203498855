"""What can happen to how a person works between the sessions."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.episodes.models import Episode
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.policy import Action
from desist.programme.plans.between.states import Edition
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


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

    On paper alone ends their phones and their reminders. A setting that says what stands already changes nothing.
    """
    with gate.change(actor, Action.SET_BETWEEN, Episode, episode, at=at) as row:
        kept = BetweenSessions.objects.filter(episode=row).first() or BetweenSessions(episode=row, version=0)
        if kept.version and setting_of(kept) == setting:
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
