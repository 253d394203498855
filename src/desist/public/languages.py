"""English and Welsh: the frame's words by gettext, dates and numbers as each language writes them."""

import datetime as dt
import gettext
import io
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from desist.public.problems import Found

ENGLISH = "en"
WELSH = "cy"
#: each language's name for itself
NAMES = {ENGLISH: "English", WELSH: "Cymraeg"}
#: Babel's name of each
LOCALES = {ENGLISH: "en_GB", WELSH: "cy"}
CATALOGUES = Path(__file__).parent / "locale"


class Missed(gettext.NullTranslations):
    """Babel's fallback for words missing in the catalogue: it gives the English ones and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def gettext(self, message: str) -> str:
        """The English words."""
        self.words.add(message)
        return message


@dataclass(frozen=True)
class Language:
    """A language of the site."""

    code: str
    words: gettext.NullTranslations
    missed: Missed

    def say(self, words: str) -> str:
        """The frame's words in this language."""
        return self.words.gettext(words)

    def day(self, day: dt.date) -> str:
        """'3 March 2026', as the language writes it."""
        return format_date(day, "d MMMM y", locale=LOCALES[self.code])

    def number(self, value: float) -> str:
        """'1,505,000' or '3.2', as the language writes it."""
        return format_decimal(value, locale=LOCALES[self.code])

    def warn_of_missing(self, *, found: Found) -> None:
        """Tell the administrator which of the frame's words have no twin."""
        if self.code != ENGLISH:
            for words in sorted(self.missed.words):
                found.notice(
                    CATALOGUES / f"{self.code}.po", 1, f"has no words for {words!r}: readers see the English"
                )


def load(code: str) -> Language:
    """A language with its catalogue; English needs none."""
    missed = Missed()
    if code == ENGLISH:
        return Language(code, missed, missed)
    compiled = io.BytesIO()
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    words = gettext.GNUTranslations(compiled)
    words.add_fallback(missed)
    return Language(code, words, missed)
