"""What one process knows of the deployment: its site, its login and its files, all from the environment.

A process is told three things: DESIST_SITE (which site), DESIST_DATA (where the files are) and DESIST_LOGIN
(`app` for web and worker, `owner` for migrations). In production DESIST_<ZONE>_DATABASE_URL names the database; the
embedded one is used where no URL is given.
"""

import os
import urllib.parse
from functools import cache
from pathlib import Path
from typing import Any

from desist import sites
from desist.sites import Site, Zone


@cache
def site(zone: Zone) -> Site:
    """The site this process serves. Without DESIST_SITE (type checks, generated docs) a nameless one of the zone."""
    name = os.environ.get("DESIST_SITE")
    if name is None:
        return Site(name=f"some-{zone}", zone=zone, title="", port=0)
    return sites.find(sites.data_folder(), name)


def is_demo() -> bool:
    """Whether this is the demo: sign-in by name is offered, and start-up refuses less."""
    return os.environ.get("DESIST_DEMO") == "1"


def key_file(name: str) -> Path:
    """Where a site's key file is."""
    return sites.data_folder() / "keys" / f"{name}.json"


def head_file(name: str) -> Path:
    """Where a site's audit head is kept, outside its database."""
    return sites.data_folder() / "heads" / name


def post_folder(name: str) -> Path:
    """Where a site's file transport leaves and finds envelopes."""
    return sites.data_folder() / "post" / name


def login(database: str, zone: Zone) -> str:
    """The name of this process's database login."""
    kind = os.environ.get("DESIST_LOGIN", "app")
    return f"{database}_participant_{kind}" if zone is Zone.PARTICIPANT else f"{database}_{kind}"


def database(zone: Zone) -> dict[str, Any]:
    """Django's DATABASES entry for this process's site."""
    url = os.environ.get(f"DESIST_{zone.upper()}_DATABASE_URL")
    found = _from_url(url) if url else _embedded(zone)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        **found,
    }


def _embedded(zone: Zone) -> dict[str, Any]:
    here = site(zone)
    name = login(here.database, zone)
    folder = sites.data_folder()
    password = folder / "passwords" / name
    return {
        "NAME": here.database,
        "USER": name,
        "PASSWORD": password.read_text("utf-8") if password.exists() else "",
        "HOST": (folder / "socket").read_text("utf-8") if (folder / "socket").exists() else "",
    }


def _from_url(url: str) -> dict[str, Any]:
    parts = urllib.parse.urlsplit(url)
    unquote = urllib.parse.unquote
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
