"""The search among the people whom the actor may see."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, DateField, QuerySet, Value
from django.db.models.functions import Cast, Concat, Upper

from desist.programme.episodes.models import Episode
from desist.programme.pages.people.queries import NAME, PAGE, CaseloadRow, line, lines
from desist.programme.pages.search.policy import Action
from desist.referral.finding import Wanted
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question, Slot

#: after every letter in the order of names
LAST = "\U0010ffff"


def search(*, actor: Actor, wanted: Wanted, at: datetime) -> tuple[tuple[CaseloadRow, ...], bool]:
    """Return the people found, by name, on the programme or not, and whether there are more."""
    found = _found(actor, wanted, at)
    return lines(found[:PAGE], at=at), len(found) > PAGE


def _found(actor: Actor, wanted: Wanted, at: datetime) -> list[tuple[Any, ...]]:
    """Return the people with the date of birth; else with the reference; else, where none matches, with the name."""
    if wanted.born:
        return gate.read(actor, Action.SEARCH, BY_BIRTH, at=at, born=wanted.born.isoformat())
    if wanted.ref and (found := gate.read(actor, Action.SEARCH, BY_REFERENCE, at=at, ref=wanted.ref)):
        return found
    return gate.read(actor, Action.SEARCH, BY_NAME, at=at, name=wanted.name)


def _by_birth(rows: QuerySet[Episode]) -> QuerySet[Any]:
    return line(
        rows.filter(referral__area=Slot("area"), referral__born=Cast(Slot.value("born"), DateField()))
    )


def _by_reference(rows: QuerySet[Episode]) -> QuerySet[Any]:
    return line(rows.filter(ref=Slot("ref")))


def _by_name(rows: QuerySet[Episode]) -> QuerySet[Any]:
    """Return the rows whose family name begins with the text: one stretch of the index in name order."""
    first = Upper(Slot.value("name"))
    last = Concat(first, Value(LAST), output_field=CharField())
    return line(rows.annotate(name=NAME).filter(name__gte=first, name__lte=last, referral__area=Slot("area")))


BY_BIRTH, BY_NAME = Question(Episode, _by_birth), Question(Episode, _by_name)
BY_REFERENCE = Question(Episode, _by_reference)
