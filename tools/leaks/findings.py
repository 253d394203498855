"""What the search found: the place, the reader, the kind of secret, its spelling; never the secret itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desist.sites import Zone
from tools.leaks.planted import Secret
from tools.leaks.rules import Medium, allowed
from tools.leaks.search import Hit
from tools.synthetic.staff import Person

SHOWN = 3  # how many letters of a secret a report repeats


@dataclass(frozen=True, order=True)
class Finding:
    """One leak."""

    zone: str  # "" for what all share
    medium: str
    who: str  # the role that reads it there, "" where no account is signed in
    where: str  # route and address, a file, or a table
    kind: str
    spelling: str
    hint: str  # the first letters of the secret


@dataclass(frozen=True)
class Place:
    """A place where something is read, and its reader."""

    zone: Zone | None
    medium: Medium
    where: str
    person: Person | None = None

    def finding(self, kind: str, spelling: str, hint: str = "") -> Finding:
        """Return a finding for a secret that should not be here."""
        who = self.person.role.label if self.person else ""
        return Finding(self.zone or "", self.medium, who, self.where, kind, spelling, hint)

    def leaks(self, hits: Iterable[Hit]) -> Iterator[Finding]:
        """Return the hits that may not be here."""
        for hit in hits:
            secret: Secret = hit.secret
            may = allowed(secret, zone=self.zone, medium=self.medium, person=self.person, where=self.where)
            if not may:
                yield self.finding(secret.kind, hit.spelling, f"{secret.text[:SHOWN]}…")
