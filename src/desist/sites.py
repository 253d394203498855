"""The sites of one installation: the zones that run here, their names, and the place of their data."""

import json
import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


class Zone(StrEnum):
    """The sides of the wall: each runs as processes of its own."""

    PROGRAMME = "programme"
    PARTICIPANT = "participant"
    ADVOCACY = "advocacy"
    PARTNERSHIP = "partnership"
    COMMISSION = "commission"
    PUBLIC = "public"


#: the last port that there is
LAST_PORT = 65_535


class SitesError(Exception):
    """The list of sites cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Site:
    """One organisation's installation of one zone.

    `name` is a slug such as "northmere-programme"; `shares` names the site whose database holds this one's data (the
    participants' pages live in their programme's database, in a schema of their own). `host` is its name for browsers,
    and `server` the PostgreSQL that is not the embedded one, such as "postgresql://db.internal", without a login.
    """

    name: str
    zone: Zone
    title: str
    port: int | None = None
    shares: str | None = None
    host: str | None = None
    server: str | None = None

    def __post_init__(self) -> None:
        """Refuse names that could not be a database, a login and a file."""
        for name in filter(None, (self.name, self.shares)):
            if not NAME.fullmatch(name):
                raise SitesError(
                    f"{name!r} cannot be the name of a site. Use 2 to 40 small letters, digits and hyphens, "
                    "beginning with a letter."
                )
        if self.port is not None and not 0 < self.port <= LAST_PORT:
            raise SitesError(
                f"The port of the site {self.name!r} is {self.port}. Use one from 1 to {LAST_PORT}."
            )
        if not self.title.isprintable():
            raise SitesError(f"The title of the site {self.name!r} holds control characters. Remove them.")

    @property
    def slug(self) -> str:
        """The name in PostgreSQL's form: "northmere_programme"."""
        return self.name.replace("-", "_")

    @property
    def database(self) -> str:
        """The site's database: its own, or the one it shares."""
        return (self.shares or self.name).replace("-", "_")

    @property
    def owner(self) -> str:
        """The login that only migrates."""
        return f"{self.slug}_owner"

    @property
    def app(self) -> str:
        """The login that the web process and the worker use."""
        return f"{self.slug}_app"


def data_folder() -> Path:
    """The folder with all data of this installation: DESIST_DATA, else the user's own."""
    return Path(os.environ.get("DESIST_DATA") or platformdirs.user_data_dir("desist")).absolute()


def read_sites(*, folder: Path) -> tuple[Site, ...]:
    """The sites listed in `folder`/sites.toml, in its order; none when there is no such file."""
    path = folder / "sites.toml"
    if not path.exists():
        return ()
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["site"]
        return tuple(Site(**{**row, "zone": Zone(row["zone"])}) for row in rows)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SitesError(
            f"{path} is not a list of sites: {error}. Mend it, or restore it from a copy."
        ) from None


def write_sites(*, folder: Path, sites: Iterable[Site]) -> None:
    """Write `folder`/sites.toml in one step, so that a crash leaves the old list or the new one."""
    lines = ["# The sites of this installation. Written by Desist; safe to read, edit with it stopped."]
    for site in sites:
        lines += ["", "[[site]]"]
        lines += [
            f"{field} = {json.dumps(value, ensure_ascii=False)}"
            for field, value in asdict(site).items()
            if value is not None
        ]
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "sites.toml.new"
    fresh.write_text("\n".join([*lines, ""]), "utf-8")
    fresh.replace(folder / "sites.toml")
