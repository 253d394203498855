"""Words in pictures are read by a machine where a person asks for it, and are marked as such."""

import sys
from pathlib import Path

import pytest
from packages.chronicle.tests.casework import charted, record
from packages.chronicle.tests.made_up.screenshots import screenshot
from packages.chronicle.tests.test_things import CHAT, report, thing
from typer.testing import CliRunner

from desist_chronicle.cli.app import app
from desist_chronicle.machine_reading import MachineReader, NoMachineError, lines_of, machine
from desist_chronicle.outputs.cover import Listing
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.searching import readable
from desist_chronicle.outputs.thing_pages import thing_pieces, words_of
from desist_chronicle.records import Flag

WORDS = ("I know you are home. Answer me.", "Stop. Do not write to me again.")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "chat.txt").write_bytes(CHAT)
    (folder / "shown.png").write_bytes(screenshot(*WORDS))
    return folder


@pytest.mark.slow
def test_the_report_holds_the_words_and_says_that_no_person_checked_them(
    exports: Path, tmp_path: Path
) -> None:
    report(exports, tmp_path / "bag", "--read-pictures")

    data = tmp_path / "bag" / "data"
    for name in ("chronology.html", "chronology-01.pdf"):
        text = " ".join(readable(data / name).split())
        assert f"{machine()} read these words. No person has checked them" in text
        assert " / ".join(WORDS) in text


def test_nothing_is_read_where_no_person_asks(exports: Path, tmp_path: Path) -> None:
    report(exports, tmp_path / "bag")

    assert "read by a machine" not in (tmp_path / "bag" / "data" / "chronology.html").read_text()


@pytest.mark.slow
def test_a_picture_without_words_and_one_that_is_none(tmp_path: Path) -> None:
    empty, none = tmp_path / "empty.png", tmp_path / "none.png"
    empty.write_bytes(screenshot())
    none.write_bytes(b"no picture")

    with MachineReader() as reader:
        assert reader.read(empty) == ()
        assert reader.read(none) is None


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with MachineReader(clock=0.0) as reader:
        assert reader.read(tmp_path / "any.png") is None


def test_whatever_a_library_raises_a_picture_is_none(tmp_path: Path) -> None:
    def engine(path: str) -> None:
        raise MemoryError(path)

    assert lines_of(tmp_path / "any.png", engine) is None


def test_without_the_library_the_command_says_how_to_install_it(
    exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)

    with pytest.raises(NoMachineError):
        machine()
    asked = ["report", str(exports), "--subject", "Sam Sample", "--out", str(tmp_path / "bag")]
    made = CliRunner().invoke(app, [*asked, "--read-pictures"])
    assert made.exit_code == 2
    assert "pip install 'desist-chronicle[ocr]'" in made.output
    assert not (tmp_path / "bag").exists()


def test_the_masked_edition_takes_no_words_from_pictures(exports: Path, tmp_path: Path) -> None:
    asked = ["report", str(exports), "--subject", "Sam Sample", "--out", str(tmp_path / "bag")]
    made = CliRunner().invoke(app, [*asked, "--read-pictures", "--may-reach-defendant"])

    assert made.exit_code == 2
    assert "leave out --read-pictures" in made.output


@pytest.mark.slow
def test_no_words_and_no_picture_are_said(tmp_path: Path) -> None:
    assert read_of(tmp_path / "plain", screenshot()) == "No words found."
    assert read_of(tmp_path / "none", b"no picture") is None


def read_of(folder: Path, data: bytes) -> str | None:
    """Return what the pages say that a machine read in one picture; None where they have no such list."""
    folder.mkdir()
    (folder / "a.png").write_bytes(data)
    course = charted([record("a.png", flags=(Flag.ATTACHMENT,))])
    pieces = thing_pieces(
        things=[thing(folder / "a.png", looks="a picture (PNG)")],
        named={},
        wording=Wording(course=course, exhibits={"a.txt": "EX/9"}),
        folder=folder / "pictures",
        printed=folder / "printed",
        read=True,
    )
    lists = [one for one in pieces if isinstance(one, Listing) and one.headings[1] == "Read by a machine"]
    return lists[0].rows[0][1] if lists else None


def test_a_picture_that_the_machine_cannot_read_is_said() -> None:
    assert words_of(None) == "The machine could not read it."
