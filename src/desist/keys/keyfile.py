"""The key file of a site, DATA/keys/SITE.json: one file, mode 0600, never in a database or a backup."""

import json
import os
import stat
from base64 import b64decode, b64encode
from datetime import date
from pathlib import Path
from typing import Any

from desist.keys.sitekeys import ROOT_BYTES, KeysError, KeySet, SiteKeys, generate
from desist.privatefile import write_private

VERSION = 1


class MissingKeys(KeysError):
    """The site has no key file."""


class KeysExist(KeysError):
    """The site has a key file already; another one would lose the data that it opens."""


class UnsafeKeys(KeysError):
    """Other users may read the key file."""


class SpoiltKeys(KeysError):
    """The key file cannot be read as one."""


def path(*, folder: Path, site: str) -> Path:
    """The path of a site's key file under the data folder."""
    return folder / "keys" / f"{site}.json"


def read(*, folder: Path, site: str) -> SiteKeys:
    """The keys of a site; raises MissingKeys, UnsafeKeys or SpoiltKeys."""
    place = path(folder=folder, site=site)
    try:
        _check_private(place)
        text = place.read_text("utf-8")
    except FileNotFoundError:
        raise MissingKeys(
            f"The key file {place} is missing. Put it back from where it is kept, or rebuild it from two of the "
            f"three printed shares: `./desist keys recover {site}`."
        ) from None
    except PermissionError:
        raise UnsafeKeys(
            f"{place} belongs to another user. Run Desist as that user, or hand it over: chown USER {place}"
        ) from None
    try:
        return _parse(text, site)
    except (ValueError, KeyError, TypeError) as error:
        raise SpoiltKeys(
            f"{place} is not a key file of {site} ({type(error).__name__}). Put it back from where it is kept, or "
            f"move it away and run `./desist keys recover {site}`."
        ) from None


def create(*, folder: Path, site: str, on: date) -> SiteKeys:
    """Make and keep new keys for a site; raises KeysExist."""
    keys = generate(site=site, on=on)
    write_new(folder=folder, keys=keys)
    return keys


def write_new(*, folder: Path, keys: SiteKeys) -> None:
    """Keep the keys of a site that has no key file; raises KeysExist."""
    place = path(folder=folder, site=keys.site)
    if place.exists():
        raise KeysExist(
            f"{place} exists already. Without it nothing it locked can be opened, so it is never overwritten: "
            "move it away first."
        )
    replace(folder=folder, keys=keys)


def replace(*, folder: Path, keys: SiteKeys) -> None:
    """Replace the site's key file in one step."""
    place = path(folder=folder, site=keys.site)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.parent.chmod(0o700)
    rows = [
        {
            "id": keyset.id,
            "made": keyset.made.isoformat(),
            "root": b64encode(keyset.root).decode(),
            "exposed": keyset.exposed,
        }
        for keyset in keys.sets
    ]
    content = {"desist_keys": VERSION, "site": keys.site, "sets": rows}
    write_private(place, (json.dumps(content, indent=2) + "\n").encode())


def _check_private(place: Path) -> None:
    found = place.stat()
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeKeys(
            f"Other users of this machine may read {place}. Take that right away: chmod 600 {place}. "
            "If others use this machine, rotate the keys as well."
        )
    if found.st_uid != os.geteuid():
        raise PermissionError(place)


def _parse(text: str, site: str) -> SiteKeys:
    content = json.loads(text)
    if content["desist_keys"] != VERSION or content["site"] != site:
        raise ValueError(site)
    sets = tuple(_key_set(site, row) for row in content["sets"])
    if not sets or sets[0].exposed:
        raise ValueError(site)
    return SiteKeys(site, sets)


def _key_set(site: str, row: dict[str, Any]) -> KeySet:
    made, root = date.fromisoformat(row["made"]), b64decode(row["root"], validate=True)
    keys = KeySet(site, made, root, exposed=row.get("exposed", False))
    if len(keys.root) != ROOT_BYTES or keys.id != row["id"]:
        raise ValueError(row["id"])
    return keys
