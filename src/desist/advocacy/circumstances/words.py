"""The locked words of a client's circumstances."""

from dataclasses import dataclass

CIRCUMSTANCE, SELF_HARM = "circumstance", "self-harm"


@dataclass(frozen=True)
class Words:
    """What colleagues must know, and who said it."""

    words: str
    said_by: str
