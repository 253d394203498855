"""What is written about an incident, as one frozen answer: kept locked with the person's own key."""

from dataclasses import dataclass

FIELD, ADDED = "incident", "incident addition"


@dataclass(frozen=True)
class Account:
    """The words of an incident. All of it may become evidence; what is private stands in a note of its own."""

    what: str
    place: str = ""
    effect: str = ""
    witnesses: str = ""
    kept: str = ""  # where the evidence is

    @property
    def crossing(self) -> dict[str, str]:
        """Field of a breach report -> the words that the police read: where exactly it happened stays."""
        return {"account": self.what, "effect": self.effect, "kept": self.kept, "witnesses": self.witnesses}
