"""What can happen to a grant: it is entered, and removed where it was wrong."""

from datetime import date, datetime

from desist.commission.grants.models import Grant
from desist.commission.grants.policy import Action
from desist.refusals import Refused
from desist.wall import gate, turns
from desist.wall.actors import Actor

#: what makes two grants the same one
SAME = ("area", "service", "giver", "pounds", "first_day", "last_day")
ENTERED = (
    "This grant is in the table already: the same giver, service, days and pounds. Remove that one first"
)


def enter(
    *,
    actor: Actor,
    service: str,
    giver: str,
    pounds: int,
    first_day: date,
    last_day: date,
    submission: str,
    at: datetime,
) -> str:
    """Enter a grant of the actor's area. The same form sent twice enters it once. Raises Refused."""
    row = Grant(
        area=actor.area,
        service=service,
        giver=giver,
        pounds=pounds,
        first_day=first_day,
        last_day=last_day,
        submission=submission,
        entered_by=actor.who,
        entered_at=at,
    )
    try:
        with turns.turn(f"grants of {actor.area}"), gate.create(actor, Action.ENTER_GRANT, row, at=at):
            same = {name: getattr(row, name) for name in SAME}
            if Grant.objects.filter(removed_at=None, **same).exclude(pk=row.pk).exists():
                raise Refused(ENTERED)
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def remove(*, actor: Actor, ref: str, at: datetime) -> None:
    """Remove a grant that was wrong; it counts in no cost from now on, and stays readable."""
    with gate.change(actor, Action.REMOVE_GRANT, Grant, ref, at=at) as row:
        if row.removed_at is not None:
            raise Refused("A colleague removed this grant first")
        row.removed_by, row.removed_at = actor.who, at
        row.save(update_fields=["removed_by", "removed_at"])
