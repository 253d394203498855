"""`./desist post COMMAND SITE`: envelopes as files, for partners without a connection; and the courier by itself."""

import os
import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from desist import addresses, sites
from desist.addresses import AddressError
from desist.cli.plain import in_words, named_site
from desist.embedded import Cluster, ClusterError
from desist.keys import keyfile
from desist.keys.sitekeys import KeysError
from desist.running import deploy

app = typer.Typer(add_completion=False, no_args_is_help=True)

SiteName = Annotated[str, typer.Argument(metavar="SITE", help="The site whose envelopes they are.")]
Folder = Annotated[
    Path | None, typer.Option(help="Where the files are; DATA/post/SITE by itself.", file_okay=False)
]


@app.callback()
def post() -> None:
    """Envelopes as files, and the courier by itself."""


@app.command(name="export")
def export_(*, site: SiteName, folder: Folder = None) -> None:
    """Write what waits for partners reached by file to FOLDER/out/PARTNER, one file an envelope."""
    with in_words(AddressError, ClusterError, OSError):
        place = _set_up(site, folder)
        with _serving():
            count = _export(place)
    typer.echo(
        f"{count} envelopes are in {place / 'out'}. Bring each folder to its partner, then delete the files."
    )


@app.command(name="import")
def import_(*, site: SiteName, folder: Folder = None) -> None:
    """Take the files of FOLDER/in into the inbox; exits 1 when some were refused."""
    with in_words(AddressError, ClusterError, OSError):
        place = _set_up(site, folder)
        with _serving():
            arrived, refused = _import(place)
    typer.echo(f"{arrived} envelopes are in the inbox of {site}.")
    for reason in refused:
        typer.echo(f"Refused: {reason}", err=True)
    raise SystemExit(1 if refused else 0)


@app.command()
def introduce(*, site: SiteName) -> None:
    """Print the file by which a partner adds SITE to its register: who it is and its public keys. It holds no secret."""
    folder = sites.data_folder()
    with in_words(AddressError, KeysError):
        here = named_site(site)
        keys = keyfile.read(folder=folder, site=here.name).public
        host = addresses.hosts(here, listed=sites.read_sites(folder=folder))[0]
    from desist.post import introductions  # noqa: PLC0415 -- the doors are many modules

    typer.echo(introductions.write(here, keys=keys, host=host), nl=False)
    typer.echo(f"The digits to read out when the partner telephones: {keys.fingerprint}", err=True)


@app.command()
def courier() -> None:
    """Carry between the sites of this deployment until stopped; `./desist up` does it besides everything else."""
    from desist.post import courier as process  # noqa: PLC0415 -- only this command runs it
    from desist.post import routes  # noqa: PLC0415 -- likewise

    with in_words(AddressError):  # now and in words, rather than in the log for ever
        for site in routes.stops(sites.data_folder()):
            addresses.secret(addresses.courier_variable(site))
    # Ctrl-C ends it at any moment without loss; raised inside the driver it could pass for a fault of the connection.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    process.main()


def _serving() -> AbstractContextManager[Cluster | None]:
    """Run the databases, the embedded server among them where a site needs it."""
    folder = sites.data_folder()
    return deploy.serving(folder, sites.read_sites(folder=folder))


def _set_up(name: str, folder: Path | None) -> Path:
    """Set Django up for this site; return the folder of the files."""
    here = named_site(name)
    os.environ["DESIST_SITE"] = here.name
    os.environ["DJANGO_SETTINGS_MODULE"] = f"desist.zones.{here.zone}"
    return folder or sites.data_folder() / "post" / here.name


def _export(place: Path) -> int:
    import django  # noqa: PLC0415 -- only once the site is named

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 -- likewise

    from desist.post import files  # noqa: PLC0415 -- models load only after Django is set up

    return files.export_waiting(folder=place, at=timezone.now())


def _import(place: Path) -> tuple[int, tuple[str, ...]]:
    import django  # noqa: PLC0415 -- only once the site is named

    django.setup()
    from desist.post import files  # noqa: PLC0415 -- models load only after Django is set up

    outcome = files.import_arrived(folder=place)
    return outcome.arrived, outcome.refused
