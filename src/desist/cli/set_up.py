"""`./desist set-up`: make or check one site, and say line by line what is there and what was made."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desist import addresses, sites
from desist.addresses import AddressError
from desist.cli.plain import in_words
from desist.embedded import ClusterError
from desist.keys.sitekeys import KeysError
from desist.running.folders import NotWritable
from desist.running.set_up import ADMINISTRATOR, Asked, CannotSetUp, Outcome, set_up
from desist.sites import Zone

app = typer.Typer(add_completion=False)


@app.command("set-up")
def set_up_(
    site: Annotated[str, typer.Argument(metavar="SITE", help="Its name, such as northmere-programme.")],
    *,
    zone: Annotated[Zone | None, typer.Option(help="Its side; only for a new site.")] = None,
    title: Annotated[str | None, typer.Option(help='What people call it: "Northmere service".')] = None,
    host: Annotated[
        str | None,
        typer.Option(
            help="Its name for browsers: programme.northmere.example. Without one it serves this machine alone."
        ),
    ] = None,
    server: Annotated[
        str | None,
        typer.Option(
            help="Your PostgreSQL: postgresql://db.internal. Without one the embedded database, for a pilot."
        ),
    ] = None,
    port: Annotated[int | None, typer.Option(min=1024, max=65_535, help="Its port; else a free one.")] = None,
    shares: Annotated[str | None, typer.Option(help="For people's phones: their programme's site.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="The data folder; DESIST_DATA otherwise.", file_okay=False)
    ] = None,
) -> None:
    """Make what is missing of a site, and check the rest. It may be repeated; what is not named stays as it is.

    With DESIST_ADMIN_DATABASE_URL (or DESIST_ADMIN_DATABASE_URL_FILE) it makes logins and database itself. Without, it
    prints the statements for an administrator of the database: the statements alone go to the standard output.
    """
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    asked = Asked(zone, title, host, port, server, shares)
    with in_words(AddressError, CannotSetUp, ClusterError, KeysError, NotWritable):
        made = set_up(folder, site, asked, on=date.today(), say=_say)  # noqa: DTZ011 -- the day a key was made, on this machine
    if made.missing:
        _tell_missing(made)
        raise SystemExit(1)
    listed = sites.read_sites(folder=folder)
    _say(
        f"{made.site.title}: {addresses.origin(made.site, listed=listed)} once it runs, on port {made.site.port}"
    )
    _say("Next: ./desist migrate, then ./desist up")


def _tell_missing(made: Outcome) -> None:
    for sentence in made.missing:
        _say(f"Missing: {sentence}")
    typer.echo(made.script, nl=False)
    _say(
        f"An administrator of the database runs the statements above with psql; they hold no password. Then run this "
        f"again. Or let it run them itself: {ADMINISTRATOR}=postgresql://postgres:PASSWORD@HOST/postgres"
    )


def _say(sentence: str) -> None:
    """Say what was found or made, apart from the statements."""
    typer.echo(sentence, err=True)
