"""Commands that file a document, or remove one filed by mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.post import own
from desist.programme.documents.models import Document
from desist.programme.documents.policy import Action
from desist.programme.documents.states import MOST, Kind
from desist.programme.episodes.models import Episode
from desist.referral import files
from desist.referral.files import Accepted
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

FILED_BEFORE = "This file is already kept here"
TOO_MANY = f"At most {MOST} documents are kept of a person. Remove one that is not needed"
REMOVED_BEFORE = "Not saved: this document has already been removed"


@dataclass(frozen=True)
class Paper:
    """A file that may be kept, what it is, and the day that it bears."""

    file: Accepted
    kind: Kind
    dated: date


def file(*, actor: Actor, episode: str, paper: Paper, at: datetime) -> None:
    """Keep a document of a person, also of one who has left. An identical file is not kept twice."""
    with gate.change(actor, Action.FILE_DOCUMENT, Episode, episode, at=at) as row:
        keep(row, paper, actor=actor, at=at)


def keep(episode: Episode, paper: Paper, *, actor: Actor, at: datetime) -> Document:
    """Within a change of the person: keep a document. Raises Refused."""
    kept = episode.documents.filter(removed_at=None)
    if kept.filter(digest=paper.file.digest).exists():
        raise Refused(FILED_BEFORE)
    if kept.count() >= MOST:
        raise Refused(TOO_MANY)
    columns = files.kept(paper.file, keys=own.keys().current)
    made: Document = episode.documents.create(
        **columns, kind=paper.kind, dated=paper.dated, filed_by=actor.who, filed_at=at
    )
    return made


def remove(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Remove a document filed by mistake: its content and its name go, the reason stays."""
    with gate.change(actor, Action.REMOVE_DOCUMENT, Document, ref, at=at) as row:
        if row.removed_at:
            raise Refused(REMOVED_BEFORE)
        row.name, row.sealed = "", b""
        row.removed_reason, row.removed_by, row.removed_at = reason, actor.who, at
        row.save(update_fields=["name", "sealed", "removed_reason", "removed_by", "removed_at"])
