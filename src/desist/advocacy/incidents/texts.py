"""The texts of an incident, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD, ADDED = "incident", "incident addition"


@dataclass(frozen=True)
class Account:
    """The words of an incident. All of them may become evidence; private words go into a note."""

    what: str
    place: str = ""
    effect: str = ""
    witnesses: str = ""
    kept: str = ""  # where the evidence is

    @property
    def crossing(self) -> dict[str, str]:
        """Field of a breach report -> the words that the police read. The exact place is left out."""
        return {"account": self.what, "effect": self.effect, "kept": self.kept, "witnesses": self.witnesses}
