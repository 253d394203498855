"""Mistakes in an editor's files, each with its file and line so that the editor can correct it at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One sentence about one line (counted from 1) of one file."""

    path: Path
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


class CannotBuild(Exception):
    """The site was not built; the earlier files are as they were."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Found:
    """The findings of a build: errors stop it at its end, notices go to the administrator."""

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.notices: list[Problem] = []

    def error(self, path: Path, line: int, says: str) -> None:
        """Remember a mistake; the build goes on, so that one run shows them all."""
        self.errors.append(Problem(path, line, says))

    def notice(self, path: Path, line: int, says: str) -> None:
        """Remember a notice for the administrator; the site is built all the same."""
        self.notices.append(Problem(path, line, says))

    @contextmanager
    def stop_on_errors(self) -> Iterator[None]:
        """Raise CannotBuild after the block when it, or anything before it, found a mistake."""
        yield
        if self.errors:
            raise CannotBuild(sorted(set(self.errors)))
