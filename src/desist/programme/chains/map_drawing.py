"""The links that come back across chains as a drawing, pure: boxes in the order of the chain, lines by how often.

Lengths are in the drawing's own units, as in drawing.py.
"""

from dataclasses import dataclass

from desist.programme.chains import drawing
from desist.programme.chains.patterns import Pair, Patterns, Recurring

WIDTH, BOX = 640, 510
PADDING, GAP = 10, 18
#: the most boxes that can still be read
MOST = 12
THINNEST, THICKEST = 2, 12


@dataclass(frozen=True)
class Node:
    """One recurring link in its place."""

    top: int
    height: int
    kind: str
    label: str
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        """Where lines to boxes further away meet the box."""
        return self.top + self.height // 2

    def baseline(self, number: int) -> int:
        """Where the line of this number, counted from 1, stands; line 0 is the label."""
        return self.top + PADDING + 12 + drawing.LINE * number


@dataclass(frozen=True)
class PairLine:
    """A pair of links: the path from one box to the other, and how thick it is."""

    path: str
    thickness: int
    label: str


@dataclass(frozen=True)
class Map:
    """The whole map."""

    nodes: tuple[Node, ...]
    lines: tuple[PairLine, ...]
    height: int
    width: int = WIDTH
    box: int = BOX
    margin: int = drawing.MARGIN


def draw(*, patterns: Patterns) -> Map:
    """The most frequent recurring links, from the prompting event down, joined by the pairs that come back."""
    shown = sorted(patterns.links[:MOST], key=lambda one: one.place)
    total = len(patterns.chains)
    nodes: list[Node] = []
    for one in shown:
        nodes.append(_node(one, total, nodes[-1].top + nodes[-1].height + GAP if nodes else drawing.MARGIN))
    where = {one.key: place for place, one in enumerate(shown)}
    lines = [
        _line(pair, nodes, where[pair.first.key], where[pair.second.key], total)
        for pair in patterns.pairs
        if pair.first.key in where and pair.second.key in where
    ]
    end = nodes[-1].top + nodes[-1].height if nodes else 0
    return Map(tuple(nodes), tuple(lines), end + drawing.MARGIN)


def _node(one: Recurring, total: int, top: int) -> Node:
    lines = drawing.broken(one.words)
    label = f"{one.key.kind.label}, in {len(one.chains)} of {total} chains"
    return Node(top, 2 * PADDING + drawing.LINE * (len(lines) + 1) - 6, one.key.kind, label, lines)


def _line(pair: Pair, nodes: list[Node], first: int, second: int, total: int) -> PairLine:
    thickness = THINNEST + round((THICKEST - THINNEST) * len(pair.chains) / total)
    label = f"{len(pair.chains)} of {total}"
    upper, lower = nodes[first], nodes[second]
    if second == first + 1:
        x = BOX // 2
        return PairLine(f"M{x} {upper.top + upper.height} V{lower.top}", thickness, label)
    edge = drawing.MARGIN + BOX
    bow = min(WIDTH - 4, edge + 30 + 24 * abs(second - first))
    return PairLine(
        f"M{edge} {upper.middle} C{bow} {upper.middle} {bow} {lower.middle} {edge} {lower.middle}",
        thickness,
        label,
    )
