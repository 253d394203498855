"""Static files, gathered once a version into the data folder under names that hold their content's hash."""

from pathlib import Path

from desist.running import deploy
from desist.sites import Site


def collect(site: Site, folder: Path) -> None:
    """Gather the files that every zone serves, unless this version's are there."""
    if are_missing(folder):
        deploy.run_in(site, folder, "desist.running.collect")
        note(folder)


def are_missing(folder: Path) -> bool:
    """Whether this version's files are still to be gathered."""
    return not _stamp(folder).exists()


def note(folder: Path) -> None:
    """Note that this version's files are there."""
    deploy.note(_stamp(folder))


def _stamp(folder: Path) -> Path:
    return folder / "static" / f"of-{deploy.fingerprint()}"
