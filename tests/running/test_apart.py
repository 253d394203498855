"""What runs apart leaves no thread behind, so that the processes forked afterwards can use the same library."""

import os
from datetime import date
from pathlib import Path

import pytest

from desist.public import build
from desist.running import children
from desist.ui import documents

LAYOUT = Path(__file__).parents[1] / "programme" / "reports" / "narrow.typ"


def threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def test_the_public_site_is_built_and_a_fork_can_still_make_a_document(tmp_path: Path) -> None:
    before = threads()

    children.apart(lambda: build.build(tmp_path / "public", today=date(2026, 11, 26)))

    made = tmp_path / "made.pdf"
    assert (tmp_path / "public").is_dir()
    assert threads() <= before
    children.apart(lambda: made.write_bytes(documents.pdf(layout=LAYOUT, data={"words": "Words"})))
    assert made.read_bytes().startswith(b"%PDF")


def test_what_fails_apart_is_not_taken_for_done() -> None:
    with pytest.raises(children.Failed):
        children.apart(lambda: os._exit(3))
