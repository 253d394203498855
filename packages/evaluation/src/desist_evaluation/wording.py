"""The words that no result may use: they claim more than a figure on this scale can carry."""

import re
import unicodedata
from collections.abc import Iterator
from types import MappingProxyType

FORBIDDEN = re.compile(r"proven(?![a-z])|success(?:es|ful)?[\W_]*rates?(?![a-z])", re.IGNORECASE)


class OverclaimError(ValueError):
    """A text claims what no design on this scale can show."""


def refuse_overclaim(*, field: str, text: str) -> None:
    """Raise `OverclaimError` where the text says that something works beyond doubt."""
    plain = text if text.isascii() else _unadorned(text)
    if FORBIDDEN.search(plain):
        raise OverclaimError(
            f"{field}: this wording claims more than a figure can show; say what was counted instead, "
            "for example 'reliably improved' or 'convicted or cautioned'"
        )


def _unadorned(text: str) -> str:
    """Return the text without look-alike letters of other widths and without invisible marks."""
    shown = unicodedata.normalize("NFKC", text)
    return "".join(character for character in shown if unicodedata.category(character) != "Cf")


def texts(value: object, *, field: str) -> Iterator[tuple[str, str]]:
    """Every text inside a nested value, keys included, with the name of its place."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict | MappingProxyType):
        for key, inner in value.items():
            yield field, str(key)
            yield from texts(inner, field=f"{field}.{key}")
    elif isinstance(value, tuple | list):
        for position, inner in enumerate(value):
            yield from texts(inner, field=f"{field}[{position}]")
