"""`./desist restore DIR`: restores sites from a folder of archives, on this machine or another."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from desist import sites
from desist.backup import erasures, restoring
from desist.backup.archive import ArchiveError
from desist.backup.restoring import Found
from desist.backup.saving import sites_to_save
from desist.cli.plain import in_words
from desist.embedded import Cluster, ClusterError
from desist.keys.sitekeys import KeysError

app = typer.Typer(add_completion=False)

#: Envelopes are offered again from shortly before the backup on; the site's inbox ignores those it still has.
MARGIN = timedelta(hours=1)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that `./desist backup` wrote.")],
    site: Annotated[str | None, typer.Option(help="Only this site.")] = None,
    replace: Annotated[
        bool, typer.Option(help="Put the backup in the place of a database that is there.")
    ] = False,
    without_erasures: Annotated[
        bool, typer.Option("--without-erasures", help="The list of erased people is lost for good.")
    ] = False,
    dumps: Annotated[
        Path | None, typer.Option(help="Only write plain dumps here, for pg_restore on a server elsewhere.")
    ] = None,
) -> None:
    """Bring sites back. Their key files and lists of erased people must be in place first; nothing is changed before
    all was checked, and what is refused exits 1."""
    folder = sites.data_folder()
    with in_words(ArchiveError, ClusterError, KeysError, OSError):
        found = _find(source, folder, site)
        if not without_erasures:
            erasures.check(folder, (row.manifest for row in found))
        if dumps is not None:
            for row in found:
                typer.echo(
                    f"Wrote {restoring.extract(found=row, into=dumps)}, which is not encrypted. Shred it after use."
                )
            return
        cluster = Cluster(folder)
        cluster.start()
        try:
            _restore(cluster, found, replacing=replace)
            _offer_again(folder, found)
        finally:
            cluster.stop()


def _find(source: Path, folder: Path, site: str | None) -> list[Found]:
    with _bar() as bar:
        task = bar.add_task("Checking", total=None)
        return restoring.find(
            source=source, folder=folder, only=site, progress=lambda _, size: bar.advance(task, size)
        )


def _restore(cluster: Cluster, found: list[Found], *, replacing: bool) -> None:
    restoring.check_free(cluster=cluster, found=found, replacing=replacing)
    with _bar() as bar:
        tasks = {row.cover.site: bar.add_task(row.cover.site, total=None) for row in found}
        for row in found:
            kept = restoring.restore(
                cluster=cluster,
                found=row,
                at=datetime.now(UTC),
                progress=lambda name, size: bar.advance(tasks[name], size),
            )
            size = row.path.stat().st_size
            bar.update(tasks[row.cover.site], total=size, completed=size)
            if kept:
                typer.echo(f"\nThe earlier database of {row.cover.site} is kept as {kept}.")


def _offer_again(folder: Path, found: list[Found]) -> None:
    """Let every other site here offer the restored ones again the envelopes sent since their backup."""
    for row in found:
        since = (row.cover.made - MARGIN).isoformat()
        typer.echo(
            f"{row.cover.site} is as it was at {row.cover.made:%H:%M UTC on %d %B %Y}. Partners elsewhere should now run: "
            f"./desist reoffer THEIR-SITE --to {row.cover.site} --since {since}"
        )
        for other in sites_to_save(sites.read_sites(folder=folder)):
            if other.name != row.cover.site:
                _reoffer(other.name, row.cover.site, since)


def _reoffer(sender: str, receiver: str, since: str) -> None:
    """Offer them in a process of its own, because no process holds two sites' databases."""
    command = [sys.executable, "-m", "desist.cli", "reoffer", sender, "--to", receiver, "--since", since]
    if subprocess.run(command, env=os.environ, check=False).returncode:
        typer.echo(f"Run it again once that is mended: ./desist {' '.join(command[3:])}", err=True)


def _bar() -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
