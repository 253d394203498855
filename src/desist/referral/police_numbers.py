"""The check letters of PNC and CRO numbers. Pure.

A number is two digits of year and a serial; both together, divided by 23, leave a remainder that names the letter.
Source: Criminal Justice System Data Standards Catalogue 6 (Ministry of Justice), "PNC ID" and "CRO number".
"""

import re
from dataclasses import dataclass

#: the remainder names the letter: I, O and S are left out, and Z stands for none
LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
#: without the slash only in full length, since a shorter year has no certain end
PNC = re.compile(
    r"(?P<century>\d{2})?(?P<year>\d{2})(?:/(?=\d{1,7}[A-Z])|(?=\d{7}[A-Z]))(?P<serial>\d+)(?P<letter>[A-Z])"
)
CRO = re.compile(r"(?P<serial>\d{1,6})/(?P<year>\d{2})(?P<letter>[A-Z])")
CRO_WITHOUT_PRINTS = re.compile(r"SF(?P<year>\d{2})/(?P<serial>\d{1,6})(?P<letter>[A-Z])")


class NotANumber(ValueError):
    """The text has not the form of such a number; the sentence shows the form."""


@dataclass(frozen=True)
class Number:
    """A number in its usual form. `expected` is the letter that its digits ask for."""

    text: str
    expected: str

    @property
    def verified(self) -> bool:
        """Whether the check letter fits; a number that does not fit is kept and called unverified."""
        return self.text.endswith(self.expected)


def pnc(*, text: str) -> Number:
    """A PNC number such as 2003/0062845E; raises NotANumber. A year of two digits keeps its two."""
    found = PNC.fullmatch(plain(text))
    if found is None:
        raise NotANumber("A PNC number looks like 2003/0062845E: a year, up to seven digits and a letter")
    serial = found["serial"].zfill(7)
    written = f"{found['century'] or ''}{found['year']}/{serial}{found['letter']}"
    return Number(written, check_letter(found["year"] + serial))


def cro(*, text: str) -> Number:
    """A CRO number such as 265416/21G, or SF05/482703J where no fingerprints are held; raises NotANumber."""
    typed = plain(text)
    if found := CRO_WITHOUT_PRINTS.fullmatch(typed):
        # Here the serial counts as written, without leading zeros.
        return Number(typed, check_letter(found["year"] + found["serial"]))
    found = CRO.fullmatch(typed)
    if found is None:
        raise NotANumber("A CRO number looks like 265416/21G or SF05/482703J: digits, a slash, a letter last")
    return Number(typed, check_letter(found["year"] + found["serial"].zfill(6)))


def check_letter(digits: str) -> str:
    """The letter that the digits ask for."""
    return LETTERS[int(digits) % len(LETTERS)]


def plain(text: str) -> str:
    """The text in capitals, without spaces or dashes."""
    return re.sub(r"[\s–-]", "", text).upper()
