"""`./desist keys`: show, make, rotate, print and recover the keys of a site."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from desist import sites
from desist.cli.plain import in_words, named_site
from desist.keys import keyfile, shares
from desist.keys.shares import Line, SharesError, Sheet
from desist.keys.sitekeys import KeysError, KeySet, SiteKeys, rotate
from desist.privatefile import write_private

app = typer.Typer(add_completion=False, no_args_is_help=True)

SiteName = Annotated[str, typer.Argument(metavar="SITE", help="The site's name, as in sites.toml.")]

SHEET = """DESIST RECOVERY SHARE {number} OF {count}

Site     {site}
Printed  {day:%d %B %Y}

Any two of the three sheets rebuild this site's key file; one alone tells nothing.
Give each to a different person, who keeps it locked away, on paper only.
To use them: ./desist keys recover {site}

{lines}
"""


ROTATED = """The key set {id} is used from the next start of the site on.
1. Restart the site's processes. They announce the new keys to every partner by themselves; nothing waits.
2. Print new recovery shares and shred the old sheets: ./desist keys shares {site}"""

EXPOSED = """The key set {id} is used from the next start of the site on. No older one signs any more.
1. Stop all processes of the site, then start them again. They tell every partner to trust no older key.
2. Send every partner the new public half: ./desist keys public {site}
3. Telephone every partner and read them the 32 digits: ./desist keys show {site}
   Until they have compared them, what you send waits here. Tell by telephone what cannot wait, alerts first.
4. Print new recovery shares and shred the old sheets: ./desist keys shares {site}"""


@app.command("show")
def show(site: SiteName) -> None:
    """List the site's key sets and the fingerprint that partners compare by telephone."""
    keys = _read(site)
    for row in keys.sets:
        use = "in use" if row == keys.current else _former(row, keys)
        typer.echo(f"{row.id}  made {row.made:%d %B %Y}  {use}")
    typer.echo(f"Fingerprint of the public key: {keys.public.fingerprint}")


@app.command("public")
def public(site: SiteName) -> None:
    """Print the public half, for a partner's register. It holds no secret."""
    typer.echo(_read(site).public.to_json(), nl=False)


@app.command("make")
def make(site: SiteName) -> None:
    """Make the keys of a new site. Refuses when it has some."""
    with in_words(KeysError):
        named_site(site)
        keys = keyfile.create(folder=sites.data_folder(), site=site, on=_today())
    typer.echo(
        f"Made the key set {keys.current.id}. Now print its recovery shares: ./desist keys shares {site}"
    )


@app.command("rotate")
def rotate_(
    site: SiteName,
    exposed: Annotated[
        bool,
        typer.Option(
            "--known-to-others",
            help="The keys of now may be known to others: partners trust none of them, and compare digits again.",
        ),
    ] = False,
) -> None:
    """Use new keys from now on; the old ones stay for opening what they locked."""
    keys = rotate(keys=_read(site), on=_today(), exposed=exposed)
    keyfile.replace(folder=sites.data_folder(), keys=keys)
    typer.echo((EXPOSED if exposed else ROTATED).format(id=keys.current.id, site=site))


@app.command("shares")
def shares_(
    site: SiteName,
    into: Annotated[Path | None, typer.Option(help="Write three files here instead of the screen.")] = None,
) -> None:
    """Print three recovery shares, any two of which rebuild the key file. A page each: pipe it to a printer."""
    printed = shares.split(keys=_read(site))
    pages = [_page(site, sheet) for sheet in printed]
    if into is None:
        typer.echo("\f".join(pages), nl=False)
        return
    into.mkdir(parents=True, exist_ok=True)
    for sheet, page in zip(printed, pages, strict=True):
        write_private(into / f"{site}-share-{sheet.number}.txt", page.encode())
    typer.echo(f"Three sheets are in {into}. Print each once, then delete the files.")


@app.command("recover")
def recover(
    site: SiteName,
    sheet: Annotated[list[Path] | None, typer.Option(help="A file with one sheet's lines; give two.")] = None,
) -> None:
    """Rebuild the site's key file from two printed shares, typed in or from files."""
    with in_words(KeysError, OSError):
        _check_lost(site)
        sheets = [shares.read_sheet(text=path.read_text("utf-8", "replace")) for path in sheet or []]
        while len({found.number for found in sheets}) < shares.NEEDED:
            sheets.append(_typed(len(sheets) + 1))
        keys = shares.combine(site=site, sheets=tuple(sheets))
        keyfile.write_new(folder=sites.data_folder(), keys=keys)
    typer.echo(
        f"Rebuilt {len(keys.sets)} key sets of {site}. Print new shares: the old sheets have been used together."
    )


def _former(row: KeySet, keys: SiteKeys) -> str:
    if row in keys.trusted:
        return "opens what was locked before"
    return "may be known to others; opens what was locked before"


def _check_lost(site: str) -> None:
    if keyfile.path(folder=sites.data_folder(), site=site).exists():
        raise keyfile.KeysExist(f"{site} has a key file already, so there is nothing to recover.")


def _typed(place: int) -> Sheet:
    """One sheet, line by line; a slip is asked again at once."""
    typer.echo(f"Type the lines of sheet {place} of {shares.NEEDED}, as they are printed.")
    lines: dict[int, Line] = {}
    while not lines or len(lines) < next(iter(lines.values())).total:
        try:
            line = _typed_line()
            shares.check_same_sheet(lines=[*lines.values(), line])
        except SharesError as error:
            typer.echo(str(error), err=True)
        else:
            lines[line.at] = line
    return shares.assemble(lines=lines.values())


def _typed_line() -> Line:
    line = shares.read_line(text=typer.prompt("Line", prompt_suffix=": "))
    if line is None:
        raise SharesError("A line begins like 2-01/03. Type it as it is printed.")
    return line


def _page(site: str, sheet: Sheet) -> str:
    return SHEET.format(number=sheet.number, count=shares.SHARES, site=site, day=_today(), lines=sheet.text())


def _read(site: str) -> SiteKeys:
    with in_words(KeysError):
        named_site(site)
        return keyfile.read(folder=sites.data_folder(), site=site)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day on the wall of the operator's room
