"""Copies of one conversation from several devices, merged without losing a message.

People send "?" five times a minute, so a set of distinct messages loses evidence. For every (minute,
sender, kind, text) the greatest number of copies that any one source holds is kept: the multiset
maximum. Only sources that prove to be copies of one conversation are merged.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.conversations import Conversations
from desist_chronicle.corpus import KINDS, NO_TIME, PRECISIONS, Corpus
from desist_chronicle.people import Identities
from desist_chronicle.records import Flag, Kind, Precision

_MINUTE = 60_000_000
#: clocks of two telephones that are set by hand or late differ by minutes
_NEAR = 5 * _MINUTE
#: kinds that are one contact wherever they are recorded
_COMPARED = frozenset({Kind.MESSAGE, Kind.EMAIL, Kind.CALL, Kind.MISSED_CALL, Kind.VOICEMAIL})
#: what a device wrote in place of media differs between devices, so media are matched by number alone
_MEDIA = frozenset({Flag.MEDIA_OMITTED, Flag.ATTACHMENT, Flag.STICKER})
#: shorter texts recur by chance and prove nothing
LONG_TEXT = 10
#: the evidence that two sources hold one conversation
FEWEST_MATCHES, LEAST_SHARE = 3, 0.5


@dataclass(frozen=True)
class Merge:
    """Two conversations found to be copies of one, and why."""

    first: int
    second: int
    matched: int
    #: distinctive messages of the smaller side in the time both cover
    comparable: int


@dataclass(frozen=True)
class Duplicates:
    """Per record the record it is a copy of, or -1 where it stands for itself."""

    copy_of: NDArray[np.int64]
    merges: tuple[Merge, ...]

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Whether each record stands for itself."""
        return self.copy_of < 0


def normal(text: str) -> str:
    """Return a text to compare: with composed characters, one kind of line end, no direction marks, no outer space."""
    plain = text.replace("\r\n", "\n").strip()
    if plain.isascii():
        return plain
    return unicodedata.normalize("NFC", plain.replace("\u200e", "").replace("\u200f", "")).strip()


def fingerprints(*, corpus: Corpus) -> NDArray[np.uint64]:
    """Per record a 64-bit BLAKE2b of its text as it is compared; media all share one.

    Of a single source, which has nothing to be compared with, none.
    """
    if len(corpus.sources) < 2:
        return np.empty(0, dtype=np.uint64)
    reader = corpus.reader()
    media = corpus.flagged(_MEDIA).tolist()
    prints = bytearray()
    for position, is_media in enumerate(media):
        compared = "" if is_media else normal(reader.text(position))
        prints += blake2b(compared.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.frombuffer(prints, dtype="<u8")


def merge_copies(
    *,
    corpus: Corpus,
    identities: Identities,
    conversations: Conversations,
    prints: NDArray[np.uint64],
    again: Mapping[str, str] | None = None,
    apart: bool = False,
) -> Duplicates:
    """Find the records that are further copies of another source's record. `prints` holds the texts' fingerprints.

    `again` names, for each source that is byte for byte another one, that other: however short, they are one. Records that
    are to be kept `apart` stand for themselves.
    """
    nothing = Duplicates(copy_of=np.full(len(corpus), -1, dtype=np.int64), merges=())
    if apart or len(corpus.sources) < 2:
        return nothing
    rows = corpus.rows
    repeated = _same_files(corpus, again or {})
    compared = np.isin(rows["kind"], [KINDS.index(kind) for kind in _COMPARED]) & (rows["utc"] != NO_TIME)
    at = np.flatnonzero(compared & (repeated < 0))
    keys = _keys(corpus, identities, prints, at)
    merges = _copies_of_one(corpus, conversations, at, keys)
    if not merges:
        return Duplicates(copy_of=repeated, merges=())
    together = _groups(len(conversations.all), merges)
    copy_of = _multiset_maximum(
        keys=keys,
        group=together[conversations.of[at]],
        source=conversations.of[at],
        fineness=_fineness()[rows["precision"][at]],
    )
    whole = repeated.copy()
    whole[at] = np.where(copy_of >= 0, at[copy_of], -1)
    # a copy of what is itself a copy is one of the same record
    twice = repeated[repeated >= 0]
    whole[repeated >= 0] = np.where(whole[twice] >= 0, whole[twice], twice)
    return Duplicates(copy_of=whole, merges=merges)


def _same_files(corpus: Corpus, again: Mapping[str, str]) -> NDArray[np.int64]:
    """Per record the record that it repeats because its whole source is a file that was given twice, or -1."""
    rows, sources = corpus.rows, corpus.sources
    copy_of = np.full(len(corpus), -1, dtype=np.int64)
    for number, name in enumerate(sources):
        if again.get(name) in sources:
            first = sources.index(again[name])
            copy_of[rows["source"] == number] = np.flatnonzero(rows["source"] == first)
    return copy_of


def possible_copies(
    *, corpus: Corpus, identities: Identities, prints: NDArray[np.uint64], kept: NDArray[np.bool_]
) -> int:
    """Count kept contacts that another source has within five minutes: the same words of the same person."""
    if len(corpus.sources) < 2:
        return 0
    rows = corpus.rows
    compared = np.isin(rows["kind"], [KINDS.index(kind) for kind in _COMPARED]) & (rows["utc"] != NO_TIME)
    at = np.flatnonzero(compared & kept & (rows["text_size"] >= LONG_TEXT) & ~corpus.flagged(_MEDIA))
    order = at[np.lexsort((rows["utc"][at], identities.sender[at], prints[at]))]
    before, after = order[:-1], order[1:]
    near = (
        (prints[before] == prints[after])
        & (identities.sender[before] == identities.sender[after])
        & (rows["source"][before] != rows["source"][after])
        & (rows["utc"][after] - rows["utc"][before] <= _NEAR)
    )
    return int(near.sum())


def _fineness() -> NDArray[np.int64]:
    """Return per precision code a number that is greater the finer it is."""
    order = (Precision.UNKNOWN, Precision.DAY, Precision.MINUTE, Precision.SECOND, Precision.MILLISECOND)
    return np.array([order.index(precision) for precision in PRECISIONS])


def _keys(
    corpus: Corpus, identities: Identities, prints: NDArray[np.uint64], at: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return per record at `at` a number that records share exactly when minute, sender, kind and text agree."""
    rows = corpus.rows
    columns = (
        prints[at].view("<i8"),
        rows["utc"][at] // _MINUTE,
        identities.sender[at].astype(np.int64),
        rows["kind"][at].astype(np.int64),
    )
    order = np.lexsort(columns)
    new = np.zeros(len(at), dtype=np.bool_)
    for column in columns:
        ordered = column[order]
        new[1:] |= ordered[1:] != ordered[:-1]
    keys = np.empty(len(at), dtype=np.int64)
    keys[order] = np.cumsum(new)
    return keys


def _copies_of_one(
    corpus: Corpus, conversations: Conversations, at: NDArray[np.int64], keys: NDArray[np.int64]
) -> tuple[Merge, ...]:
    """Return every pair of conversations from different sources that share enough distinctive messages."""
    rows = corpus.rows
    distinctive = (rows["text_size"][at] >= LONG_TEXT) & ~corpus.flagged(_MEDIA)[at]
    of, key, time = conversations.of[at][distinctive], keys[distinctive], rows["utc"][at][distinctive]
    count = len(conversations.all)
    once = np.unique(key * count + of)
    shared = Counter(_pairs(key=once // count, of=once % count))
    merges = []
    for (first, second), matched in sorted(shared.items()):
        if conversations.all[first].source == conversations.all[second].source:
            continue
        comparable = _comparable(of=of, key=key, time=time, pair=(first, second))
        if matched >= FEWEST_MATCHES and matched >= LEAST_SHARE * comparable:
            merges.append(Merge(first=first, second=second, matched=matched, comparable=comparable))
    return tuple(merges)


def _pairs(*, key: NDArray[np.int64], of: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Every pair of conversations that share a key; each (key, conversation) is given once, sorted by key."""
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    ends = np.append(starts, len(key))[1:]
    several = ends - starts > 1
    pairs: list[tuple[int, int]] = []
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        pairs.extend(combinations(of[start:end].tolist(), 2))
    return pairs


def _comparable(
    *, of: NDArray[np.int32], key: NDArray[np.int64], time: NDArray[np.int64], pair: tuple[int, int]
) -> int:
    """Distinctive messages of the smaller of two conversations in the time that both cover."""
    times = [time[of == one] for one in pair]
    start, end = max(part.min() for part in times), min(part.max() for part in times)
    # sources that state minutes call anything in the last minute the start of it
    within = (time >= start - start % _MINUTE) & (time < end - end % _MINUTE + _MINUTE)
    return min(len(np.unique(key[within & (of == one)])) for one in pair)


def _groups(count: int, merges: tuple[Merge, ...]) -> NDArray[np.int64]:
    """Per conversation the number of the group of copies that it belongs to."""
    group = list(range(count))
    for merge in merges:
        old, new = group[merge.second], group[merge.first]
        group = [new if one == old else one for one in group]
    return np.array(group, dtype=np.int64)


def _multiset_maximum(
    *,
    keys: NDArray[np.int64],
    group: NDArray[np.int64],
    source: NDArray[np.int32],
    fineness: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Per record the position of the record it copies, or -1.

    Of each key in each group, the conversation with most records is kept whole (at a tie the finer clock,
    then the earlier conversation); the j-th record of any other is a copy of the j-th record kept.
    """
    order = np.lexsort((np.arange(len(keys)), source, group, keys))
    key, together, source = keys[order], group[order], source[order]
    new_set = np.r_[True, (key[1:] != key[:-1]) | (together[1:] != together[:-1])]
    new_run = new_set | np.r_[True, source[1:] != source[:-1]]
    starts = np.flatnonzero(new_run)
    sizes = np.diff(np.r_[starts, len(order)])
    set_of_run = np.cumsum(new_set)[starts] - 1
    best = np.lexsort((source[starts], -fineness[order][starts], -sizes, set_of_run))
    first_of_set = np.flatnonzero(np.r_[True, np.diff(set_of_run[best]) > 0])
    winner = starts[best[first_of_set]][set_of_run]
    place_in_run = np.arange(len(order)) - np.repeat(starts, sizes)
    original = np.repeat(winner, sizes) + place_in_run
    copy_of = np.full(len(order), -1, dtype=np.int64)
    copies = np.repeat(winner != starts, sizes)
    copy_of[order[copies]] = order[original[copies]]
    return copy_of
