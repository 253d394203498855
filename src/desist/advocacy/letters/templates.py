"""The words of letters. An advocate cannot add own words, so no letter can hold a locator."""

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices

from desist.ui import dates


class Template(TextChoices):
    """The kind of letter."""

    IN_TOUCH = "in_touch", "Please get in touch"
    NEWS = "news", "What has happened"


CLOSING = "Please get in touch when it suits you, in the way that we agreed."


def paragraphs(template: Template, *, news: Sequence[tuple[str, date]]) -> tuple[str, ...]:
    """The words of a letter. `news` holds the news to tell, each with its day."""
    if template is Template.IN_TOUCH:
        return (CLOSING,)
    told = tuple(f"{words} on {dates.on(on)}." for words, on in news)
    return ("You asked to be told what happens.", *told, CLOSING)
