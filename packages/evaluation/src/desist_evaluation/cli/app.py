"""`desist-evaluation FUNCTION 'JSON'`: one honest figure, printed as one JSON object."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import typer

from desist_evaluation import registry

app = typer.Typer(add_completion=False, no_args_is_help=True)


def read_arguments(text: str) -> dict[str, object]:
    """Return the JSON object in the text, or on standard input where the text is a dash."""
    source = sys.stdin.read() if text == "-" else text
    try:
        arguments = json.loads(source)
    except (RecursionError, ValueError) as error:
        raise ValueError(f"the arguments are not JSON: {error}") from None
    if not isinstance(arguments, dict):
        raise ValueError('the arguments must be one JSON object, such as {"events": 4, "n": 29}')  # noqa: TRY004  # to the person typing it is a wrong value
    return arguments


def command_for(function: str) -> Callable[[str], None]:
    """Return the command for one function of the registry."""

    def evaluate(
        arguments: str = typer.Argument(
            help="The function's arguments as one JSON object; - reads them from input"
        ),
    ) -> None:
        from desist_evaluation import requests  # noqa: PLC0415  # numpy is loaded only to answer

        try:
            found = requests.answer(
                function=function, arguments=read_arguments(arguments), as_of=datetime.now(tz=UTC).date()
            )
        except ValueError as error:
            typer.echo(f"desist: {error}", err=True)
            raise SystemExit(1) from None
        typer.echo(found.to_json())

    return evaluate


for name, (_, summary) in registry.FUNCTIONS.items():
    app.command(name, help=summary)(command_for(name))


#: The study and the figures have commands of their own; here their arguments are only passed on.
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@app.command("study", help="An evaluation annex from EPISODES.csv and EVENTS.csv", context_settings=PASSED_ON)
def evaluate_study(context: typer.Context) -> None:
    """Hand over to the study's own command, which loads what it needs."""
    from desist_evaluation.cli import study  # noqa: PLC0415  # templates and arrays are loaded only for a study

    study.app(context.args, prog_name=context.command_path)


@app.command("figures", help="A published figure, ready to quote", context_settings=PASSED_ON)
def published_figures(context: typer.Context) -> None:
    """Hand over to the command of the published figures."""
    from desist_evaluation.cli import figures  # noqa: PLC0415  # the table is read only for a figure

    figures.app(context.args, prog_name=context.command_path)
