"""Questions about exit reports, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.partnership.exit_reports.models import ExitReport
from desist.partnership.exit_reports.policy import Action
from desist.post import own
from desist.referral import files
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Document:
    """The document of a version, to be saved. Its file name holds no person's name."""

    name: str
    content: bytes


def document(*, actor: Actor, ref: str, at: datetime) -> Document:
    """The document of one version. Raises files.Spoilt."""
    row = gate.open(actor, Action.SEE_EXIT_REPORT, ExitReport, ref, at=at).get()
    content = files.unlock(keys=own.keys(), key=row.key, ref=row.ref, sealed=bytes(row.sealed))
    return Document(f"exit-report-{row.ref}-version-{row.number}.pdf", content)
