"""The result of importing a table of referrals: people who are already known, and the message about each row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from desist.references import spoken
from desist.referral.table import Problem, Table


@dataclass(frozen=True)
class Brought:
    """The number of imported rows (or rows to import), and each problem by row and column.

    `stays` are words of these rows that look like a locator, each with the reason why it stays.
    """

    count: int
    problems: tuple[Problem, ...]
    rows_with_problems: int
    stays: tuple[Problem, ...]


def told(table: Table, known: dict[int, Problem]) -> Brought:
    """The result of a table; `known` are its rows about people who are already known."""
    problems = sorted((*table.problems, *known.values()), key=lambda one: (one.row, one.column))
    stays = tuple(one for right in table.rows if right.row not in known for one in right.stays)
    return Brought(len(table.rows) - len(known), tuple(problems), table.wrong + len(known), stays)


def alike(table: Table) -> Q:
    """The condition on referrals that may be about a person in a table."""
    numbers = {right.answers["pnc"] for right in table.rows} - {""}
    return Q(born__in={right.answers["born"] for right in table.rows}) | Q(pnc__in=numbers)


def known(table: Table, *, here: Iterable[tuple[str, str, date | None, str, str]]) -> dict[int, Problem]:
    """Row -> the message that its person is already known: by PNC number, or by name and date of birth.

    `here` are given names, family name, date of birth, PNC number and reference of referrals.
    """
    people: dict[tuple[str, str, date | None], str] = {}
    numbers: dict[str, str] = {}
    for given, family, born, pnc, ref in here:
        people[given.casefold(), family.casefold(), born] = ref
        numbers[pnc] = ref
    numbers.pop("", None)
    found = {}
    for right in table.rows:
        answers = right.answers
        person = (answers["given_names"].casefold(), answers["family_name"].casefold(), answers["born"])
        if there := numbers.get(answers["pnc"]) or people.get(person):
            found[right.row] = Problem(
                right.row, "", f"This person is already here: referral {spoken(there)}"
            )
    return found
