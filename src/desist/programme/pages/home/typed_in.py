"""The tasks of referrals that are typed in here."""

from collections.abc import Iterator
from datetime import datetime

from desist.programme.pages.home.dues import MOST, Due
from desist.programme.referrals.intake import queries as intake
from desist.programme.referrals.intake.policy import Action as IntakeAction
from desist.programme.referrals.telephone_notices import queries as heard
from desist.programme.referrals.telephone_notices.policy import Action as HeardAction
from desist.references import spoken
from desist.ui import dates
from desist.wall import policy
from desist.wall.actors import Actor


def due(*, actor: Actor, at: datetime) -> Iterator[Due]:
    """Return withdrawals of colleagues that the actor may confirm, and own drafts that a colleague discarded."""
    confirm, discarded = policy.rule(HeardAction.CONFIRM_WITHDRAWAL), policy.rule(IntakeAction.SEE_DISCARDED)
    if actor.role in confirm.roles:
        for ref, since in heard.to_confirm(theirs=confirm.scope(actor), who=actor.who, most=MOST):
            yield Due(
                f"Confirm that {spoken(ref)} was withdrawn, or not",
                "telephone_notices:settle",
                ref,
                dates.age(since, at),
                "soon",
            )
    if actor.role in discarded.roles:
        theirs = discarded.scope(actor)
        for ref, who, since in intake.discarded_by_others(theirs=theirs, who=actor.who, at=at, most=MOST):
            yield Due(
                f"Your draft {spoken(ref)} was discarded by {who}",
                "intake:draft",
                ref,
                dates.age(since, at),
                "calm",
            )
