"""Questions about what a referrer without software says, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from desist.programme.referrals import changes
from desist.programme.referrals.changes import Waiting
from desist.programme.referrals.commands import typed_here
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import TRANSITIONS, State
from desist.programme.referrals.telephone_notices.models import TypedWithdrawal
from desist.programme.referrals.telephone_notices.policy import Action
from desist.references import spoken
from desist.referral import answers as asked
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person
from desist.wall.statements import Question, Slot

#: the most that the first page lists
MOST = 50
MAY_BE_TAKEN_BACK = [state for state, following in TRANSITIONS.items() if State.WITHDRAWN in following]


@dataclass(frozen=True)
class TelephoneNoticePage:
    """A referral, to enter what its referrer says; `open` where they have no software."""

    ref: str
    episode: str
    spoken: str
    name: str
    version: int
    answers: Mapping[str, Any]
    #: (key, title, ((field, answer in words), ...)) of every section
    sections: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    open: bool


@dataclass(frozen=True)
class Typed:
    """A referral whose withdrawal was entered; `waiting` while it is not confirmed."""

    ref: str
    spoken: str
    name: str
    version: int
    waiting: Waiting | None
    may_confirm: bool  # the actor did not type it in


def to_change(*, actor: Actor, ref: str, at: datetime) -> TelephoneNoticePage:
    """Return a referral to be put right."""
    return _page(actor, Action.TYPE_CHANGE, ref, at)


def to_take_back(*, actor: Actor, ref: str, at: datetime) -> TelephoneNoticePage:
    """A referral that is taken back."""
    return _page(actor, Action.TYPE_WITHDRAWAL, ref, at)


def to_settle(*, actor: Actor, ref: str, at: datetime) -> Typed:
    """Return a referral whose withdrawal is to be confirmed, or called a mistake."""
    row = gate.open(actor, Action.CONFIRM_WITHDRAWAL, Referral, ref, at=at).get()
    return Typed(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.given_names} {row.family_name}",
        version=row.version,
        waiting=changes.waiting(row),
        may_confirm=not are_one_person(
            actor.who, *row.typed_withdrawals.filter(settled_at=None).values_list("typed_by", flat=True)
        ),
    )


def to_confirm(*, actor: Actor) -> tuple[tuple[str, str, datetime], ...]:
    """Return withdrawals that a colleague typed in, with something left to take back: reference, name and when."""
    found = gate.within(actor, Action.CONFIRM_WITHDRAWAL, TO_CONFIRM)
    return tuple((ref, f"{given} {family}", at) for ref, given, family, at in found)


def _to_confirm(rows: QuerySet[Referral]) -> QuerySet[Any]:
    referrals = rows.filter(state__in=MAY_BE_TAKEN_BACK, episode__ended_at=None)
    typed = TypedWithdrawal.objects.filter(referral__in=referrals, settled_at=None).exclude(
        typed_by=Slot("who")
    )
    names = ("referral__given_names", "referral__family_name")
    return typed.order_by("typed_at", "pk").values_list("referral__ref", *names, "typed_at")[:MOST]


TO_CONFIRM = Question(Referral, _to_confirm)


def _page(actor: Actor, action: Action, ref: str, at: datetime) -> TelephoneNoticePage:
    row = gate.open(actor, action, Referral, ref, at=at).select_related("episode").get()
    episode = getattr(row, "episode", None)
    return TelephoneNoticePage(
        ref=row.ref,
        episode=episode.ref if episode else "",
        spoken=spoken(row.ref),
        name=f"{row.given_names} {row.family_name}",
        version=row.version,
        answers=MappingProxyType(answers := asked.of(row)),
        sections=asked.told(answers),
        open=typed_here(row),
    )
