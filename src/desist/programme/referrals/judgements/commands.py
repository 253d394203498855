"""The police's judgement of a person whom another organisation referred: asked for, and added to the referral."""

from collections.abc import Collection
from datetime import datetime

from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.judgements.models import PoliceJudgement
from desist.programme.referrals.judgements.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.referral import answers as asked
from desist.referral.answers import Answers
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

OVER = "Not sent: this referral is not under way, so there is nothing to judge"
NOT_TYPED = (
    "Not saved: the police have already answered, or they use Desist and their answer arrives by itself"
)


def ask(*, actor: Actor, ref: str, force: str, at: datetime) -> None:
    """Ask a force for its judgement; while a question is open there is no second one. Raises Refused."""
    with gate.change(actor, Action.ASK_JUDGEMENT, Referral, ref, at=at) as referral:
        if referral.police_judgements.filter(answered_at=None).exists():
            return
        if not referral.under_way:
            raise Refused(OVER)
        row = PoliceJudgement(referral=referral, partner=force, thread=outbox.new_thread())
        row.asked_by, row.asked_at = actor.who, at
        row.save()
        request = payloads.JudgementRequest(
            area=referral.area,
            given_names=referral.given_names,
            family_name=referral.family_name,
            born=referral.born,
            asked_at=at,
        )
        outbox.send(request, to=force, thread=row.thread, at=at, case=ref, about=referral.called)
        referral.happened(Happened.JUDGEMENT_ASKED, by=actor.who, at=at)


def type_in(
    *,
    actor: Actor,
    ref: str,
    answers: Answers,
    told_by: str,
    told_at: datetime,
    no_names: Collection[str] = (),
    override: Override | None = None,
    at: datetime,
) -> None:
    """Keep what a force without Desist told by telephone or on paper. Raises Refused, Changed and words.Unclear."""
    with gate.change(actor, Action.TYPE_JUDGEMENT, Referral, ref, at=at) as referral:
        if not referrals.police_tell_by_hand(referral):
            kept = {**asked.crossing(answers, asked.RISK), "risk_to": list(answers["risk_to"])}
            if referral.police_judgements.filter(answers=kept, told_by=told_by).exists():
                return  # the same form, sent twice
            raise Refused(NOT_TYPED)
        row = referral.police_judgements.get(answered_at=None)
        said = asked.of(referral)
        if set(asked.may_be_names({**said, **answers})) - {*no_names, *asked.may_be_names(said)}:
            raise Changed
        named = audit.row_name(Referral, ref)
        clearances.hold(named=named, texts=asked.free(answers), override=override, actor=actor, at=at)
        row.told_by, row.typed_by = told_by, actor.who
        _keep(row, referral, answers, told_at, at)


def receive(received: Received) -> None:
    """Add the judgement of a force to the referral about which it was asked."""
    told: payloads.PoliceJudgement = received.payload
    found = PoliceJudgement.objects.filter(thread=received.thread, partner=received.sender)
    ref = found.values_list("referral__ref", flat=True).first()
    if ref is None:
        raise referrals.UnknownThread(received.sender)
    try:
        answers = asked.crossed(told, asked.RISK)
    except asked.UnknownCode as name:
        raise CannotHandle(f"The field {name} of this judgement holds what is in no list here.") from None
    with gate.change(received.actor, Action.RECEIVE_JUDGEMENT, Referral, ref, at=received.at) as referral:
        if row := found.filter(answered_at=None).first():
            _keep(row, referral, answers, told.answered_at, received.at)


def _keep(
    row: PoliceJudgement, referral: Referral, answers: Answers, answered_at: datetime, at: datetime
) -> None:
    row.answers = asked.crossing(answers, asked.RISK) if answers["risk_tool"] else {}
    row.answered_at = answered_at
    row.save(update_fields=["answers", "answered_at", "told_by", "typed_by"])
    referrals.to_read(referral, at=at)
    gate.next_version(referral)
    referral.save(update_fields=["unread_since", "version"])
    referral.happened(Happened.JUDGED, by=row.typed_by, at=at, detail=partners.title(name=row.partner))
