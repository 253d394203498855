"""The pages of photographs, recordings and documents: a picture of each where one can be made, and its caption."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desist_chronicle.chronology import Entry
from desist_chronicle.darkroom import Darkroom
from desist_chronicle.ledger import Ledger
from desist_chronicle.machine_reading import MachineReader
from desist_chronicle.outputs.cover import Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.rows import Wording, folded
from desist_chronicle.things import Thing

#: the folder of the pictures made anew, in the bag's payload
PICTURES = "pictures"
#: of so many a picture is made, those that a record names first; the list has all
MOST_PICTURES = 400
#: processes that make pictures at the same time
_ROOMS = 2
#: records that are named under a picture
_MOST_NAMED = 3


def thing_pieces(
    *,
    things: Sequence[Thing],
    named: Mapping[str, Sequence[int]],
    wording: Wording,
    folder: Path,
    printed: Path,
    read: bool = False,
) -> list[Piece]:
    """Return the pages, and write each picture anew without what is hidden in it, and smaller into the folder `printed`.

    Where they are to be `read`, the words that a machine reads in the pictures stand on a page of their own.
    """
    if not things:
        return []
    captions = {thing.reference: caption(thing, named.get(thing.reference, ()), wording) for thing in things}
    first = sorted(things, key=lambda thing: thing.reference not in named)[:MOST_PICTURES]
    files = _developed(
        [thing for thing in first if "photograph" in thing.looks or "picture" in thing.looks], folder, printed
    )
    shown = [
        Picture(
            (file := files[thing.reference]) and printed / file.name,
            f"{thing.reference}: {captions[thing.reference]}",
        )
        for thing in things
        if thing.reference in files
    ]
    return [
        Paragraph("Photographs, recordings and documents", heading=True),
        Paragraph(
            "A time is the one that a message or a person states, as fine as it is stated; none is taken from a file. "
            "The pictures were made anew from the exhibits, smaller and without what is hidden in them."
        ),
        *([Pictures(tuple(shown))] if shown else []),
        _listed(things, captions),
        *_written_down(things, wording),
        *(_words_read(files) if read else []),
    ]


def _listed(things: Sequence[Thing], captions: Mapping[str, str]) -> Listing:
    """Return the list of all things, with their hashes."""
    rows = (
        (
            *(thing.reference, thing.looks, thing.base, f"{thing.size:,}"),
            *(captions[thing.reference], thing.sha256),
        )
        for thing in things
    )
    headings = ("Exhibit", "Looks like", "File", "Bytes", "What is said of it", "SHA-256")
    return Listing(headings, _WIDTHS, tuple(rows))


def _written_down(things: Sequence[Thing], wording: Wording) -> list[Piece]:
    """Return what people wrote down of the recordings."""
    heard = [thing for thing in things if thing.said]
    if not heard:
        return []
    pieces: list[Piece] = [
        Paragraph("What is said in the recordings", heading=True),
        Paragraph(
            "A person listened and wrote this down. The recording itself is the evidence: listen to it."
        ),
    ]
    for thing in heard:
        pieces.append(Paragraph(wording.say(f"{thing.reference}: {thing.base}. {thing.said_by}")))
        pieces.append(Paragraph(wording.say(thing.said)))
    return pieces


def _words_read(files: Mapping[str, Path | None]) -> list[Piece]:
    """Return what a machine reads in the pictures as they were made anew."""
    if not any(files.values()):
        return []
    with MachineReader() as machine:
        read = {reference: machine.read(path) for reference, path in files.items() if path}
    rows = tuple((reference, words_of(lines)) for reference, lines in read.items())
    return [
        Paragraph("Words in the pictures, read by a machine", heading=True),
        Paragraph(
            f"{machine.name} read these words. No person has checked them: words may be wrong, missing or out of order, "
            "and who wrote which is not told. None of them is counted. Read the picture itself."
        ),
        Listing(("Exhibit", "Read by a machine"), (0.12, 0.88), rows),
    ]


def words_of(lines: Sequence[str] | None) -> str:
    """Return what is said of the lines that a machine read; None where it could not."""
    if lines is None:
        return "The machine could not read it."
    return " / ".join(lines) or "No words found."


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


def _developed(things: Sequence[Thing], folder: Path, printed: Path) -> dict[str, Path | None]:
    """Return the picture made of each thing; None where none could be made."""
    if not things:
        return {}
    folder.mkdir()
    printed.mkdir()
    with ThreadPoolExecutor(max_workers=_ROOMS) as threads:
        parts = threads.map(
            lambda first: _in_one_room(things[first::_ROOMS], folder, printed),
            range(min(_ROOMS, len(things))),
        )
        return {reference: file for part in parts for reference, file in part.items()}


def _in_one_room(things: Sequence[Thing], folder: Path, printed: Path) -> dict[str, Path | None]:
    files: dict[str, Path | None] = {}
    with Darkroom() as room:
        for thing in things:
            to = folder / f"{thing.reference.replace('/', '-')}.jpg"
            with thing.source.on_disk(Ledger()) as path:
                made = room.develop(path=path, to=to, printed=printed / to.name)
                files[thing.reference] = to if made else None
    return files
