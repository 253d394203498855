"""The lists whose filters can be kept, each with its page and what a filter of it may say."""

from django.db.models import TextChoices


class List(TextChoices):
    """A long list."""

    PEOPLE = "people", "People"
    LEAVERS = "leavers", "People who left"


ROUTES: dict[str, str] = {List.PEOPLE: "episodes:episodes", List.LEAVERS: "leavers:leavers"}
#: codes and references alone: no typed word is ever kept
PARTS: dict[str, tuple[str, ...]] = {
    List.PEOPLE: ("stage", "practitioner", "sort"),
    List.LEAVERS: ("year", "way", "practitioner", "sort"),
}
