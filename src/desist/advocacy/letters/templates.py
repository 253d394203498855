"""The words of letters. An advocate cannot add own words, so no letter can hold a locator."""

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices

from desist import letters
from desist.advocacy.updates.states import Event
from desist.letters import Variant


class Template(TextChoices):
    """The kind of letter."""

    IN_TOUCH = "in_touch", "Please get in touch"
    NEWS = "news", "What has happened"


def paragraphs(
    template: Template, *, news: Sequence[tuple[Event, date]], variant: Variant = Variant.PLAIN
) -> tuple[str, ...]:
    """The words of a letter in one form. `news` holds the news to tell, each with its day."""
    words = letters.shipped("desist.advocacy.letters")[variant.value]
    if template is Template.IN_TOUCH:
        return (words["closing"],)
    said = {event.value: str(event.label) for event in Event} | words.get("news", {})
    told = (words["line"].format(news=said[event.value], day=letters.day(on, variant)) for event, on in news)
    return (words["asked"], *told, words["closing"])
