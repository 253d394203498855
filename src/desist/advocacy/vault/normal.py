"""One spelling for many: what is hashed for search, and what is looked for in texts. Pure.

A number, an address or a postcode can be typed in a hundred ways; each is brought to one form before two are compared.
"""

import re
import unicodedata

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

from desist.advocacy.vault.states import PLACES, Kind

#: characters that are not seen: joiners, marks of direction, soft hyphens
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")


class NotANumber(ValueError):
    """It is no telephone number that could ring anywhere."""


def plain(text: str) -> str:
    """Small letters without accents, in one width, without what is not seen."""
    return one_width(text).casefold()


def one_width(text: str) -> str:
    """The letters of a text without accents, in one width, without what is not seen."""
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
    """The last postcode in a text, such as "NM12AB"; "" where there is none."""
    found = POSTCODE.findall(plain(text).upper())
    return "".join(found[-1]) if found else ""


def squeezed(text: str) -> str:
    """Letters and digits alone."""
    return "".join(letter for letter in plain(text) if letter.isalnum())


def key(kind: Kind, text: str) -> str:
    """What a locator is found again by, in its one spelling; "" where it cannot be searched for."""
    if kind == Kind.PHONE:
        return phone(text)
    if kind in PLACES:
        return postcode(text)
    return plain(text).strip() if kind == Kind.EMAIL else squeezed(text)
