"""Questions about how a person works between the sessions."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.episodes.models import Episode
from desist.programme.plans.between import commands
from desist.programme.plans.between.commands import Setting
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.policy import Action
from desist.programme.plans.between.states import Because
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ToChoose:
    """A person's setting, to change; version 0 before it was ever set. `ordered`: an order came since."""

    episode: str
    spoken: str
    name: str
    setting: Setting
    version: int
    ordered: bool


@dataclass(frozen=True)
class Works:
    """How a person works between the sessions, in words, and whether an order came after they were allowed a phone."""

    words: str
    ordered: bool


def to_choose(*, actor: Actor, episode: str, at: datetime) -> ToChoose:
    """Return a person's setting for the colleague who changes it."""
    rows = gate.open(actor, Action.SET_BETWEEN, Episode, episode, at=at)
    row = rows.select_related("referral").get()
    kept = BetweenSessions.objects.filter(episode=row).first()
    return ToChoose(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        setting=commands.setting_of(kept),
        version=kept.version if kept else 0,
        ordered=commands.order_since(episode=row, at=at),
    )


def of_episode(*, episode: Episode) -> Setting:
    """Return how a person works between the sessions."""
    return commands.setting_of(BetweenSessions.objects.filter(episode=episode).first())


def in_words(*, episode: Episode, at: datetime) -> Works:
    """Return how a person works between the sessions, as the plan says it."""
    row = BetweenSessions.objects.filter(episode=episode).first()
    if row is None:
        return Works("it is not set yet whether they may use a phone.", ordered=False)
    if row.because:
        reason = str(Because(row.because).label)
        return Works(f"on paper alone: {reason[:1].lower()}{reason[1:]}.", ordered=False)
    ordered = commands.order_since(episode=episode, at=at)
    return Works("on paper, or on their own phone.", ordered=ordered)
