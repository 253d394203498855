"""Questions about what a referrer without software says, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desist.programme.changing_policy import Action
from desist.programme.referrals.commands import typed_here
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.referral import answers as asked
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """A referral for whoever types in what its referrer says; `open`: no software of theirs stands behind it."""

    ref: str
    episode: str
    spoken: str
    name: str
    version: int
    answers: Mapping[str, Any]
    open: bool


def to_change(*, actor: Actor, ref: str, at: datetime) -> Page:
    """A referral of which something is put right."""
    return _page(actor, Action.TYPE_CHANGE, ref, at)


def to_take_back(*, actor: Actor, ref: str, at: datetime) -> Page:
    """A referral that is taken back."""
    return _page(actor, Action.TYPE_WITHDRAWAL, ref, at)


def _page(actor: Actor, action: Action, ref: str, at: datetime) -> Page:
    row = gate.open(actor, action, Referral, ref, at=at).select_related("episode").get()
    episode = getattr(row, "episode", None)
    return Page(
        ref=row.ref,
        episode=episode.ref if episode else "",
        spoken=spoken(row.ref),
        name=f"{row.given_names} {row.family_name}",
        version=row.version,
        answers=MappingProxyType(asked.of(row)),
        open=typed_here(row),
    )
