"""The one-line search for a person: the typed text, and the keys by which a row about a person is found.

`public.found_by` of the database makes a row's keys, and an index holds them (docs/adr/names-are-found-by-keys.md): each
word of a name, each of its ends ("*wick"), and each with one letter less ("~thrnwick"); the last nine digits of a
telephone number ("#632960123"); an e-mail address ("@robin@mail.example").
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from operator import contains, eq
from typing import Any, ClassVar, TypeAlias

from django.contrib.postgres.search import SearchQueryField
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Func, QuerySet, Value
from django.db.models.functions import Cast

from desist import names
from desist.locators import legible
from desist.references import ALPHABET, LENGTH, typed
from desist.referral import police_numbers
from desist.ui import fields
from desist.ui.forms import Filter
from desist.ui.moments import read_day

DAY = re.compile(r"\s*(\d{1,2})[\s./-]+(\d{1,2}|[a-zA-Z]+)[\s./-]+(\d{4})\s*")
ISO_DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
REFERENCE = re.compile(f"[{ALPHABET.lower()}]{{{LENGTH}}}")
DIALLED = re.compile(r"[\d\s()+./-]+")
MAIL = re.compile(r"\S+@\S+")
#: the letters that do not come apart into a plain one and a mark, and the signs inside a name; as `found_by` has them
PLAIN = names.PLAIN | str.maketrans(
    {"\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}", "ß": "ss"}
    | dict.fromkeys("\u2018\u2019'`", "")
)
MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
BETWEEN = re.compile('[\\s.,;:/|"()@\u2010-\u2015-]+')

#: the last digits by which telephone numbers are compared: the same with and without 0 or +44
LAST_DIGITS = 9
#: a letter fewer would list a part of every name; two find whole names alone
FEWEST, FEW = 2, 3
#: a name with fewer letters is another name with one letter changed
CLOSE = 4
MOST_WORDS = 6
TOO_SHORT = "Type at least two letters of the name, or a whole reference, telephone number or date of birth"
NO_NUMBER = (
    "“{}” is not a complete date or telephone number. Enter a date like 27/3/1990, or the whole number"
)


#: how a word of a name can meet a word that is looked for, the best first
Meets: TypeAlias = Callable[[str, str], bool]


@dataclass(frozen=True)
class Wanted:
    """A date of birth, a telephone number, an e-mail address; or words of a name that could also be a reference."""

    text: str = ""
    words: tuple[str, ...] = ()
    ref: str = ""
    born: date | None = None
    key: str = ""
    pnc: str = ""

    @property
    def number(self) -> str:
        """A crime reference or another number of the police, as it is compared."""
        return " ".join(self.text.upper().split())

    @property
    def whole(self) -> str:
        """The query for the rows that have each word, or the one key."""
        return self.key or _all(_quoted(word) for word in self.words)

    @property
    def begun(self) -> str:
        """The query for the rows with a word that begins with each; two letters alone must be whole words."""
        return self.key or _all(_begun(word, self.words) for word in self.words)

    @property
    def queries(self) -> tuple[str, str, str]:
        """The queries for a name, the narrowest first."""
        return self.whole, self.begun, self.near

    @property
    def near(self) -> str:
        """The query for the rows in which each word stands anywhere, or with about one letter wrong."""
        return self.key or _all(f"({' | '.join(_near(word, self.words))})" for word in self.words)


class Search(Filter):
    """One line that takes a name, a reference, a number or a date of birth, and knows which it is.

    `numbers`: whether numbers of crimes and orders are found, which may be short; `advice`: how the zone finds what.
    """

    numbers: ClassVar[bool] = False
    advice: ClassVar[str] = "Part of a name is enough, and one letter may be wrong."

    search = fields.Token(
        label="Name, reference, telephone, e-mail or date of birth",
        hint="Any part of a name, K7F2-M9PX-4C, 01632 960123 or 27/3/1990",
        max_length=100,
    )

    def clean_search(self) -> str:
        """Refuse a day that is none, such as 31/2/1990, and less than enough of a name or number."""
        text: str = self.cleaned_data["search"].strip()
        if day := _day(text):
            read_day(*day)
        elif DIALLED.fullmatch(legible(text)):
            if len(_digits(text)) < (FEW if self.numbers else LAST_DIGITS):
                raise ValidationError(NO_NUMBER.format(text))
        elif text and sum(map(_weight, text)) < FEWEST and sum(map(str.isalnum, text)) < LENGTH // 2:
            raise ValidationError(TOO_SHORT)
        return text

    def wanted(self) -> Wanted | None:
        """The parsed search; None for no text."""
        return read(text) if (text := self.cleaned_data["search"]) else None


def read(text: str) -> Wanted:
    """Return what a text that the form let through asks for."""
    if day := _day(text):
        return Wanted(text, born=read_day(*day))
    if DIALLED.fullmatch(legible(text)) and len(_digits(text)) >= LAST_DIGITS:
        return Wanted(text, key=_quoted(f"#{_digits(text)[-LAST_DIGITS:]}"))
    if MAIL.fullmatch(text):
        return Wanted(text, key=_quoted(f"@{text.lower()}"))
    ref = typed(text)
    return Wanted(
        text,
        words=_apart(words(text))[:MOST_WORDS],
        ref=ref if REFERENCE.fullmatch(ref) else "",
        pnc=_pnc(text),
    )


def words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters without marks, each once, as `found_by` has them."""
    plain = unicodedata.normalize("NFKD", name).lower().translate(PLAIN)
    return tuple(dict.fromkeys(word for word in BETWEEN.split(MARKS.sub("", plain)) if word.strip()))


def keyed(keys: Func, sought: str | Value) -> Func:
    """The condition that a row, by its keys, is found by a query."""
    query = Cast(Value(sought) if isinstance(sought, str) else sought, SearchQueryField())
    return Func(keys, query, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def named(rows: QuerySet[Any], keys: Func, queries: Iterable[str | Value], *, most: int) -> QuerySet[Any]:
    """The rows that each of some queries finds, the narrowest first: so many of each, and twice as many of the last."""
    first, *others = (rows.filter(keyed(keys, one)).order_by() for one in queries)
    return first[:most].union(*(one[: 2 * most] for one in others), all=True)


def how(sought: tuple[str, ...], name: str, aliases: Iterable[str] = ()) -> tuple[int, str] | None:
    """How well a name matches some words, 0 best, and why it was found where that is not plain; None: not at all."""
    if not sought:
        return None
    own, others = words(name), {alias: words(alias) for alias in aliases}
    for rank, meets in enumerate(MEETS):
        if _met(sought, own, meets):
            return 2 * rank, "similar spelling" if meets is slipped else ""
        for alias, known in others.items():
            if _met(sought, (*own, *known), meets):
                return 2 * rank + 1, f"also known as {alias}"
    return None


def slipped(name: str, word: str) -> bool:
    """Whether a name holds a word, or the word itself with one letter more, less, other or swapped."""
    if word in name:
        return True
    if abs(len(name) - len(word)) > 1 or max(len(name), len(word)) < CLOSE:
        return False
    same = next((at for at, (a, b) in enumerate(zip(name, word, strict=False)) if a != b), len(word))
    left, right = name[same:], word[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] in {right, right[1:]} or left == right[1:] or swapped


MEETS: tuple[Meets, ...] = (eq, str.startswith, contains, slipped)


def _met(sought: Iterable[str], known: Iterable[str], meets: Meets) -> bool:
    known = tuple(known)
    return all(any(meets(one, word) for one in known) for word in sought)


def _near(word: str, words: tuple[str, ...]) -> list[str]:
    if len(word) < FEW and not _is_wide(word[0]):
        return [_begun(word, words)]
    found = [_begun(word, words), f"{_quoted(f'*{word}')}:*"]
    if len(word) + 1 >= CLOSE:
        found.append(_quoted(f"~{word}"))
    if len(word) >= CLOSE:
        less = dict.fromkeys(word[:place] + word[place + 1 :] for place in range(len(word)))
        found += [_quoted(f"{mark}{one}") for one in less for mark in ("", "~")]
    return found


def _begun(word: str, words: tuple[str, ...]) -> str:
    short = all(len(one) < FEW and not _is_wide(one[0]) for one in words)
    return _quoted(word) if short else f"{_quoted(word)}:*"


def _all(parts: Iterable[str]) -> str:
    return " & ".join(parts)


def _quoted(key: str) -> str:
    """A key in a query: nothing in it is an operator."""
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"


def _day(text: str) -> tuple[str, str, str] | None:
    if day := ISO_DAY.fullmatch(text):
        year, month, number = day.groups()
        return number, month, year
    found = DAY.fullmatch(text)
    return (found[1], found[2], found[3]) if found else None


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", legible(text))


def _pnc(text: str) -> str:
    try:
        return police_numbers.pnc(text=text).text
    except police_numbers.NotANumber:
        return ""


def _weight(letter: str) -> int:
    """How much of a name a letter says: a Chinese one is a syllable."""
    return 2 if _is_wide(letter) else int(letter.isalpha())


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) == "W" and letter.isalpha()


def _apart(found: Iterable[str]) -> tuple[str, ...]:
    """Words whose Chinese, Japanese or Korean letters stand alone: such names are written without a space."""
    return tuple(
        dict.fromkeys(
            part for word in found for part in (word if any(map(_is_wide, word)) else [word]) if part.strip()
        )
    )
