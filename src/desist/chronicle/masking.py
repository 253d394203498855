"""The edition that may reach the defendant: numbers, places and helpers' names are masked, and proven to be gone."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bidi.algorithm import get_display

_DIGIT_RUN = re.compile(r"[+(]{0,2}\d(?:[\s().\-/\u2010-\u2015]{0,3}\d){6,}")
#: so many digits and more can be a telephone number; from a number's end, so many are looked for in an output
_FEWEST_DIGITS, _TELLING_DIGITS = 7, 9
_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:\s+\d{1,2})?")
# begins where a word begins: from every letter of a long word on it would take hours
_ADDRESS = re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PLACES = (
    # a British postcode
    re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)", re.IGNORECASE),
    # latitude and longitude
    re.compile(r"[-+]?\d{1,3}\.\d{3,}\s{0,3}[,;/ ]\s{0,3}[-+]?\d{1,3}\.\d{3,}"),
    # three words for a place
    re.compile(r"///\w+\.\w+\.\w+"),
)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
#: what the address of a map holds
_MAPS = ("map", "goo.gl", "what3words", "w3w")
#: shorter terms are masked as whole words only, else "Ann" would mask "plan"
_WHOLE_WORD_BELOW = 5
#: shorter terms are not looked for across line ends inside a word
_SPACELESS_FROM = 8


@dataclass(frozen=True)
class Masks:
    """What is to be masked, and what is left although it looks like it."""

    #: names and places, given by a person
    terms: tuple[str, ...] = ()
    #: the subject's own numbers and addresses
    allowed: tuple[str, ...] = ()


class Mask:
    """Masks text, and remembers what it masked so that the outputs can be searched for it."""

    def __init__(self, masks: Masks) -> None:
        self._terms = [(term, _pattern(term)) for term in sorted(masks.terms, key=len, reverse=True)]
        self._allowed_digits = {_tail(_digits(one)) for one in masks.allowed if _digits(one)}
        self._allowed_addresses = {one.casefold() for one in masks.allowed}
        self.numbers: set[str] = set()
        self.addresses: set[str] = set()
        self.places: set[str] = set()
        self.terms = tuple(masks.terms)

    def text(self, text: str) -> str:
        """The text with everything that is to be masked replaced by a word in brackets."""
        text = _ADDRESS.sub(self._address, text)
        text = _LINK.sub(self._link, text)
        for place in _PLACES:
            text = place.sub(self._place, text)
        text = _DIGIT_RUN.sub(self._number, text)
        for _, pattern in self._terms:
            text = pattern.sub("[masked]", text)
        return text

    def watch(self, handles: Iterable[str]) -> None:
        """Look for these handles in the outputs even if none of them was met."""
        for handle in handles:
            self.text(handle)

    def _address(self, found: re.Match[str]) -> str:
        if found.group().casefold() in self._allowed_addresses:
            return found.group()
        self.addresses.add(found.group())
        return "[address]"

    def _place(self, found: re.Match[str]) -> str:
        self.places.add(found.group())
        return "[place]"

    def _link(self, found: re.Match[str]) -> str:
        if any(word in found.group().casefold() for word in _MAPS):
            return self._place(found)
        return found.group()

    def _number(self, found: re.Match[str]) -> str:
        digits = _digits(found.group())
        if _is_date(found.group()) or _tail(digits) in self._allowed_digits:
            return found.group()
        self.numbers.add(digits)
        return "[number]"


def leaks(*, mask: Mask, output: str) -> list[str]:
    """What was to be masked and is still in an output's text, as it would be read."""
    plain = unicodedata.normalize("NFKC", output)
    spaced = " ".join(plain.split())
    spaceless = "".join(plain.split()).casefold()
    runs = [_digits(run.group()) for run in _DIGIT_RUN.finditer(plain)]
    numbers = {_tail(number) for number in mask.numbers}
    found = [f"a number ending {run[-3:]}" for run in runs if any(tail in run for tail in numbers)]
    folded = spaced.casefold()
    found += [
        "an address" if "@" in secret else "a place"
        for secret in sorted(mask.addresses | mask.places)
        if _words(secret) in folded or _words(secret).replace(" ", "") in spaceless
    ]
    found += [f"the term “{term}”" for term in mask.terms if _holds(term, spaced, spaceless)]
    return found


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _holds(term: str, spaced: str, spaceless: str) -> bool:
    """Is a term in a text, as it is written or as a line of right-to-left script is drawn?"""
    plain = unicodedata.normalize("NFKC", term)
    for form in {plain, str(get_display(plain))}:
        if _pattern(form).search(spaced):
            return True
        if len(form) >= _SPACELESS_FROM and "".join(form.split()).casefold() in spaceless:
            return True
    return False


def _pattern(term: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, term.split()))
    whole = rf"(?<!\w){words}(?!\w)" if len(term) < _WHOLE_WORD_BELOW else words
    return re.compile(whole, re.IGNORECASE)


def _digits(text: str) -> str:
    """The decimal digits of a text in any script, as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())


def _tail(digits: str) -> str:
    return digits[-_TELLING_DIGITS:]


def _is_date(text: str) -> bool:
    """Does a run of digits read as a day, with or without the hour that a time goes on from?"""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return False
    first, second, third = (int(part) for part in match.groups())
    orders = ((third, second, first), (third, first, second), (first, second, third))
    return any(_day_exists(*order) for order in orders)


def _day_exists(year: int, month: int, day: int) -> bool:
    try:
        date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return False
    return True
