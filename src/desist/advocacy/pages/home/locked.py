"""What is locked with a client's own key, table by table, and how it is locked anew where a row becomes another client's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from desist.advocacy.circumstances import words as around
from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.contacts import words as contacts
from desist.advocacy.contacts.models import Attempt
from desist.advocacy.evidence import blocks, keeping
from desist.advocacy.evidence import texts as evidence
from desist.advocacy.evidence.models import Block, Original, Piece, Transcript
from desist.advocacy.evidence.states import HERE
from desist.advocacy.evidence.states import State as Kept
from desist.advocacy.exhibits import keeping as exhibits
from desist.advocacy.exhibits.models import Exhibit, ExhibitPiece, Redaction
from desist.advocacy.exhibits.states import State as Made
from desist.advocacy.incidents import texts as incidents
from desist.advocacy.incidents.models import Addition, Incident
from desist.advocacy.measures import texts as measures
from desist.advocacy.measures.models import Measure
from desist.advocacy.papers.commands import REASON as WHERE
from desist.advocacy.papers.models import Paper
from desist.advocacy.safety import texts as safety
from desist.advocacy.safety.models import Child, Need, Note, PlanVersion, Support
from desist.advocacy.screenings import words as screenings
from desist.advocacy.screenings.models import Screening
from desist.advocacy.submissions import locks
from desist.advocacy.submissions.commands import REASON as SET_ASIDE
from desist.advocacy.submissions.models import SubmissionLink, Submitted
from desist.advocacy.support import texts as support
from desist.advocacy.support.models import SupportNews, SupportReferral
from desist.advocacy.tags.commands import WORDS as TAG
from desist.advocacy.tags.models import Tag
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator
from desist.merges.records import rows_of
from desist.refusals import Refused

STILL = (
    "Files of this client are still being locked anew after an earlier merge or split. "
    "Wait some minutes, then answer again"
)


def by_reference(row: Any, person: str) -> str:  # noqa: ANN401, ARG001 -- a row of any table
    """Return the name that a lock gives a row: its own reference."""
    return str(row.ref)


def by_number(row: Any, person: str) -> str:  # noqa: ANN401 -- a version of a client's
    """Return the name that a lock gives a version: the client and its number."""
    return f"{person}:{row.number}"


def by_place(above: str) -> Callable[[Any, str], str]:
    """Return what names a piece: the reference of the row above it, and its place."""
    return lambda row, person: f"{getattr(row, above).ref} {row.number}"  # noqa: ARG005


@dataclass(frozen=True)
class Locked:
    """A locked column: the word and the name of a row in its lock, and whether it holds bytes.

    `above` is the column with the row of the client to which it belongs, "" for that row itself. What comes `later` is
    locked anew by the worker (evidence/relocking.py).
    """

    model: type[Model]
    column: str
    word: str
    above: str = ""
    row: Callable[[Any, str], str] = by_reference
    content: bool = False
    later: bool = False


LOCKED = (
    Locked(Locator, "sealed", boxes.LOCATOR),
    Locked(Incident, "words", incidents.FIELD),
    Locked(Addition, "words", incidents.ADDED, "incident"),
    Locked(Attempt, "note", contacts.NOTE),
    Locked(PlanVersion, "words", safety.PLAN, row=by_number),
    Locked(Need, "words", safety.NEED),
    Locked(Support, "words", safety.SUPPORT, "need"),
    Locked(SupportReferral, "words", support.REFERRED, "need"),
    Locked(SupportNews, "words", support.NEWS, "need"),
    Locked(Child, "words", safety.CHILD),
    Locked(Note, "words", safety.NOTE),
    Locked(Circumstance, "words", around.CIRCUMSTANCE),
    Locked(SelfHarm, "words", around.SELF_HARM, row=by_number),
    Locked(Screening, "words", screenings.SCREENING),
    Locked(Screening, "struck_words", screenings.STRUCK),
    Locked(Measure, "filled", measures.FIELD),
    Locked(Measure, "struck_words", measures.STRUCK),
    Locked(Paper, "words", WHERE),
    Locked(Original, "name", keeping.NAME),
    Locked(Original, "found", evidence.FOUND),
    Locked(Original, "answers", evidence.ANSWERS),
    Locked(Piece, "sealed", keeping.CONTENT, "original", by_place("original"), content=True, later=True),
    Locked(Block, "sealed", blocks.FIELD, "original", by_place("original"), content=True, later=True),
    Locked(Transcript, "words", keeping.TRANSCRIPT, "original", by_place("original")),
    Locked(Tag, "words", TAG),
    Locked(Exhibit, "caption", exhibits.CAPTION),
    Locked(Exhibit, "statement", exhibits.STATEMENT),
    Locked(Redaction, "words", exhibits.WORDS, "exhibit"),
    Locked(
        ExhibitPiece, "sealed", exhibits.CONTENT, "exhibit", by_place("exhibit"), content=True, later=True
    ),
    Locked(SubmissionLink, "private", locks.PRIVATE, content=True),
    Locked(Submitted, "reason", SET_ASIDE, "link"),
)
#: other columns of bytes -> why a merge leaves them
OTHERS = {
    "advocacy_victim.identity": "names are compared, and taken one by one",
    "advocacy_arrangement.words": "stays with its client",
    "advocacy_choice.words": "stays with its client",
    "advocacy_disclosure.words": "stays with its client",
    "advocacy_clientorder.words": "stays with its client",
    "advocacy_clearanceasked.words": "stays with its client",
    "advocacy_clientoffer.sealed": "stays with its client",
    "advocacy_clientoffer.words": "stays with its client",
    "advocacy_clienthandover.reason": "stays with its client",
    "advocacy_clienthandover.words": "stays with its client",
    "advocacy_candidate.words": "stays with the order of its client",
    "advocacy_sentexhibit.words": "stays with its client: an exhibit that was sent does not go along",
    "advocacy_personkey.wrapped": "the key itself, locked with the site's",
    "advocacy_locator.mark": "a keyed hash of the site's",
    "advocacy_movein.tables": "locked with the site's key",
    "advocacy_movein.problems": "locked with the site's key",
    "advocacy_submissionlink.public": "a public key",
    "advocacy_submitted.name": "locked to the link's own key",
    "advocacy_submittedpiece.sealed": "locked to the link's own key",
}


def anew(row: Any, *, source: Any, target: Any) -> None:  # noqa: ANN401 -- a row and two clients
    """Lock a row that was one client's, and what belongs to it, with another client's key; of files and exhibits the words.

    Their bytes may be two gigabytes: the worker locks those. Raises Refused.
    """
    before, after = vault.box(person=source.ref), vault.box(person=target.ref)
    if row_waits(row):
        _leave(row, source, target)
    for one in LOCKED:
        above = one.model._meta.get_field(one.above).related_model if one.above else one.model
        if type(row) is not above or one.later:
            continue
        held = rows_of(one.model).filter(**{one.above or "pk": row.pk}).exclude(**{one.column: None})
        for found in held.select_related(*filter(None, [one.above])).iterator(chunk_size=8):
            if sealed := bytes(getattr(found, one.column)):
                was, now = one.row(found, source.ref), one.row(found, target.ref)
                again = _again(one, (before, was), (after, now), sealed)
                rows_of(one.model).filter(pk=found.pk).update(**{one.column: again})


def row_waits(row: Any) -> bool:  # noqa: ANN401 -- a row of any table
    """Whether a row has bytes that the worker locks anew."""
    if isinstance(row, Original):
        return row.state in {Kept.ASKING, *HERE}
    return isinstance(row, Exhibit) and row.state in {Made.MADE, Made.LOCKING}


def _leave(row: Any, source: Any, target: Any) -> None:  # noqa: ANN401 -- a file or an exhibit, and two clients
    """Leave the bytes of a row to the worker, which knows two keys: that of the client it is now, and one other."""
    if row.locked_with_id not in {None, target.pk}:
        raise Refused(STILL)
    row.state, row.locked_with = Kept.LOCKING.value, source
    row.save(update_fields=["state", "locked_with"])


def _again(one: Locked, source: tuple[Box, str], target: tuple[Box, str], sealed: bytes) -> bytes:
    (before, was), (after, now) = source, target
    if one.content:
        content = before.open_bytes(field=one.word, row=was, sealed=sealed)
        return after.lock_bytes(field=one.word, row=now, content=content)
    return after.lock(field=one.word, row=now, text=before.open(field=one.word, row=was, sealed=sealed))
