"""Why people are not in an extract, and how rows were made coarser, in words: a code crosses, each side has these. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence

from desist.extracts.rows import Unreadable

COUNTED = re.compile(r"([a-z_]+) ([0-9]{1,9})")
LEFT_OUT = {
    "again": "Further referrals of a person who is counted once",
    "void": "Referrals that were taken back or declined because they were made twice or by mistake",
    "not_eligible": "Referrals that were not accepted, are not decided, or for advice alone",
    "too_new": "People referred so recently that nobody can be followed yet",
    "too_small": "People whose group would have been too small, however coarse",
}
COARSER = {
    "no_age": "Age left empty",
    "year": "Days moved to the beginning of the year, and age left empty",
    "no_reason": "Days moved to the beginning of the year, age left empty, and “left” as the only reason",
}


def left_out(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the words of each code with its number, in the order of the list."""
    return tuple((words, found[code]) for code, words in LEFT_OUT.items() if code in found)


def coarser(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the words of each step with its number, in the order of the steps."""
    return tuple((words, found[code]) for code, words in COARSER.items() if code in found)


def read(texts: Sequence[str], codes: Collection[str] = LEFT_OUT) -> dict[str, int]:
    """Return code -> number of texts such as "again 3". Raises Unreadable, in a sentence that repeats none of them."""
    found = {}
    for text in texts:
        parts = COUNTED.fullmatch(text)
        if parts is None or parts[1] not in codes:
            raise Unreadable("The envelope says no reason of the list: ask the sender.")
        found[parts[1]] = int(parts[2])
    return found
