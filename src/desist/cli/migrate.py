"""`./desist migrate`: bring the tables and grants of every site up to date."""

import os
from pathlib import Path

import typer
from rich.console import Console

from desist import sites
from desist.addresses import AddressError
from desist.cli.plain import OPTION, in_words, sites_of
from desist.embedded import ClusterError
from desist.running import deploy, folders, static

app = typer.Typer(add_completion=False)


@app.command()
def migrate(
    *, data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False)
) -> None:
    """As each site's owner: migrate, then grant. Stop the sites on an embedded database first."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    console = Console()
    with in_words(AddressError, ClusterError, deploy.StepFailed, folders.NotWritable):
        listed = sites_of(folder, told_by=OPTION)
        folders.make(folder)
        with deploy.serving(folder, listed) as cluster:
            if cluster is not None:
                deploy.furnish(cluster, listed)
            deploy.migrate(folder, listed, done=lambda site: console.print(f"{site.title}: up to date"))
        deploy.note_tables(folder)
        static.collect(listed[0], folder)
