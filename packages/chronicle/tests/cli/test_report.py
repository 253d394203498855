"""A report is made from the command line, says what it could not do, and is checked again."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desist_chronicle.cli.app import app

pytestmark = pytest.mark.processes  # each file is read in a process of its own

CHAT = """\
12/03/2024, 21:05 - Sam Sample: I know where you are
12/03/2024, 21:06 - Sam Sample: call me on 07700 900123 or Maggie Helper will see
12/03/2024, 21:07 - Robin Example: leave me alone
25/03/2024, 23:10 - Sam Sample: ?
"""


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """A chat between Sam Sample and Robin Example."""
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, "utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the bag goes."""
    return tmp_path / "bag"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def report(chat: Path, out: Path, *more: object) -> Result:
    return run("report", chat, "--subject", "Sam Sample", "--owner", "Robin Example", "--out", out, *more)


def test_a_report_tells_what_was_found_and_its_seal_is_verified(chat: Path, out: Path) -> None:
    made = report(chat, out, "--json")

    told = json.loads(made.stdout)
    checked = run("verify", out, "--seal", told["seal"])
    assert made.exit_code == 0
    assert told["findings"]["How much"][0] == (
        "3 contacts from Sam Sample, 1 to them, 0 through a person said to act for them."
    )
    assert checked.exit_code == 0
    assert "The custody log is unbroken" in checked.stdout


def test_originals_are_put_in_only_when_asked_and_are_read_again(chat: Path, tmp_path: Path) -> None:
    report(chat, tmp_path / "without")
    report(chat, tmp_path / "with", "--originals", "--date-order", "dmy", "--name", "Dr: Smith")

    checked = run("verify", tmp_path / "with")

    assert not (tmp_path / "without" / "data" / "originals").exists()
    assert (tmp_path / "with" / "data" / "originals" / "01 chat.txt").read_text("utf-8") == CHAT
    assert "Reading chat.txt again gives the same records." in checked.stdout


def test_an_altered_bag_is_a_fault(chat: Path, out: Path) -> None:
    report(chat, out)
    (out / "data" / "findings.txt").write_text("nothing")

    checked = run("verify", out)

    assert checked.exit_code == 1
    assert "FAULT   data/findings.txt was altered." in checked.output


def test_what_is_no_bag_is_said(tmp_path: Path) -> None:
    checked = run("verify", tmp_path)

    assert checked.exit_code == 2
    assert "has no bagit.txt" in checked.output


def test_every_question_is_answered(chat: Path, out: Path) -> None:
    made = report(
        *(chat, out, "--compare", "2024-03-20", "--trigger", "court date=2024-03-24", "--from", "2024-03-01"),
        *("--trigger", "court date=2024-03-10", "--order", "Order=2024-03-20T09:00/2024-06-01"),
        *("--order", "Older order=2024-01-01", "--to", "2024-03-31", "--thread", "chat", "--gap", "6"),
    )

    assert made.exit_code == 0
    assert "court date (10 Mar 2024, 24 Mar 2024)" in made.stdout
    assert "1 contact from service on 20 Mar 2024 to 01 Jun 2024." in made.stdout
    assert "3 contacts from service on 01 Jan 2024 on." in made.stdout
    assert "Seal " in made.stdout


def test_the_masked_edition_masks(chat: Path, out: Path) -> None:
    made = report(chat, out, "--may-reach-defendant", "--mask", "Maggie Helper")

    table = (out / "data" / "chronology.csv").read_text("utf-8")
    assert made.exit_code == 0
    assert "call me on [number] or [masked] will see" in table
    assert "900123" not in table


def test_a_masked_edition_that_still_leaks_is_not_written(chat: Path, out: Path) -> None:
    made = report(chat, out, "--may-reach-defendant", "--mask", "occasion")

    assert made.exit_code == 6
    assert "was not written" in made.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--subject", "Robin Example"], "both as subject and as owner"),
        (["--thread", "nowhere"], "Nothing is left to show"),
        (["--zone", "Europe/Nowhere"], "Europe/Nowhere"),
        (["--trigger", "court date"], "--trigger is written NAME=VALUE"),
        (["--trigger", "court date=12 March"], "“12 March” is no day"),
        (["--order", "Order=2024-03-12T09:00+01:00"], "without a zone"),
        (["--order", "Order=2024-03-12/2024-03-01"], "it ends before it was served"),
        (["--column", "sender"], "--column is written NAME=VALUE"),
        (["--mask", "Maggie"], "--mask masks only in the edition"),
        (["--may-reach-defendant", "--originals"], "never holds originals"),
    ],
)
def test_a_wrong_choice_is_a_sentence_and_leaves_nothing(
    chat: Path, out: Path, more: list[str], said: str
) -> None:
    made = report(chat, out, *more)

    assert made.exit_code == 2
    assert said in " ".join(made.output.split())
    assert not out.exists()


def test_somebody_who_is_in_no_source_is_said_with_who_is(chat: Path, out: Path) -> None:
    made = run("report", chat, "--subject", "Nobody", "--out", out)

    assert made.exit_code == 2
    assert "Senders found: “Sam Sample” (3), “Robin Example” (1)" in made.output


def test_an_undecidable_order_of_day_and_month_is_asked(tmp_path: Path, out: Path) -> None:
    unclear = tmp_path / "unclear.txt"
    unclear.write_text("01/02/2024, 21:05 - Sam Sample: hello\n", "utf-8")

    made = report(unclear, out)

    assert made.exit_code == 3
    assert "--date-order" in made.output
    assert "No report was made." in made.output


def test_nothing_readable_makes_no_report(tmp_path: Path, out: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    made = report(empty, out, "--json")

    assert made.exit_code == 5
    assert json.loads(made.stdout)["made"] is False


def test_what_could_be_read_is_reported_and_the_rest_is_said(chat: Path, tmp_path: Path, out: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")

    made = report(chat, out, tmp_path / "empty.txt", "--originals")

    assert made.exit_code == 4
    assert "! empty.txt is empty" in made.stdout
    assert run("verify", out).exit_code == 0
