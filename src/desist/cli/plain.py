"""A command's refusal: one sentence on the error stream, and exit status 1."""

import errno
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
#: refusals of the file system, which are no fault of ours -> what to do
UNUSABLE = {
    errno.EACCES: "Give the user that runs Desist the right to it, or name another folder.",
    errno.EPERM: "Give the user that runs Desist the right to it, or name another folder.",
    errno.EROFS: "The disk can only be read. Make it writable, or name another folder.",
    errno.ENOTDIR: "A part of this path is a file. Name another folder.",
    errno.ENOSPC: "Free some space on the disk, then run the command again.",
}


@contextmanager
def in_words(*errors: type[Exception]) -> Iterator[None]:
    """Turn the named errors into their sentence; anything else is a fault of ours and keeps its traceback."""
    expected: tuple[type[Exception], ...] = (*errors, SitesError)
    try:
        yield
    except expected as error:
        typer.echo(f"desist: {error}", err=True)
        raise SystemExit(1) from None
    except OSError as error:
        if error.errno not in UNUSABLE:
            raise
        typer.echo(f"desist: {error.filename}: {error.strerror}. {UNUSABLE[error.errno]}", err=True)
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
