"""Bringing referrals in from a table: the rows without a problem, each in a change of its own."""

from dataclasses import dataclass
from datetime import datetime

from desist.partnership.policy import Action
from desist.partnership.referrals.commands import answer_for
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened
from desist.references import spoken
from desist.referral.table import Problem, Right, Table
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.turns import turn


@dataclass(frozen=True)
class Brought:
    """What came of a table: how many rows were brought in (or would be), and each problem by row and column.

    `stays` are words of these rows that look like a locator, each with why it stays.
    """

    count: int
    problems: tuple[Problem, ...]
    rows_with_problems: int
    stays: tuple[Problem, ...]


def look_through(*, actor: Actor, table: Table, at: datetime) -> Brought:
    """What would be brought in; nothing is kept."""
    return _told(table, _known(actor, table, at), len(table.rows))


def bring_in(*, actor: Actor, table: Table, programme: str, at: datetime) -> Brought:
    """Keep every row without a problem; who is here already is a problem of its row."""
    # A table that is sent twice at one moment finds everybody of the first in the second.
    with turn(f"referrals of {actor.area}"):
        known = _known(actor, table, at)
        for right in table.rows:
            if right.row in known:
                continue
            with gate.create(
                actor, Action.IMPORT_REFERRALS, _row(right, programme=programme, at=at, actor=actor), at=at
            ) as row:
                row.happened(Happened.IMPORTED, by=actor.who, at=at)
                for one in right.overrides:
                    answer_for(one, actor, row, at)
        return _told(table, known, len(table.rows))


def _told(table: Table, known: dict[int, Problem], rows: int) -> Brought:
    problems = sorted((*table.problems, *known.values()), key=lambda one: (one.row, one.column))
    stays = tuple(one for right in table.rows if right.row not in known for one in right.stays)
    return Brought(rows - len(known), tuple(problems), table.wrong + len(known), stays)


def _known(actor: Actor, table: Table, at: datetime) -> dict[int, Problem]:
    """Row -> that the person is here already: by PNC number, or by name and date of birth."""
    births = {right.answers["born"] for right in table.rows}
    numbers = {right.answers["pnc"] for right in table.rows} - {""}
    rows = gate.see(actor, Action.IMPORT_REFERRALS, Referral, at=at)
    by_birth = rows.filter(born__in=births).values_list("given_names", "family_name", "born", "ref")
    people = {(given.casefold(), family.casefold(), born): ref for given, family, born, ref in by_birth}
    by_number = dict(rows.filter(pnc__in=numbers).values_list("pnc", "ref"))
    found = {}
    for right in table.rows:
        answers = right.answers
        person = (answers["given_names"].casefold(), answers["family_name"].casefold(), answers["born"])
        if ref := by_number.get(answers["pnc"]) or people.get(person):
            found[right.row] = Problem(right.row, "", f"This person is already here: referral {spoken(ref)}")
    return found


def _row(right: Right, *, programme: str, actor: Actor, at: datetime) -> Referral:
    """A draft that is complete: an officer checks and sends it."""
    return Referral(
        area=actor.area, programme=programme, started_by=actor.who, started_at=at, **right.answers
    )
