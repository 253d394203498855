"""`desist figures`: one figure as it may be quoted, as JSON, in a list; and plain words where there is none."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from desist_evaluation import figures
from desist_evaluation.cli.figures import app

RUNNER = CliRunner()


def run(*arguments: str) -> tuple[int, str, str]:
    found = RUNNER.invoke(app, list(arguments))
    return found.exit_code, found.stdout, found.stderr


def lines(text: str) -> dict[str, str]:
    """The named lines below the sentence."""
    return {line[:12].strip(): line[13:] for line in text.partition("\n\n")[2].splitlines()}


def test_a_figure_is_printed_with_definition_numerator_denominator_and_interval() -> None:
    code, output, _ = run("evidence-kent-improved-2023")

    assert code == 0
    assert output.startswith(
        "People with fewer reported offences in the 6 months after than before: 55.2%, limits 35.7% to 73.6% "
        "(Clopper-Pearson 95%); 29 people analysed; Kent; 2022 to 2023.\n\n"
    )
    told = lines(output)
    assert told["Definition"] == "People with fewer reported offences in the 6 months after than before"
    assert told["Counted in"] == "29 people analysed"
    assert (told["Numerator"], told["Denominator"]) == ("16", "29")
    assert told["Interval"] == "35.7% to 73.6% (Clopper-Pearson 95%)"
    assert told["Period"] == "2022 to 2023, 365 days"


def test_what_was_not_read_is_said_and_limits_of_rounding_are_called_so() -> None:
    _, output, _ = run("csew-2025")

    told = lines(output)
    assert (told["Numerator"], told["Denominator"]) == ("not read", "not read")
    assert told["Interval"] == "2.85% to 2.95% (from rounding alone: no sampling interval was published)"


def test_a_figure_that_was_superseded_says_so_first_and_the_newest_can_be_asked_for() -> None:
    _, old, _ = run("csew-2020")
    _, new, _ = run("csew-2020", "--newest")

    assert old.startswith("Do not quote this as the newest: csew-2025 superseded it.\n")
    assert new.startswith("Adults stalked in the last year: 2.9%")


def test_a_claim_is_printed_with_its_verdict_and_without_an_interval() -> None:
    _, output, _ = run("claim-tested")

    told = lines(output)
    assert told["Verdict"] == "not supported"
    assert told["Interval"] == "none published"
    assert told["Value"] == "no figure"


@pytest.mark.parametrize("key", figures.load())
def test_every_figure_can_be_printed_and_its_json_is_the_row_of_the_table(key: str) -> None:
    code, output, _ = run(key, "--json")

    figure, found = figures.figure(key=key), json.loads(output)
    assert code == 0
    assert run(key)[0] == 0
    assert (found["key"], found["value"], found["low"], found["high"]) == (
        key,
        figure.value,
        figure.low,
        figure.high,
    )
    assert (found["numerator"], found["denominator"]) == (figure.numerator, figure.denominator)
    assert (found["written"], found["limits"], found["days"]) == (figure.written, figure.limits, figure.days)


def test_without_a_key_all_are_listed_or_those_of_a_topic() -> None:
    every = run()[1].splitlines()
    claims = json.loads(run("--topic", "claim", "--json")[1])

    assert [line.split()[0] for line in every] == list(figures.load())
    assert [figure["key"] for figure in claims] == [
        figure.key for figure in figures.select(topic=figures.Topic.CLAIM)
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("csew-202x", "Did you mean csew-2025, csew-2024, csew-2023? `figures`"),
        ("%", "'%'. `figures` without a key lists"),
    ],
)
def test_an_unknown_figure_exits_1_with_those_that_are_near(key: str, hint: str) -> None:
    code, output, errors = run(key)

    assert (code, output) == (1, "")
    assert errors.startswith("desist: there is no figure ")
    assert hint in errors


def test_a_wrong_option_exits_2_through_the_real_entry() -> None:
    command = [sys.executable, "-m", "desist_evaluation", "figures"]

    found = [
        subprocess.run([*command, *more], capture_output=True, check=False, text=True)
        for more in (["--topics"], ["csew-2025"])
    ]

    assert [done.returncode for done in found] == [2, 0]
    assert "2.9%" in found[1].stdout
