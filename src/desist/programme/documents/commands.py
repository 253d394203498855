"""Everything that can happen to a document: it is filed, or removed as a mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.post import own
from desist.programme.documents.models import Document
from desist.programme.documents.policy import Action
from desist.programme.documents.states import MOST, Kind
from desist.programme.episodes.models import Episode
from desist.referral import files
from desist.referral.files import Accepted
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyFiled(Exception):
    """The same file, byte for byte."""


class TooMany(Exception):
    """The person has as many documents as anybody may have."""


class AlreadyRemoved(Exception):
    """The document was removed before."""


@dataclass(frozen=True)
class Paper:
    """A file that may be kept, what it is, and the day that it bears."""

    file: Accepted
    kind: Kind
    dated: date


def file(*, actor: Actor, episode: str, paper: Paper, at: datetime) -> None:
    """Keep a document of somebody, also of one who has left. Raises AlreadyFiled and TooMany."""
    with gate.change(actor, Action.FILE_DOCUMENT, Episode, episode, at=at) as row:
        kept = row.documents.filter(removed_at=None)
        if kept.filter(digest=paper.file.digest).exists():
            raise AlreadyFiled(episode)
        if kept.count() >= MOST:
            raise TooMany(episode)
        columns = files.kept(paper.file, keys=own.keys().current)
        row.documents.create(**columns, kind=paper.kind, dated=paper.dated, filed_by=actor.who, filed_at=at)


def remove(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Take away what was filed by mistake: its content and its name go, the reason stays. Raises AlreadyRemoved."""
    with gate.change(actor, Action.REMOVE_DOCUMENT, Document, ref, at=at) as row:
        if row.removed_at:
            raise AlreadyRemoved(ref)
        row.name, row.sealed = "", b""
        row.removed_reason, row.removed_by, row.removed_at = reason, actor.who, at
        row.save(update_fields=["name", "sealed", "removed_reason", "removed_by", "removed_at"])
