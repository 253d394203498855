"""Photographs, recordings and documents: found among the files and inside archives, hashed and numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desist_chronicle import sources
from desist_chronicle.ledger import Ledger
from desist_chronicle.looks import is_thing
from desist_chronicle.reading import Outcome, names_of
from desist_chronicle.sources import Source


@dataclass(frozen=True)
class Thing:
    """One photograph, recording or document as an exhibit."""

    reference: str
    #: as the sources name it: an archive's name stands before that of a file in it
    name: str
    looks: str
    size: int
    sha256: str
    source: Source
    #: what a person wrote down of a recording, and who did so when; empty where nobody did
    said: str = ""
    said_by: str = ""

    @property
    def base(self) -> str:
        """The last part of its name, by which messages and diaries speak of it."""
        return self.name.rsplit("/", 1)[-1]


def things_of(
    *, paths: Sequence[Path], outcomes: Sequence[Outcome], references: dict[str, str], initials: str
) -> tuple[Thing, ...]:
    """Return every such file. One in an archive is numbered below the exhibit that was read from that archive.

    `references` are the exhibit numbers of the sources that were read, by name.
    """
    found = []
    number = len(references)
    within: dict[str, int] = {}
    for source, looks, archive in _files(paths, outcomes):
        read = next((ref for name, ref in references.items() if name.startswith(f"{archive}/")), "")
        if archive and read:
            within[read] = within.get(read, 0) + 1
            reference = f"{read}/{within[read]}"
        else:
            number += 1
            reference = f"{initials}/{number}"
        found.append(Thing(reference, source.name, looks, source.size, source.sha256(), source))
    return tuple(found)


def _files(paths: Sequence[Path], outcomes: Sequence[Outcome]) -> Iterator[tuple[Source, str, str]]:
    """Yield each file with its look and, where it is in an archive, the archive's name."""
    of = {outcome.source: outcome for outcome in outcomes}
    found = sources.files(list(paths))
    names = names_of(found)
    for path in found:
        outcome = of.get(names[path])
        if outcome is None:
            continue
        if outcome.thing:
            yield sources.of_file(path, name=outcome.source), outcome.thing, ""
        looks = {name: look for name, look, read in outcome.members if read != "read" and is_thing(look)}
        if looks:
            for member in sources.archive(path, Ledger(), name=outcome.source):
                if member.name in looks:
                    yield member, looks[member.name], outcome.source
