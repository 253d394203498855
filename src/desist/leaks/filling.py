"""Filling in a form as somebody in a hurry would: the first choice, today's date, and the same planted words everywhere."""

from collections.abc import Iterator
from datetime import date

import lxml.html

PHONE, POSTCODE, TIME, NUMBER = "01632 960999", "NM99 9XX", "10:30", "1"
KEPT = frozenset({"hidden", "submit", "button", "image", "reset", "password"})
#: how a field's name ends -> what is typed there
BY_NAME = {
    "phone": PHONE,
    "number": PHONE,
    "postcode": POSTCODE,
    "time": TIME,
    "crime_reference": "45/09999/26",
}
#: which part of a date a field asks for
PARTS = ("day", "month", "year")


def filled(form: "lxml.html.FormElement", *, words: str, today: date) -> tuple[tuple[str, str], ...]:
    """What the form sends once every field has something in it."""
    done: set[str] = set()
    fields: list[tuple[str, str]] = []
    for element in form.inputs:
        name, kind = element.name, (element.get("type") or element.tag).lower()
        if not name or element.get("disabled") is not None:
            continue
        if kind in KEPT:
            if kind == "hidden":
                fields.append((name, element.value or ""))
        elif name not in done:
            done.add(name)
            fields += [(name, value) for value in _values(element, name, kind, words, today)]
    return tuple(fields)


def _values(
    element: "lxml.html.InputElement", name: str, kind: str, words: str, today: date
) -> Iterator[str]:
    if kind in {"radio", "checkbox"}:
        yield element.get("value") or "on"
    elif kind == "select":
        yield next((option for option in element.value_options if option), "")
    elif kind != "file":
        yield _typed(element, name, kind, words, today)


def _typed(element: "lxml.html.InputElement", name: str, kind: str, words: str, today: date) -> str:
    base, _, part = name.rpartition("-")
    if base and part in PARTS:
        return str(getattr(today, part))
    if kind == "email" or name.endswith("email"):
        return f"{words.replace(' ', '.')}@typed.example"
    if kind == "number":
        return element.get("min") or NUMBER
    typed = next((text for end, text in BY_NAME.items() if name.endswith(end)), words)
    longest = int(element.get("maxlength") or len(typed))
    return typed[:longest]
