"""Words in a text that may say where somebody is or how to reach them. Pure.

Found are postcodes, e-mail addresses, positions, telephone numbers, registrations of vehicles and the beginnings of
postal addresses of the United Kingdom, and named streets and places: "Mill Park" tells where somebody moved as well as an
address does. It errs towards finding: a false alarm costs one choice or another wording, a missed address may cost much
more. It reads forms, not meaning, and cannot know "the bakery where she works".
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUYS]?|H[ADGPRSUX]|I[GMPV]|J?E|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
#: one of a postcode area that there is, for a field that asks for one
POSTCODE = rf"\b(?:(?:{AREAS})[0-9][0-9A-Z]?[\s.-]{{0,3}}{INWARD}|GIR ?0AA)\b"
#: one with a slip in its area still leads close by
ANY_POSTCODE = rf"{POSTCODE}|\b[A-Z]{{1,2}}[0-9][0-9A-Z]?\s{{0,3}}{INWARD}\b"
#: what follows "@" in "we met @ 5.30pm", or on a day of figures
CLOCK = r"[0-9.:]+(?:\s?[ap]m)?(?!\w|[.-][a-z])"
EMAIL = rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}(?:\s?@\s?(?!{CLOCK})|\s?[\[(]\s?at\s?[\])]\s?)[\w-]{{1,63}}(?:(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)[\w-]{{1,63}}){{1,4}}"
POSITION = r"[+-]?[0-9]{1,3}\.[0-9]{3,}\s{0,3}[,;/]\s{0,3}[+-]?[0-9]{1,3}\.[0-9]{3,}"
THREE_WORDS = r"///\w+\.\w+\.\w+"
#: 9 to 15 digits that begin as a number in the United Kingdom or abroad does; a lone nought within figures begins none
PHONE = r"(?<![0-9])(?<![0-9]/)\(?(?:\+\s?\(?[0-9]|(?<![0-9]\s)0|0(?=[0-9]{2}))(?:[\s().-]{0,3}[0-9]){8,14}(?![0-9]|/(?:[0-9]{2}|[0-9]{4})(?![0-9]))"
VEHICLE = r"\b(?:[A-Z]{2}[0-9]{2}\s?[A-Z]{3}|[A-Za-z]{2}[0-9]{2}[A-Za-z]{3})\b"
STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|crescent|cres|court|ct|place|pl|gardens|gdns|terrace|way|grove"
    "|walk|row|rise|hill|mews|square|sq|parade|green|park|view|fields?|hollow|lock|gate|wharf|quay|yard|croft|mount"
)
#: what goes before such a word where it is the name of no street: "12 sessions in a row", "3 days in court"
NO_NAME = (
    "(?:a|an|any|at|by|each|every|for|from|her|his|in|no|of|on|or|other|own|per|same|that|the|their|this|to"
    r"|minutes?|mins?|hours?|miles?)\s|(?:county|crown|family|magistrates['’]?|youth)\s+court\b"
)
#: what follows a number that counts: "went to the house 3 times"
COUNTED = r"(?:(?:or|to)\s+(?:[0-9]+|more)\s+)?(?:more\s+)?(?:times?|minutes?|hours?|days?|nights?|evenings?|mornings?|weeks?|months?|years?)"
WORD = r"(?:(?:dr|gt|lt|mt|st)\.|[a-z'’-]+)"
ADDRESS = (
    rf"\b(?:[0-9]{{1,4}}[a-z]?,?\s+(?:(?:the|(?-i:County|Crown|Family|Youth))\s+|(?:{WORD}\s+){{0,2}}(?!{NO_NAME}){WORD}\s+)(?:{STREETS})\b"
    rf"|(?:flat|apartment|apt|unit|house|room)\s+(?:no\.?\s*)?[0-9]{{1,4}}[a-z]?\b(?!\s+{COUNTED}\b))"
)

#: (kind, what it looks like)
Shape = tuple[str, re.Pattern[str]]
SHAPES: tuple[Shape, ...] = (
    ("postcode", re.compile(ANY_POSTCODE, re.IGNORECASE)),
    ("e-mail address", re.compile(EMAIL, re.IGNORECASE)),
    ("position", re.compile(POSITION)),
    ("three-word address", re.compile(THREE_WORDS)),
    ("telephone number", re.compile(PHONE)),
    ("vehicle registration", re.compile(VEHICLE)),
    ("address", re.compile(ADDRESS, re.IGNORECASE)),
)

#: shape -> signs of which it has at least one; every other has a figure
SIGNS = {"e-mail address": "@[(", "three-word address": ("///",)}

_STREET = "road|street|avenue|lane|close|crescent|drive|gardens|grove|terrace|way|court|place|square|hill|mews|row|walk|parade"
_PLACE = (
    "school|academy|college|nursery|university|gym|surgery|hospital|clinic|church|mosque|temple|synagogue|library"
    "|station|supermarket|shop|salon|caf[eé]|pub|office|offices|park|estate|village|town centre|retail park|house"
)
_NAME = r"\b(?:[A-Z][\w’'-]+\s+){1,3}"
PLACES: tuple[Shape, ...] = (
    ("street", re.compile(rf"{_NAME}(?:{_STREET.title()})\b")),
    ("named place", re.compile(rf"{_NAME}(?i:{_PLACE})\b")),
)
#: words that begin a sentence and are no name of a place
_PLAIN = re.compile(
    r"^(?:The|A|An|Any|Her|His|Their|Not|No|Never|At|In|To|Within|Near|Every|This|That)\s", re.IGNORECASE
)
#: where a court, the police or probation sit is no secret
_PUBLIC = re.compile(
    r"(?:(?:County|Crown|Family|Magistrates[’']?|Youth) Court|^(?:Police|Railway|Train|Bus) (?i:station)|^Probation (?i:offices?))$"
)


@dataclass(frozen=True)
class Finding:
    """One place in a text: what it looks like, the words found, and where they begin in the text as it is read."""

    kind: str
    words: str
    start: int

    @property
    def like(self) -> str:
        """What it looks like, with its article: "an address"."""
        return f"an {self.kind}" if self.kind[0] in "ae" else f"a {self.kind}"

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.start + len(self.words)


#: Cyrillic and Greek letters that look like Latin ones: a postcode that is written with them reads the same to people
ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԜԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχϳ",
    "ABESIJKMHOPCTYXaesijopcyxdqWwhABEZHIKMNOPTYXavopuxj",
)


def find(text: str) -> tuple[Finding, ...]:
    """Everything in a text that may be a locator, in the order of the text."""
    read = legible(text)
    return apart(chain(matching(read, tuple(_possible(read))), _places(read)))


def matching(read: str, shapes: Sequence[Shape]) -> Iterator[Finding]:
    """What in a legible text has one of these shapes, shape by shape."""
    for kind, shape in shapes:
        yield from (Finding(kind, hit.group(), hit.start()) for hit in shape.finditer(read))


def _possible(read: str) -> Iterator[Shape]:
    """The shapes that a legible text could have, by the signs that each of them has."""
    figures = re.search("[0-9]", read) is not None
    for kind, shape in SHAPES:
        signs = SIGNS.get(kind)
        if any(sign in read for sign in signs) if signs else figures:
            yield kind, shape


def _places(read: str) -> Iterator[Finding]:
    for one in matching(read, PLACES):
        words = one.words
        # "The Park" or "Her office" names no place; "Not Mill Park" names Mill Park.
        while (begun := _PLAIN.match(words)) is not None:
            words = words[begun.end() :]
        if " " in words.strip() and not _PUBLIC.search(words):
            yield Finding(one.kind, words, one.end - len(words))


def apart(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """What does not overlap, in the order of the text; of two that do, the one that was found first."""
    kept: list[Finding] = []
    for one in found:
        place = bisect(kept, one.start, key=lambda other: other.start)
        if all(
            other.end <= one.start or one.end <= other.start for other in kept[max(0, place - 1) : place + 1]
        ):
            kept.insert(place, one)
    return tuple(kept)


def legible(text: str) -> str:
    """A text as the shapes read it: digits, dashes and letters of other scripts made plain, nothing invisible between them."""
    plain = (
        text if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFKC", text))).translate(ALIKE)
    )
    return re.sub(r"[^\S\n]+", " ", plain)


def _plain(letter: str) -> str:
    match unicodedata.category(letter):
        case "Nd":
            return str(unicodedata.decimal(letter))
        case "Pd":
            return "-"
        case "Cf" | "Mn" | "Me":
            return ""
    return "-" if letter == "\N{MINUS SIGN}" else letter
