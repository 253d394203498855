"""Sites: which organisations this deployment hosts, in which zone, and where their files are."""

import os
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs


class Zone(StrEnum):
    """One kind of side: its own process, database, accounts and keys."""

    PROGRAMME = "programme"
    PARTICIPANT = "participant"
    ADVOCACY = "advocacy"
    PARTNERSHIP = "partnership"
    COMMISSION = "commission"
    PUBLIC = "public"


@dataclass(frozen=True)
class Site:
    """A zone run by one organisation. `shares` names the site whose database this one lives in."""

    name: str
    zone: Zone
    title: str
    port: int
    shares: str | None = None

    @property
    def database(self) -> str:
        """The database's name; logins are named after it."""
        return (self.shares or self.name).replace("-", "_")


class NoSuchSite(Exception):
    """The site register does not list this name."""


def data_folder() -> Path:
    """Where this deployment keeps its files: DESIST_DATA, else the person's own data folder."""
    given = os.environ.get("DESIST_DATA")
    return Path(given) if given else Path(platformdirs.user_data_dir("desist"))


def register(folder: Path) -> list[Site]:
    """Every site listed in sites.toml, in its order."""
    table = tomllib.loads((folder / "sites.toml").read_text("utf-8"))
    return [
        Site(name, Zone(row["zone"]), row["title"], row["port"], row.get("shares"))
        for name, row in table.items()
    ]


def find(folder: Path, name: str) -> Site:
    """The site of this name; raises NoSuchSite."""
    for site in register(folder):
        if site.name == name:
            return site
    raise NoSuchSite(f"sites.toml in {folder} lists no site named {name!r}.")


def write_register(folder: Path, sites: list[Site]) -> None:
    """Write sites.toml."""
    blocks = []
    for site in sites:
        lines = [f"[{site.name}]", f'zone = "{site.zone}"', f'title = "{site.title}"', f"port = {site.port}"]
        if site.shares:
            lines.append(f'shares = "{site.shares}"')
        blocks.append("\n".join(lines))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sites.toml").write_text("\n\n".join(blocks) + "\n", "utf-8")
