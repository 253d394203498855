"""Looking for thousands of spellings in a text at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tools.leaks import unwrap
from tools.leaks.planted import Secret
from tools.leaks.spelling import SHORTEST, spellings, squeezed

#: A window of six letters falls into one of this many slots; most slots stay empty.
SLOTS = 1 << 21
ODD = np.uint64(0x9E3779B97F4A7C15)
SIX = np.uint64((1 << 48) - 1)
SHIFT = np.uint64(64 - 21)
#: in bytes that are no text, a shorter spelling comes up by chance
SURE = 9


@dataclass(frozen=True)
class Hit:
    """A secret that was found, and the spelling of it."""

    secret: Secret
    spelling: str


class Search:
    """Every spelling of some secrets, ready to be looked for."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Prepare the table of windows."""
        self._known: dict[bytes, dict[bytes, tuple[Secret, str]]] = {}
        for secret in secrets:
            for spelling, name in spellings(secret).items():
                self._known.setdefault(spelling[:SHORTEST], {}).setdefault(spelling, (secret, name))
        self._slots = np.zeros(SLOTS, dtype=bool)
        if self._known:
            heads = np.frombuffer(b"".join(head + b"\0\0" for head in self._known), dtype="<u8")
            self._slots[_slot(heads)] = True

    def hits(self, data: bytes, *, text: bool = True) -> set[Hit]:
        """Return the secrets in some bytes, in any reading of them; `text`: whether they are meant to be read."""
        found: set[Hit] = set()
        for reading in unwrap.texts(data):
            found.update(self._in(squeezed(reading), 0 if text else SURE))
        return found

    def raw(self, data: bytes) -> set[Hit]:
        """Return what is in plain form in the bytes of a file that is no text; nothing is opened."""
        return set(self._in(squeezed(data.decode("latin-1")), SURE))

    def _in(self, tight: bytes, shortest: int) -> Iterator[Hit]:
        if len(tight) < SHORTEST:
            return
        padded = np.frombuffer(tight + b"\0\0", dtype=np.uint8)
        windows = np.lib.stride_tricks.as_strided(
            padded.view(np.uint8), shape=(len(tight) - SHORTEST + 1, 8), strides=(1, 1)
        )
        numbers = np.ascontiguousarray(windows).view("<u8").ravel() & SIX
        for place in np.flatnonzero(self._slots[_slot(numbers)]):
            at = int(place)
            for spelling, (secret, name) in self._known.get(tight[at : at + SHORTEST], {}).items():
                if len(spelling) >= shortest and tight.startswith(spelling, at):
                    yield Hit(secret, name)


def _slot(numbers: "np.ndarray") -> "np.ndarray":
    return ((numbers * ODD) >> SHIFT).astype(np.int64)
