"""Rows that may be about one person: their condition, and the reason in words. pg_trgm compares names by trigrams."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q

#: the most rows shown
MOST = 10


class Named(Protocol):
    """A row about a person."""

    @property
    def born(self) -> date | None:
        """Date of birth."""

    @property
    def pnc(self) -> str:
        """PNC number, or "" ."""


@dataclass(frozen=True)
class Person:
    """The person that rows are compared with; an unknown fact is empty."""

    given_names: str
    family_name: str
    born: date | None = None
    pnc: str = ""


def condition(person: Person) -> Q:
    """Rows with the person's PNC number or a similar name; with their date of birth, half the similarity is enough."""
    given = Q(given_names__trigram_similar=person.given_names)
    family = Q(family_name__trigram_similar=person.family_name)
    found = given & family
    if person.born:
        found |= Q(born=person.born) & (given | family)
    if person.pnc:
        found |= Q(pnc=person.pnc)
    return found


def why(row: Named, person: Person) -> str:
    """The facts in common, the strongest first."""
    if person.pnc and row.pnc == person.pnc:
        return "Same PNC number"
    if person.born and row.born == person.born:
        return "Same date of birth and a similar name"
    return "Similar name"
