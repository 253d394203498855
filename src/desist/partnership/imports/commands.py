"""Bringing referrals in from a table: the rows without a problem, each in a change of its own."""

from datetime import datetime

from desist.partnership.imports.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened
from desist.partnership.sending.commands import answer_for
from desist.referral import answers as asked
from desist.referral import brought
from desist.referral.brought import Brought
from desist.referral.table import Problem, Right, Table
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.turns import turn


def look_through(*, actor: Actor, table: Table, at: datetime) -> Brought:
    """Return what the table would bring in. Nothing is kept."""
    return brought.told(table, _known(actor, table, at))


def bring_in(*, actor: Actor, table: Table, programme: str, at: datetime) -> Brought:
    """Keep every row without a problem. A person who is here already is a problem of the row."""
    # If a table is sent twice at one moment, the second run finds every person of the first.
    with turn(f"referrals of {actor.area}"):
        known = _known(actor, table, at)
        for right in table.rows:
            if right.row in known:
                continue
            with gate.create(
                actor, Action.IMPORT_REFERRALS, _row(right, programme=programme, at=at, actor=actor), at=at
            ) as row:
                row.happened(Happened.IMPORTED, by=actor.who, at=at)
                answer_for(row, asked.free(right.answers), next(iter(right.overrides), None), actor, at)
        return brought.told(table, known)


def _known(actor: Actor, table: Table, at: datetime) -> dict[int, Problem]:
    """Row -> the problem that the person is here already."""
    rows = gate.see(actor, Action.IMPORT_REFERRALS, Referral, at=at).filter(brought.alike(table))
    here = rows.values_list("given_names", "family_name", "born", "pnc", "ref")
    return brought.known(table, here=here)


def _row(right: Right, *, programme: str, actor: Actor, at: datetime) -> Referral:
    """Keep one row as a complete draft. An officer checks and sends it."""
    return Referral(
        area=actor.area, programme=programme, started_by=actor.who, started_at=at, **right.answers
    )
