"""`desist-chronicle`: from exported messages to a course of conduct, on this machine alone."""

import json
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from desist_chronicle.cli import packing
from desist_chronicle.options import DateOrder

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


class Exit(IntEnum):
    """The meaning of each exit code."""

    READ = 0
    #: a wrong option or file name
    USAGE = 2
    #: day and month can be read either way: a person must say which
    QUESTION = 3
    #: read, but not wholly: something was unread, cut short or refused
    PARTIAL = 4
    #: nothing could be read
    REFUSED = 5


@app.callback()
def chronicle() -> None:
    """From exported messages to a course of conduct. Nothing leaves this machine."""


@app.command()
def read(  # noqa: PLR0917  typer passes them by name
    files: Annotated[list[Path], typer.Argument(help="Exports, as files, folders or zip archives.")],
    jsonl: Annotated[
        Path | None, typer.Option(help="Where to write the records, one JSON object a line.")
    ] = None,
    zone: Annotated[str, typer.Option(help="The zone that the phone's clock was set to.")] = "Europe/London",
    date_order: Annotated[
        DateOrder | None, typer.Option(help="Which of day, month and year comes first.")
    ] = None,
    owner: Annotated[
        list[str] | None, typer.Option(help="A name or number of the phone's owner; repeatable.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A name in a chat that holds a colon, in full.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help='For a table: FIELD=HEADING, "sender=Called from".')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read exports into records, and print the arithmetic that shows that nothing was lost.

    Exit codes: 0 read; 2 a wrong option; 3 the order of day and month must be stated; 4 read, but not wholly;
    5 nothing could be read.
    """
    from desist_chronicle.cli import answers  # noqa: PLC0415  only when it is run
    from desist_chronicle.cli.read import in_words, read_files, summary  # noqa: PLC0415  only when it is run

    with answers.plainly():
        options = answers.options(
            zone=zone, date_order=date_order, owners=owner or (), names=name or (), columns=column or ()
        )
        outcomes = read_files(files=files, options=options, jsonl=jsonl)
    report = summary(outcomes)
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else in_words(report))
    raise SystemExit(Exit[report["verdict"].upper()])


app.command()(packing.report)
app.command()(packing.verify)
