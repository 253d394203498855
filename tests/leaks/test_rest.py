"""What is left in memory and among temporary files is read, and what is planted there is found."""

import tempfile
from pathlib import Path
from typing import Any, cast

import pytest
from tests.leaks.conftest import LOCATOR

from desist.advocacy.evidence import scratch
from desist.sites import Site, Zone
from tools.leaks import rest
from tools.leaks.running import Area
from tools.leaks.search import Search

SITE = Site("northmere-advocacy", Zone.ADVOCACY, "Northmere")


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    """An area with a folder in memory and one for temporary files, both empty."""
    for name in ("memory", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(scratch, "PLACE", tmp_path / "memory")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return Area(tmp_path / "data", (SITE,), cast("Any", None), own=True)


def found(area: Area) -> list[tuple[str, str]]:
    seen = rest.memory(area, Search([LOCATOR]))
    return sorted({(Path(leak.where).name, leak.kind) for leak in seen.leaks})


def test_nothing_is_found_where_nothing_was_left(area: Area) -> None:
    assert found(area) == []


def test_what_a_killed_worker_left_in_memory_is_found(area: Area) -> None:
    folder = scratch.PLACE / f"{scratch.prefix_of(site=SITE.name, data=area.folder)}killed"
    (folder / "unpacked").mkdir(parents=True)
    (folder / "unpacked" / "chat.txt").write_text(f"I wait at {LOCATOR.text}", "utf-8")

    assert found(area) == [("chat.txt", "victim_address")]


def test_an_upload_that_was_put_aside_is_found(area: Area) -> None:
    (Path(tempfile.gettempdir()) / "tmp1.upload.txt").write_text(f"I wait at {LOCATOR.text}", "utf-8")

    assert found(area) == [("tmp1.upload.txt", "victim_address")]


def test_what_another_deployment_left_is_none_of_ours(area: Area) -> None:
    (scratch.PLACE / "desist-northmere-advocacy-other-killed").mkdir()
    (scratch.PLACE / "desist-northmere-advocacy-other-killed" / "chat.txt").write_text(LOCATOR.text, "utf-8")

    assert found(area) == []
