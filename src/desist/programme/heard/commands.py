"""What a referrer without software says of a referral: typed in here, and from then on as if it had come over post."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.changing_policy import Action
from desist.programme.referrals import commands as referrals
from desist.programme.referrals import news
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import TRANSITIONS, Happened, State
from desist.referral import answers as asked
from desist.referral.answers import Answers, Section
from desist.referral.forms import Override
from desist.referral.lists import AmendReason, WithdrawReason
from desist.wall import audit, gate
from desist.wall.actors import Actor


class Impossible(Exception):
    """It cannot be typed in; the text is a plain sentence that says why."""


class Stale(Exception):
    """Somebody changed the referral since the page was drawn."""


class NothingChanged(Exception):
    """A change that says what was said already."""


@dataclass(frozen=True)
class Told:
    """Who told it by telephone or on paper, and when."""

    by: str
    at: datetime


def change(
    *,
    actor: Actor,
    ref: str,
    section: Section,
    answers: Answers,
    reason: AmendReason,
    told: Told,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Put a section of a referral right as the referrer says. Raises Impossible, Stale and NothingChanged.

    Whoever works with the person has to read it; where they typed it in themselves, they have.
    """
    with gate.change(actor, Action.TYPE_CHANGE, Referral, ref, at=at) as referral:
        _typed_here(referral)
        if not referral.under_way:
            state = State(referral.state).label
            raise Impossible(f"This referral is “{state}”, so it cannot be changed")
        if referral.version != version:
            raise Stale(ref)
        before = asked.of(referral)
        after = {**before, **{name: answers[name] for name in section.names}}
        if not asked.changed(before, after):
            raise NothingChanged(ref)
        asked_before = referral.unread_since is not None
        referrals.put_right(referral, after, reason=reason, by=actor.who, told_at=at, at=at)
        _keep(referral, Happened.AMENDED, told, actor, at)
        if not asked_before and referral.unread_since and news.may_read(referral, actor):
            referral.unread_since = None
            referral.save(update_fields=["unread_since"])
            referral.happened(Happened.READ, by=actor.who, at=at)
        referrals.answer_for(override, named=audit.row_name(Referral, ref), actor=actor, at=at)


def take_back(
    *,
    actor: Actor,
    ref: str,
    reason: WithdrawReason,
    told: Told,
    version: int | None,
    at: datetime,
) -> None:
    """Keep that the referrer takes a referral back. Raises Impossible and Stale.

    A programme that had begun is ended by a person: whoever works with them decides whether the work goes on.
    """
    with gate.change(actor, Action.TYPE_WITHDRAWAL, Referral, ref, at=at) as referral:
        _typed_here(referral)
        state = State(referral.state)
        if State.WITHDRAWN not in TRANSITIONS[state]:
            raise Impossible(f"This referral is “{state.label}”, so there is nothing to withdraw")
        if referral.version != version:
            raise Stale(ref)
        referrals.take_back(referral, reason=reason, by=actor.who, at=at)
        _keep(referral, Happened.WITHDRAWN, told, actor, at)


def _typed_here(referral: Referral) -> None:
    if not referrals.typed_here(referral):
        raise Impossible(
            "The referrer uses Desist, so their changes arrive automatically. Ask them to make the change there"
        )


def _keep(referral: Referral, what: Happened, told: Told, actor: Actor, at: datetime) -> None:
    referral.heard.create(what=what, told_by=told.by, told_at=told.at, typed_by=actor.who, typed_at=at)
