"""A programme's question for a judgement of risk, and the force's answer."""

from collections.abc import Collection
from datetime import datetime

from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.judgements.policy import Action
from desist.partnership.pairs import commands as pairs
from desist.partnership.referrals.models import Referral
from desist.post import outbox, payloads
from desist.post.handlers import Received
from desist.referral import answers as asked
from desist.referral.answers import Answers
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

ANSWERED = "Not sent: a colleague has since answered. Their answer is below the list of questions"


def receive(received: Received) -> None:
    """Put a programme's question on the list of its area."""
    told: payloads.JudgementRequest = received.payload
    row = JudgementRequest(
        area=told.area,
        programme=received.sender,
        thread=received.thread,
        given_names=told.given_names,
        family_name=told.family_name,
        born=told.born,
        asked_at=told.asked_at,
    )
    with gate.create(received.actor, Action.RECEIVE_QUESTION, row, at=received.at):
        pass


def answer(
    *,
    actor: Actor,
    ref: str,
    answers: Answers,
    no_names: Collection[str] = (),
    override: Override | None = None,
    at: datetime,
) -> None:
    """Send the force's judgement; `answers` are those of the part of a referral about risk, `NONE_HELD` for none.

    A form that is sent twice answers once. Raises Refused, words.Unclear, and Changed where words that may be names were
    not asked about.
    """
    with gate.change(actor, Action.ANSWER_JUDGEMENT, JudgementRequest, ref, at=at) as row:
        sent = asked.crossing(answers, asked.RISK)
        kept = {**sent, "risk_to": list(sent["risk_to"])} if answers["risk_tool"] else {}
        if row.answered_at is not None:
            if row.answers == kept:
                return
            raise Refused(ANSWERED)
        if set(asked.may_be_names({**known(row), **answers})) - set(no_names):
            raise Changed
        named = audit.row_name(JudgementRequest, ref)
        texts = asked.free(answers)
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
        for one in Referral.objects.filter(
            area=row.area, born=row.born, family_name__iexact=row.family_name
        ).order_by("pk"):  # the force may know victims of the person
            pairs.hold_names(one, texts=texts, override=override, actor=actor, at=at)
        row.answers, row.answered_by, row.answered_at = kept, actor.who, at
        row.save(update_fields=["answers", "answered_by", "answered_at"])
        told = payloads.PoliceJudgement(**sent, answered_at=at)
        outbox.send(told, to=row.programme, thread=row.thread, at=at, case=ref, about=row.called)


def known(row: JudgementRequest) -> Answers:
    """What the question says of the person, as answers of a referral."""
    return {**asked.empty(), "given_names": row.given_names, "family_name": row.family_name}


#: the answers of a force that holds no judgement
NONE_HELD: Answers = {name: asked.empty()[name] for name in asked.RISK}
