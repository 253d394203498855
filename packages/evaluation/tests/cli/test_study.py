"""`desist-evaluation study`: files in, a folder out, and plain words for what cannot be done."""

import csv
import re
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from packages.evaluation.tests.study.made_up import made_up
from typer.testing import CliRunner

from desist_evaluation.cli.app import app

RUNNER = CliRunner()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    study = made_up(people=400)
    for name in ("episodes", "events", "gaps"):
        (tmp_path / f"{name}.csv").write_text(getattr(study, name))
    return tmp_path


def run(folder: Path, *more: str, events: str = "events.csv") -> tuple[int, str]:
    found = RUNNER.invoke(
        app,
        ["study", str(folder / "episodes.csv"), str(folder / events), "--out", str(folder / "annex"), *more],
    )
    return found.exit_code, found.output


def test_two_files_make_an_annex(files: Path) -> None:
    code, output = run(files)

    assert code == 0
    assert "annex.html and 11 files beside it" in output
    assert "annex.pdf is the same on paper." in output
    assert (files / "annex" / "annex.pdf").read_bytes().startswith(b"%PDF")
    assert " March 2025</dd>" in (files / "annex" / "annex.html").read_text()


def test_without_the_library_for_paper_the_page_is_made_and_that_is_said(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    code, output = run(files)

    assert code == 0
    assert "There is no PDF: typst is not installed; install desist-evaluation[pdf]" in " ".join(
        output.split()
    )
    assert not (files / "annex" / "annex.pdf").exists()


def test_gaps_and_a_data_cut_can_be_given(files: Path) -> None:
    code, _ = run(
        files,
        *(
            "--gaps",
            str(files / "gaps.csv"),
            "--data-cut",
            "2024-12-31",
            "--leave-out-later",
            "--landmark",
            "100",
        ),
    )

    assert code == 0
    page = (files / "annex" / "annex.html").read_text()
    assert "31 December 2024" in page
    assert "Day 100: the day that the plan names" in page


def test_days_after_the_data_cut_are_refused_unless_left_out_on_purpose(files: Path) -> None:
    code, output = run(files, "--data-cut", "2021-06-30")

    assert code == 1
    assert re.search(
        r"EPISODES line \d+, referral: must not be after the data cut", output.replace("\n", " ")
    )
    assert "--leave-out-later" in output
    assert not (files / "annex").exists()


def test_workbooks_and_files_with_semicolons_and_english_days_give_the_same_annex(files: Path) -> None:
    run(files, "--gaps", str(files / "gaps.csv"))
    expected = tables(files / "annex")
    in_sheets, in_semicolons = files / "sheets", files / "semicolons"
    for folder in (in_sheets, in_semicolons):
        folder.mkdir()
    for name in ("episodes", "events", "gaps"):
        table = list(csv.reader((files / f"{name}.csv").read_text().splitlines()))
        save_workbook(in_sheets / f"{name}.xlsx", table)
        (in_semicolons / f"{name}.csv").write_text("\n".join(";".join(map(english, row)) for row in table))

    for folder, kind, more in ((in_sheets, "xlsx", ()), (in_semicolons, "csv", ("--date-order", "dmy"))):
        found = RUNNER.invoke(
            app,
            [
                *("study", str(folder / f"episodes.{kind}"), str(folder / f"events.{kind}")),
                *("--gaps", str(folder / f"gaps.{kind}"), "--out", str(folder / "annex"), *more),
            ],
        )
        assert found.exit_code == 0, found.output
        assert tables(folder / "annex") == expected


def english(cell: str) -> str:
    """A day with strokes, the day first; everything else as it is."""
    return re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3/\2/\1", cell)


def save_workbook(path: Path, table: list[list[str]]) -> None:
    """The table in a workbook, behind a sheet of notes, with its days and numbers as Excel keeps them."""
    book = openpyxl.Workbook()
    book.create_sheet("Notes", 0).append(["Notes on this file"])
    sheet = book.create_sheet("Data")
    for row in table:
        sheet.append([cell_of(cell) for cell in row])
    book.save(path)


def cell_of(cell: str) -> object:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return datetime.fromisoformat(cell)
    return float(cell) if cell.isdigit() else cell or None


def tables(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.glob("*.csv")}


def test_the_release_edition_never_lies_beside_the_whole_one(files: Path) -> None:
    code, output = run(files, "--release")

    assert code == 0
    assert "release.html and 5 files beside it" in output
    assert not list((files / "annex").glob("annex*"))
    code, output = run(files)
    assert code == 1
    assert "holds release.html: name another folder" in output.replace("\n", " ")
    (files / "annex" / "release.html").rename(files / "annex" / "annex.html")
    code, output = run(files, "--release")
    assert code == 1
    assert "holds annex.html: name another folder" in output.replace("\n", " ")


def test_help_is_the_studys_own(files: Path) -> None:
    found = RUNNER.invoke(app, ["study", "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})

    assert "data-cut" in found.output


def test_a_file_that_is_not_there_is_named(files: Path) -> None:
    code, output = run(files, events="nothing.csv")

    assert code == 1
    assert "nothing.csv could not be read: No such file or directory" in output.replace("\n", " ")


def test_a_file_that_is_not_text_is_named(files: Path) -> None:
    (files / "events.csv").write_bytes(b"person,date,kind\nJos\xe9,2024-01-01,stalking\n")

    code, output = run(files)

    assert code == 1
    assert "is not UTF-8 text: save it as CSV UTF-8" in output


def test_a_folder_that_cannot_be_made_is_named(files: Path) -> None:
    (files / "annex").write_text("a file")

    code, output = run(files)

    assert code == 1
    assert "the annex could not be written to" in output


def test_a_mistake_in_a_file_writes_nothing(files: Path) -> None:
    (files / "events.csv").write_text("person,date,kind\nM000001,2024-01-01,magic\n")

    code, output = run(files)

    assert code == 1
    assert "desist: EVENTS line 2, kind: must be one of" in output
    assert not (files / "annex").exists()


def test_a_data_cut_is_asked_for_where_nothing_happened_yet(files: Path) -> None:
    (files / "episodes.csv").write_text("person,start\na,2999-01-01\n")
    (files / "events.csv").write_text("person,date,kind\n")

    code, output = run(files)

    assert code == 1
    assert "data_cut: is needed" in output


def test_a_future_data_cut_is_refused(files: Path) -> None:
    code, output = run(files, "--data-cut", "2999-01-01")

    assert code == 1
    assert "data_cut: must not be after" in output
