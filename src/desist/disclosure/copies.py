"""The exact copy: the crossing part of a disclosure, in the one form for approving, reading and printing it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from desist.disclosure.codes import Nature, Purpose
from desist.ui import dates

NOT_RAISED = "No. Never raise it with the participant, and never let the timing give it away"


@dataclass(frozen=True)
class Content:
    """The disclosed information. `told_on` is the day the police told the person; without it no part may be raised."""

    words: str
    nature: str
    as_of: date
    may_be_raised: bool
    told_on: date | None
    purpose: str

    @property
    def crossing(self) -> dict[str, object]:
        """The fields in every envelope of a disclosure."""
        return asdict(self) | {"told_on": self.told_on.isoformat() if self.told_on else ""}

    @property
    def fingerprint(self) -> str:
        """SHA-256 over every field, in hexadecimal: equal on each side that has an equal copy."""
        return fingerprint(self.crossing)

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The copy for reading and printing: (label, words)."""
        return (
            ("What is disclosed", self.words),
            ("Fact or assessment", Nature(self.nature).label),
            ("Position on", dates.on(self.as_of)),
            ("May it be raised?", raised(may_be_raised=self.may_be_raised, told_on=self.told_on)),
            ("To be used", Purpose(self.purpose).label),
        )


def fingerprint(crossing: Mapping[str, object]) -> str:
    """SHA-256 over the fields that cross, in hexadecimal."""
    names = sorted(Content.__dataclass_fields__)
    values = [[name, crossing[name]] for name in names]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def raised(*, may_be_raised: bool, told_on: date | None) -> str:
    """Whether the practitioner may raise it with the participant, in words."""
    return (
        f"Yes: the police told the person on {dates.on(told_on)}" if may_be_raised and told_on else NOT_RAISED
    )


@dataclass(frozen=True)
class Footing:
    """The basis of a disclosure. `agreement` is a reference of this site's register, or ""."""

    basis: str
    agreement: str
    necessity: str
    proportionality: str
