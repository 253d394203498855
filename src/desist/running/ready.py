"""Whether the sites of a deployment may start, checked before any of their processes starts."""

from collections.abc import Sequence
from pathlib import Path

from desist.running import deploy
from desist.running.errands import Errand, run
from desist.sites import Site, Zone

CHECK = "desist.zones.start"


class NotReady(Exception):
    """There is no site to serve, or a site refuses to start."""


def refuse(folder: Path, listed: Sequence[Site], *, demo: bool = False) -> None:
    """Ask every site whether it may start. Raises NotReady, after the reasons are in the terminal and not in a log."""
    staff = [site for site in listed if site.zone is not Zone.PUBLIC]
    try:
        run(folder, [Errand(site, CHECK, demo=demo) for site in staff])
    except deploy.StepFailed:
        refusing = [site.title for site in staff if not deploy.ask(site, folder, CHECK, demo=demo)]
        if not refusing:
            raise
        anew = " `./desist demo --fresh` throws the demo's data away and begins anew." if demo else ""
        raise NotReady(
            f"Nothing was started, because of {', '.join(refusing)}: the reasons stand above.{anew}"
        ) from None
