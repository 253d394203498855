"""`./desist verify`: is the audit of every site what was sealed?"""

import os
from pathlib import Path

import typer

from desist import sites
from desist.addresses import AddressError
from desist.cli.plain import in_words
from desist.embedded import ClusterError
from desist.running import deploy
from desist.sites import Zone

app = typer.Typer(add_completion=False)


@app.command()
def verify(
    *, data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False)
) -> None:
    """Walk every site's audit. Exits 1 when an event was edited, removed or cut off, 2 when there is no site."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(AddressError, ClusterError):
        listed = [
            one for one in sites.read_sites(folder=folder) if one.zone not in {Zone.PUBLIC, Zone.PARTICIPANT}
        ]
        if not listed:
            typer.echo(f"desist: {folder} holds no sites. Name the data folder: --data DIR.", err=True)
            raise SystemExit(2)
        with deploy.serving(folder, listed):
            sound = [deploy.ask(site, folder, "desist.running.verify") for site in listed]
    raise SystemExit(0 if all(sound) else 1)
