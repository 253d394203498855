"""`./desist public ...`: builds the public site, shows it, starts a campaign."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(add_completion=False, no_args_is_help=True)
console = Console(soft_wrap=True)

SiteFolder = Annotated[
    Path | None, typer.Option(help="The site's own folder; without it the site as shipped.")
]
Area = Annotated[str, typer.Option(help="The force or area the site speaks to.")]
Adults = Annotated[int | None, typer.Option(help="How many people aged 16 and over live there.")]
AdultsSource = Annotated[str, typer.Option(help="Where that number comes from.")]


@app.command()
def build(
    out: Annotated[Path, typer.Argument(help="The folder to put the built site in.")],
    site: SiteFolder = None,
    *,
    strict: Annotated[bool, typer.Option(help="Fail when there is anything to look at.")] = False,
    preview: Annotated[
        bool, typer.Option(help="Not for the public: build it although numbers or sources are unchecked.")
    ] = False,
) -> None:
    """Build the site as plain files, ready for any web server. Fails while a number or a source is older than a year."""
    notices = built(out, site, preview=preview)
    if strict and notices:
        console.print(f"[red]Built, but there are {notices} things to look at and --strict was asked for.[/]")
        raise SystemExit(1)


@app.command()
def serve(
    out: Annotated[
        Path | None, typer.Argument(help="A built site; without it the site is built first.")
    ] = None,
    site: SiteFolder = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8070,
    workers: int = 1,
) -> None:
    """Show a built site in a browser, with the headers it should have, or a preview of one that is not built."""
    from desist.public.serve import NothingBuilt, PortTaken  # noqa: PLC0415 - only this command serves
    from desist.public.serve import serve as serve_files  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        if out is None:
            out = Path(folder) / "site"
            built(out, site, preview=True)
        console.print(f"http://{host}:{port}/  (Ctrl-C stops it)")
        try:
            serve_files(out, host=host, port=port, workers=workers)
        except (NothingBuilt, PortTaken) as error:
            console.print(f"[red]{error}[/]")
            raise SystemExit(1) from None


@app.command()
def edit(
    site: Annotated[Path, typer.Argument(help="The site's own folder, with a site.yaml in it.")],
    *,
    port: int = 8071,
) -> None:
    """Change the files of a site in the browser of this machine, beside a preview of the site."""
    from desist.public.build import build as build_site  # noqa: PLC0415 - only this command edits
    from desist.public.edit import server  # noqa: PLC0415
    from desist.public.settings import FILE  # noqa: PLC0415

    if not (site / FILE).is_file():
        console.print(
            f"[red]{site} holds no {FILE}. Start the site first: ./desist public new-site {site} ...[/]"
        )
        raise SystemExit(1)
    today = dt.datetime.now(tz=dt.UTC).date()
    try:
        running = server(
            site.resolve(),
            build=lambda out: build_site(out, today=today, site=site.resolve(), preview=True),
            port=port,
        )
    except OSError:
        console.print(f"[red]Port {port} is taken by another program: choose another with --port.[/]")
        raise SystemExit(1) from None
    console.print(f"http://127.0.0.1:{running.server_address[1]}/edit/  (Ctrl-C stops it)")
    with running:
        running.serve_forever()


@app.command()
def new_site(
    site: Annotated[Path, typer.Argument(help="The site's own folder; it is made when it is not there.")],
    *,
    name: Annotated[str, typer.Option(help="What the tab shows: a name that gives nothing away.")],
    organisation: Annotated[str, typer.Option(help="Who runs it.")],
    area: Area = "",
    adults: Adults = None,
    adults_source: AdultsSource = "",
) -> None:
    """Start a site of your own: its settings to fill in, in a folder of yours."""
    from desist.public.scaffold import AlreadyThere, Start, start_site  # noqa: PLC0415 - only this command scaffolds

    start = Start(organisation, area, adults, adults_source, name)
    try:
        settings = start_site(site, start)
    except AlreadyThere as error:
        console.print(f"[red]{error}[/]")
        raise SystemExit(1) from None
    console.print(f"Made {settings}. Now name your services in it, and look at the site:")
    console.print(f"  ./desist public edit {site}")


@app.command()
def new_campaign(
    site: Annotated[Path, typer.Argument(help="The site's own folder; it is made when it is not there.")],
    *,
    title: Annotated[str, typer.Option(help="What the campaign is called.")],
    first: Annotated[dt.datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="Its first day.")],
    last: Annotated[dt.datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Its last day.")],
    organisation: Annotated[str, typer.Option(help="Who runs it.")],
    area: Area = "",
    adults: Adults = None,
    adults_source: AdultsSource = "",
) -> None:
    """Start a campaign of your own: files to fill in, in a folder of yours."""
    from desist.public.scaffold import AlreadyThere, Start, start_campaign  # noqa: PLC0415 - only this command scaffolds

    try:
        folder = start_campaign(
            site=site,
            title=title,
            first=first.date(),
            last=last.date(),
            start=Start(organisation, area, adults, adults_source),
        )
    except AlreadyThere as error:
        console.print(f"[red]{error}[/]")
        raise SystemExit(1) from None
    console.print(f"Made {folder}. Now write its messages and its page, then look at them:")
    console.print(f"  ./desist public serve --site {site}")


def built(out: Path, site: Path | None, *, preview: bool) -> int:
    """Build the site, and print the number of notices. End the program with every mistake by line."""
    from desist.public.build import NoComponents  # noqa: PLC0415 - `--help` needs no templates
    from desist.public.build import build as build_site  # noqa: PLC0415
    from desist.public.output import NotOurs  # noqa: PLC0415
    from desist.public.problems import CannotBuild  # noqa: PLC0415

    try:
        report = build_site(out, today=dt.datetime.now(tz=dt.UTC).date(), site=site, preview=preview)
    except CannotBuild as error:
        console.print(f"{error}\n", style="red", markup=False, highlight=False)
        console.print(
            "Nothing was built; the site that stood there before is untouched. Mend these lines and try again."
        )
        raise SystemExit(1) from None
    except (NotOurs, NoComponents) as error:
        console.print(f"[red]{error}[/]")
        raise SystemExit(1) from None
    for notice in report.notices:
        console.print(f"look at  {notice}", style="yellow", markup=False, highlight=False)
    console.print(
        f"Built {report.pages} pages in {report.seconds:.1f} s: {out} ({report.files} files, "
        f"{report.bytes / 1e6:.1f} MB). {len(report.notices)} things to look at."
    )
    return len(report.notices)
