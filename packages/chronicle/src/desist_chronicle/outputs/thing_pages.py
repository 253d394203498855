"""The pages of photographs, recordings and documents: a picture of each where one can be made, and its caption."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from desist_chronicle.chronology import Entry
from desist_chronicle.darkroom import Darkroom
from desist_chronicle.ledger import Ledger
from desist_chronicle.outputs.cover import Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.rows import Wording, folded
from desist_chronicle.things import Thing

#: the folder of the pictures made anew, in the bag's payload
PICTURES = "pictures"
#: of so many a picture is made, those that a record names first; the list has all
MOST_PICTURES = 400
#: records that are named under a picture
_MOST_NAMED = 3


def thing_pieces(
    *, things: Sequence[Thing], named: Mapping[str, Sequence[int]], wording: Wording, folder: Path
) -> list[Piece]:
    """Return the pages, and write each picture anew without what is hidden in it."""
    if not things:
        return []
    captions = {thing.reference: caption(thing, named.get(thing.reference, ()), wording) for thing in things}
    first = sorted(things, key=lambda thing: thing.reference not in named)[:MOST_PICTURES]
    files = _developed(
        [thing for thing in first if "photograph" in thing.looks or "picture" in thing.looks], folder
    )
    shown = [
        Picture(files[thing.reference], f"{thing.reference}: {captions[thing.reference]}")
        for thing in things
        if thing.reference in files
    ]
    rows = [
        (
            *(thing.reference, thing.looks, thing.base, f"{thing.size:,}"),
            *(captions[thing.reference], thing.sha256),
        )
        for thing in things
    ]
    return [
        Paragraph("Photographs, recordings and documents", heading=True),
        Paragraph(
            "A time is the one that a message or a person states, as fine as it is stated; none is taken from a file. "
            "The pictures were made anew from the exhibits, smaller and without what is hidden in them."
        ),
        *([Pictures(tuple(shown))] if shown else []),
        Listing(
            ("Exhibit", "Looks like", "File", "Bytes", "What is said of it", "SHA-256"), _WIDTHS, tuple(rows)
        ),
    ]


_WIDTHS = (0.08, 0.12, 0.2, 0.08, 0.3, 0.22)


def caption(thing: Thing, records: Sequence[int], wording: Wording) -> str:
    """Return who sent it or wrote it down and when, from the records that name it."""
    if not records:
        return f"{thing.base}. No message and no diary names it: its time is not known."
    said = []
    for record in records[:_MOST_NAMED]:
        row = wording.row(Entry(number=0, record=record, occasion=0, copies=0))
        by = f"{row.kind} from {row.sender}" if row.sender else row.kind
        said.append(f"{row.when}, {by}, {row.exhibit}: {folded(row.what, 120)}")
    more = f" (and {len(records) - _MOST_NAMED:,} more)" if len(records) > _MOST_NAMED else ""
    return "; ".join(said) + more


def _developed(things: Sequence[Thing], folder: Path) -> dict[str, Path | None]:
    """Return the picture made of each thing; None where none could be made."""
    files: dict[str, Path | None] = {}
    if things:
        folder.mkdir()
    with Darkroom() as room:
        for thing in things:
            to = folder / f"{thing.reference.replace('/', '-')}.jpg"
            with thing.source.on_disk(Ledger()) as path:
                files[thing.reference] = to if room.develop(path=path, to=to) else None
    return files
