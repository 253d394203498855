"""The words to use, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD, NOTE = "contact words", "contact note"


@dataclass(frozen=True)
class Words:
    """How the advocate introduces themselves, what to say to another person, and the word that means "not safe"."""

    say: str = ""
    if_other: str = ""
    code_word: str = ""
    remarks: str = ""

    @property
    def shown(self) -> dict[str, str]:
        """Field -> the words that the person may see on a letter or hear on the telephone."""
        return {"say": self.say, "if_other": self.if_other}
