"""What is due of referrals that are typed in here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desist.programme.changing_policy import Action
from desist.programme.heard import queries as heard
from desist.programme.intake import queries as intake
from desist.references import spoken
from desist.wall import policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Waiting:
    """One thing to do or to know; `route` and `ref` lead to it."""

    sentence: str
    route: str
    ref: str
    since: datetime
    urgency: str


def due(*, actor: Actor, at: datetime, most: int) -> Iterator[Waiting]:
    """Withdrawals that a colleague typed in and whoever looks may confirm; own drafts that somebody else discarded."""
    confirm, discarded = policy.rule(Action.CONFIRM_WITHDRAWAL), policy.rule(Action.SEE_DISCARDED)
    if actor.role in confirm.roles:
        for ref, since in heard.to_confirm(theirs=confirm.scope(actor), who=actor.who, most=most):
            yield Waiting(
                f"Confirm that {spoken(ref)} was taken back, or not", "heard:settle", ref, since, "soon"
            )
    if actor.role in discarded.roles:
        theirs = discarded.scope(actor)
        for ref, who, since in intake.discarded_by_others(theirs=theirs, who=actor.who, at=at, most=most):
            yield Waiting(
                f"Your draft {spoken(ref)} was discarded by {who}", "intake:draft", ref, since, "calm"
            )
