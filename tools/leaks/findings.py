"""What the search found: where, who reads it there, which kind of secret, in which spelling; never the secret itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desist.sites import Zone
from tools.leaks.planted import Secret
from tools.leaks.rules import Medium, allowed
from tools.leaks.search import Hit
from tools.synthetic.staff import Person

SHOWN = 3  # letters of a secret that a report repeats


@dataclass(frozen=True, order=True)
class Finding:
    """One leak."""

    zone: str  # "" for what all share
    medium: str
    who: str  # the role that reads it there, "" where nobody is signed in
    where: str  # route and address, file, or table
    kind: str
    spelling: str
    hint: str  # how the secret begins


@dataclass(frozen=True)
class Place:
    """Where something is read, and by whom."""

    zone: Zone | None
    medium: Medium
    where: str
    person: Person | None = None

    def finding(self, kind: str, spelling: str, hint: str = "") -> Finding:
        """Something that should not be here."""
        who = self.person.role.label if self.person else ""
        return Finding(self.zone or "", self.medium, who, self.where, kind, spelling, hint)

    def leaks(self, hits: Iterable[Hit]) -> Iterator[Finding]:
        """Those of the hits that may not be here."""
        for hit in hits:
            secret: Secret = hit.secret
            may = allowed(secret, zone=self.zone, medium=self.medium, person=self.person, where=self.where)
            if not may:
                yield self.finding(secret.kind, hit.spelling, f"{secret.text[:SHOWN]}…")
