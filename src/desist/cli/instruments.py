"""`./desist instruments`: lists the questionnaires and loads their official wording into a site."""

import json
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from desist import sites
from desist.addresses import AddressError
from desist.cli.plain import in_words
from desist.embedded import ClusterError
from desist.instruments import fhir, library
from desist.running import deploy
from desist.sites import Site, Zone

app = typer.Typer(add_completion=False)
console = Console()
#: zones with questionnaires -> the module that keeps a wording there
LOADERS = {
    Zone.PROGRAMME: "desist.programme.measures.load",
    Zone.ADVOCACY: "desist.advocacy.measures.load",
}


class CannotLoad(Exception):
    """The wording cannot be loaded; the text says what to do."""


@app.command("list")
def list_() -> None:
    """Every instrument: its items, its licence, and where its figures are from."""
    table = Table(show_lines=True)
    for column in ("Name", "Instrument", "Items", "Licence of the wording", "Sources"):
        table.add_column(column)
    for one in library.current():
        title = f"{one.title}: {one.about} (version {one.version})"
        table.add_row(one.name, title, str(len(one.items)), one.licence.terms, "\n".join(one.sources))
    console.print(table)


@app.command()
def load(
    file: Path = typer.Argument(
        ..., exists=True, dir_okay=False, help="A FHIR Questionnaire in JSON, its licence in “copyright”."
    ),
    *,
    site: str = typer.Option(..., help="The site's name, such as northmere-programme."),
    instrument: str = typer.Option("", help="Which instrument, where the file does not say."),
    data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False),
) -> None:
    """Check a file of official wording and make it the current one of its instrument at a site."""
    folder = (data or sites.data_folder()).absolute()
    with in_words(AddressError, ClusterError, deploy.StepFailed, CannotLoad, OSError, sites.SitesError):
        chosen = _site(folder, site)
        wording = _read(file, instrument)
        _order(folder, wording)
        with deploy.serving(folder, sites.read_sites(folder=folder)):
            deploy.run_in(chosen, folder, LOADERS[chosen.zone])
    console.print(f"{wording.title} is loaded into {chosen.title}: {len(wording.questions)} questions.")
    console.print(f"Licence as the file declares it: {wording.licence}")


def _site(folder: Path, name: str) -> Site:
    listed = [one for one in sites.read_sites(folder=folder) if one.zone in LOADERS]
    for one in listed:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in listed) or "none"
    raise CannotLoad(f"There is no site {name!r} in which questionnaires are filled in. There are: {known}.")


def _read(file: Path, instrument: str) -> fhir.Wording:
    try:
        return fhir.read(file.read_bytes(), instrument=instrument)
    except fhir.WordingRefused as refused:
        lines = "\n".join(f"- {problem}" for problem in refused.problems)
        raise CannotLoad(f"{file.name} was not loaded. Nothing has changed.\n{lines}") from None


def _order(folder: Path, wording: fhir.Wording) -> None:
    """Leave the checked wording for the site's own process to read."""
    path = folder / "instruments" / "order.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    order = {"at": datetime.now(UTC).isoformat(), "wording": wording.to_json()}
    path.write_text(json.dumps(order), "utf-8")
