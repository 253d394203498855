"""./desist synthetic says in a sentence why it cannot, and an order says the same people in every process."""

import json
from pathlib import Path

import pytest
from tests.synthetic.conftest import NOW
from typer.testing import CliRunner

from desist import sites
from desist.cli.synthetic import app
from desist.synthetic import area
from desist.synthetic.load_block import Order


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a demo's data would be."""
    monkeypatch.setenv("DESIST_DATA", str(tmp_path / "elsewhere"))
    return tmp_path / "demo"


def run(folder: Path, *more: str) -> tuple[int, str]:
    facts = folder.parent / "facts.jsonl"
    words = ["--people", "5", "--facts", str(facts), "--data", str(folder), *(more or ("--seed", "3"))]
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output


def a_demo(folder: Path) -> None:
    folder.mkdir()
    (folder / "desist-demo").touch()
    sites.write_sites(folder=folder, sites=area.sites())


def test_a_folder_that_is_no_demo_is_refused_with_the_way_out(folder: Path) -> None:
    status, said = run(folder)

    assert status == 1
    assert "Run ./desist demo once" in said
    assert not folder.exists()


def test_a_demo_that_is_not_finished_is_refused(folder: Path) -> None:
    a_demo(folder)

    status, said = run(folder)

    assert status == 1
    assert "The demo is not finished" in said


def test_a_seed_is_loaded_once(folder: Path) -> None:
    a_demo(folder)
    (folder / "synthetic").mkdir()
    for site in area.sites():
        (folder / "synthetic" / site.name).touch()
    (folder / "synthetic" / "seed-3").touch()

    status, said = run(folder)

    assert status == 1
    assert "Choose another --seed" in said


def test_an_order_that_was_written_down_is_for_the_same_people(tmp_path: Path) -> None:
    order = Order(seed=3, number=2, people=20, at=NOW.isoformat())

    order.write(tmp_path)

    read = Order(**json.loads((tmp_path / "synthetic" / "order.json").read_text("utf-8")))
    assert read.block() == order.block()
