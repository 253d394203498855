"""./desist synthetic says in a sentence why it cannot, and an order says the same people in every process."""

import json
from pathlib import Path

import pytest
from tests.synthetic.conftest import NOW
from typer.testing import CliRunner

from desist import sites
from tools.cli.synthetic import app
from tools.synthetic import area
from tools.synthetic.load_block import Order


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


def a_finished_demo(folder: Path) -> None:
    a_demo(folder)
    for name in ("synthetic", "log"):
        (folder / name).mkdir()
    for site in area.sites():
        (folder / "synthetic" / site.name).touch()
    (folder / "synthetic" / "moment").write_text(NOW.isoformat(), "ascii")


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


def test_a_place_for_the_facts_that_cannot_be_written_uses_up_no_seed(folder: Path) -> None:
    a_finished_demo(folder)

    nowhere = run(folder, "--seed", "3", "--facts", str(folder / "no" / "folder" / "facts.jsonl"))
    marks = sorted(path.name for path in (folder / "synthetic").glob("seed-*"))

    assert nowhere[0] == 1
    assert "No such file or directory" in nowhere[1]
    assert marks == []
    assert not (folder / "pg").exists()


def test_people_of_whom_only_some_were_loaded_are_not_said_to_be_there(folder: Path) -> None:
    a_finished_demo(folder)  # with no database to load into

    first, second = run(folder), run(folder)

    assert first[0] == second[0] == 1
    assert "Northmere service: tools.synthetic.load_block failed" in first[1]
    assert "Only some of the people of seed 3 were loaded here" in second[1]


def test_a_seed_is_loaded_once(folder: Path) -> None:
    a_finished_demo(folder)
    (folder / "synthetic" / "seed-3").touch()

    status, said = run(folder)

    assert status == 1
    assert "Choose another --seed" in said


def test_an_order_that_was_written_down_is_for_the_same_people(tmp_path: Path) -> None:
    order = Order(seed=3, number=2, people=20, at=NOW.isoformat())

    order.write(tmp_path)

    read = Order(**json.loads((tmp_path / "synthetic" / "order.json").read_text("utf-8")))
    assert read.block() == order.block()
