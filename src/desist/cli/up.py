"""`./desist up`: serve the sites of a deployment until told to stop."""

import os
from pathlib import Path

import typer
from rich.console import Console

from desist import sites
from desist.cli.plain import in_words
from desist.embedded import Cluster, ClusterError
from desist.running import deploy
from desist.running.supervisor import Deployment, DoesNotAnswer, Supervisor

app = typer.Typer(add_completion=False)


class NotReady(Exception):
    """There is nothing to serve, or its tables are not of this version."""


@app.command()
def up(
    *, data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False)
) -> None:
    """Start PostgreSQL, every site and the courier, keep them running, and stop them together on Ctrl-C."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(ClusterError, DoesNotAnswer, NotReady):
        listed = sites.read_sites(folder=folder)
        if not listed:
            raise NotReady(f"{folder} holds no sites. docs/howto/go-to-production.md says how to make them.")
        if deploy.tables_changed(folder):
            raise NotReady("The tables are not of this version. Run `./desist migrate` first.")
        cluster = Cluster(folder)
        cluster.start()
        supervisor = Supervisor(Deployment(folder, listed), cluster)
        try:
            supervisor.start()
            for site in listed:
                Console().print(f"{site.title}: http://{site.zone}.localhost:{site.port}/")
            supervisor.run()
        finally:
            supervisor.stop()
            cluster.stop()
