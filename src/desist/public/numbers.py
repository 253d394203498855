"""Finds numbers in a text without a row behind them."""

import re

WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|hundred|"
    "thousand|million|per cent|percent|half of|a third of|a quarter of|twice as|the majority of|"
    "dau|dwy|tri|tair|pedwar|pedair|pump|chwech|saith|wyth|naw|deg|deuddeg|cant|mil|miliwn|y cant|hanner"
)
NUMBER = re.compile(rf"\d[\d,.:]*|%|\b(?:{WORDS})\b", re.IGNORECASE)

#: the advice for the editor
MENDING = "is a number without a source. Name a row instead: {figure ID}, {fact ID} or {call ID}; docs/howto/public-site.md says how"


def untraced(text: str) -> str:
    """The first number typed in a text, or "". A word in capitals (FOUR) is a name, not a number."""
    return next(
        (match[0] for match in NUMBER.finditer(text) if not (match[0].isalpha() and match[0].isupper())), ""
    )
