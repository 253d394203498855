"""What letters of every zone share: their three forms, the words that come with Desist, and the look of each form."""

import tomllib
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date
from django.db.models import TextChoices

from desist.circumstances.states import Kind as Circumstance
from desist.ui import dates


class Variant(TextChoices):
    """How a letter is written."""

    PLAIN = "plain", "Plain English"
    EASY = "easy", "Easy read"
    WELSH = "welsh", "Welsh"


#: said beside each form where one is chosen
HINTS = {
    Variant.EASY.value: "Short sentences in large print.",
    Variant.WELSH.value: "No reader of Welsh has checked Desist’s words: have a reader of Welsh on your staff read it before it goes out.",
}
#: needs for which a letter is offered in easy read first
EASY = frozenset(
    {Circumstance.READING, Circumstance.LEARNING, Circumstance.EASY_READ, Circumstance.LARGE_PRINT}
)


@cache
def shipped(package: str) -> dict[str, Any]:
    """Return the words that come with Desist, of the slice of this name."""
    file = resources.files(package) / "shipped.toml"
    return tomllib.loads(file.read_text("utf-8"))


def day(on: date | datetime, variant: Variant) -> str:
    """Return a day in the language of a letter."""
    local = dates.local(on).date() if isinstance(on, datetime) else on
    return format_date(local, "d MMMM y", locale="cy") if variant is Variant.WELSH else dates.on(local)


def look(variant: Variant) -> dict[str, object]:
    """Return what the layout of a letter needs for its form."""
    return {"lang": "cy" if variant is Variant.WELSH else "en", "large": variant is Variant.EASY}
