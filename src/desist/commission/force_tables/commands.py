"""What can happen to a published table: it is pasted, and removed where it was wrong."""

from datetime import datetime

from desist.commission.force_tables import reading
from desist.commission.force_tables.models import ForceTable
from desist.commission.force_tables.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor


def enter(*, actor: Actor, counts: str, source: str, table: str, submission: str, at: datetime) -> str:
    """Keep a published table. The same form sent twice keeps it once. Raises Refused where it cannot be read."""
    row = ForceTable(
        area=actor.area,
        counts=counts,
        source=source,
        table=reading.with_commas(table),
        submission=submission,
        entered_by=actor.who,
        entered_at=at,
    )
    try:
        reading.read(row.table)
        with gate.create(actor, Action.ENTER_FORCE_TABLE, row, at=at):
            pass
    except reading.Unreadable as wrong:
        raise Refused(str(wrong), field="table") from None
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def remove(*, actor: Actor, ref: str, at: datetime) -> None:
    """Remove a table that was wrong; it stands on no sheet from now on, and stays readable."""
    with gate.change(actor, Action.REMOVE_FORCE_TABLE, ForceTable, ref, at=at) as row:
        if row.removed_at is not None:
            raise Refused("A colleague removed this table first")
        row.removed_by, row.removed_at = actor.who, at
        row.save(update_fields=["removed_by", "removed_at"])
