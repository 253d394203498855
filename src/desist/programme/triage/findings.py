"""The findings of a service's criteria on one referral. Pure: no rows, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desist import codes
from desist.programme.triage.states import Criterion
from desist.referral.police_areas import called, named
from desist.ui import dates


@dataclass(frozen=True)
class Settings:
    """The settings of a service: what it asks."""

    area: str
    proceedings: frozenset[str]
    youngest: int
    other_areas: frozenset[str]


@dataclass(frozen=True)
class Facts:
    """The known facts of a referral, the free places of the service, and its count of places in words. Unknown is None or "".

    `lives_in` is the police area in which the person lives.
    """

    proceedings: str
    born: date | None
    lives_in: str
    free: int
    places: str


@dataclass(frozen=True)
class Finding:
    """One criterion, whether it is met (None: unknown), and why, in words."""

    criterion: Criterion
    met: bool | None
    words: str

    @property
    def signed(self) -> str:
        """The words of a decision, without a count: its reader may see other people than its signatory."""
        if self.criterion is not Criterion.CAPACITY:
            return self.words
        return "There was room" if self.met else "There was no room"

    @property
    def label(self) -> str:
        """The criterion in words."""
        return str(self.criterion.label)


def findings(*, settings: Settings, facts: Facts, today: date) -> tuple[Finding, ...]:
    """Return every criterion in order. They advise; a manager decides and signs."""
    return (
        _proceedings(settings, facts),
        _age(settings, facts, today),
        _area(settings, facts),
        _capacity(facts),
    )


def all_met(found: Sequence[Finding]) -> bool:
    """Return whether nothing stands against accepting; an unknown fact does."""
    return all(one.met is True for one in found)


def _proceedings(settings: Settings, facts: Facts) -> Finding:
    if not facts.proceedings:
        return Finding(Criterion.PROCEEDINGS, None, "The referral does not say")
    label = str(codes.Proceedings(facts.proceedings).label)
    taken = facts.proceedings in settings.proceedings
    said = "people are accepted at this stage" if taken else "nobody is accepted at this stage"
    return Finding(Criterion.PROCEEDINGS, taken, f"{label}: {said}")


def _age(settings: Settings, facts: Facts, today: date) -> Finding:
    if facts.born is None:
        return Finding(Criterion.AGE, None, "The date of birth is not known")
    years = dates.years_between(facts.born, today)
    return Finding(
        Criterion.AGE, years >= settings.youngest, f"{years} years old (minimum {settings.youngest})"
    )


def _area(settings: Settings, facts: Facts) -> Finding:
    own = {called(settings.area), *settings.other_areas}
    taken = f"people are accepted from {', '.join(sorted(map(named, own)))}"
    if not facts.lives_in:
        return Finding(Criterion.AREA, None, f"Not known where the person lives; {taken}")
    home = called(facts.lives_in)
    return Finding(Criterion.AREA, home in own, f"Lives in {named(home)}; {taken}")


def _capacity(facts: Facts) -> Finding:
    return Finding(Criterion.CAPACITY, facts.free > 0, facts.places)
