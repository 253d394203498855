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
from desist.running.invite import LIST, Asked
from desist.sites import Site

app = typer.Typer(add_completion=False)
MODULE = "desist.running.invite"


@app.command()
def invite(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site's name, as in sites.toml.")],
    *,
    name: Annotated[str, typer.Option(help="Full name, as colleagues know them. Asked for.")] = "",
    email: Annotated[str, typer.Option(help="Work e-mail address. Asked for.")] = "",
    area: Annotated[str, typer.Option(help="The police area the role is for. Asked for.")] = "",
    role: Annotated[str, typer.Option(help="One of the site's roles.")] = "administrator",
    listing: Annotated[
        bool, typer.Option("--list", help="List the roles and areas of the site, and invite nobody.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="The data folder; DESIST_DATA otherwise.")] = None,
) -> None:
    """Print a link that works once, for 7 days. An account that is there already gets a new link, and nothing else changes."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(AddressError, ClusterError):
        here = named_site(site)
        with deploy.serving(folder, sites.read_sites(folder=folder)):
            if listing:
                raise SystemExit(0 if deploy.ask(here, folder, MODULE, given=LIST) else 1)
            asked = _asked(here, folder, name=name, email=email, area=area, role=role)
            done = deploy.ask(here, folder, MODULE, given=asked.to_json())
    raise SystemExit(0 if done else 1)


def _asked(site: Site, folder: Path, *, name: str, email: str, area: str, role: str) -> Asked:
    """Ask for what was not given; the areas that there are stand before the question."""
    name = name or typer.prompt("Full name")
    email = email or typer.prompt("Work e-mail address")
    if not area:
        deploy.ask(site, folder, MODULE, given=LIST)
        area = typer.prompt("Area (as every partner names it, such as Northmere)")
    return Asked(name=name, email=email, role=role, area=area)
