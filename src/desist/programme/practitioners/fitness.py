"""Whether a practitioner may take a person, and every reason why not. The one place that decides it. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Standing:
    """What is known of a practitioner. `people` counts those they work with now."""

    name: str
    registration: str
    registered_until: date | None
    trained_on: date | None
    supervised: bool
    capacity: int
    people: int
    left_on: date | None


@dataclass(frozen=True)
class Ties:
    """The ties between a practitioner and one person.

    `kept_from`: on the list of those who never see the case; `not_named`: the case is restricted and does not name
    them; `declared`: they declared a link.
    """

    kept_from: bool = False
    not_named: bool = False
    declared: bool = False


@dataclass(frozen=True)
class Named:
    """A person by name, as a practitioner knows them."""

    given_names: str
    family_name: str
    born: date | None


def obstacles(*, standing: Standing, ties: Ties, today: date, standing_in: bool = False) -> tuple[str, ...]:
    """Every reason why a practitioner may not take a person, each a sentence; empty when they may.

    A colleague who only stands in takes up none of their own capacity.
    """
    name = standing.name
    full = not standing_in and standing.people >= standing.capacity
    found = {
        f"{name} has left.": standing.left_on is not None and standing.left_on <= today,
        f"{name} has no registration on record.": not standing.registration.strip(),
        f"{name}’s registration has expired.": (
            standing.registered_until is not None and standing.registered_until < today
        ),
        f"{name}’s training is not signed off.": standing.trained_on is None or standing.trained_on > today,
        f"{name} has no supervision in place.": not standing.supervised,
        f"{name} has declared a conflict.": ties.declared or ties.kept_from,
        f"{name} is not named for this restricted case.": ties.not_named,
        f"{name} has no capacity: {standing.people} people already.": full,
    }
    return tuple(sentence for sentence, stands in found.items() if stands)


def same(declared: Named, referred: Named) -> bool:
    """Whether a declared name could be a person's: the family name, and the birthday or else the first given name.

    A wrong yes costs a second look by a manager; a wrong no could put a practitioner beside a person they know.
    """
    if _plain(declared.family_name) != _plain(referred.family_name):
        return False
    if declared.born and referred.born:
        return declared.born == referred.born
    return _first(declared.given_names) == _first(referred.given_names)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _first(names: str) -> str:
    return next(iter(_plain(names).split()), "")
