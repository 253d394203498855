"""What runs apart leaves no thread behind, so that the processes forked afterwards can use the same library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desist.running import children

LAYOUT = Path(__file__).parents[1] / "programme" / "reports" / "narrow.typ"
#: as the demo does it: the public site with its posters, then children of which one makes a document
DEMO = """
import sys
from datetime import date
from pathlib import Path
from desist.public import build
from desist.running import children
from desist.ui import documents
folder, layout = Path(sys.argv[1]), Path(sys.argv[2])
children.apart(lambda: build.build(folder / "public", today=date(2026, 11, 26)))
made = folder / "made.pdf"
children.apart(lambda: made.write_bytes(documents.pdf(layout=layout, data={"words": "Words"})))
"""


def test_after_the_public_site_is_built_a_child_can_still_make_a_document(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DEMO, str(tmp_path), str(LAYOUT)]

    subprocess.run(command, check=True, timeout=240)

    assert (tmp_path / "public").is_dir()
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")


def test_what_fails_apart_is_not_taken_for_done() -> None:
    with pytest.raises(children.Failed):
        children.apart(lambda: os._exit(3))
