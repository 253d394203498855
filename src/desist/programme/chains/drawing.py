"""A chain as a drawing, pure: boxes from top to bottom with their places, for a template to write as SVG.

Lengths are in the drawing's own units. SVG does not break lines, so words are broken here.
"""

import textwrap
from dataclasses import dataclass

from desist.programme.chains.links import Links, Part

WIDTH = 640
MARGIN, PADDING, LINE, GAP = 10, 14, 22, 26
#: characters to a line: narrow enough for wide letters
CHARACTERS = 54


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
        return self.top + PADDING + 6 + LINE * number


@dataclass(frozen=True)
class Drawing:
    """The whole chain."""

    boxes: tuple[Box, ...]
    height: int
    width: int = WIDTH
    margin: int = MARGIN


def draw(*, links: Links, behaviour: str) -> Drawing:
    """The chain with its behaviour between the links and the consequences."""
    leading = [link for link in links if link.part not in {Part.SHORT, Part.LONG}]
    following = [link for link in links if link.part in {Part.SHORT, Part.LONG}]
    boxes: list[Box] = []
    top = MARGIN

    def put(part: str, kind: str, label: str, words: str, intensity: int | None = None, skill: str = "") -> None:
        nonlocal top
        lines = broken(words)
        fitting = broken(f"Skill: {skill}") if skill else ()
        height = 2 * PADDING + LINE * (len(lines) + len(fitting) + 1) - 6
        boxes.append(Box(top, height, part, kind, label, lines, intensity, fitting))
        top += height + GAP

    for link in leading:
        put(link.part, link.kind, _label(link.part, link.kind.label), link.words, link.intensity, link.skill)
    put("behaviour", "behaviour", "Behaviour", behaviour)
    for link in following:
        put(link.part, link.kind, _label(link.part, link.kind.label), link.words, link.intensity, link.skill)
    return Drawing(tuple(boxes), top - GAP + MARGIN)


def broken(words: str) -> tuple[str, ...]:
    """Words in lines of CHARACTERS at most; a single word longer than that is broken too."""
    return tuple(textwrap.wrap(words, CHARACTERS, break_long_words=True)) or ("",)


def _label(part: Part, kind: str) -> str:
    return kind if part is Part.LINK else f"{part.label}: {kind.lower()}"
