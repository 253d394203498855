"""`./desist demo`: a whole area on this machine, with invented people, in one command."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from desist import addresses, sites
from desist.cli.plain import DEMO, in_words
from desist.embedded import Cluster, ClusterError
from desist.running import deploy, folders, static
from desist.running.claim import Taken, claimed
from desist.running.errands import Errand, run
from desist.running.ready import NotReady, refuse
from desist.running.supervisor import Deployment, DoesNotAnswer, Supervisor
from desist.sites import Site, Zone
from tools.synthetic import area, public_site
from tools.synthetic.staff import STAFF

OTHER_PORTS = "Stop that program, or choose other ports: --port-base N."

app = typer.Typer(add_completion=False)
console = Console()


class NotADemo(Exception):
    """The folder holds files that this command did not make."""


@app.command()
def demo(
    *,
    fresh: bool = typer.Option(False, "--fresh", help="Throw the demo's data away and begin anew."),
    port_base: int = typer.Option(area.PORT_BASE, min=1024, max=65000, help="The first of the ports in use."),
    data: Path | None = typer.Option(None, help="Where to keep the demo's data.", file_okay=False),
    only: list[Zone] = typer.Option(
        [], help="Start this zone alone: its partners are told by hand. May be repeated."
    ),
) -> None:
    """Start every zone with invented people, print where they are, and serve until Ctrl-C."""
    folder = (data or sites.data_folder() / "-".join(["demo", *only])).absolute()
    os.environ["DESIST_DATA"] = str(folder)
    listed = tuple(site for site in area.sites(port_base) if not only or site.zone in only)
    if any(site.zone is Zone.PROGRAMME for site in listed):
        listed = (*listed, area.phones(port_base))
    with in_words(
        ClusterError, deploy.StepFailed, DoesNotAnswer, NotADemo, NotReady, Taken, folders.NotWritable
    ):
        _claim(folder, fresh=fresh)
        folders.make(folder)
        with claimed(folder, listed, elsewhere=OTHER_PORTS), _running(folder) as cluster:
            _prepare(folder, listed)
            refuse(folder, listed, demo=True)
            _serve(folder, listed, cluster)


@contextmanager
def _running(folder: Path) -> Iterator[Cluster]:
    """Run the embedded server for as long as the block lasts."""
    cluster = Cluster(folder)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def _claim(folder: Path, *, fresh: bool) -> None:
    """Use an empty folder or one of an earlier demo, but never another's; do not remove one that runs."""
    mark = folder / DEMO
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise NotADemo(f"{folder} holds files that are not a demo's. Give another folder: --data DIR.")
    if fresh and folder.exists():
        with Cluster(folder).unused():
            shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _prepare(folder: Path, listed: tuple[Site, ...]) -> None:
    """Make what is not there yet, which is nothing on a second start."""
    deploy.found(folder, listed, on=date.today())  # noqa: DTZ011 -- the day a key was made, on this machine
    staff = [site for site in listed if site.zone is not Zone.PUBLIC and site.shares is None]
    changed = deploy.tables_changed(folder)
    tables = [Errand(site, "desist.running.migrate", login="owner") for site in staff if changed]
    files = [Errand(listed[0], "desist.running.collect")] if static.are_missing(folder) else []
    public = [Errand(site, "desist.running.public") for site in listed if site.zone is Zone.PUBLIC]
    forms = [
        f"{addresses.origin(site, listed=listed)}refer/" for site in listed if site.zone is Zone.PROGRAMME
    ]
    public_site.write(folder, refer=next(iter(forms), ""), today=date.today())  # noqa: DTZ011 -- as above
    people = [Errand(site, "tools.synthetic.load") for site in staff if not _loaded(folder, site).exists()]
    # Without a thread that draws: errands are forked.
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        bar = progress.add_task("Making the tables", total=sum(map(len, (tables, files, people, public))))

        def done(errand: Errand) -> None:
            if errand in people:
                deploy.note(_loaded(folder, errand.site))
            progress.update(bar, advance=1, refresh=True)

        run(folder, [*tables, *files], done=done)
        deploy.note_tables(folder)
        static.note(folder)
        progress.update(bar, description="Inventing the people", refresh=True)
        run(folder, [*people, *public], done=done)


def _loaded(folder: Path, site: Site) -> Path:
    """Return the mark that a site has its people."""
    return folder / "synthetic" / site.name


def _serve(folder: Path, listed: tuple[Site, ...], cluster: Cluster) -> None:
    supervisor = Supervisor(Deployment(folder, listed, demo=True), cluster)
    try:
        supervisor.start()
        _print_addresses(listed, folder)
        supervisor.run()
    finally:
        console.print("Stopping ...")
        supervisor.stop()


def _print_addresses(listed: tuple[Site, ...], folder: Path) -> None:
    table = Table(show_lines=True)
    for column in ("Zone and site", "Address", "People you can be there"):
        table.add_column(column, no_wrap=column == "Address")
    for site in listed:
        people = [f"{one.name}, {one.role.label.lower()}" for one in STAFF if one.zone is site.zone]
        shown = [*people[:3], f"and {len(people) - 3} more"] if people else ["Nobody signs in"]
        if site.shares:
            shown = [
                "By invitation: as a practitioner open a person,",
                "then Sessions, Phone, and invite their phone",
            ]
        address = f"http://{addresses.host(site, listed=listed)}:{site.port}/"
        table.add_row(f"{site.zone.capitalize()}: {site.title}", address, "\n".join(shown))
    console.print(table)
    console.print(f"Everybody is invented. Data: {folder}. Ctrl-C stops; the data stay for the next start.")
