"""What a session is planned with: copied from the curriculum, so that no later version changes it."""

from dataclasses import dataclass
from typing import Any

from desist.programme.curriculum.outline import Outline
from desist.programme.sessions.models import Session


@dataclass(frozen=True)
class Planned:
    """What a version of the curriculum says of a session."""

    outline: Outline
    version: int

    def copied(self) -> dict[str, Any]:
        """The fields of a session that keep it."""
        said = self.outline
        return {
            "curriculum": self.version,
            "module": said.module,
            "about": said.title,
            "skills": list(said.skills),
            "measures": list(said.measures),
        }


def as_before(row: Session) -> Planned:
    """Return what a session was planned with, whatever the curriculum says since."""
    minutes = int((row.period.upper - row.period.lower).total_seconds() // 60)
    outline = Outline(row.number, row.module, row.about, minutes, tuple(row.skills), tuple(row.measures))
    return Planned(outline, row.curriculum or 0)
