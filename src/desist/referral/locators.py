"""Words in a free text that may say where somebody is or how to reach them. Pure.

Found are postcodes, telephone numbers, e-mail addresses and the beginnings of postal addresses of the United Kingdom.
It errs towards finding: a false alarm costs one choice, a missed address may cost much more. It reads forms, not
meaning, and cannot know "the bakery where she works".
"""

import re
import unicodedata
from dataclasses import dataclass

AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUYS]?|H[ADGPRSUX]|I[GMPV]|J?E|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
POSTCODE = rf"\b(?:(?:{AREAS})[0-9][0-9A-Z]?[ .-]{{0,3}}[0-9][ABD-HJLNP-UW-Z]{{2}}|GIR ?0AA)\b"
EMAIL = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?:@|\s?[\[(]\s?at\s?[\])]\s?)[\w-]{1,63}(?:(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)[\w-]{1,63}){1,4}"
PHONE = r"(?<![\w/])(?:\+|00)?\(?[0-9](?:[\s().–-]{0,3}[0-9]){8,14}(?![\w/])"
STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|crescent|cres|court|ct|place|pl|gardens|gdns|terrace|way|grove"
    "|walk|row|rise|hill|mews|square|sq|parade|green|park|view|fields?|hollow|lock|gate|wharf|quay|yard|croft|mount"
)
ADDRESS = (
    rf"\b(?:[0-9]{{1,4}}[a-z]?,?\s+(?:[A-Za-z'’-]+\s+){{1,3}}(?:{STREETS})\b"
    r"|(?:flat|apartment|apt|unit|room)\s+[0-9]{1,4}[a-z]?\b,?)"
)
#: the least and most digits of a telephone number, country code included
DIGITS = (9, 15)


@dataclass(frozen=True)
class Finding:
    """One place in a text: `kind` (postcode, e-mail address, telephone number or address) and the words found."""

    kind: str
    words: str


PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("postcode", re.compile(POSTCODE, re.IGNORECASE)),
    ("e-mail address", re.compile(EMAIL, re.IGNORECASE)),
    ("telephone number", re.compile(PHONE)),
    ("address", re.compile(ADDRESS, re.IGNORECASE)),
)


def find(*, text: str) -> tuple[Finding, ...]:
    """Everything in a text that may be a locator, in the order of PATTERNS."""
    read = legible(text)
    found = [
        Finding(kind, hit.group().strip()) for kind, pattern in PATTERNS for hit in pattern.finditer(read)
    ]
    return tuple(one for one in found if one.kind != "telephone number" or _rings(one.words))


def legible(text: str) -> str:
    """A text as the patterns read it: full-width digits made plain, nothing invisible between the letters."""
    folded = unicodedata.normalize("NFKC", text)
    plain = "".join(
        str(unicodedata.decimal(one)) if unicodedata.category(one) == "Nd" else one
        for one in folded
        if unicodedata.category(one) not in {"Cf", "Mn"}
    )
    return re.sub(r"[^\S\n]+", " ", plain)


def _rings(words: str) -> bool:
    """Whether digits can be a telephone number: long enough, and begun as one is."""
    digits = re.sub(r"\D", "", words)
    begun = words.startswith(("+", "0", "(0", "(+"))
    return begun and DIGITS[0] <= len(digits) <= DIGITS[1]
