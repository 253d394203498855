"""A command's refusal: one sentence on the error stream, and exit status 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from desist import sites
from desist.sites import Site, SitesError

#: the file that marks a folder as a demo's
DEMO = "desist-demo"
#: the option that names a command's folder or, where it has none, the environment
OPTION, VARIABLE = "--data ", "DESIST_DATA="


@contextmanager
def in_words(*errors: type[Exception]) -> Iterator[None]:
    """Turn the named errors into their sentence; anything else is a fault of ours and keeps its traceback."""
    expected: tuple[type[Exception], ...] = (*errors, SitesError)
    try:
        yield
    except expected as error:
        typer.echo(f"desist: {error}", err=True)
        raise SystemExit(1) from None


def sites_of(folder: Path, *, told_by: str) -> tuple[Site, ...]:
    """The sites of a folder; raises SitesError where it has none. `told_by`: the way to name another folder."""
    if found := sites.read_sites(folder=folder):
        return found
    raise SitesError(f"{folder} holds no sites. {instead_of(folder, told_by=told_by)}")


def instead_of(folder: Path, *, told_by: str) -> str:
    """The folder that may have been meant: a demo's, where one lies right below."""
    demos = [str(path.parent) for path in sorted(folder.glob(f"*/{DEMO}"))]
    if not demos:
        return f"Name the data folder: {told_by}DIR."
    return f"The demo's are in {' and '.join(demos)}: {told_by}{demos[0]}."


def named_site(name: str) -> Site:
    """The site of that name; raises SitesError with the names there are."""
    folder = sites.data_folder()
    known = sites_of(folder, told_by=VARIABLE)
    for site in known:
        if site.name == name:
            return site
    names = ", ".join(site.name for site in known)
    raise SitesError(f"{folder} has no site named {name!r}. Its sites: {names}.")
