"""Making a deployment ready: databases, tables, grants, keys, static files."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desist import addresses, sites
from desist.embedded.cluster import Cluster
from desist.embedded.databases import create_site
from desist.keys import keyfile
from desist.sites import Site, Zone


class StepFailed(Exception):
    """A step for a site failed; the text names the site and its log."""


def environment(site: Site, folder: Path, *, login: str = "app", demo: bool = False) -> dict[str, str]:
    """The environment of a site's process."""
    return {
        "DESIST_DATA": str(folder),
        "DESIST_SITE": site.name,
        "DESIST_LOGIN": login,
        "DESIST_DEMO": "1" if demo else "",
        "DESIST_PORT": str(site.port or 0),
        "DJANGO_SETTINGS_MODULE": f"desist.zones.{site.zone}",
    }


def _inherited(site: Site) -> dict[str, str]:
    """This process's environment without the addresses of other sites' databases."""
    foreign = addresses.foreign(addresses.own(site))
    return {name: value for name, value in os.environ.items() if name not in foreign}


def found(folder: Path, wanted: Iterable[Site], *, on: date) -> None:
    """Write the register, and make missing databases, logins and key files."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = tuple(wanted)
    sites.write_sites(folder=folder, sites=listed)
    cluster = Cluster(folder)
    for site in listed:
        create_site(cluster, site)
        if site.zone is not Zone.PUBLIC and not keyfile.path(folder=folder, site=site.name).exists():
            keyfile.create(folder=folder, site=site.name, on=on)


def furnish(cluster: Cluster, listed: Sequence[Site]) -> None:
    """Give existing embedded databases what this version needs of a server, as its superuser."""
    for site in addresses.embedded(listed):
        create_site(cluster, site)


@contextmanager
def serving(folder: Path, listed: Sequence[Site]) -> Iterator[Cluster | None]:
    """Run the embedded server for as long as the block lasts, if any of the sites needs it."""
    addresses.check(listed)
    if not addresses.embedded(listed):
        yield None
        return
    cluster = Cluster(folder)
    with cluster.serving():
        yield cluster


def migrate(folder: Path, listed: Iterable[Site], *, done: Callable[[Site], None] = lambda _: None) -> None:
    """Bring every site's tables and grants up to date, as its owner; `done` is called after each."""
    for site in listed:
        if (
            site.zone is not Zone.PUBLIC and site.shares is None
        ):  # the programme grants what its phones' pages may call
            run_in(site, folder, "desist.running.migrate", login="owner")
        done(site)


def run_in(site: Site, folder: Path, module: str, *, login: str = "app") -> None:
    """Run a module of ours once for a site, in a process of its own. Raises StepFailed."""
    log = folder / "log" / f"{site.name}-{module.rpartition('.')[2]}.log"
    with log.open("wb") as output:
        result = subprocess.run(
            [sys.executable, "-m", module],
            env={**_inherited(site), **environment(site, folder, login=login)},
            stdout=output,
            stderr=output,
            check=False,
        )
    if result.returncode:
        raise failed(site, module, log=log)


def failed(site: Site, module: str, *, log: Path) -> StepFailed:
    """The message about a failed step."""
    return StepFailed(f"{site.title}: {module} failed. {log} says why. Mend that and run the command again.")


def ask(site: Site, folder: Path, module: str, *, given: str = "", demo: bool = False) -> bool:
    """Run a module of ours once for a site with its output shown, `given` on its input; return whether it exited 0."""
    told = {**_inherited(site), **environment(site, folder, demo=demo)}
    command = [sys.executable, "-m", module]
    return subprocess.run(command, env=told, input=given.encode() or None, check=False).returncode == 0


def hear(site: Site, folder: Path, module: str, *, seconds: float) -> str:
    """Run a module of ours once for a site, and return what it wrote; "" where it failed or took too long."""
    told = {**_inherited(site), **environment(site, folder)}
    command = [sys.executable, "-m", module]
    try:
        run = subprocess.run(
            command,
            env=told,
            capture_output=True,
            text=True,
            check=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ""
    return run.stdout


def tables_changed(folder: Path) -> bool:
    """Whether this version's migrations, or the sites that share a database, differ from those last applied here."""
    path = folder / "migrated"
    return not path.exists() or path.read_text("ascii") != _applied(folder)


def note_tables(folder: Path) -> None:
    """Note the migrations applied here."""
    (folder / "migrated").write_text(_applied(folder), "ascii")


def note(path: Path) -> None:
    """Note a finished step by an empty file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def fingerprint() -> str:
    """The name of this version's static files."""
    return _digest("ui/static/**/*.*", "ui/vendor/**/*.*")[:16]


def _applied(folder: Path) -> str:
    """The name of this version's migrations, and of each site whose login the programme's migration gives its rights."""
    sharing = sorted(site.name for site in sites.read_sites(folder=folder) if site.shares)
    return " ".join((_migrations(), *sharing))


def _migrations() -> str:
    return _digest("*/migrations/*.py", "*/grants.py")


def _digest(*patterns: str) -> str:
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
