"""A command that finds no sites says which folder was meant: the demo keeps its own one below everybody's."""

import importlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desist import sites
from desist.cli.plain import DEMO
from desist.sites import Site, Zone

#: command -> what it is told beside, its exit code, and how it is told another folder
COMMANDS = {
    "verify": ((), 2, "--data "),
    "migrate": ((), 1, "--data "),
    "backup": (("copies",), 1, "DESIST_DATA="),
    "reoffer": (
        ("northmere-programme", "--to", "northmere-police", "--since", "2026-03-02T14:30:00+00:00"),
        1,
        "DESIST_DATA=",
    ),
}


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))


def demo(folder: Path) -> None:
    folder.mkdir()
    (folder / DEMO).touch()


def said(command: str) -> tuple[int, str]:
    app = importlib.import_module(f"desist.cli.{command}").app
    result = CliRunner().invoke(app, list(COMMANDS[command][0]))
    return result.exit_code, result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_of_nobodys_asks_for_another(command: str, tmp_path: Path) -> None:
    _, code, told_by = COMMANDS[command]

    assert said(command) == (
        code,
        f"desist: {tmp_path} holds no sites. Name the data folder: {told_by}DIR.\n",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_demo_right_below_is_named(command: str, tmp_path: Path) -> None:
    _, code, told_by = COMMANDS[command]
    demo(tmp_path / "demo")
    (tmp_path / "letters").mkdir()

    found = tmp_path / "demo"
    assert said(command) == (
        code,
        f"desist: {tmp_path} holds no sites. The demo's are in {found}: {told_by}{found}.\n",
    )


def test_two_demos_are_named(tmp_path: Path) -> None:
    demo(tmp_path / "demo")
    demo(tmp_path / "demo-programme")

    assert said("verify")[1] == (
        f"desist: {tmp_path} holds no sites. The demo's are in {tmp_path}/demo and {tmp_path}/demo-programme: "
        f"--data {tmp_path}/demo.\n"
    )


def test_a_site_of_another_name_is_told_those_there_are(tmp_path: Path) -> None:
    here = Site("northmere-police", Zone.PARTNERSHIP, "Northmere Police", 8702)
    sites.write_sites(folder=tmp_path, sites=[here])

    assert said("reoffer") == (
        1,
        f"desist: {tmp_path} has no site named 'northmere-programme'. Its sites: northmere-police.\n",
    )
