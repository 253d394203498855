"""Whether a text holds anything that looks as if it led to a person, whoever's it is. Pure: it knows no vault.

The shapes are those of every other text that crosses (desist.locators; a place by its name alone is none), read in the spellings in which the vault itself is
compared: digits in words, letters for digits, gaps between letters, "at" and "dot". Beside them stand names of accounts and
addresses of pages, which only the vault keeps.
"""

import re
from collections.abc import Iterator

from desist import locators
from desist.advocacy.vault import normal, spelling

PHONE, EMAIL = "telephone number", "e-mail address"
HANDLE = re.compile(rf"(?<![\w.@])@(?!{locators.CLOCK})[^\W\d_][\w.]+", re.IGNORECASE)
PAGE = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
STEPS = re.compile(r"\b[0-9]{1,4}[a-z]?,?\s+(?:[a-z'’-]+\s+){0,2}(?!the\s)[a-z'’-]+\s+steps\b", re.IGNORECASE)
#: days and times, whose digits are no number that rings
MOMENT = re.compile(
    r"\b(?:0?[1-9]|[12][0-9]|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:[0-9]{2}){1,2}\b"
    r"|\b(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9](?:[:.][0-5][0-9])?\b"
)
#: digits that ring in the United Kingdom, with or without what goes before them, or that begin as a number abroad does
RINGS = re.compile(r"(?:00)?44[1-9][0-9]{8,9}|0[1-9][0-9]{8,9}|[127][0-9]{9}|00[1-9][0-9]{8,12}")
#: letters and digits one by one, with gaps between them
APART = re.compile(r"(?<!\w)(?:\w[^\w\n]{1,3}){4,}\w(?!\w)")
#: a postcode with letters for its digits; of its digits one at least is one, and it is no "to 2nd", "do 3ft"
POSTCODE = re.compile(
    r"\b[A-Z]{1,2}[0-9OIL][0-9A-Z]?[\s.-]{0,3}(?!1ST|2ND|3RD|[04-9]TH|[0-9](?:FT|HR|LB|YR))[0-9OIL][ABD-HJLNP-UW-Z]{2}\b"
)
_DOT = r"(?:\.|\s+\.\s+|\s*[\[({]\s*dot\s*[\])}]\s*|\s+dot\s+)"
_AT = r"(?:\s*@\s*|\s*[\[({]\s*at\s*[\])}]\s*)"
#: an e-mail address with gaps in it or its signs in words; "met at work. He" is none
MAIL = re.compile(
    rf"\w[\w+-]*{_AT}(?!{locators.CLOCK})[\w-]+(?:{_DOT}[\w-]+)+"
    r"|\w\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)+"
    rf"|\w\s+dot\s+[\w-]+\s+at\s+[\w-]+(?:{_DOT}[\w-]+)+",
    re.IGNORECASE,
)
VEHICLE = re.compile(r"\b([a-z]{2})(?:[\s-]?)[0-9]{2}[\s-]?([a-z]{3})\b", re.IGNORECASE)
OLDER_VEHICLE = re.compile(r"\b[A-Z][0-9]{1,3}\s?[A-Z]{3}\b")
#: what the reader of other texts finds of numbers; a "two" that stands for a digit begins no address
NUMBERS = tuple(shape for shape in locators.SHAPES if shape[0] == PHONE)
#: looking for an e-mail address takes as long as for everything else: only where a sign of one is
MAILED = re.compile(r"@|[\[(]\s?at\s?[\])]|\{\s*at\b|[\[(]\s+at\b|\bdot\b", re.IGNORECASE)
WITHOUT_MAIL = tuple(shape for shape in locators.SHAPES if shape[0] != EMAIL)
FURTHER: tuple[locators.Shape, ...] = (
    ("account", HANDLE),
    ("address of a page", PAGE),
    ("address", STEPS),
    ("vehicle registration", OLDER_VEHICLE),
)
#: what stands before and behind a number of two digits in any text
BEFORE = re.compile("am|an|as|at|be|by|do|go|he|if|in|is|it|me|my|no|of|on|or|pm|so|to|up|us|we|ok")
BEHIND = re.compile(
    "and|are|but|can|day|did|few|for|had|has|her|him|his|how|its|man|men|new|not|now|off|old|one|our|out|per|she|six|ten|the"
    "|two|was|who|yes|you|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|min|hrs"
)


def kinds(text: str) -> tuple[str, ...]:
    """What the words look like, each kind once; empty where nothing in them looks like a locator."""
    return tuple(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[str]:
    plain = locators.legible(text)
    mailed = MAILED.search(plain) is not None
    yield from (one.kind for one in locators.matching(plain, locators.SHAPES if mailed else WITHOUT_MAIL))
    if mailed and MAIL.search(plain):
        yield EMAIL
    spelled, closed = spelling.figures(plain), APART.sub(_closed, plain)
    yield from (one.kind for one in locators.matching(spelled, NUMBERS))
    if any(map(RINGS.fullmatch, spelling.runs(MOMENT.sub("\n\n\n\n\n", spelled)))):
        yield PHONE
    if closed != plain:
        yield from (one.kind for one in locators.matching(closed, locators.SHAPES))
    yield from (kind for kind, shape in FURTHER if shape.search(plain))
    if any(re.search("[0-9]", hit.group()) for hit in POSTCODE.finditer(closed.upper())):
        yield "postcode"
    if any(_is_vehicle(*hit.groups()) for hit in VEHICLE.finditer(plain)):
        yield "vehicle registration"


def _is_vehicle(before: str, behind: str) -> bool:
    return not BEFORE.fullmatch(before.lower()) and not BEHIND.fullmatch(behind.lower())


def _closed(apart: re.Match[str]) -> str:
    return normal.squeezed(apart.group()).upper()
