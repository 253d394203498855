"""The words locked with a client's own key, opened in the advocacy service's process for the search of stored data.

Words under a destroyed key are unreadable, so they are no finding.
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
from desist.advocacy.support.texts import NEWS, REFERRED, Referred


@dataclass(frozen=True)
class Lock:
    """How a table's words are locked: the field name, the row and client they belong to, and the box's content."""

    named: str
    client: str = "victim"
    row: str = "ref"
    holds: type[Any] | None = None  # None for a bare text
    only: Mapping[str, str] = field(default_factory=dict)  # which rows are read


#: table -> the lock of its column of words
LOCKS: dict[str, Lock] = {
    "advocacy.Addition": Lock(ADDED, client="incident__victim"),
    "advocacy.Arrangement": Lock(SAID, row="victim__ref", holds=Said),
    "advocacy.Disclosure": Lock(DISCLOSURE, holds=Disclosed),
    "advocacy.Incident": Lock(INCIDENT, holds=Account),
    "advocacy.Note": Lock(NOTE, only={"layer": "evidence"}),
    "advocacy.SupportNews": Lock(NEWS, client="referral__need__victim"),
    "advocacy.SupportReferral": Lock(REFERRED, client="need__victim", holds=Referred),
}


def opened(
    lock: Lock, names: tuple[str, ...], rows: Iterable[tuple[str, str, memoryview]]
) -> Iterator[tuple[str, list[object]]]:
    """Return each row's reference (its reference, its client, its locked content) and its words of these names."""
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
