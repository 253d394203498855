"""The changes of declarations of interests."""

from datetime import datetime

from desist.declarations.models import InterestDeclaration
from desist.declarations.policy import Action
from desist.restrictions import commands as restrictions
from desist.wall import gate
from desist.wall.actors import Actor

REASON = "declared an interest"


def declare(*, actor: Actor, case: str, submission: str, at: datetime) -> None:
    """Declare an interest in a case, or none (`case` is empty); from then on the case is kept from the account.

    The answer never says whether there is a case of this reference.
    """
    row = InterestDeclaration(account=actor.who, area=actor.area, named=case, declared_at=at)
    row.submission = submission
    try:
        with gate.create(actor, Action.DECLARE, row, at=at):
            if case:
                row.case = restrictions.keep_oneself_from(actor=actor, named=case, reason=REASON, at=at)
                row.save(update_fields=["case"])
    except gate.Twice:
        return


def check(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that the actor checked who works with the case of a colleague's declaration; twice changes nothing."""
    with gate.change(actor, Action.CHECK_CASE, InterestDeclaration, ref, at=at) as row:
        if row.case and row.checked_at is None:
            row.checked_by, row.checked_at = actor.who, at
            row.save(update_fields=["checked_by", "checked_at"])
