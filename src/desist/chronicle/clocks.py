"""How far two devices' clocks stand apart: proposed from the messages both hold, applied only when asked."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from desist.chronicle.corpus import KINDS, NO_TIME, Corpus
from desist.chronicle.duplicates import fingerprints
from desist.chronicle.people import Identities
from desist.chronicle.records import Kind

#: texts shorter than this recur by chance
LONG_TEXT = 20
#: what it takes to propose an offset
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


def propose_offsets(*, corpus: Corpus, identities: Identities) -> tuple[OffsetProposal, ...]:
    """Compare every pair of sources by the long messages that each of them holds exactly once."""
    sources = corpus.sources
    if len(sources) < 2:
        return ()
    rows = corpus.rows
    long = (rows["kind"] == KINDS.index(Kind.MESSAGE)) & (rows["text_size"] >= LONG_TEXT)
    at = np.flatnonzero(long & (rows["utc"] != NO_TIME))
    prints, senders = fingerprints(corpus=corpus)[at], identities.sender[at]
    held: list[dict[tuple[int, int], int]] = []
    for source in range(len(sources)):
        here = rows["source"][at] == source
        held.append(_once(prints[here], senders[here], rows["utc"][at][here]))
    proposals = (_compare(sources, held, pair) for pair in combinations(range(len(sources)), 2))
    return tuple(proposal for proposal in proposals if proposal)


def _once(
    prints: NDArray[np.uint64], senders: NDArray[np.int32], times: NDArray[np.int64]
) -> dict[tuple[int, int], int]:
    """The time of each (text, sender) that occurs exactly once."""
    keys = list(zip(prints.tolist(), senders.tolist(), strict=True))
    counts = Counter(keys)
    return {key: time for key, time in zip(keys, times.tolist(), strict=True) if counts[key] == 1}


def _compare(
    sources: list[str], held: list[dict[tuple[int, int], int]], pair: tuple[int, int]
) -> OffsetProposal | None:
    """The commonest difference between two sources, where it is common enough to be a clock's."""
    first, second = held[pair[0]], held[pair[1]]
    differences = Counter(round((first[key] - second[key]) / _SECOND) for key in first.keys() & second.keys())
    matched = differences.total()
    if matched < FEWEST_MATCHES:
        return None
    seconds, agreeing = max(differences.items(), key=lambda item: (item[1], -abs(item[0]), item[0]))
    if abs(seconds) < SMALLEST_OFFSET or agreeing < LEAST_SHARE * matched:
        return None
    return OffsetProposal(
        source=sources[pair[0]], other=sources[pair[1]], seconds=seconds, agreeing=agreeing, matched=matched
    )
