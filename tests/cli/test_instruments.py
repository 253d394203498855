"""./desist instruments says what there is, and in plain sentences why a file was not loaded."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests import tables
from tests.instruments.files import questionnaire, sealed
from typer.testing import CliRunner

from desist import sites
from desist.cli.instruments import app
from desist.embedded.throwaway import throwaway_cluster
from desist.instruments import library
from tools.synthetic import area


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that lists the area's sites."""
    sites.write_sites(folder=tmp_path, sites=area.sites())
    return tmp_path


def run(folder: Path, file: Path, *, site: str = "northmere-programme") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["load", str(file), "--site", site, "--data", str(folder)])
    return result.exit_code, " ".join(result.output.split())


def a_file(folder: Path, **changes: str) -> Path:
    path = folder / "phq9.json"
    path.write_bytes(sealed(questionnaire(library.instrument(name="phq-9"), **changes)))
    return path


def test_the_list_names_every_instrument_and_its_licence() -> None:
    result = CliRunner().invoke(app, ["list"], env={"COLUMNS": "200"})

    assert result.exit_code == 0
    for one in library.current():
        assert one.name in result.output


def test_a_site_that_is_none_is_told_with_those_there_are(folder: Path) -> None:
    status, said = run(folder, a_file(folder), site="elsewhere")

    assert status == 1
    assert "There are: northmere-programme, harbour-advocacy." in said


def test_a_file_that_does_not_fit_changes_nothing(folder: Path) -> None:
    status, said = run(folder, a_file(folder, copyright=""))

    assert status == 1
    assert "phq9.json was not loaded. Nothing has changed. - The file declares no licence." in said
    assert not (folder / "instruments").exists()


@pytest.mark.slow
def test_a_file_that_fits_becomes_the_sites_wording() -> None:
    """With a real server, and in a process with the site's own login."""
    only = [site for site in area.sites() if site.name == "northmere-programme"]
    with throwaway_cluster() as cluster:
        folder = cluster.folder
        tables.founded(folder, only, on=date(2026, 1, 1))

        status, said = run(folder, a_file(folder))

        with cluster.connect("northmere_programme") as connection:
            kept = connection.execute(
                "SELECT instrument, content, loaded_by FROM programme_wording"
            ).fetchall()
            events = connection.execute(
                "SELECT who FROM wall_auditevent WHERE action = 'programme.load_wording'"
            ).fetchall()
        assert not (folder / "instruments" / "order.json").exists()
    assert (status, "is loaded into" in said) == (0, True), said
    assert [(row[0], row[2]) for row in kept] == [("phq-9", "clock")]
    assert json.loads(kept[0][1])["questions"][0]["text"] == "Invented question 1"
    assert events == [("clock",)]
