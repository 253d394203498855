"""Someone who wants the withheld counts back: every release, every total, one row they know, and a linear programme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from desist_evaluation.cell_suppression import Counts, with_totals

Released = Sequence[Sequence[int | None]]
LIVING = 100_000  # people


@dataclass(frozen=True, kw_only=True)
class Attacker:
    """Knows the releases of one growing table in order, that counts never fall, and perhaps one row of each."""

    truth: Sequence[Counts]
    released: Sequence[Released]
    known_row: int | None

    def bounds(self) -> list[tuple[float, float]]:
        """What each count can be by itself: known, or anything from zero to as many as live there."""
        found: list[tuple[float, float]] = []
        for counts, release in zip(self.truth, self.released, strict=True):
            for row, cells in enumerate(with_totals(counts).tolist()):
                for column, value in enumerate(cells):
                    seen = release[row][column] is not None or row == self.known_row
                    found.append((value, value) if seen else (0, LIVING))
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
        """How far apart two values of each target are, as far as the attacker can tell.

        They are its least and its most, unless two ways to fill in the tables that were found before already lie as far
        apart as the threshold.
        """
        bounds, equal, less = self.bounds(), self.equations(), self.growth()
        found: list[NDArray[np.float64]] = []
        for aim, _ in self.targets(threshold):
            for sign in (1, -1):
                values = [float(aim @ one) for one in found]
                if not values or max(values) - min(values) < threshold:
                    found.append(self._extreme(sign * aim, bounds, equal, less))
            values = [float(aim @ one) for one in found]
            yield max(values) - min(values)

    @staticmethod
    def _extreme(
        aim: NDArray[np.float64],
        bounds: list[tuple[float, float]],
        equal: NDArray[np.float64],
        less: NDArray[np.float64] | None,
    ) -> NDArray[np.float64]:
        """Return the way to fill in the tables in which the target is least."""
        found = optimize.linprog(
            aim,
            A_eq=equal,
            b_eq=np.zeros(len(equal)),
            A_ub=less,
            b_ub=None if less is None else np.zeros(len(less)),
            bounds=bounds,
            method="highs",
        )
        assert found.status == 0, found.message
        return np.asarray(found.x)
