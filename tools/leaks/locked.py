"""Words that are locked with a client's own key, opened in the process of the advocacy service for the search of what is stored.

What a destroyed key locked nobody can read, so it is no finding.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desist.advocacy.contacts.words import FIELD as SAID
from desist.advocacy.contacts.words import Words as Said
from desist.advocacy.disclosures.texts import FIELD as DISCLOSURE
from desist.advocacy.disclosures.texts import Words as Disclosed
from desist.advocacy.incidents.texts import ADDED, Account
from desist.advocacy.incidents.texts import FIELD as INCIDENT
from desist.advocacy.safety.texts import NOTE


@dataclass(frozen=True)
class Lock:
    """How the words of a table are locked: under which name, for which row of which client, and what is in the box."""

    named: str
    client: str = "victim"
    row: str = "ref"
    holds: type[Any] | None = None  # None for a bare text
    only: Mapping[str, str] = field(default_factory=dict)  # of the rows that are read


#: table -> how its column of words is locked
LOCKS: dict[str, Lock] = {
    "advocacy.Addition": Lock(ADDED, client="incident__victim"),
    "advocacy.Arrangement": Lock(SAID, row="victim__ref", holds=Said),
    "advocacy.Disclosure": Lock(DISCLOSURE, holds=Disclosed),
    "advocacy.Incident": Lock(INCIDENT, holds=Account),
    "advocacy.Note": Lock(NOTE, only={"layer": "evidence"}),
}


def opened(
    lock: Lock, names: tuple[str, ...], rows: Iterable[tuple[str, str, memoryview]]
) -> Iterator[tuple[str, list[object]]]:
    """The reference of each row (its reference, its client, what is locked), and its words of these names."""
    from desist.advocacy.vault import boxes, commands

    for ref, client, sealed in rows:
        try:
            box = commands.box(person=client)
        except boxes.Shredded:
            continue
        if lock.holds:
            found = boxes.unlock(box, lock.named, ref, sealed, lock.holds)
            yield ref, [getattr(found, name) for name in names]
        else:
            yield ref, [box.open(field=lock.named, row=ref, sealed=bytes(sealed))]
