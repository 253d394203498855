"""How a command says that it cannot: one sentence on the error stream, and exit status 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from desist import sites
from desist.sites import Site, SitesError


@contextmanager
def in_words(*errors: type[Exception]) -> Iterator[None]:
    """Turn the named errors into their sentence; anything else is a fault of ours and keeps its traceback."""
    expected: tuple[type[Exception], ...] = (*errors, SitesError)
    try:
        yield
    except expected as error:
        typer.echo(f"desist: {error}", err=True)
        raise SystemExit(1) from None


def named_site(name: str) -> Site:
    """The site of that name; raises SitesError with the names there are."""
    folder = sites.data_folder()
    known = sites.read_sites(folder=folder)
    for site in known:
        if site.name == name:
            return site
    names = ", ".join(site.name for site in known) or "none; DESIST_DATA may name another folder"
    raise SitesError(f"{folder} has no site named {name!r}. Its sites: {names}.")
