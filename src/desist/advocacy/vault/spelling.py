"""Whether a text holds a locator of one person's vault, in any spelling. Pure.

The search looks for the values of one person's vault and nothing else. It makes no guess at what an address looks like.
"""

import re
from collections.abc import Iterable

from phonenumbers import NumberParseException, parse

from desist.advocacy.vault import normal
from desist.advocacy.vault.states import PLACES, Kind
from desist.locators import figures
from desist.ui.words import Unclear

NUMBER = re.compile(r"[0-9](?:[^0-9a-z]{0,4}[0-9])*", re.IGNORECASE)
#: letters that are written for digits, and the other way round
ALIKE = {"o": "0", "i": "1", "l": "1"}
STREETS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
    "dr": "drive", "ct": "court", "pl": "place", "sq": "square", "terr": "terrace", "ter": "terrace",
    "gdns": "gardens", "cres": "crescent", "pk": "park", "apt": "flat", "apartment": "flat",
}  # fmt: skip
STREET_WORDS = frozenset(
    {*STREETS.values(), "way", "hill", "row", "mews", "steps", "quay", "walk", "green", "grove"}
) - {"flat"}
#: the search ignores spaces in a run of letters and digits this long
LONG = 8
SHORTEST_NAME = 5


#: every refusal says this: it tells neither whether the vault holds the words, nor for whom, nor of which kind
REFUSED = (
    "Not saved: something you wrote looks like a number, an address, a place, a vehicle or an account that could lead to a "
    "person. Take it out, and write “their home”, “their work” or “their telephone” instead"
)


class HoldsLocator(Unclear):
    """A text may lead to a person. The message is one plain sentence for every find."""

    def __init__(self, sentence: str = REFUSED) -> None:
        """Set the message that says what to write instead."""
        super().__init__(sentence)


def check(*, texts: Iterable[str], locators: Iterable[tuple[Kind, str]]) -> None:
    """Raise HoldsLocator if one of the texts holds one of the locators."""
    known = list(locators)
    if any(holds(text, known) for text in texts):
        raise HoldsLocator


def holds(text: str, locators: Iterable[tuple[Kind, str]]) -> bool:
    """Whether a text holds one of the locators."""
    read = _Text(text)
    return any(_holds(read, kind, value) for kind, value in locators)


class _Text:
    """A text in the forms that the search uses, each worked out once."""

    def __init__(self, text: str) -> None:
        self.plain = normal.plain(text)
        self.squeezed = normal.squeezed(text)
        self.words = f" {' '.join(_words(text))} "
        self.numbers = runs(figures(self.plain))
        self.mail = mail(self.plain)


def runs(text: str) -> list[str]:
    """The runs of digits with no more than a few signs between them."""
    return [re.sub("[^0-9]", "", run) for run in NUMBER.findall(text)]


def mail(text: str) -> str:
    """The text with the signs of an e-mail address in place of words such as "at"."""
    at = re.sub(r"\s*(?:@|[(\[{<]\s*at\s*[)\]}>]|(?<=[\w)])\s+at\s+(?=\w))\s*", "@", text)
    return re.sub(r"\s*(?:\.|[(\[{<]\s*dot\s*[)\]}>]|\s+dot\s+)\s*", ".", at)


def _holds(text: _Text, kind: Kind, value: str) -> bool:
    if kind == Kind.PHONE:
        return _holds_number(text, value)
    if kind == Kind.EMAIL:
        return bool(value.strip()) and mail(normal.plain(value)) in text.mail
    if kind in PLACES:
        return _holds_place(text, value)
    return _holds_run(text, normal.squeezed(value))


def _holds_number(text: _Text, value: str) -> bool:
    try:
        number = str(parse(value, "GB").national_number)
    except NumberParseException:
        number = re.sub("[^0-9]", "", value)
    return len(number) >= 6 and any(number in run for run in text.numbers)


def _holds_place(text: _Text, value: str) -> bool:
    code = normal.postcode(value)
    if code and _holds_run(text, code.casefold()):
        return True
    return any(_holds_name(text, needle) for needle in _needles(value))


def _holds_name(text: _Text, needle: list[str]) -> bool:
    joined = "".join(needle)
    return f" {' '.join(needle)} " in text.words or (len(joined) >= LONG and joined in text.squeezed)


def _needles(value: str) -> Iterable[list[str]]:
    """The parts of an address that give it away: names of places and streets, without towns and postcodes."""
    for number, line in enumerate(re.split(r"[\n,;]", value)):
        if normal.POSTCODE.search(normal.plain(line).upper()):
            line = normal.POSTCODE.sub("", normal.plain(line).upper())  # noqa: PLW2901 -- the line without its postcode
        words = _words(line)
        street = [word for word in words if not re.search("[0-9]", word) and word not in {"flat", "unit"}]
        telling = number == 0 or len(street) < len(words) or bool(street and street[-1] in STREET_WORDS)
        if telling and len("".join(street)) >= SHORTEST_NAME:
            yield street


def _holds_run(text: _Text, run: str) -> bool:
    """Whether a text holds letters and digits in this order, with any signs between and no others beside them."""
    if len(run) < 4:
        return False
    parts = [_alike(letter) for letter in run]
    pattern = rf"(?<![a-z0-9]){'[^a-z0-9]{0,3}'.join(parts)}(?![a-z0-9])"
    return re.search(pattern, text.plain) is not None


def _alike(letter: str) -> str:
    same = {letter, ALIKE.get(letter, letter), *(one for one, digit in ALIKE.items() if digit == letter)}
    return f"[{re.escape(''.join(sorted(same)))}]"


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W_]+", normal.plain(text))
    return [STREETS.get(word, word) for word in found]
