"""`./desist backup DIR`: one encrypted archive a site."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from desist import sites
from desist.addresses import AddressError
from desist.backup.archive import ArchiveError
from desist.backup.saving import save, sites_to_save
from desist.cli.plain import VARIABLE, in_words, named_site, sites_of
from desist.embedded import ClusterError
from desist.keys.sitekeys import KeysError
from desist.running import deploy
from desist.sites import Site

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    into: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, best on another disk.")],
    site: Annotated[str | None, typer.Option(help="Only this site.")] = None,
) -> None:
    """Back every site up, each into one archive that only its own key file opens. Safe while sites are in use."""
    folder = sites.data_folder()
    with in_words(AddressError, ArchiveError, ClusterError, OSError):
        listed = sites_of(folder, told_by=VARIABLE)
        chosen = (named_site(site),) if site else sites_to_save(listed)
        if not chosen:
            raise ArchiveError(f"{folder} lists no site that has something to back up.")
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        with deploy.serving(folder, listed):
            failures = [_save(row, listed, folder, into) for row in chosen].count(False)
    if failures:
        raise SystemExit(1)
    typer.echo(
        f"Keep {into} away from the key files in {folder / 'keys'}: neither is of use without the other."
    )


def _save(site: Site, listed: tuple[Site, ...], folder: Path, into: Path) -> bool:
    """One site with its progress bar; a site that fails does not keep the others from being saved."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns) as bar:
        task = bar.add_task(site.name, total=None)
        try:
            path = save(
                folder=folder,
                into=into,
                site=site,
                sites=listed,
                at=datetime.now(UTC),
                progress=lambda size: bar.advance(task, size),
            )
        except (ArchiveError, KeysError) as error:
            typer.echo(f"desist: {error}", err=True)
            return False
        bar.update(task, total=path.stat().st_size, completed=path.stat().st_size)
    return True
