"""How many contacts there are, of each kind, direction and source."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.contacts import CONTACT_KINDS
from desist_chronicle.corpus import KINDS
from desist_chronicle.course import Course
from desist_chronicle.records import Kind

#: one word and its plural for each kind of contact
WORDS = {
    Kind.MESSAGE: ("message", "messages"),
    Kind.EMAIL: ("e-mail", "e-mails"),
    Kind.CALL: ("call", "calls"),
    Kind.MISSED_CALL: ("missed call", "missed calls"),
    Kind.VOICEMAIL: ("voicemail", "voicemails"),
}


@dataclass(frozen=True)
class Count:
    """Contacts of one kind in one source."""

    source: str
    kind: Kind
    from_subject: int
    to_subject: int
    through_third_party: int


def by_channel(*, course: Course) -> list[Count]:
    """Return one row for each source and kind that has any contact."""
    rows, contacts = course.corpus.rows, course.contacts
    sides = (contacts.attempted, contacts.answered, contacts.through_third_party)
    found = []
    for source, name in enumerate(course.corpus.sources):
        for kind in CONTACT_KINDS:
            here = (rows["source"] == source) & (rows["kind"] == KINDS.index(kind))
            counts = [int((here & side).sum()) for side in sides]
            if any(counts):
                found.append(Count(name, kind, *counts))
    return found


def kinds_sentence(kinds: NDArray[np.uint8]) -> str:
    """Return kind codes as words: "41 messages, 6 missed calls"."""
    counts = np.bincount(kinds, minlength=len(KINDS))
    parts = []
    for kind, (one, many) in WORDS.items():
        count = int(counts[KINDS.index(kind)])
        if count:
            parts.append(f"{count:,} {one if count == 1 else many}")
    return ", ".join(parts)
