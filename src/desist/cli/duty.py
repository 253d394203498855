"""`./desist duty`: the key of the duty sheets, and reading one when the site's own key is missing."""

from pathlib import Path
from typing import Annotated

import typer

from desist import sites
from desist.advocacy.duty import files, sheet
from desist.advocacy.duty.sheet import DutyError
from desist.cli.plain import in_words, named_site

app = typer.Typer(add_completion=False, no_args_is_help=True)

SiteName = Annotated[str, typer.Argument(metavar="SITE", help="The site's name, as in sites.toml.")]

PAPER = """DESIST DUTY KEY

Site  {site}

This key opens the duty sheets of this site and nothing else. It is shown once and kept nowhere:
write it down or print it now, and keep it on paper, locked away, where duty staff can reach it.
To read the newest sheet: ./desist duty open {site}

{key}
"""


@app.command("key")
def key(site: SiteName) -> None:
    """Make a new duty key and print it once. Older sheets need the older key."""
    with in_words(DutyError):
        named_site(site)
        typed, public = sheet.new_key()
        files.keep_public(data=sites.data_folder(), site=site, public=public)
    typer.echo(PAPER.format(site=site, key=typed), nl=False)


@app.command("open")
def open_(
    site: SiteName,
    file: Annotated[Path | None, typer.Argument(help="The sheet; the newest where none is given.")] = None,
) -> None:
    """Read a duty sheet on the screen. The key is asked for and not shown while it is typed."""
    with in_words(DutyError):
        chosen = file or files.newest(data=sites.data_folder(), site=site)
        if chosen is None or not chosen.exists():
            raise DutyError(f"There is no duty sheet of {site} in {sites.data_folder() / 'duty'}.")
        typed = typer.prompt("Duty key", hide_input=True)
        typer.echo(sheet.unseal(sheet=chosen.read_bytes(), typed=typed, site=site, day=chosen.stem), nl=False)
