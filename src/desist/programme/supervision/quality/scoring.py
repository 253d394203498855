"""Counting ratings: pure. Only observers' ratings get here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desist.programme.supervision.quality.states import Answer


@dataclass(frozen=True)
class Score:
    """How many of the items that arose were met."""

    met: int
    arose: int

    @property
    def words(self) -> str:
        """ "11 of 13", or "none applied"."""
        return f"{self.met} of {self.arose}" if self.arose else "none applied"


def score(answers: Mapping[str, str]) -> Score:
    """One rating."""
    counts = Counter(answers.values())
    return Score(counts[Answer.YES], counts[Answer.YES] + counts[Answer.NO])


def by_item(ratings: Iterable[Mapping[str, str]]) -> dict[str, Score]:
    """Item -> how often it was met, of how often it arose, over several ratings."""
    total: Counter[tuple[str, str]] = Counter()
    items: dict[str, None] = {}
    for answers in ratings:
        for item, answer in answers.items():
            items[item] = None
            total[item, answer] += 1
    return {
        item: Score(total[item, Answer.YES], total[item, Answer.YES] + total[item, Answer.NO])
        for item in items
    }
