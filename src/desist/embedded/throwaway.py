"""Servers that live as long as a test: fast, not durable, gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desist.embedded.cluster import Cluster


@contextmanager
def throwaway_cluster(*, durable: bool = False, like: Path | None = None) -> Iterator[Cluster]:
    """A running server in a temporary folder, which is removed at the end; `durable` where it will be killed.

    It is empty, or `like` another whose files were copied while it was stopped.
    """
    folder = Path(tempfile.mkdtemp(prefix="desist-"))
    if like:
        shutil.copytree(like, folder, dirs_exist_ok=True)
    cluster = Cluster(folder, durable=durable)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
