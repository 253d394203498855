"""One normal spelling for many: for the hashes of the search, and for the search in texts. Pure.

A number, an address or a postcode can be typed in a hundred ways; each is brought to one form before two are compared.
"""

import re
import unicodedata

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

from desist.advocacy.vault.states import PLACES, Kind

#: invisible characters: joiners, marks of direction, soft hyphens
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")


class NotANumber(ValueError):
    """A text is no possible telephone number."""


def plain(text: str) -> str:
    """The text in lower case, without accents and invisible characters, in one width."""
    return one_width(text).casefold()


def one_width(text: str) -> str:
    """The text without accents and invisible characters, in one width."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", UNSEEN.sub("", text))
    return "".join(part for part in parts if not unicodedata.combining(part))


def phone(text: str) -> str:
    """A telephone number in E.164, such as +441632960001; raises NotANumber."""
    try:
        number = parse(unicodedata.normalize("NFKC", UNSEEN.sub("", text)), "GB")
    except NumberParseException:
        raise NotANumber("not a telephone number") from None
    if not is_possible_number(number):
        raise NotANumber("too long or too short")
    return format_number(number, PhoneNumberFormat.E164)


def postcode(text: str) -> str:
    """The last postcode in a text, such as "NM12AB"; "" if there is none."""
    found = POSTCODE.findall(plain(text).upper())
    return "".join(found[-1]) if found else ""


def squeezed(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def key(kind: Kind, text: str) -> str:
    """The search key of a locator, in its normal spelling; "" if it cannot be searched for."""
    if kind == Kind.PHONE:
        return phone(text)
    if kind in PLACES:
        return postcode(text)
    return plain(text).strip() if kind == Kind.EMAIL else squeezed(text)
