"""The difference between two devices' clocks: proposed from the messages both hold, applied only when asked."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.corpus import KINDS, NO_TIME, Corpus
from desist_chronicle.people import Identities
from desist_chronicle.records import Kind

#: texts shorter than this recur by chance
LONG_TEXT = 20
#: the evidence that a proposal of an offset needs
FEWEST_MATCHES, LEAST_SHARE = 5, 0.5
#: a smaller difference is the rounding of a clock that states minutes, in seconds
SMALLEST_OFFSET = 60
_SECOND = 1_000_000


@dataclass(frozen=True)
class OffsetProposal:
    """One source's clock seems to run ahead of another's by a constant."""

    source: str
    #: the source it is compared with
    other: str
    #: how far `source` is ahead of `other`
    seconds: int
    #: messages that agree with it, of those that both hold once
    agreeing: int
    matched: int

    def sentence(self) -> str:
        """The proposal in words."""
        way = "ahead of" if self.seconds > 0 else "behind"
        return (
            f"The clock of “{self.source}” seems to be {abs(self.seconds):,} seconds {way} that of “{self.other}”: "
            f"{self.agreeing:,} of {self.matched:,} messages that both hold agree. Nothing was changed."
        )


def propose_offsets(
    *, corpus: Corpus, identities: Identities, prints: NDArray[np.uint64]
) -> tuple[OffsetProposal, ...]:
    """Compare every pair of sources by the long messages that each of them holds exactly once.

    `prints` are the texts' fingerprints.
    """
    sources = corpus.sources
    if len(sources) < 2:
        return ()
    rows = corpus.rows
    long = (rows["kind"] == KINDS.index(Kind.MESSAGE)) & (rows["text_size"] >= LONG_TEXT)
    at = np.flatnonzero(long & (rows["utc"] != NO_TIME))
    # one number for text and sender: two of them alike by chance would only make one message fewer to compare
    keys = prints[at] ^ (identities.sender[at].astype(np.uint64) << np.uint64(32))
    held = []
    for source in range(len(sources)):
        here = rows["source"][at] == source
        held.append(_once(keys[here], rows["utc"][at][here]))
    proposals = (_compare(sources, held, pair) for pair in combinations(range(len(sources)), 2))
    return tuple(proposal for proposal in proposals if proposal)


@dataclass(frozen=True)
class _Once:
    """The messages that one source holds exactly once: keys in order, and their times."""

    keys: NDArray[np.uint64]
    times: NDArray[np.int64]


def _once(keys: NDArray[np.uint64], times: NDArray[np.int64]) -> _Once:
    distinct, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return _Once(keys=distinct[counts == 1], times=times[first[counts == 1]])


def _compare(sources: list[str], held: list[_Once], pair: tuple[int, int]) -> OffsetProposal | None:
    """Return the commonest difference between two sources, if it is common enough to be a clock's."""
    first, second = held[pair[0]], held[pair[1]]
    _, mine, theirs = np.intersect1d(first.keys, second.keys, assume_unique=True, return_indices=True)
    if len(mine) < FEWEST_MATCHES:
        return None
    apart = np.rint((first.times[mine] - second.times[theirs]) / _SECOND).astype(np.int64)
    differences, counts = np.unique(apart, return_counts=True)
    # at a tie the smaller offset: the more likely clock
    best = np.lexsort((np.abs(differences), -counts))[0]
    seconds, agreeing = int(differences[best]), int(counts[best])
    if abs(seconds) < SMALLEST_OFFSET or agreeing < LEAST_SHARE * len(mine):
        return None
    return OffsetProposal(
        source=sources[pair[0]], other=sources[pair[1]], seconds=seconds, agreeing=agreeing, matched=len(mine)
    )
