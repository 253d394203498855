"""Static files, gathered once a version into the data folder under names that hold their content's hash."""

from pathlib import Path

from desist.running import deploy
from desist.sites import Site


def collect(site: Site, folder: Path) -> None:
    """Gather the files that every zone serves, unless this version's are there."""
    stamp = folder / "static" / f"of-{deploy.fingerprint()}"
    if not stamp.exists():
        deploy.run_in(site, folder, "desist.running.collect")
        deploy.note(stamp)
