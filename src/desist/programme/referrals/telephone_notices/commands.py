"""Statements of a referrer without software: typed in here, they then count as if they had come over post."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from desist.programme.referrals import commands as referrals
from desist.programme.referrals import news
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened, State
from desist.programme.referrals.telephone_notices.models import TypedWithdrawal
from desist.programme.referrals.telephone_notices.policy import Action
from desist.programme.referrals.telephone_notices.states import Settled
from desist.referral import answers as asked
from desist.referral.answers import Answers, Section
from desist.referral.lists import AmendReason, WithdrawReason
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

NOTHING_CHANGED = "Nothing here is different from what the referral says"


@dataclass(frozen=True)
class Told:
    """The person who told it by telephone or on paper, and when."""

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
    no_names: Collection[str] = (),
    override: Override | None = None,
    at: datetime,
) -> None:
    """Put a section of a referral right as the referrer says. Raises Refused, Changed and words.Unclear.

    The person's practitioner has to read it, unless they typed it in themselves.
    """
    with gate.change(actor, Action.TYPE_CHANGE, Referral, ref, at=at) as referral:
        _typed_here(referral)
        if not referral.under_way:
            state = State(referral.state).label
            raise Refused(f"This referral is “{state}”, so it cannot be changed")
        gate.next_version(referral, version)
        before = asked.of(referral)
        after = {**before, **{name: answers[name] for name in section.names}}
        if not asked.changed(before, after):
            raise Refused(NOTHING_CHANGED)
        _no_names(before, after, no_names)
        asked_before = referral.unread_since is not None
        referrals.put_right(referral, after, reason=reason, by=actor.who, told_at=at, at=at)
        referral.heard.create(
            what=Happened.AMENDED, told_by=told.by, told_at=told.at, typed_by=actor.who, typed_at=at
        )
        if not asked_before and referral.unread_since and news.may_read(referral, actor):
            referral.unread_since = None
            referral.save(update_fields=["unread_since"])
            referral.happened(Happened.READ, by=actor.who, at=at)
        texts = asked.free({name: after[name] for name in section.names})
        named = audit.row_name(Referral, ref)
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def _no_names(before: Answers, after: Answers, no_names: Collection[str]) -> None:
    """Refuse new words that may be the victim's name, but for those that the page asked about. Raises Changed."""
    known = {*no_names, *asked.may_be_names(before)}
    if not set(asked.may_be_names(after)) <= known:
        raise Changed


def type_withdrawal(
    *,
    actor: Actor,
    ref: str,
    reason: WithdrawReason,
    told: Told,
    version: int | None,
    submission: str,
    at: datetime,
) -> None:
    """Record that the referrer withdraws a referral; it counts once a second person confirms it.

    Raises Refused and Changed. A submission that comes twice is kept once.
    """
    with gate.change(actor, Action.TYPE_WITHDRAWAL, Referral, ref, at=at) as referral:
        if TypedWithdrawal.objects.filter(submission=submission).exists():
            return
        _typed_here(referral)
        _may_be_taken_back(referral)
        if _waiting(referral):
            raise Refused("This has already been entered. It is waiting for a second person to confirm it")
        gate.next_version(referral, version)
        referral.typed_withdrawals.create(
            reason=reason,
            told_by=told.by,
            told_at=told.at,
            submission=submission,
            typed_by=actor.who,
            typed_at=at,
        )
        referral.save(update_fields=["version"])
        referral.happened(Happened.TAKE_BACK_TYPED, by=actor.who, at=at, detail=str(reason.label))


def settle(*, actor: Actor, ref: str, outcome: Settled, version: int | None, at: datetime) -> bool:
    """Confirm a withdrawal, or say that it was typed by mistake; return whether this answer was first.

    A second person has to confirm it. A manager, not the withdrawal, ends a programme that had begun and decides
    whether the work goes on. Raises Refused and Changed.
    """
    with gate.change(actor, Action.CONFIRM_WITHDRAWAL, Referral, ref, at=at) as referral:
        waiting = _waiting(referral)
        if waiting is None:
            return False
        gate.next_version(referral, version)
        if outcome == Settled.CONFIRMED:
            _confirm(referral, waiting, actor, at)
        else:
            referral.save(update_fields=["version"])
            referral.happened(Happened.NOT_TAKEN_BACK, by=actor.who, at=at)
        waiting.outcome, waiting.settled_by, waiting.settled_at = outcome, actor.who, at
        waiting.save(update_fields=["outcome", "settled_by", "settled_at"])
        return True


def _confirm(referral: Referral, waiting: TypedWithdrawal, actor: Actor, at: datetime) -> None:
    if are_one_person(actor.who, waiting.typed_by):
        raise Refused(
            "You, or an account that looks like yours, entered it, so another person has to confirm it"
        )
    _typed_here(referral)
    _may_be_taken_back(referral)
    referrals.take_back(referral, reason=WithdrawReason(waiting.reason), by=actor.who, at=at)
    referral.heard.create(
        what=Happened.WITHDRAWN,
        told_by=waiting.told_by,
        told_at=waiting.told_at,
        typed_by=waiting.typed_by,
        typed_at=waiting.typed_at,
    )


def _waiting(referral: Referral) -> TypedWithdrawal | None:
    return referral.typed_withdrawals.filter(settled_at=None).first()


def _may_be_taken_back(referral: Referral) -> None:
    if referral.may_be_taken_back:
        return
    state = State(referral.state)
    if state == State.ACCEPTED:
        raise Refused("The programme has ended for this person, so there is nothing to withdraw")
    raise Refused(f"This referral is “{state.label}”, so there is nothing to withdraw")


def _typed_here(referral: Referral) -> None:
    if not referrals.typed_here(referral):
        raise Refused(
            "The referrer uses Desist, so their changes arrive automatically. Ask them to make the change there"
        )
