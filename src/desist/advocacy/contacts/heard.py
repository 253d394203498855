"""Safe times that words about contact state plainly enough to fill in a form. Pure.

"Text only, after 6pm on weekdays" names a way, days and an hour. A sentence with a "not" or a "never" in it fills in
nothing, nor does an hour that may be morning or evening: the advocate reads the words and asks.
"""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

from desist.advocacy.contacts.states import DAYS, Channel

REFUSED = re.compile(r"\b(?:not?|never|cannot|avoid|unless|except|without|\w+n['’]t)\b", re.IGNORECASE)
WAYS = {
    Channel.TEXT: r"texts?|sms|text messages?",
    Channel.CALL: r"calls?|ring|(?:tele)?phone",
    Channel.EMAIL: r"e-?mails?",
    Channel.LETTER: r"letters?|post",
    Channel.MEETING: r"meet|in person|face to face",
}
SPANS = {
    r"(?:every|any) day|daily": range(7),
    r"weekdays?|working days?": range(5),
    r"weekends?": (5, 6),
    **{rf"{day}s?": (number,) for number, day in enumerate(DAYS)},
}
_HOUR = r"(?:[0-9]{1,2}(?:[:.][0-9]{2})?\s?[ap]m|[0-9]{2}[:.][0-9]{2}|noon|midday)"
BETWEEN = re.compile(rf"({_HOUR})\s*(?:to|and|until|till|[-–])\s*({_HOUR})", re.IGNORECASE)
AFTER = re.compile(rf"(?:after|from)\s+({_HOUR})", re.IGNORECASE)
BEFORE = re.compile(rf"(?:before|until|till|by)\s+({_HOUR})", re.IGNORECASE)


def filled(text: str) -> dict[str, Any]:
    """Field of a safe time -> what the words state. A field that they do not state plainly is left out."""
    said = [one for one in re.split(r"[.;\n](?![0-9])", text) if not REFUSED.search(one)]
    ways = {way for one in said for way, words in WAYS.items() if _names(words, one)}
    days = {day for one in said for words, span in SPANS.items() if _names(words, one) for day in span}
    hours = dict(hour for one in said for hour in _hours(one))
    found: dict[str, Any] = {"channel": next(iter(ways)).value} if len(ways) == 1 else {}
    return found | ({"days": [str(day) for day in sorted(days)]} if days else {}) | hours


def _names(words: str, sentence: str) -> bool:
    return re.search(rf"\b(?:{words})\b", sentence, re.IGNORECASE) is not None


def _hours(sentence: str) -> Iterator[tuple[str, time]]:
    if both := BETWEEN.search(sentence):
        yield from zip(("start", "end"), map(_clock, both.groups()), strict=True)
        return
    for name, shape in (("start", AFTER), ("end", BEFORE)):
        if hit := shape.search(sentence):
            yield name, _clock(hit[1])


def _clock(text: str) -> time:
    """Return the hour that a text gives; midnight if it gives none."""
    if not text[0].isdigit():
        return time(12)
    digits = re.match(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?", text)
    hour, minute = int(digits[1]), int(digits[2] or 0)  # type: ignore[index]  # it begins with a digit
    if text[-1] in "mM":
        hour = hour % 12 + (12 if text[-2] in "pP" else 0)
    return time(hour % 24, minute % 60)
