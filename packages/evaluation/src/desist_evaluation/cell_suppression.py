"""The cells of a table to withhold so that a reader cannot work the small ones back out.

A table with its totals is a network: rows and columns are nodes, each cell is an arc, and by the totals the flow into a
node is the flow out. A withheld cell can be larger by `need` exactly where other withheld cells can move so that all
published totals still agree: a path from the arc's head back to its tail, along arcs that grow and against arcs that
shrink (and so must hold at least `need`). Such a path protects the cell. To a reader who knows one row a path
through it is no protection, so each cell gets a path for every row that might be known.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: What withholding a published cell costs: an inner cell least, the grand total most.
INNER, TOTAL, GRAND = 1.0, 4.0, 8.0


def with_totals(table: Counts) -> Counts:
    """Return the table with a last column of row totals and a last row of column totals."""
    wide = np.column_stack([table, table.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


@dataclass(slots=True)
class Network:
    """A table with totals as arcs between rows (nodes 0 to rows - 1) and columns (the nodes after them).

    `hidden` grows as paths are protected; it never shrinks.
    """

    values: Counts
    hidden: Mask
    need: int
    cost: NDArray[np.float64]

    @property
    def rows(self) -> int:
        """The number of rows, with the row of totals."""
        return int(self.values.shape[0])

    def grows_from_row(self, row: int, column: int) -> bool:
        """Return whether the arc runs from its row to its column: inner cells and the grand total; totals run back."""
        return bool((row == self.rows - 1) == (column == self.values.shape[1] - 1))

    def steps(self, node: int, without: tuple[int, int], known: int | None) -> Iterator[tuple[int, int, int]]:
        """Yield the next nodes, each with the cell to it, without the cell itself and the known row."""
        columns = self.values.shape[1]
        cells = (
            ((node, column) for column in range(columns))
            if node < self.rows
            else ((row, node - self.rows) for row in range(self.rows) if row != known)
        )
        for row, column in cells:
            grows = self.grows_from_row(row, column) == (node < self.rows)
            if (row, column) != without and (grows or self.values[row, column] >= self.need):
                yield (self.rows + column if node < self.rows else row), row, column

    def path(self, row: int, column: int, known: int | None) -> list[tuple[int, int]] | None:
        """Return the cells of the cheapest path that lets a cell grow by `need`; None where there is none."""
        tail, head = row, self.rows + column
        if not self.grows_from_row(row, column):
            tail, head = head, tail
        best, back = {head: 0.0}, {head: (head, (row, column))}
        queue = [(0.0, head)]
        while queue:
            spent, node = heapq.heappop(queue)
            if node == tail:
                return self._walked(back, head, tail)
            if spent > best[node]:
                continue
            for beyond, over, down in self.steps(node, (row, column), known):
                price = spent + (0.0 if self.hidden[over, down] else float(self.cost[over, down]))
                if price < best.get(beyond, np.inf):
                    best[beyond], back[beyond] = price, (node, (over, down))
                    heapq.heappush(queue, (price, beyond))
        return None

    @staticmethod
    def _walked(back: dict[int, tuple[int, tuple[int, int]]], head: int, tail: int) -> list[tuple[int, int]]:
        cells, node = [], tail
        while node != head:
            node, cell = back[node]
            cells.append(cell)
        return cells

    def protect(self, row: int, column: int) -> None:
        """Withhold the cells that let a cell grow by `need`, whichever other row is known."""
        through = self._hide(row, column, None)
        for known in through - {row, self.rows - 1}:
            self._hide(row, column, known)

    def _hide(self, row: int, column: int, known: int | None) -> set[int]:
        cells = self.path(row, column, known) or []
        for over, down in cells:
            self.hidden[over, down] = True
        return {over for over, _ in cells}


def withheld(*, values: Counts, sensitive: Mask, hidden: Mask, need: int) -> Mask:
    """Return all cells to withhold, as a mask over the table with totals.

    `values` are what must be protected (with totals), `sensitive` which of them are too small, `hidden` which are not
    published anyway. Afterwards every sensitive cell may, for all that is published, be larger by `need`, also to
    a reader who knows any one row but its own.
    """
    cost = np.full(values.shape, INNER) + values / (1.0 + values.max())
    cost[-1, :] = cost[:, -1] = TOTAL
    cost[-1, -1] = GRAND
    network = Network(values=values, hidden=hidden | sensitive, need=need, cost=cost)
    for row, column in np.argwhere(sensitive).tolist():
        network.protect(row, column)
    return network.hidden
