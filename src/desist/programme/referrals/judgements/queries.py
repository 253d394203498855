"""Questions about asking the police for their judgement, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.post.models import Partner
from desist.programme.referrals import judged
from desist.programme.referrals.commands import police_tell_by_hand
from desist.programme.referrals.judgements.policy import Action
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.referral import answers as asked
from desist.referral.answers import Answers
from desist.referral.lists import Referrer
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class JudgementPage:
    """A referral, the forces that can be asked about it, and its answers; `open` where the form has a use."""

    ref: str
    spoken: str
    name: str
    episode: str
    forces: tuple[tuple[str, str], ...]
    answers: Answers
    by_oneself: bool  # the person referred themselves
    open: bool


def to_ask(*, actor: Actor, ref: str, at: datetime) -> JudgementPage:
    """A referral, to ask a force about the person."""
    row = gate.open(actor, Action.ASK_JUDGEMENT, Referral, ref, at=at).select_related("episode").get()
    waits = row.police_judgements.filter(answered_at=None).exists()
    return _page(row, actor, is_open=judged.may_ask(row, waits=waits))


def to_type(*, actor: Actor, ref: str, at: datetime) -> JudgementPage:
    """A referral, to enter what a force without Desist told."""
    row = gate.open(actor, Action.TYPE_JUDGEMENT, Referral, ref, at=at).select_related("episode").get()
    return _page(row, actor, is_open=police_tell_by_hand(row))


def _page(row: Referral, actor: Actor, *, is_open: bool) -> JudgementPage:
    found = Partner.objects.filter(zone="partnership", ended_at=None, area__in=["", actor.area])
    episode = getattr(row, "episode", None)
    return JudgementPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=row.name,
        episode=episode.ref if episode else "",
        forces=tuple(found.order_by("title").values_list("name", "title")),
        answers=asked.of(row),
        by_oneself=row.referrer_kind == Referrer.SELF,
        open=is_open,
    )
