"""The disclosures, requests and drafts of the demo's police, as both sides know them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist.disclosure.copies import Content
from tools.synthetic.cases import Case


@dataclass(frozen=True)
class Told:
    """One exact copy that crossed `days` ago about the `person`-th in sessions; `recalled` a day later."""

    person: int
    days: int
    words: str
    nature: str
    purpose: str
    raised: bool = False
    recalled: bool = False

    def content(self, at: datetime) -> Content:
        """Return the exact copy."""
        as_of = self.on(at)
        told_on = as_of - timedelta(days=1) if self.raised else None
        return Content(self.words, self.nature, as_of, self.raised, told_on, self.purpose)

    def on(self, at: datetime) -> date:
        """Return the day on which it crossed."""
        return (at - timedelta(days=self.days)).date()

    def token(self, case: Case) -> str:
        """Return the token that the two sites share for it."""
        return f"{case.thread}-d{self.days}"


@dataclass(frozen=True)
class Asked:
    """One question, `days` ago; `answer` is the days of what answered it, or a coded refusal, or "" while it waits."""

    person: int
    days: int
    question: str
    necessity: str
    answer: str = ""

    def token(self, case: Case) -> str:
        """Return the token that the two sites share for it."""
        return f"{case.thread}-q{self.days}"


TOLD = (
    Told(
        0, 9, "Was stopped by officers twice in one week, in places the order leaves him free to be.", "fact",
        "sessions",
    ),
    Told(
        1, 16, "Arrested for a breach of the order and released under investigation.", "fact", "safety",
        raised=True,
    ),
    Told(
        1, 30, "Is thought to use a second account online.", "assessment", "safety", recalled=True,
    ),
)  # fmt: skip
ASKED = (
    Asked(0, 12, "Is anything known since the order was made that bears on the risk?", "To plan the next chain", "9"),
    Asked(1, 5, "Has the court set a date?", "The weeks before a hearing are hard ones", "nothing"),
    Asked(2, 1, "Are there new conditions to the order?", "The plan for the next session depends on it"),
)  # fmt: skip
DRAFT = "Was cautioned for an unrelated matter in spring."


def people(cases: Sequence[Case]) -> list[Case]:
    """Return the people in sessions in the first area, in order: the figures above number them."""
    return [case for case in cases if case.story.stage == "in_sessions" and case.story.area == "North"]
