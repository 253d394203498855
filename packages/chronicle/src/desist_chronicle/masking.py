"""The edition that may reach the defendant: numbers, places and helpers' names are masked, and proven to be gone."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bidi.algorithm import get_display

_DIGIT_RUN = re.compile(r"[+(]{0,2}\d(?:[\s().\-/\u2010-\u2015]{0,3}\d){6,}")
#: this many digits or more can be a telephone number; from a number's end, this many are searched for in an output
_FEWEST_DIGITS, _TELLING_DIGITS = 7, 9
_TIME = r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?"
_LONGER_TIME = r"(?:\s+|-)\d{1,2}(?:[.-]\d{2}){1,2}(?:[.-]\d{3})?"
#: a day, with or without the hour or time that goes on from it, as people and phones write it
_DATE = re.compile(rf"(\d{{1,4}})[./-](\d{{1,2}})[./-](\d{{1,4}})(?:\s+\d{{1,2}}|{_LONGER_TIME}|-{_TIME})?")
#: that date without signs between its parts, as phones name photographs: 20240312, 20240312-210500
_STAMP = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:-?{_TIME})?")
#: the time of day in such a name, after a sign that no number has: PXL_20240312_210500123.jpg
_STAMPED_TIME = re.compile(rf"(?<!\d)(?:19|20)\d{{6}}_{_TIME}(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
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
#: signs without a picture: they stand inside a name and nobody sees them
_UNSEEN = "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
_APOSTROPHES, _HYPHENS = "'\u2018\u2019\u02bc`\u00b4\u2032\uff07", "-\u2010-\u2015\u2212\u00ad\uff0d"
#: where a word begins or ends: beside what is no letter, and where small letters are followed by a capital, as in AnnSmith
_NEW_WORD = "(?<=(?-i:[a-z]))(?=(?-i:[A-Z]))"
_BEGINS, _ENDS = rf"(?:(?<![^\W\d_])|{_NEW_WORD})", rf"(?:(?![^\W\d_])|{_NEW_WORD})"
#: how far the wide forms of signs are from the plain ones
_WIDE = 0xFEE0


@dataclass(frozen=True)
class Masks:
    """The terms to mask, and the texts left although they look like them."""

    #: names and places, given by a person
    terms: tuple[str, ...] = ()
    #: the subject's own numbers and addresses
    allowed: tuple[str, ...] = ()


class Mask:
    """Masks text, and remembers what it masked so that the outputs can be searched for it."""

    def __init__(self, masks: Masks) -> None:
        by_length = sorted(masks.terms, key=len, reverse=True)
        #: names given with their digits are masked as a whole, before the digits are taken for a number
        self._numbered = [_pattern(term) for term in by_length if len(_digits(term)) >= _FEWEST_DIGITS]
        self._terms = [_pattern(term) for term in by_length]
        self.others: list[re.Pattern[str]] = []
        self._allowed_digits = {_tail(_digits(one)) for one in masks.allowed if _digits(one)}
        self._allowed_addresses = {one.casefold() for one in masks.allowed}
        self.numbers: set[str] = set()
        self.addresses: set[str] = set()
        self.places: set[str] = set()
        self.terms = tuple(masks.terms)

    def text(self, text: str) -> str:
        """Return the text with everything to be masked replaced by a word in brackets."""
        for pattern in self._numbered:
            text = pattern.sub("[masked]", text)
        text = _ADDRESS.sub(self._address, text)
        text = _LINK.sub(self._link, text)
        for place in _PLACES:
            text = place.sub(self._place, text)
        text = _outside_stamps(text, lambda part: _DIGIT_RUN.sub(self._number, part))
        for pattern in self._terms:
            text = pattern.sub("[masked]", text)
        for pattern in self.others:
            text = pattern.sub("[another person]", text)
        return text

    def people(self, names: Iterable[str], *, known: Iterable[str]) -> None:
        """Mask the names of these people where messages speak of them, and look for them in the outputs.

        A name of a single word is masked as it is written, for "Mum" is not every mum. A name whose words are all
        in a known one (the subject's, the owner's) stays.
        """
        stay = {word.casefold() for name in known for word in name.split()}
        found = [name for name in names if any(map(str.isalpha, name)) and "@" not in name]
        for name in sorted(set(found), key=len, reverse=True):
            if not {word.casefold() for word in name.split()} <= stay:
                self.others.append(_pattern(name, whole=True, exact=len(name.split()) == 1))

    def watch(self, handles: Iterable[str]) -> None:
        """Look for these handles in the outputs even if the text has none of them."""
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


def leaks(*, mask: Mask, output: str, own: str = "") -> list[str]:
    """Return the terms to mask that are still in an output's text, as a reader would read it.

    Another person's name that is also a word of the report's `own` is masked and cannot be looked for.
    """
    plain = re.sub(_UNSEEN, "", unicodedata.normalize("NFKC", output))
    spaced = " ".join(plain.split())
    spaceless = "".join(plain.split()).casefold()
    runs = [
        _digits(run.group())
        for part in _STAMPED_TIME.split(plain)
        for run in _DIGIT_RUN.finditer(part)
        if not _is_date(run.group())
    ]
    numbers = {_tail(number) for number in mask.numbers}
    found = [f"a number ending {run[-3:]}" for run in runs if any(tail in run for tail in numbers)]
    folded = spaced.casefold()
    found += [
        "an address" if "@" in secret else "a place"
        for secret in sorted(mask.addresses | mask.places)
        if _words(secret) in folded or _words(secret).replace(" ", "") in spaceless
    ]
    found += [f"the term “{term}”" for term in mask.terms if _holds(term, spaced, spaceless)]
    found += [
        "the name of another person"
        for pattern in mask.others
        if pattern.search(spaced) and not pattern.search(own)
    ]
    return found


def replaced(*, text: str, terms: Mapping[str, str]) -> str:
    """Return the text with each of the terms (term -> what stands in its place) replaced, in whatever form it is written."""
    for term in sorted(terms, key=len, reverse=True):
        text = terms[term].join(_pattern(term).split(text))
    return text


def is_own(term: str, *, own: str) -> bool:
    """Return whether a term is also one of the report's own words."""
    return _pattern(term).search(own) is not None


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _holds(term: str, spaced: str, spaceless: str) -> bool:
    """Return whether a term is in a text, as written or as a line of right-to-left script is drawn."""
    plain = unicodedata.normalize("NFKC", term)
    for form in {plain, str(get_display(plain))}:
        if _pattern(form).search(spaced):
            return True
        if len(form) >= _SPACELESS_FROM and "".join(form.split()).casefold() in spaceless:
            return True
    return False


def _pattern(term: str, *, whole: bool = False, exact: bool = False) -> re.Pattern[str]:
    """Return a pattern for a term as people and telephones write it: other spaces, signs, letter forms."""
    plain = unicodedata.normalize("NFC", term)
    space = rf"(?:{_UNSEEN}|\s)*" if len(plain) >= _SPACELESS_FROM else rf"(?:{_UNSEEN}*\s{_UNSEEN}*)+"
    words = space.join(f"{_UNSEEN}*".join(map(_letter, word)) for word in plain.split())
    if whole or len(term) < _WHOLE_WORD_BELOW:
        words = f"{_BEGINS}{words}{_ENDS}"
    return re.compile(words, re.NOFLAG if exact else re.IGNORECASE)


def _letter(sign: str) -> str:
    """Return a pattern for a sign of a term in all its forms."""
    if sign in _APOSTROPHES:
        return f"[{_APOSTROPHES}]"
    if sign in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
        return f"[{_HYPHENS}]"
    forms = {sign, unicodedata.normalize("NFD", sign), unicodedata.normalize("NFKC", sign)}
    if "!" <= sign <= "~":
        forms.add(chr(ord(sign) + _WIDE))
    if sign in "\u00df\u1e9e":
        forms |= {"ss", "\u00df", "\u1e9e"}
    return f"(?:{'|'.join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))})"


def _digits(text: str) -> str:
    """Return the decimal digits of a text in any script, as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdecimal())


def _tail(digits: str) -> str:
    return digits[-_TELLING_DIGITS:]


def _outside_stamps(text: str, change: Callable[[str], str]) -> str:
    """Change all of the text except the names that phones give to files by the time of taking."""
    found, at = [], 0
    for stamp in _STAMPED_TIME.finditer(text):
        found += [change(text[at : stamp.start()]), stamp.group()]
        at = stamp.end()
    return "".join([*found, change(text[at:])])


def _is_date(text: str) -> bool:
    """Return whether a run of digits reads as a day, with or without a time."""
    plain = text.strip("( ")
    match = _DATE.fullmatch(plain) or _STAMP.fullmatch(plain)
    if not match:
        return False
    first, second, third = match.groups()
    orders = ((third, second, first), (third, first, second), (first, second, third))
    return any(_day_exists(*order) for order in orders)


def _day_exists(year: str, month: str, day: str) -> bool:
    stated = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        date(stated, int(month), int(day))
    except ValueError:
        return False
    return _FIRST_YEAR <= stated <= _LAST_YEAR
