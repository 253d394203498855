"""Everything that can happen to what stands on an exhibit: rows and files are put on it, and words are left out of it.

It can happen until the exhibit is finished.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q

from desist.advocacy.evidence import blocks
from desist.advocacy.evidence.states import HERE
from desist.advocacy.evidence.states import State as File
from desist.advocacy.exhibits import keeping
from desist.advocacy.exhibits.keeping import FILE
from desist.advocacy.exhibits.models import Exhibit, ExhibitRow
from desist.advocacy.exhibits.policy import Action
from desist.advocacy.exhibits.states import State, Unused, Why
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.references import reference
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist_chronicle.masking import is_own

MOST_ROWS, MOST_FILES = 5_000, 400
FINISHED = "Nothing was changed: this exhibit is finished. To change it, make a new version of it"
TOO_MANY = (
    "Nothing was put on it: an exhibit takes 5,000 rows. Put fewer on it, and the rest on another exhibit"
)
TOO_MANY_FILES = "Nothing was put on it: an exhibit takes 400 files. Put the rest on another exhibit"
NOT_THERE = "These words are not in this row. Copy them from the row as they are written there"
#: (reference of a file, number of a kept row in it)
Place = tuple[str, int]
#: a row that no exhibit has
NOWHERE: Place = ("", FILE)


def put(*, actor: Actor, ref: str, rows: Iterable[Place], at: datetime) -> int:
    """Put kept rows of exports on; return how many were not on it yet. Raises Refused.

    A row that the client does not have is as absent as a client that there is not: gate.NotFound.
    """
    with _open(actor, ref, at) as row:
        if added := put_on(row, rows):
            _touched(row)
        return added


def put_files(
    *,
    actor: Actor,
    ref: str,
    refs: Iterable[str],
    whole: Iterable[str],
    version: int | None,
    at: datetime,
    said: Iterable[str] = (),
) -> None:
    """Put files on, those of `whole` as they came, those of `said` with their transcript; what is not named is taken off.

    Raises Changed and Refused.
    """
    wanted, as_they_came, written_down = set(refs), set(whole), set(said)
    with _open(actor, ref, at) as row:
        gate.next_version(row, version)
        if len(wanted) > MOST_FILES:
            raise Refused(TOO_MANY_FILES)
        found = row.victim.originals.filter(ref__in=wanted, state__in=HERE)
        if len(found) != len(wanted):
            raise gate.NotFound(ref)
        row.rows.filter(number=FILE).delete()
        row.rows.bulk_create(
            ExhibitRow(
                exhibit=row,
                original=one,
                number=FILE,
                whole=one.ref in as_they_came,
                said=one.ref in written_down,
            )
            for one in found
        )
        row.save(update_fields=["version"])


def take_off(*, actor: Actor, ref: str, place: Place, at: datetime) -> None:
    """Take a row or a file off, with what was left out of it; of a removed file, all of it. Raises Refused.

    A second call is no error.
    """
    file, number = place
    with _open(actor, ref, at) as row:
        if place == NOWHERE:
            raise Refused("Nothing was taken off. Press the button beside what you take off")
        one = Q(original__ref=file) & (Q(number=number) | ~Q(original__state__in=HERE))
        row.redactions.filter(one).delete()
        if row.rows.filter(one).delete()[0]:
            _touched(row)


def redact(
    *, actor: Actor, ref: str, place: Place, words: str, why: Why, submission: str, at: datetime
) -> None:
    """Leave out a row's words, or some `words` of it wherever they stand on the exhibit. Raises Refused."""
    with _open(actor, ref, at) as row:
        if row.redactions.filter(submission=submission).exists():
            return
        one = row.rows.select_related("original").filter(original__ref=place[0], number=place[1]).first()
        if one is None or one.number == FILE:
            raise gate.NotFound(ref)
        own, box = reference(), vault.box(person=row.victim.ref)
        if words and not is_own(words, own=_text(one, box)):
            raise Refused(NOT_THERE, field="words")
        row.redactions.create(
            ref=own,
            original=one.original,
            number=one.number,
            words=box.lock(field=keeping.WORDS, row=own, text=words) if words else b"",
            why=why,
            made_by=actor.who,
            made_at=at,
            submission=submission,
        )
        _touched(row)


def undo(*, actor: Actor, ref: str, redaction: str, at: datetime) -> None:
    """Undo a redaction. A second call is no error. Raises Refused."""
    with _open(actor, ref, at) as row:
        if row.redactions.filter(ref=redaction).delete()[0]:
            _touched(row)


def say_unused(
    *,
    actor: Actor,
    ref: str,
    reasons: Mapping[Place, str],
    version: int | None,
    at: datetime,
) -> None:
    """Say why what is kept is not on an exhibit: (file, conversation or FILE) -> code, "" for none. Raises Changed and Refused."""
    with _open(actor, ref, at) as row:
        gate.next_version(row, version)
        named = {file for file, _ in reasons}
        found = {one.ref: one for one in row.victim.originals.filter(ref__in=named)}
        if found.keys() != named:
            raise gate.NotFound(ref)
        for (file, conversation), reason in reasons.items():
            row.reasons.filter(original=found[file], conversation=conversation).delete()
            if reason:
                row.reasons.create(original=found[file], conversation=conversation, reason=Unused(reason))
        row.save(update_fields=["version"])


def put_on(row: Exhibit, places: Iterable[Place]) -> int:
    """Put kept rows on a locked exhibit; return how many were not on it. Raises gate.NotFound and Refused."""
    wanted: dict[str, set[int]] = {}
    for file, number in places:
        wanted.setdefault(file, set()).add(number)
    found = {one.ref: one for one in row.victim.originals.filter(ref__in=wanted, state=File.KEPT)}
    if found.keys() != wanted.keys():
        raise gate.NotFound(row.ref)
    new: list[ExhibitRow] = []
    for file, numbers in wanted.items():
        original = found[file]
        if original.records.filter(number__in=numbers).count() != len(numbers):
            raise gate.NotFound(row.ref)
        here = set(row.rows.filter(original=original).values_list("number", flat=True))
        new += [ExhibitRow(exhibit=row, original=original, number=one) for one in sorted(numbers - here)]
    if row.rows.exclude(number=FILE).count() + len(new) > MOST_ROWS:
        raise Refused(TOO_MANY)
    row.rows.bulk_create(new)
    return len(new)


def copy_all(before: Exhibit, row: Exhibit, box: Box) -> None:
    """Put everything that stands on one exhibit on its new version, a locked row."""
    row.rows.bulk_create(
        ExhibitRow(
            exhibit=row, original_id=one.original_id, number=one.number, whole=one.whole, said=one.said
        )
        for one in before.rows.order_by("pk")
    )
    for one in before.redactions.order_by("pk"):
        said, own = keeping.words(box, one), reference()
        row.redactions.create(
            ref=own,
            original_id=one.original_id,
            number=one.number,
            words=box.lock(field=keeping.WORDS, row=own, text=said) if said else b"",
            why=one.why,
            made_by=one.made_by,
            made_at=one.made_at,
            submission=f"after {one.ref}",
        )
    for reason in before.reasons.order_by("pk"):
        row.reasons.create(
            original_id=reason.original_id, conversation=reason.conversation, reason=reason.reason
        )


@contextmanager
def _open(actor: Actor, ref: str, at: datetime) -> Iterator[Exhibit]:
    """Wrap a change of an exhibit that is not finished."""
    with gate.change(actor, Action.CHANGE_EXHIBIT, Exhibit, ref, at=at) as row:
        must_be_open(row)
        yield row


def must_be_open(row: Exhibit) -> None:
    """Raise Refused for an exhibit that is finished."""
    if row.state != State.OPEN:
        raise Refused(FINISHED)


def _touched(row: Exhibit) -> None:
    gate.next_version(row)
    row.save(update_fields=["version"])


def _text(one: ExhibitRow, box: Box) -> str:
    """The words of a row as they were read."""
    number, place = divmod(one.number, blocks.ROWS)
    sealed = one.original.blocks.get(number=number).sealed
    return blocks.opened(box, one.original, number, sealed)[place].text
