"""The texts of a disclosure, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD = "disclosure"


@dataclass(frozen=True)
class Words:
    """The exact words, and the reason for the disclosure."""

    words: str
    necessity: str
    proportionality: str
    why: str = ""  # words.FalseAlarm, if words stay that look like a lead to a person
    without: str = ""  # why it is told without the client's choice; it never crosses
