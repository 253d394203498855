"""Phrases of a text that only one victim's records hold: a reader would know the source of them. Pure.

The search compares runs of RUN words with meaning, in their order; small words, case and punctuation do not count. A
run that another person's records also hold identifies no one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

RUN = 4
#: words without a meaning of their own
SMALL = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "back",
        "be",
        "because",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "down",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "like",
        "me",
        "more",
        "my",
        "no",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "said",
        "same",
        "saw",
        "say",
        "she",
        "so",
        "some",
        "still",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "two",
        "under",
        "until",
        "up",
        "us",
        "very",
        "was",
        "we",
        "went",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


def rare(*, text: str, own: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The passages of a text that stand in one person's own records and in no other's, as the text writes them."""
    mine = {run for record in own for run, _, _ in _runs(record)}
    shared = {run for record in others for run, _, _ in _runs(record)}
    found: list[tuple[int, int]] = []
    for run, start, end in _runs(text):
        if run not in mine or run in shared:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(text[start:end] for start, end in found)


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Every run of words with meaning, with its beginning and end in the text."""
    words = [
        (_plain(match[0]), match.start(), match.end())
        for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text)
    ]
    telling = [one for one in words if one[0] not in SMALL]
    for place in range(len(telling) - RUN + 1):
        run = telling[place : place + RUN]
        yield tuple(word for word, _, _ in run), run[0][1], run[-1][2]


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
