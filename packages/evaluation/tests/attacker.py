"""Someone who wants the withheld counts back: every release, every total, one row they know, and a linear programme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from desist_evaluation.cell_suppression import Counts, with_totals

Released = Sequence[Sequence[int | None]]


@dataclass(frozen=True, kw_only=True)
class Attacker:
    """Knows the releases of one growing table in order, that counts never fall, and perhaps one row of each."""

    truth: Sequence[Counts]
    released: Sequence[Released]
    known_row: int | None

    def bounds(self) -> list[tuple[float, float | None]]:
        """What each count can be by itself: known, or anything from zero."""
        found: list[tuple[float, float | None]] = []
        for counts, release in zip(self.truth, self.released, strict=True):
            for row, cells in enumerate(with_totals(counts).tolist()):
                for column, value in enumerate(cells):
                    seen = release[row][column] is not None or row == self.known_row
                    found.append((value, value) if seen else (0, None))
        return found

    def equations(self) -> NDArray[np.float64]:
        """Every row and column of every release adds up to its total."""
        shape = with_totals(self.truth[0]).shape
        lines = []
        for release in range(len(self.truth)):
            for row in range(shape[0]):
                line = np.zeros((len(self.truth), *shape))
                line[release, row, :-1], line[release, row, -1] = 1, -1
                lines.append(line.ravel())
            for column in range(shape[1]):
                line = np.zeros((len(self.truth), *shape))
                line[release, :-1, column], line[release, -1, column] = 1, -1
                lines.append(line.ravel())
        return np.array(lines)

    def growth(self) -> NDArray[np.float64] | None:
        """No count of a release is below the same count of the release before."""
        size = with_totals(self.truth[0]).size
        if len(self.truth) == 1:
            return None
        return np.hstack(
            [np.eye(size * (len(self.truth) - 1)), np.zeros((size * (len(self.truth) - 1), size))]
        ) - (
            np.hstack([np.zeros((size * (len(self.truth) - 1), size)), np.eye(size * (len(self.truth) - 1))])
        )

    def targets(self, threshold: int) -> Iterator[tuple[NDArray[np.float64], int]]:
        """Every small count, and every small growth between releases, outside the row that is known."""
        tables = [with_totals(counts) for counts in self.truth]
        for release, table in enumerate(tables):
            earlier = tables[release - 1] if release else np.zeros_like(table)
            for row, column in np.argwhere(table - earlier < threshold).tolist():
                if row == self.known_row:
                    continue
                aim = np.zeros((len(tables), *table.shape))
                aim[release, row, column] = 1
                yield aim.ravel(), int(table[row, column])
                if release:
                    aim[release - 1, row, column] = -1
                    yield aim.ravel(), int(table[row, column] - earlier[row, column])

    def widths(self, threshold: int) -> Iterator[float]:
        """How far apart the least and the most are that each target can be, as far as the attacker can tell."""
        bounds, equal, less = self.bounds(), self.equations(), self.growth()
        for aim, _ in self.targets(threshold):
            ends = [self._extreme(sign * aim, bounds, equal, less) for sign in (1, -1)]
            yield -ends[1] - ends[0]

    @staticmethod
    def _extreme(
        aim: NDArray[np.float64],
        bounds: list[tuple[float, float | None]],
        equal: NDArray[np.float64],
        less: NDArray[np.float64] | None,
    ) -> float:
        found = optimize.linprog(
            aim,
            A_eq=equal,
            b_eq=np.zeros(len(equal)),
            A_ub=less,
            b_ub=None if less is None else np.zeros(len(less)),
            bounds=bounds,
            method="highs",
        )
        if found.status in {3, 4}:
            return -np.inf
        assert found.status == 0, found.message
        return float(found.fun)
