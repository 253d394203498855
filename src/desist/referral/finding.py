"""The one-line search for a person."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from desist.references import ALPHABET, LENGTH, typed
from desist.ui import fields
from desist.ui.forms import Filter
from desist.ui.moments import read_day

DAY = re.compile(r"\s*(\d{1,2})[\s./-]+(\d{1,2}|[a-zA-Z]+)[\s./-]+(\d{4})\s*")
REFERENCE = re.compile(f"[{ALPHABET.lower()}]{{{LENGTH}}}")

#: fewer letters would list a part of every name
FEWEST = 3
TOO_SHORT = (
    "Enter at least three letters of the family name. Find a shorter name by its reference or date of birth"
)


def too_short(text: str) -> bool:
    """Whether a text is neither empty, a whole reference nor enough of a name."""
    letters = sum(one.isalpha() for one in text)
    return bool(text) and letters < FEWEST and not REFERENCE.fullmatch(typed(text))


@dataclass(frozen=True)
class Wanted:
    """A date of birth; or the beginning of a family name that could also be a reference."""

    name: str = ""
    ref: str = ""
    born: date | None = None


class Search(Filter):
    """One line that takes a reference, a family name or a date of birth, and knows which it is."""

    search = fields.Token(
        label="Reference, family name or date of birth",
        hint="For example K7F2-M9PX-4C, the beginning of a family name, or 27/3/1990",
        max_length=100,
    )

    def clean_search(self) -> str:
        """Refuse a day that is none, such as 31/2/1990."""
        text: str = self.cleaned_data["search"]
        if day := DAY.fullmatch(text):
            read_day(*day.groups())
        elif re.fullmatch(r"[\d\s./-]+", text):
            raise ValidationError(
                f"“{text}” is not a complete date. Enter day, month and year, like 27/3/1990"
            )
        elif too_short(text):
            raise ValidationError(TOO_SHORT)
        return text

    def wanted(self) -> Wanted | None:
        """The parsed search; None for no text."""
        text: str = self.cleaned_data["search"]
        if not text:
            return None
        born: date | None = read_day(*day.groups()) if (day := DAY.fullmatch(text)) else None
        if born:
            return Wanted(born=born)
        ref = typed(text)
        return Wanted(name=text, ref=ref if REFERENCE.fullmatch(ref) else "")
