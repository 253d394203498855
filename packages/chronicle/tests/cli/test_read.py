"""`./desist chronicle read` in a sandbox: lines, a summary, and an exit code that says what happened."""

import json
import re
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.export_samples import archive, chat_text, samples
from typer.testing import CliRunner

from desist_chronicle.cli.app import app
from desist_chronicle.jsonl import from_line
from desist_chronicle.options import Options
from desist_chronicle.reading import Reading
from desist_chronicle.sandbox import Limits, SandboxedReading

pytestmark = pytest.mark.processes  # each file is read in a process of its own

FIELDS = [
    *("source", "seq", "byte_start", "byte_end", "line", "kind", "sent_local", "sent_utc", "precision"),
    *("sender", "recipients", "direction", "text", "flags"),
]


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "chat.txt"
    path.write_bytes(chat_text(style=14))
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["read", *map(str, arguments)])
    return result.exit_code, result.output


def test_reading_writes_a_line_a_record_and_prints_the_sum_of_bytes(chat: Path, tmp_path: Path) -> None:
    lines = tmp_path / "records.jsonl"

    code, output = run(chat, "--jsonl", lines, "--owner", "Ann Example", "--name", "Dr: Smith")

    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    size = chat.stat().st_size
    assert code == 0
    assert list(rows[0])[:14] == FIELDS
    assert sum(row["byte_end"] - row["byte_start"] for row in rows) == size
    assert f"= {size:,} = {size:,} in the file" in output


def test_the_summary_in_json_counts_kinds_bytes_and_warnings(chat: Path) -> None:
    code, output = run(chat, "--json")

    report = json.loads(output)
    assert code == 0
    assert report["records"] == sum(report["counts"].values()) == 150
    assert report["bytes"]["accounted"] == report["bytes"]["text"] == chat.stat().st_size
    assert report["warnings"]


def test_dates_that_can_be_read_both_ways_ask_with_code_3_and_are_then_read(chat: Path) -> None:
    chat.write_text("03/04/2024, 21:05 - Bob: a\n")

    asked, output = run(chat)
    answered, _ = run(chat, "--date-order", "dmy")

    assert (asked, answered) == (3, 0)
    assert "--date-order" in output


def test_a_file_that_is_cut_short_ends_with_code_4(chat: Path) -> None:
    chat.write_bytes(samples()["meta_json"][:900])

    code, output = run(chat)

    assert code == 4
    assert "Reading stopped at byte" in output


def test_a_file_that_cannot_be_read_ends_with_code_5(chat: Path) -> None:
    chat.write_bytes(b"junk")

    code, output = run(chat)

    assert code == 5
    assert "none of the formats" in output


@pytest.mark.parametrize("wrong", [["nowhere.txt"], ["--zone", "Mars"], ["--column", "sender"]])
def test_a_wrong_word_on_the_command_line_ends_with_code_2_and_a_sentence(
    wrong: list[str], chat: Path
) -> None:
    code, output = run(chat, *wrong)

    assert code == 2
    assert output.startswith("desist: ")


def test_the_sandbox_reads_what_the_library_reads(chat: Path) -> None:
    options = Options(names=("Dr: Smith",), columns=(("sender", "x"),))
    heard: list[tuple[str, int]] = []

    sandboxed = SandboxedReading(paths=[chat], options=options, on_progress=lambda *said: heard.append(said))
    records = list(sandboxed.records())

    direct = Reading(paths=[chat], options=options)
    assert records == [record for block in direct.blocks() for record in block]
    assert sandboxed.outcomes == direct.outcomes
    assert ("chat.txt", 150) in heard


def test_the_sandbox_hands_over_in_columns_what_it_reads(chat: Path) -> None:
    heard: list[tuple[str, int]] = []
    sandboxed = SandboxedReading(
        paths=[chat], options=Options(), on_progress=lambda *said: heard.append(said)
    )

    corpus = sandboxed.corpus()

    direct = Reading(paths=[chat], options=Options())
    assert list(corpus.reader()) == [record for block in direct.blocks() for record in block]
    assert sandboxed.outcomes == direct.outcomes
    assert ("chat.txt", 150) in heard


@pytest.mark.parametrize("limits", [Limits(memory=1 << 20), Limits(clock=0)])
def test_columns_of_a_reading_that_is_stopped_are_those_that_came(limits: Limits, chat: Path) -> None:
    sandboxed = SandboxedReading(paths=[chat], options=Options(), limits=limits)

    assert len(sandboxed.corpus()) == 0
    assert re.search("Reading .*stopped", sandboxed.outcomes[-1].warnings[0])


@pytest.mark.parametrize("limits", [Limits(memory=1 << 20), Limits(clock=0)])
def test_a_reading_that_breaks_its_limits_is_stopped_and_says_so(limits: Limits, chat: Path) -> None:
    chat.write_bytes(b"[12/03/2024, 21:05:07] Bob: " + b"x" * (8 << 20))
    sandboxed = SandboxedReading(paths=[chat], options=Options(), limits=limits)

    records = list(sandboxed.lines())

    assert records == []
    # from outside, or by the reading itself where it still can say why
    assert re.search("Reading .*stopped", sandboxed.outcomes[-1].warnings[0])


def test_lines_of_the_sandbox_are_records(chat: Path) -> None:
    lines = list(SandboxedReading(paths=[chat], options=Options()).lines())

    assert from_line(lines[0]).source == "chat.txt"


def test_what_has_no_time_or_sender_is_counted_and_every_file_of_an_archive_named(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    table = b"Date,Sender,Text\n2024-03-12,Sam,x\nsome day,,y\n2024-03-13,,z\n"
    path.write_bytes(archive({"a.csv": table, "b.jpg": b"\xff\xd8", "c/d.json": b'{"a": 1}'}))

    code, output = run(path)

    assert code == 4
    assert "    without a readable time: 1\n    without a sender: 2\n" in output
    assert "    read, table (CSV or TSV): 1 (export.zip/a.csv)" in output
    assert "    not read, a photograph (JPEG): 1 (export.zip/b.jpg)" in output
    assert "export.zip/c/d.json looks like JSON. It may hold messages and was NOT read." in output
