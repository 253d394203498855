"""Small numbers in words that are written about a return: a reader of both could add them up. Pure."""

import re

#: "one" is a pronoun too often to be refused
SMALL = re.compile(
    r"(?<![\d.,/:-])[1-9](?![\d/:]|[.,]\d|st\b|nd\b|rd\b|th\b)|\b(two|three|four|five|six|seven|eight|nine|one person|a single person)\b",
    re.IGNORECASE,
)
#: what says that nobody is there
NOBODY = re.compile(
    r"(?<![\d.,/:-])0(?![\d/:]|[.,]\d)|\b(zero|nought|nobody|no one|none|no (clients?|people|victims?))\b",
    re.IGNORECASE,
)
#: what is called by its number, and counts no people
NAMED = re.compile(
    r"\b(sessions?|stages?|quarters?|versions?|months?|weeks?|days?)\s+[1-9]\b|\b(four|two|three) (quarters|weeks|months|years)\b",
    re.IGNORECASE,
)
SAY_IT_WITHOUT = "Write this without numbers below ten: with the return beside it they can lead to one person"


def tells_a_small_number(words: str, *, nought: bool = False) -> bool:
    """Return whether words hold a number from 1 to 9 that could be of people; "session 3" is none. With `nought`, nought too."""
    left = NAMED.sub("", words)
    return SMALL.search(left) is not None or (nought and NOBODY.search(left) is not None)
