"""./desist demo never throws away what someone else made, nor what is in use."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from desist.cli.plain import DEMO
from desist.embedded.throwaway import throwaway_cluster
from tools.cli.demo import app

pytestmark = pytest.mark.processes


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command names its folder to everything that it starts; that ends with the test."""
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))


def test_a_demo_that_runs_is_not_thrown_away() -> None:
    with throwaway_cluster() as cluster:
        (cluster.folder / DEMO).touch()

        result = CliRunner().invoke(app, ["--fresh", "--data", str(cluster.folder)])

        assert result.exit_code == 1
        assert f"Another Desist is using the data in {cluster.folder}. Stop it first" in result.output
        assert cluster.created
        assert cluster.running
        with cluster.connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_folder_that_is_no_demos_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")

    result = CliRunner().invoke(app, ["--fresh", "--data", str(tmp_path)])

    assert result.exit_code == 1
    assert "holds files that are not a demo's" in result.output
    assert (tmp_path / "letter.txt").read_text() == "mine"
