"""What is written in a disclosure, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD = "disclosure"


@dataclass(frozen=True)
class Words:
    """The exact words, and why they are told."""

    words: str
    necessity: str
    proportionality: str
    why: str = ""  # words.FalseAlarm, where words stay that look as if they led to a person
