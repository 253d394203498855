"""Run a module and kill it, as by kill -9, after it has passed the edge of a commit a number of times.

    python -m tests.post.town.mortal DIE_AT MODULE [ARGUMENT ...]

Every commit has two edges, just before and just after it. DIE_AT 0 never dies. Nothing is planted in the product:
the edges are those of the database driver.
"""

import itertools
import os
import runpy
import signal
import sys
from collections.abc import Callable
from typing import Any

import psycopg


def plant(die_at: int, *, statements: bool = False) -> None:
    """Die at this edge; with `statements` those of every statement of a cursor count, too."""
    edges = itertools.count(1)

    def edge() -> None:
        if next(edges) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def edged(original: Callable[..., Any]) -> Callable[..., Any]:
        def commit(*arguments: object) -> object:
            edge()
            result = original(*arguments)
            edge()
            return result

        return commit

    psycopg.Connection.commit = edged(psycopg.Connection.commit)  # type: ignore[method-assign]  # the point of it
    psycopg.Transaction.__exit__ = edged(psycopg.Transaction.__exit__)  # type: ignore[method-assign]  # likewise
    if statements:
        psycopg.Cursor.execute = edged(psycopg.Cursor.execute)  # type: ignore[method-assign]  # likewise
        psycopg.Copy.write = edged(psycopg.Copy.write)  # type: ignore[method-assign]  # likewise


if __name__ == "__main__":
    plant(int(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=False)
