"""What a letter can say. There is no way to put own words into one, so none can hold a locator of anybody."""

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices

from desist.ui import dates


class Template(TextChoices):
    """Which letter."""

    IN_TOUCH = "in_touch", "Please get in touch"
    NEWS = "news", "What has happened"


CLOSING = "Please get in touch when it suits you, in the way that we agreed."


def paragraphs(template: Template, *, news: Sequence[tuple[str, date]]) -> tuple[str, ...]:
    """The words of a letter; `news` is what is to be told, each with its day."""
    if template is Template.IN_TOUCH:
        return (CLOSING,)
    told = tuple(f"{words} on {dates.on(on)}." for words, on in news)
    return ("You asked to be told what happens.", *told, CLOSING)
