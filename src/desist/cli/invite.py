"""`./desist invite`: the first administrator of a new site, or a new link for one who is shut out."""

import os
from pathlib import Path
from typing import Annotated

import typer

from desist import sites
from desist.addresses import AddressError
from desist.cli.plain import in_words, named_site
from desist.embedded import ClusterError
from desist.running import deploy
from desist.running.invite import Asked

app = typer.Typer(add_completion=False)


@app.command()
def invite(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site's name, as in sites.toml.")],
    *,
    name: Annotated[str, typer.Option(prompt="Full name", help="As colleagues know them.")],
    email: Annotated[str, typer.Option(prompt="Work e-mail address")],
    area: Annotated[str, typer.Option(prompt="Area", help="The police area the role is for.")],
    role: Annotated[str, typer.Option(help="One of the site's roles.")] = "administrator",
    data: Annotated[Path | None, typer.Option(help="The data folder; DESIST_DATA otherwise.")] = None,
) -> None:
    """Print a link that works once, for 7 days. An account that is there already gets a new link, and nothing else changes."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(AddressError, ClusterError):
        here = named_site(site)
        asked = Asked(name=name, email=email, role=role, area=area)
        with deploy.serving(folder, sites.read_sites(folder=folder)):
            done = deploy.ask(here, folder, "desist.running.invite", given=asked.to_json())
    raise SystemExit(0 if done else 1)
