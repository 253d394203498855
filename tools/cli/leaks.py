"""`./desist leaks`: everything that an area shows or keeps, read for everything that was planted in it."""

import os
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from desist.cli.plain import in_words
from desist.embedded import ClusterError
from desist.running import deploy
from desist.running.supervisor import DoesNotAnswer
from tools.leaks import running, whole
from tools.leaks import twins as twin_areas
from tools.leaks import words as stored_words
from tools.leaks.findings import Finding
from tools.leaks.running import Area, NothingToSearch
from tools.leaks.whole import Report

app = typer.Typer(add_completion=False)
console = Console()
USAGE = 2


@app.command()
def leaks(
    *,
    data: Path | None = typer.Option(
        None,
        file_okay=False,
        help="A demo that runs now: it is only looked at. Without: an own area is made.",
    ),
    twins: bool = typer.Option(
        False, "--twins", help="Instead: can the programme tell whether victims are engaged? Two own areas."
    ),
    words: bool = typer.Option(
        False,
        "--words",
        help="Instead: read what is stored already of the words that are shown to the person or cross.",
    ),
    bound: int = typer.Option(
        whole.BOUND, min=1, help="How many addresses of one page each person looks at."
    ),
) -> None:
    """Walk through every zone as everybody, read what is kept, and list what is where it may not be.

    Exits 0 when nothing was found, 1 when something was, 2 when there was nothing to search.
    """
    if data:
        try:
            area = running.found(data.absolute())
        except NothingToSearch as reason:
            typer.echo(str(reason), err=True)
            raise SystemExit(USAGE) from None
        with in_words(deploy.StepFailed):
            raise SystemExit(_read(area) if words else _search(area, bound))
    with in_words(ClusterError, deploy.StepFailed, DoesNotAnswer):
        if twins:
            raise SystemExit(_compare())
        with running.own(step=console.print) as area:
            raise SystemExit(_read(area) if words else _search(area, bound))


def _read(area: Area) -> int:
    found = stored_words.search(area.folder, area.staffed)
    for one in found:
        console.print(f"{one.site}: {one.table} {one.row}, {one.field}: {one.kinds}", markup=False)
    if not found:
        console.print(
            "No stored words look as if they led to someone, but for those that someone answered for."
        )
    return 1 if found else 0


def _compare() -> int:
    differences = twin_areas.differences(step=console.print)
    for one in differences:
        console.print(f"{one.where}, as a {one.who.lower()} reads it: {one.spelling}", markup=False)
    if not differences:
        console.print(
            "Every page of the programme and of three people's phones reads the same, whether or not victims are engaged."
        )
    return 1 if differences else 0


def _search(area: Area, bound: int) -> int:
    os.environ["DESIST_DATA"] = str(area.folder)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("Searching", total=whole.steps(area))

        def done(what: str) -> None:
            progress.update(bar, advance=1, description=what)

        report = whole.search(area, bound=bound, done=done)
    _print(report)
    return 0 if report.sound else 1


def _print(report: Report) -> None:
    if report.findings:
        console.print(_table(report))
    for route in report.missed:
        console.print(f"Nobody reached {route}. Plant what it shows, or say why in tools/leaks/coverage.py.")
    for kind in report.blind:
        console.print(f"No {kind} was read anywhere, not even where it may be: its absence says nothing.")
    said = f"{report.secrets:,} secrets were looked for in {report.read:,} pages, files and tables"
    found = f"{len(report.findings)} leaks" if report.findings else "Nothing leaked"
    console.print(f"{found}. {said}, in {report.seconds:.0f} seconds.")


def _table(report: Report) -> Table:
    """Return one row for all findings of one kind on one page, with one of them as the example."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for one in report.findings:
        page = one.where.partition(" ")[0]
        alike.setdefault((one.zone, one.medium, page, one.kind), []).append(one)
    table = Table(title="Leaks", show_lines=True)
    for column in ("Where", "Read by", "What", "For example"):
        table.add_column(column, overflow="fold")
    for (zone, medium, page, kind), ones in alike.items():
        readers = ", ".join(sorted({one.who or "anybody" for one in ones}))
        first = ones[0]
        example = f"{first.hint} {first.spelling}\n{first.where.partition(' ')[2]}".strip()
        place = " ".join(filter(None, (zone, medium)))
        table.add_row(f"{place}:\n{page}", readers, f"{kind} ({len(ones)})", example)
    return table
