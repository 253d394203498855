"""The time to read a text for words that may lead to a person, beside the floor: only splitting it into words.

The text has 5,000 words of prose with a locator in every hundred; the vault has 10,000 entries, by their keyed marks.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from desist import locators, names
from desist.advocacy.vault import candidates
from desist.advocacy.vault.states import Kind
from tools.bench import paired
from tools.bench.paired import Ratio

WORDS, ENTRIES = 5_000, 10_000
MOST_MILLISECONDS = 20.0
ROUNDS = 12
KEY = b"only for the measurement, it guards nothing"
PROSE = [
    "the",
    "person",
    "said",
    "that",
    "they",
    "would",
    "go",
    "to",
    "work",
    "and",
    "then",
    "home",
    "after",
    "three",
    "sessions",
    "with",
    "a",
    "friend",
    "about",
    "his",
    "own",
    "thoughts",
    "of",
    "anger",
    "and",
    "sleep;",
    "the",
    "diary",
    "of",
    "Tuesday",
    "was",
    "left",
    "empty",
    "because",
    "nobody",
    "asked,",
    "and",
    "next",
    "week",
    "the",
    "court",
    "hears",
    "the",
    "order",
    "again",
]
LOCATORS = ("12 Quarry Lane", "NM12 4QX", "07700 900123", "lark@harbour.example", "Mill Park")


@dataclass(frozen=True)
class Figure:
    """One way of reading: milliseconds at the median and for nineteen of twenty, as well as the ratio to the floor."""

    title: str
    p50: float
    p95: float
    ratio: Ratio


def text(*, words: int = WORDS) -> str:
    """Return prose with a locator in every hundred words, always the same."""
    dice = random.Random(27)  # noqa: S311 -- a text needs no secrecy
    return " ".join(
        LOCATORS[place // 100 % len(LOCATORS)] if place % 100 == 99 else dice.choice(PROSE)
        for place in range(words)
    )


def vault() -> frozenset[bytes]:
    """Return the marks of as many numbers as a large service keeps."""
    numbers = {f"+447700{number:06}" for number in range(ENTRIES)}
    return frozenset(candidates.marks({Kind.PHONE: numbers}, key=KEY))


def run(*, console: Console) -> bool:
    """Measure, print, and return whether the target holds."""
    read, kept = text(), vault()

    def with_vault() -> None:
        locators.find(read)
        _ = candidates.marks(candidates.find(read), key=KEY) & kept

    figures = [
        _measured("shapes and named places", lambda: locators.find(read), read),
        _measured(f"the same, and a vault of {ENTRIES:,} entries", with_vault, read),
        _measured("words that may be names", lambda: names.unexplained([read]), read),
    ]
    for one in figures:
        console.print(f"{one.title}: {one.p50:.1f} ms (p95 {one.p95:.1f}), {one.ratio} times the floor")
    holds = figures[1].p95 <= MOST_MILLISECONDS
    console.print(
        f"{WORDS:,} words with a vault of {ENTRIES:,} entries in {MOST_MILLISECONDS:.0f} ms: {'yes' if holds else 'no'}"
    )
    return holds


def _measured(title: str, work: Callable[[], object], read: str) -> Figure:
    taken: dict[str, list[float]] = {"A": [], "B": []}
    turns = {"A": work, "B": read.split}
    for turn in paired.order(ROUNDS):
        began = time.process_time_ns()
        turns[turn]()
        taken[turn].append((time.process_time_ns() - began) / 1e6)
    floor = [max(one, 1e-3) for one in taken["B"]]
    times = taken["A"]
    return Figure(
        title, paired.quantile(times, 0.5), paired.quantile(times, 0.95), paired.ratio(times, floor)
    )
