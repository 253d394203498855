"""The import of referrals from a table: each row without a problem is a change of its own."""

from datetime import datetime, time

from desist.post import outbox
from desist.programme.referrals.imports.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.referral import answers as asked
from desist.referral import brought
from desist.referral.brought import Brought
from desist.referral.table import Problem, Right, Table
from desist.refusals import Refused
from desist.ui.dates import LONDON
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.turns import Taken, turn

WAIT = "Someone else is importing a table. Wait a minute, then try again"


def look_through(*, actor: Actor, table: Table, at: datetime) -> Brought:
    """Return what a table would bring in; nothing is kept."""
    return brought.told(table, _known(actor, table, at))


def bring_in(*, actor: Actor, table: Table, partner: str, at: datetime) -> Brought:
    """Keep every row without a problem; a person who is here already is a problem of their row.

    `partner` is told of them all. Raises Refused while another table is brought in.
    """
    # When a table is sent twice at one moment, the second finds all people of the first.
    try:
        with turn(f"referrals of {actor.area}"):
            known = _known(actor, table, at)
            for right in table.rows:
                if right.row not in known:
                    _keep(right, actor=actor, partner=partner, at=at)
            return brought.told(table, known)
    except Taken:
        raise Refused(WAIT, field="table") from None


def _keep(right: Right, *, actor: Actor, partner: str, at: datetime) -> None:
    made = _row(right, actor=actor, partner=partner, at=at)
    with gate.create(actor, Action.IMPORT_REFERRALS, made, at=at) as row:
        row.happened(Happened.IMPORTED, by=actor.who, at=at)
        clearances.hold(
            named=audit.row_name(Referral, row.ref),
            texts=asked.free(right.answers),
            override=next(iter(right.overrides), None),
            actor=actor,
            at=at,
        )


def _known(actor: Actor, table: Table, at: datetime) -> dict[int, Problem]:
    """Return row -> the problem that the person is here already."""
    rows = gate.see(actor, Action.IMPORT_REFERRALS, Referral, at=at).filter(brought.alike(table))
    here = rows.values_list("given_names", "family_name", "born", "pnc", "ref")
    return brought.known(table, here=here)


def _row(right: Right, *, actor: Actor, partner: str, at: datetime) -> Referral:
    """Return a referral that waits for a decision; its 14 days began when it was complete."""
    day = right.complete_on
    return Referral(
        area=actor.area,
        partner=partner,
        thread=outbox.new_thread(),
        completed_at=datetime.combine(day, time(9), LONDON) if day else at,
        received_at=at,
        **right.answers,
    )
