"""Opening a person's box for the other slices of this zone; revealing, searching and destroying are below."""

from desist.advocacy.vault import boxes
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import PersonKey


def box(*, person: str) -> Box:
    """The box of a person whose row the gate has let through; raises boxes.Shredded."""
    return boxes.opened(PersonKey.objects.get(person=person))


def boxes_of(*, persons: list[str]) -> dict[str, Box]:
    """The boxes of many persons, those whose key was destroyed left out."""
    keys = PersonKey.objects.filter(person__in=persons, destroyed_at=None)
    return {key.person: boxes.opened(key) for key in keys}
