"""Writing, sending, amending and taking back a referral."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from desist.accounts import queries as accounts
from desist.accounts.queries import AtWork
from desist.partnership.attachments import commands as attachments
from desist.partnership.pairs import commands as pairs
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action
from desist.partnership.referrals.states import TRANSITIONS, GivenOver, Happened, State
from desist.post import outbox, payloads
from desist.references import spoken
from desist.referral import answers as asked
from desist.referral.answers import Answers, Section
from desist.referral.lists import AmendReason, DiscardReason, WithdrawReason
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate, policy
from desist.wall.actors import Actor

SENT = (
    "This referral has since been sent, so no part of it can be saved as a draft: amend the referral instead"
)
DISCARDED = "This draft was discarded, so nothing more can be saved in it. Start a new one if you need it"


def start(*, actor: Actor, programme: str, answers: Answers, submission: str, at: datetime) -> str:
    """Begin a draft for a programme and return its reference. A form that was sent twice returns the first draft's."""
    draft = Referral(
        area=actor.area,
        programme=programme,
        started_by=actor.who,
        started_at=at,
        submission=submission,
    )
    for name, answer in answers.items():
        setattr(draft, name, answer)
    try:
        with gate.create(actor, Action.START_REFERRAL, draft, at=at) as row:
            row.happened(Happened.STARTED, by=actor.who, at=at)
    except gate.Twice as twice:
        return twice.ref
    return draft.ref


def give(*, actor: Actor, refs: Collection[str], to: str, why: GivenOver, at: datetime) -> tuple[str, ...]:
    """Give referrals to a colleague, each by itself; return which stay, in sentences with their reference.

    A colleague who may not see a referral cannot take it, and no sentence says more than that.
    """
    stay = []
    able = [one for one in accounts.everybody_at_work() if one.account == to and one.area == actor.area]
    for ref in refs:
        with gate.change(actor, Action.GIVE_REFERRALS, Referral, ref, at=at, reason=why.value) as row:
            if row.held_by == to:
                continue
            if not any(_takes(one, row) for one in able):
                stay.append(f"{spoken(ref)} stays: this colleague cannot take it")
                continue
            gate.next_version(row)
            row.held_by = to
            row.save(update_fields=["held_by", "version"])
            row.happened(Happened.GIVEN, by=actor.who, at=at, detail=str(why.label))
    return tuple(stay)


def _takes(one: AtWork, row: Referral) -> bool:
    """Whether an account may see the referral and hears its news."""
    rule = policy.rule(Action.READ_NEWS)
    them = Actor(who=one.account, role=one.role, area=one.area, correlation=uuid.uuid4())
    return one.role in rule.roles and Referral.objects.filter(rule.scope(them), pk=row.pk).exists()


def begun(*, actor: Actor, submission: str) -> str | None:
    """The draft that this form began already, if it was sent before."""
    own = Referral.objects.filter(submission=submission, started_by=actor.who, area=actor.area)
    return own.values_list("ref", flat=True).first()


def write(
    *,
    actor: Actor,
    ref: str,
    section: Section,
    answers: Answers,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Store the answers of one section of a draft."""
    with gate.change(actor, Action.WRITE_REFERRAL, Referral, ref, at=at) as referral:
        if referral.state != State.DRAFT:
            raise Refused(DISCARDED if referral.state == State.DISCARDED else SENT)
        _store(referral, section, answers, version)
        answer_for(referral, asked.free({name: answers[name] for name in section.names}), override, actor, at)


def discard(*, actor: Actor, ref: str, reason: DiscardReason, version: int | None, at: datetime) -> None:
    """Discard a draft for good. Raises Refused. A draft that was discarded already stays as it is.

    Every word of the person goes at once, with the files, from the row and from its history: the draft is in no search any
    more. Its beginning and its end stay (by whom, when, for which programme, why); so does its event in the audit.
    """
    with gate.change(actor, Action.DISCARD_REFERRAL, Referral, ref, at=at, reason=reason.value) as referral:
        if referral.state == State.DISCARDED:
            return
        if referral.state != State.DRAFT:
            raise Refused("This referral was sent, so it is no longer a draft. Withdraw it instead")
        gate.next_version(referral, version)
        attachments.drop(referral)
        for name, nothing in asked.empty().items():
            setattr(referral, name, nothing)
        referral.state, referral.discard_reason = State.DISCARDED, reason
        referral.save()
        referral.happened(Happened.DISCARDED, by=actor.who, at=at, detail=str(reason.label))


def send(
    *,
    actor: Actor,
    ref: str,
    version: int | None,
    no_names: Collection[str] = (),
    override: Override | None = None,
    at: datetime,
) -> tuple[str, ...]:
    """Send a finished draft to its programme. The 14-day clock there begins at this moment.

    Returns a sentence about each file that could not go with it; a referral that was sent already stays as it is.
    `no_names` are the words that the officer says are not the name of the victim or of a person near them. Raises Refused,
    Changed also where words that may be names were written since, and words.Unclear for words still unanswered for.
    """
    with gate.change(actor, Action.SEND_REFERRAL, Referral, ref, at=at) as referral:
        if referral.state != State.DRAFT:
            return ()
        gate.next_version(referral, version)
        said = asked.of(referral)
        if missing := asked.missing(said):
            raise Refused(f"These sections are not finished: {', '.join(missing)}")
        _no_names(said, no_names)
        answer_for(referral, asked.free(said), override, actor, at)
        pairs.hold_names(referral, override=override, actor=actor, at=at)
        referral.thread = outbox.new_thread()
        referral.state = State.SENT
        referral.sent_at = at
        referral.save()
        payload = payloads.Referral(**asked.crossing(said), area=referral.area, completed_at=at)
        outbox.send(
            payload, to=referral.programme, thread=referral.thread, at=at, case=ref, about=referral.called
        )
        stay = attachments.cross(referral, at=at)
        referral.happened(Happened.SENT, by=actor.who, at=at)
        return stay


def amend(
    *,
    actor: Actor,
    ref: str,
    section: Section,
    answers: Answers,
    reason: AmendReason,
    version: int | None,
    no_names: Collection[str] = (),
    override: Override | None = None,
    at: datetime,
) -> bool:
    """Put a section of a sent referral right. The programme gets every answer anew and sees what changed.

    Returns whether it is sent: if the officer only answered for words that may name the victim, nothing goes out.
    """
    with gate.change(actor, Action.AMEND_REFERRAL, Referral, ref, at=at) as referral:
        if not _under_way(referral):
            label = State(referral.state).label
            raise Refused(f"This referral is not under way ({label}), so it can no longer be amended")
        before = asked.of(referral)
        _store(referral, section, answers, version)
        answered = pairs.hold_names(referral, override=override, actor=actor, at=at)
        if not asked.changed(before, asked.of(referral)):
            if answered:
                return False
            raise Refused("Nothing here is different from what was sent")
        _no_names(asked.of(referral), {*no_names, *asked.may_be_names(before)})
        answer_for(referral, asked.free(asked.of(referral)), override, actor, at)
        _send_again(referral, reason, at)
        referral.happened(Happened.AMENDED, by=actor.who, at=at, detail=f"{section.title}. {reason.label}")
        return True


def withdraw(*, actor: Actor, ref: str, reason: WithdrawReason, at: datetime) -> None:
    """Take a referral back, and tell the programme."""
    with gate.change(actor, Action.WITHDRAW_REFERRAL, Referral, ref, at=at) as referral:
        if not _under_way(referral):
            raise Refused("This referral is not under way, so there is nothing to withdraw")
        gate.next_version(referral)
        referral.state, referral.withdraw_reason = State.WITHDRAWN, reason
        referral.save(update_fields=["state", "withdraw_reason", "version"])
        notice = payloads.ReferralWithdrawn(reason=reason.value)
        outbox.send(
            notice,
            to=referral.programme,
            thread=referral.thread or "",
            at=at,
            case=ref,
            about=referral.called,
        )
        referral.happened(Happened.WITHDRAWN, by=actor.who, at=at, detail=str(reason.label))


def read_news(*, actor: Actor, ref: str, seen: Iterable[int], at: datetime) -> None:
    """Mark the news of a referral that the officer saw as read. News that was read before stays as it is."""
    with gate.change(actor, Action.READ_NEWS, Referral, ref, at=at) as referral:
        referral.news.filter(pk__in=seen, read_at=None).update(read_by=actor.who, read_at=at)


def _under_way(referral: Referral) -> bool:
    return bool(referral.thread) and State.WITHDRAWN in TRANSITIONS[State(referral.state)]


def _store(referral: Referral, section: Section, answers: Answers, version: int | None) -> None:
    gate.next_version(referral, version)
    given: dict[str, Any] = {name: answers[name] for name in section.names}
    for name, answer in given.items():
        setattr(referral, name, answer)
    referral.save(update_fields=[*given, "version"])


def _send_again(referral: Referral, reason: AmendReason, at: datetime) -> None:
    referral.amendments += 1
    referral.save(update_fields=["amendments"])
    payload = payloads.ReferralAmended(
        **asked.crossing(asked.of(referral)),
        reason=reason.value,
        number=referral.amendments,
        amended_at=at,
    )
    outbox.send(
        payload,
        to=referral.programme,
        thread=referral.thread or "",
        at=at,
        case=referral.ref,
        about=referral.called,
    )


def _no_names(said: Answers, no_names: Collection[str]) -> None:
    """Refuse words that may name the victim, except those that the officer says are no such name. Raises Changed."""
    if set(asked.may_be_names(said)) - set(no_names):
        raise Changed


def answer_for(
    referral: Referral, texts: Mapping[str, str], override: Override | None, actor: Actor, at: datetime
) -> None:
    """Check words of a referral: they hold no lead, or a colleague answers for them. Raises words.Unclear."""
    named = audit.row_name(Referral, referral.ref)
    answered = clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
    if answered:
        referral.happened(Happened.ALARM_ANSWERED, by=actor.who, at=at, detail=answered.told)
