"""`desist-evaluation`: one JSON object for every function, and plain words for every mistake."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from desist_evaluation import registry
from desist_evaluation.cli.app import app

RUNNER = CliRunner()


def test_it_prints_the_result_as_one_json_object() -> None:
    found = RUNNER.invoke(app, ["clopper_pearson", '{"events": 4, "n": 29}'])

    assert found.exit_code == 0
    assert json.loads(found.stdout)["low"] == pytest.approx(0.0389, abs=1e-4)


def test_the_arguments_can_come_from_standard_input() -> None:
    found = RUNNER.invoke(app, ["wilson", "-"], input='{"events": 0, "n": 20}')

    assert json.loads(found.stdout)["high"] == pytest.approx(0.1611, abs=1e-4)


def test_every_function_is_listed_with_its_help() -> None:
    listed = RUNNER.invoke(app, ["--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"}).stdout

    assert all(name in listed for name in registry.FUNCTIONS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('{"events": 30, "n": 29}', "desist: events: must not be more than n (30 of 29)"),
        ('{"events": NaN, "n": 29}', "desist: events: must be a finite number"),
        ("{events: 4}", "desist: the arguments are not JSON"),
        ("[" * 100_000, "desist: the arguments are not JSON"),
        ("[1, 2]", "desist: the arguments must be one JSON object"),
        (
            '{"events": 1, "n": 2, "about": {"data_cut": "2999-01-01"}}',
            "desist: data_cut: must not be after",
        ),
    ],
)
def test_a_mistake_is_said_in_one_line_and_exits_1(arguments: str, message: str) -> None:
    found = RUNNER.invoke(app, ["clopper_pearson", arguments])

    assert found.exit_code == 1
    assert found.stderr.startswith(message)
    assert found.stderr.count("\n") == 1
    assert found.stdout == ""


def test_an_unknown_function_is_named_and_exits_2() -> None:
    found = RUNNER.invoke(app, ["guess", "{}"])

    assert found.exit_code == 2
    assert "guess" in found.stderr


def test_a_result_through_the_real_entry_names_what_it_stands_for() -> None:
    command = [
        *(sys.executable, "-m", "desist_evaluation", "kaplan_meier"),
        '{"dataset": "gehan", "treatment": 1, "times": [8], "about": {"outcome": "relapse", "data_cut": "1963-01-01"}}',
    ]

    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    assert found["survival"] == [pytest.approx(0.381, abs=1e-3)]
    assert found["estimand"]["outcome"] == "relapse"
    assert found["data_cut"] == "1963-01-01"
