"""The links of a chain, pure: adding, moving, changing and removing them, and undoing that.

A chain's links are a tuple in the order of the chain: by part, and within a part in their own order. Every operation
gives a new tuple; `undoing` says what would lead back.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import TextChoices

from desist.refusals import Refused
from desist.skills import catalogue

#: The most links that one chain holds: far beyond the usual 8 to 15.
MOST = 300


class Part(TextChoices):
    """Which part of the chain a link belongs to, in the order of the chain."""

    VULNERABILITY = "vulnerability", "Vulnerability"
    PROMPT = "prompt", "Prompting event"
    LINK = "link", "Link"
    SHORT = "short", "Consequence, short term"
    LONG = "long", "Consequence, long term"


class Kind(TextChoices):
    """The kinds of links. No two begin with one letter: the letter is the key that chooses the kind."""

    EVENT = "event", "Event"
    THOUGHT = "thought", "Thought"
    FEELING = "feeling", "Feeling"
    BODY = "body", "Body"
    URGE = "urge", "Urge"
    ACT = "act", "Act"


@dataclass(frozen=True)
class Link:
    """One link. `intensity`: 0 to 5 or None.

    `skill_code` and `skill`: the skill that fits here, or was used where the urge was resisted, as a key of the catalogue
    and in the person's own words. `same_as` is the spelling under which the link counts; empty: its own words.
    """

    ref: str
    part: Part
    kind: Kind
    words: str
    intensity: int | None = None
    skill: str = ""
    skill_code: str = ""
    same_as: str = ""

    @property
    def skill_said(self) -> str:
        """The skill by its name in the catalogue, with the person's own words beside it."""
        name = catalogue.name(self.skill_code)
        return f"{name}: {self.skill}" if name and self.skill else name or self.skill

    @property
    def spelling(self) -> str:
        """The words by which the link counts as the same across chains."""
        return self.same_as or self.words


Links: TypeAlias = tuple[Link, ...]
#: position of each link within its part, counted from 1
Places: TypeAlias = Mapping[str, int]


NO_SUCH_LINK = "Not done: that link is no longer in the chain. Use Undo to restore what was removed"
AT_THE_END = "Not moved: the link is already at the end of the chain"
TOO_MANY = f"Not added: a chain holds at most {MOST} links"


def add(links: Links, link: Link, *, after: str = "") -> Links:
    """Put a link behind `after` where that stands in its part, else last. Raises Refused where the chain is full."""
    if len(links) >= MOST:
        raise Refused(TOO_MANY)
    grown = list(links)
    earlier = [index for index, one in enumerate(links) if one.ref == after and one.part == link.part]
    grown.insert(earlier[0] + 1 if earlier else len(links), link)
    return in_order(grown)


def move(links: Links, ref: str, *, up: bool) -> Links:
    """Swap a link with its neighbour; at the edge of its part it goes into the next one. Raises Refused at the ends."""
    here = index_of(links, ref)
    there = here - 1 if up else here + 1
    if 0 <= there < len(links) and links[there].part == links[here].part:
        moved = list(links)
        moved[here], moved[there] = moved[there], moved[here]
        return tuple(moved)
    parts = list(Part)
    part = parts.index(links[here].part) + (-1 if up else 1)
    if not 0 <= part < len(parts):
        raise Refused(AT_THE_END)
    crossed, rest = dataclasses.replace(links[here], part=parts[part]), remove(links, ref)
    return in_order([*rest, crossed] if up else [crossed, *rest])


def place(links: Links, ref: str, *, part: Part, after: str) -> Links:
    """Put a link into a part behind `after`, or first where that is empty. Raises Refused where either is not there."""
    placed, rest = dataclasses.replace(links[index_of(links, ref)], part=part), list(remove(links, ref))
    rest.insert(index_of(tuple(rest), after) + 1 if after else 0, placed)
    return in_order(rest)


def change(links: Links, link: Link) -> Links:
    """Put a changed link in the place of the one with its reference; in another part it goes last. Raises Refused."""
    here = index_of(links, link.ref)
    if links[here].part == link.part:
        return (*links[:here], link, *links[here + 1 :])
    return in_order([*links[:here], *links[here + 1 :], link])


def remove(links: Links, ref: str) -> Links:
    """The links without one of them. Raises Refused where it is not among them."""
    here = index_of(links, ref)
    return links[:here] + links[here + 1 :]


def index_of(links: Links, ref: str) -> int:
    """Where a link stands in the whole chain, counted from 0. Raises Refused where the chain has no such link."""
    for index, link in enumerate(links):
        if link.ref == ref:
            return index
    raise Refused(NO_SUCH_LINK)


def in_order(links: Iterable[Link]) -> Links:
    """Links by part, in the order in which they come."""
    parts = list(Part)
    return tuple(sorted(links, key=lambda link: parts.index(link.part)))


def by_part(links: Links) -> list[tuple[Part, list[Link]]]:
    """The links of each part, in the order of the chain; parts without links too."""
    return [(part, [link for link in links if link.part == part]) for part in Part]


def places(links: Links) -> Places:
    """The position of each link within its part, counted from 1."""
    counts: dict[Part, int] = {}
    found = {}
    for link in links:
        found[link.ref] = counts[link.part] = counts.get(link.part, 0) + 1
    return found


@dataclass(frozen=True)
class Undoing:
    """What brings earlier links back: take out those in `gone`, and restore `back`, each with its place in its part."""

    gone: tuple[str, ...]
    back: tuple[tuple[int, Link], ...]

    def plain(self) -> dict[str, Any]:
        """Return the link as JSON values."""
        return {
            "gone": list(self.gone),
            "back": [[place, dataclasses.asdict(link)] for place, link in self.back],
        }

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Undoing":
        """From JSON values."""
        back = [
            (place, Link(**{**link, "part": Part(link["part"]), "kind": Kind(link["kind"])}))
            for place, link in values["back"]
        ]
        return cls(tuple(values["gone"]), tuple(back))


def undoing(*, before: Links, after: Links) -> Undoing:
    """What leads from `after` back to `before`."""
    old, new = _placed(before), _placed(after)
    return Undoing(
        gone=tuple(ref for ref in new if ref not in old),
        back=tuple(placed for ref, placed in old.items() if new.get(ref) != placed),
    )


def undo(links: Links, step: Undoing) -> Links:
    """The links as they were before the step that this undoes."""
    placed = {ref: one for ref, one in _placed(links).items() if ref not in step.gone}
    placed |= {link.ref: (place, link) for place, link in step.back}
    return in_order(link for _, link in sorted(placed.values(), key=lambda one: one[0]))


def _placed(links: Links) -> dict[str, tuple[int, Link]]:
    where = places(links)
    return {link.ref: (where[link.ref], link) for link in links}
