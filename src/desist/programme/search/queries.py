"""Finding somebody among the people whom the actor may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Upper

from desist.programme.episodes.models import Episode
from desist.programme.episodes.queries import NAME, PAGE, Row, line, lines
from desist.programme.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question, Slot

#: after every letter in the order of names
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Wanted:
    """A date of birth; or the beginning of a family name that could also be a reference."""

    name: str = ""
    ref: str = ""
    born: date | None = None


def search(*, actor: Actor, wanted: Wanted, at: datetime) -> tuple[tuple[Row, ...], bool]:
    """The people found, in order of name, whether or not they are still on the programme; and whether there are more."""
    if wanted.born:
        found = gate.read(actor, Action.SEARCH, BY_BIRTH, at=at, born=wanted.born.isoformat())
    elif wanted.ref:
        found = gate.read(actor, Action.SEARCH, BY_REFERENCE, at=at, ref=wanted.ref, name=wanted.name)
    else:
        found = gate.read(actor, Action.SEARCH, BY_NAME, at=at, name=wanted.name)
    return lines(found[:PAGE], at=at), len(found) > PAGE


def _by_birth(rows: QuerySet[Episode]) -> QuerySet[Any]:
    return line(
        rows.filter(referral__area=Slot("area"), referral__born=Cast(Slot.value("born"), DateField()))
    )


def _by_name(rows: QuerySet[Episode]) -> QuerySet[Any]:
    return line(rows.annotate(name=NAME).filter(_begins(), referral__area=Slot("area")))


def _by_reference(rows: QuerySet[Episode]) -> QuerySet[Any]:
    return line(rows.annotate(name=NAME).filter(Q(ref=Slot("ref")) | _begins(), referral__area=Slot("area")))


def _begins() -> Q:
    """Whose family name begins like that, as a stretch of the index in the order of names."""
    first = Upper(Slot.value("name"))
    return Q(name__gte=first, name__lte=Concat(first, Value(LAST), output_field=CharField()))


BY_BIRTH, BY_NAME = Question(Episode, _by_birth), Question(Episode, _by_name)
BY_REFERENCE = Question(Episode, _by_reference)
