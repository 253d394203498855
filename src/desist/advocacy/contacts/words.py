"""What to say, as one frozen answer: kept locked with the person's own key."""

from dataclasses import dataclass

FIELD, NOTE = "contact words", "contact note"


@dataclass(frozen=True)
class Words:
    """How to introduce oneself, what to say to somebody else, and the word that says it is not safe."""

    say: str = ""
    if_other: str = ""
    code_word: str = ""
    remarks: str = ""

    @property
    def shown(self) -> dict[str, str]:
        """Field -> the words that the person may see or hear: on a letter, or on the telephone."""
        return {"say": self.say, "if_other": self.if_other}
