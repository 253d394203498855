"""`./desist verify`: checks every site's audit against its seals."""

import os
from pathlib import Path

import typer

from desist import sites
from desist.addresses import AddressError
from desist.cli.plain import OPTION, in_words, instead_of
from desist.embedded import ClusterError
from desist.running import deploy
from desist.sites import Zone

app = typer.Typer(add_completion=False)


@app.command()
def verify(
    *,
    data: Path | None = typer.Option(None, help="The data folder; DESIST_DATA otherwise.", file_okay=False),
    accept: str = typer.Option(
        "",
        metavar="SITE",
        help="Seal on from what the audit of SITE holds now, once someone knows why it ends there.",
    ),
) -> None:
    """Walk every site's audit. Exits 1 when an event was edited, removed or cut off, 2 when there is no such site."""
    folder = (data or sites.data_folder()).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    with in_words(AddressError, ClusterError):
        listed = [
            one for one in sites.read_sites(folder=folder) if one.zone not in {Zone.PUBLIC, Zone.PARTICIPANT}
        ]
        if not listed:
            typer.echo(f"desist: {folder} holds no sites. {instead_of(folder, told_by=OPTION)}", err=True)
            raise SystemExit(2)
        chosen = [site for site in listed if accept in {"", site.name}]
        if not chosen:
            typer.echo(f"desist: {folder} holds no site {accept}. Sites: {_names(listed)}.", err=True)
            raise SystemExit(2)
        module = "desist.running.accept" if accept else "desist.running.verify"
        with deploy.serving(folder, listed):
            sound = [deploy.ask(site, folder, module) for site in chosen]
    raise SystemExit(0 if all(sound) else 1)


def _names(listed: list[sites.Site]) -> str:
    return ", ".join(site.name for site in listed)
