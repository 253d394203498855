"""Questions about documents, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from desist.accounts import queries as accounts
from desist.post import own
from desist.programme.documents.models import Document
from desist.programme.documents.policy import Action
from desist.programme.documents.states import MOST, Kind
from desist.programme.episodes.models import Episode
from desist.references import spoken
from desist.referral import files
from desist.referral.files import PICTURES, Accepted, Media
from desist.ui.tables import Sort
from desist.wall import gate, policy
from desist.wall.actors import Actor

SORTED = ("kind", "dated", "filed_at")
NEWEST = Sort("dated", descending=True)


@dataclass(frozen=True)
class DocumentRow:
    """One document. One that was removed has a reason, and neither a name nor a content."""

    ref: str
    kind: str
    dated: date
    name: str
    media: str
    kilobytes: int
    filed_by: str
    filed_at: datetime
    removed_reason: str


@dataclass(frozen=True)
class DocumentsPage:
    """A person's documents, those of one kind or all; `number` counts all."""

    episode: str
    spoken: str
    name: str
    rows: tuple[DocumentRow, ...]
    number: int
    may_file: bool
    is_full: bool


@dataclass(frozen=True)
class Look:
    """One document to look at: its words, or a picture."""

    ref: str
    episode: str
    spoken: str
    name: str
    is_picture: bool
    text: str


def documents(
    *, actor: Actor, episode: str, kind: str = "", sort: Sort = NEWEST, at: datetime
) -> DocumentsPage:
    """Return the documents of a person, of one kind or all; those alike in the order have the newest day first."""
    rows = gate.open(actor, Action.SEE_DOCUMENTS, Episode, episode, at=at)
    row = rows.select_related("referral").get()
    found = list(row.documents.defer("sealed").order_by("-dated", "-pk"))
    names = accounts.names(refs={one.filed_by for one in found})
    shown = [_row(one, actor, names) for one in found if kind in {"", one.kind}]
    return DocumentsPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        rows=tuple(sorted(shown, key=attrgetter(sort.key), reverse=sort.descending)),
        number=len(found),
        may_file=actor.role in policy.rule(Action.FILE_DOCUMENT).roles,
        is_full=sum(one.removed_at is None for one in found) >= MOST,
    )


def document(*, actor: Actor, ref: str, at: datetime) -> Accepted:
    """One document, opened. Raises gate.NotFound once it was removed."""
    return _opened(gate.open(actor, Action.SEE_DOCUMENT, Document, ref, at=at).get())


def look(*, actor: Actor, ref: str, at: datetime) -> Look:
    """One document to look at. Raises gate.NotFound once it was removed."""
    row = gate.open(actor, Action.SEE_DOCUMENT, Document, ref, at=at).select_related("episode").get()
    opened = _opened(row)
    return Look(
        ref=row.ref,
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.name,
        is_picture=opened.media in PICTURES,
        text=opened.text,
    )


def to_remove(*, actor: Actor, ref: str, at: datetime) -> tuple[str, DocumentRow]:
    """Return the person of a document, and the document."""
    rows = gate.open(actor, Action.REMOVE_DOCUMENT, Document, ref, at=at)
    row = rows.defer("sealed").select_related("episode").get()
    return row.episode.ref, _row(row, actor, accounts.names(refs={row.filed_by}))


def _opened(row: Document) -> Accepted:
    if row.removed_at:
        raise gate.NotFound(row.ref)
    return files.opened(row, keys=own.keys())


def _row(row: Document, actor: Actor, names: dict[str, str]) -> DocumentRow:
    return DocumentRow(
        ref=row.ref,
        kind=str(Kind(row.kind).label),
        dated=row.dated,
        name=row.name,
        media=Media(row.media).name,
        kilobytes=max(1, row.size // 1024),
        filed_by="you" if row.filed_by == actor.who else names.get(row.filed_by, "a colleague"),
        filed_at=row.filed_at,
        removed_reason=row.removed_reason,
    )
