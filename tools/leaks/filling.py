"""Filling in a form as a hasty person would: the first choice, today's date, and the same planted words everywhere."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import lxml.html
from pypdf import PdfWriter

from tools.leaks.browser import Fields

PHONE, POSTCODE, TIME, NUMBER = "01632 960999", "NM99 9XX", "10:30", "1"
KEPT = frozenset({"hidden", "submit", "button", "image", "reset", "password"})
#: how a field's name ends -> the text to type there
BY_NAME = {
    "phone": PHONE,
    "contact": PHONE,
    "pnc": "",  # two people with one number would be one person
    "cro": "",
    "postcode": POSTCODE,
    "time": TIME,
    "at": TIME,
    "minutes": "90",
    "born_in": "2015",
    "age": "18",
    "crime_reference": "45/09999/26",
}
#: fields that ask for a reference of one of the reader's own cases
CASES = frozenset({"case", "person", "referral"})
#: a picture of one white point
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)
#: days that lie ahead
LATER, MONTH = ("review", "until", "ends", "next"), timedelta(days=30)
GROWN = date(1990, 1, 1)
#: which part of a date a field asks for
PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Hand:
    """What a person has at hand to type: the planted words, today, and a reference of their own case."""

    words: str
    today: date
    case: str = ""
    pictures: bool = True  # otherwise a page of paper


def filled(form: "lxml.html.FormElement", hand: Hand) -> Fields:
    """Return what the form sends once every field has a value."""
    done: set[str] = set()
    fields: list[tuple[str, str | tuple[str, bytes, str]]] = []
    for element in form.inputs:
        name, kind = element.name, (element.get("type") or element.tag).lower()
        if not name or element.get("disabled") is not None:
            continue
        if kind in KEPT:
            if kind == "hidden":
                fields.append((name, element.value or ""))
        elif name not in done:
            done.add(name)
            fields += [(name, value) for value in _values(element, name, kind, hand)]
    return tuple(fields)


def _values(
    element: "lxml.html.InputElement", name: str, kind: str, hand: Hand
) -> Iterator[str | tuple[str, bytes, str]]:
    if kind in {"radio", "checkbox"}:
        yield element.get("value") or "on"
    elif kind == "select":
        yield next((option for option in element.value_options if option), "")
    elif kind == "file":
        yield _file(hand.words, pictures=hand.pictures)
    else:
        yield _typed(element, name, kind, hand)


def _typed(element: "lxml.html.InputElement", name: str, kind: str, hand: Hand) -> str:
    base, _, part = name.rpartition("-")
    if base and part in PARTS:
        return str(getattr(_day(base, hand.today), part))
    if name in CASES:
        return hand.case
    if kind == "email" or name.endswith("email"):
        return f"{hand.words.replace(' ', '.')}@typed.example"
    number = element.get("min") or NUMBER
    usual = number if kind == "number" or element.get("inputmode") == "numeric" else hand.words
    typed = next((text for end, text in BY_NAME.items() if f"_{name}".endswith(f"_{end}")), usual)
    return typed[: int(element.get("maxlength") or len(typed))]


def _file(words: str, *, pictures: bool) -> tuple[str, bytes, str]:
    """Return a picture, or an empty page that is about the words."""
    if pictures:
        return f"{words}.png", PICTURE, "image/png"
    made = io.BytesIO()
    pages = PdfWriter()
    pages.add_blank_page(width=200, height=200)
    pages.add_metadata({"/Title": words})
    pages.write(made)
    return f"{words}.pdf", made.getvalue(), "application/pdf"


def _day(name: str, today: date) -> date:
    if any(word in name for word in LATER):
        return today + MONTH
    return GROWN if "born" in name else today
