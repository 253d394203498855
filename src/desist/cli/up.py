"""`./desist up`: serve the sites of a deployment until told to stop."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import typer

from desist import addresses, sites
from desist.addresses import AddressError
from desist.cli.plain import in_words
from desist.embedded import ClusterError
from desist.running import deploy, folders, handover
from desist.running.claim import Taken, claimed
from desist.running.ready import NotReady, refuse
from desist.running.supervisor import Deployment, DoesNotAnswer, Supervisor
from desist.sites import Site

OTHER_PORT = "Stop that program, or give the site another port in sites.toml."

app = typer.Typer(add_completion=False)


@app.command()
def up(
    *,
    data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False),
    check: bool = typer.Option(False, "--check", help="Only say what keeps the sites from starting."),
) -> None:
    """Start every site and the courier, PostgreSQL where a site has none elsewhere, and stop them together on Ctrl-C.

    `kill -USR2` of this process restarts it while the sites answer, as after an upgrade.
    """
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    refusals = (
        ClusterError,
        AddressError,
        DoesNotAnswer,
        deploy.StepFailed,
        NotReady,
        Taken,
        folders.NotWritable,
    )
    with in_words(*refusals):
        listed = sites.read_sites(folder=folder)
        if not listed:
            raise NotReady(f"{folder} holds no sites. docs/howto/go-to-production.md says how to make them.")
        folders.make(folder)
        # A version that would only be asked, or that takes over, finds the folder and the ports in use by its own.
        over = handover.BEFORE in os.environ
        claim = nullcontext() if check else claimed(folder, () if over else listed, elsewhere=OTHER_PORT)
        with claim, deploy.serving(folder, listed) as cluster:
            if not over:  # otherwise it was asked just before
                refuse(folder, listed)
            if not check:
                _serve(Supervisor(Deployment(folder, listed), cluster), listed)


def _serve(supervisor: Supervisor, listed: Sequence[Site]) -> None:
    try:
        supervisor.start()
        for site in listed:
            typer.echo(f"{site.title}: {addresses.origin(site, listed=listed)}")
        supervisor.run()
    finally:
        supervisor.stop()
