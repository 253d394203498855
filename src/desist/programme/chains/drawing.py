"""A chain as a drawing, pure: boxes from top to bottom with their places, for a template to write as SVG.

Lengths are in the drawing's own units. SVG does not break lines, so words are broken here.
"""

import textwrap
from dataclasses import dataclass

from desist.programme.chains.links import Kind, Link, Links, Part

WIDTH = 640
MARGIN, PADDING, LINE, GAP = 10, 14, 22, 26
#: characters to a line: narrow enough for wide letters
CHARACTERS = 54


CONSEQUENCES = frozenset({Part.SHORT, Part.LONG})


@dataclass(frozen=True)
class Card:
    """What one box says, before it has a place. `kind` is a link's kind, or "behaviour"."""

    part: str
    kind: str
    label: str
    words: str
    intensity: int | None = None
    skill: str = ""


@dataclass(frozen=True)
class Box:
    """One card: where it stands, and what it says. `kind` is a link's kind, or "behaviour"."""

    top: int
    height: int
    part: str
    kind: str
    label: str
    lines: tuple[str, ...]
    intensity: int | None
    skill: tuple[str, ...]

    @property
    def bottom(self) -> int:
        """Where the box ends and the line to the next begins."""
        return self.top + self.height

    def baseline(self, number: int) -> int:
        """Where the line of this number, counted from 1, stands; line 0 is the label."""
        return self.top + PADDING + 12 + LINE * number


@dataclass(frozen=True)
class Drawing:
    """The whole chain."""

    boxes: tuple[Box, ...]
    height: int
    width: int = WIDTH
    margin: int = MARGIN


def draw(*, links: Links, behaviour: str) -> Drawing:
    """The chain with its behaviour between the links and the consequences."""
    cards = [
        *(_card(link) for link in links if link.part not in CONSEQUENCES),
        Card("behaviour", "behaviour", "Behaviour", behaviour),
        *(_card(link) for link in links if link.part in CONSEQUENCES),
    ]
    boxes: list[Box] = []
    for card in cards:
        boxes.append(_box(card, boxes[-1].bottom + GAP if boxes else MARGIN))
    return Drawing(tuple(boxes), boxes[-1].bottom + MARGIN)


def broken(words: str) -> tuple[str, ...]:
    """Words in lines of CHARACTERS at most; a single word longer than that is broken too."""
    return tuple(textwrap.wrap(words, CHARACTERS, break_long_words=True)) or ("",)


def _card(link: Link) -> Card:
    kind = link.kind.label
    besides = "" if link.kind is Kind.EVENT else f" ({kind.lower()})"
    label = kind if link.part is Part.LINK else f"{link.part.label}{besides}"
    return Card(link.part, link.kind, label, link.words, link.intensity, link.skill_said)


def _box(card: Card, top: int) -> Box:
    lines = broken(card.words)
    skill = broken(f"Skill: {card.skill}") if card.skill else ()
    height = 2 * PADDING + LINE * (len(lines) + len(skill) + 1) - 6
    return Box(top, height, card.part, card.kind, card.label, lines, card.intensity, skill)
