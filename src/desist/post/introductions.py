"""The file by which a site introduces itself to a partner: its public keys, and who it is. It holds no secret.

It is the text of the public keys with more facts in it, so that whatever reads public keys reads it too.
"""

import json
from dataclasses import dataclass

from desist import addresses, sites
from desist.keys.public import PublicKeys, PublicKeysError
from desist.post.doors import DOORS
from desist.sites import Site, SitesError, Zone


@dataclass(frozen=True)
class Introduction:
    """What a site says of itself."""

    site: Site
    keys: PublicKeys


def write(site: Site, *, keys: PublicKeys, host: str) -> str:
    """The text of a site's file: its keys, their digits, its side, its names, and what it takes and sends."""
    told = {
        **json.loads(keys.to_json()),
        "fingerprint": keys.fingerprint,
        "zone": site.zone.value,
        "title": site.title,
        "host": host,
        "takes": sorted(door.payload.KIND for door in DOORS if door.receiver is site.zone),
        "sends": sorted(door.payload.KIND for door in DOORS if door.sender is site.zone),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> Introduction | None:
    """What `write` wrote; None for a text that holds keys alone, or nothing of the kind."""
    try:
        keys = PublicKeys.from_json(text)
        told = json.loads(text)
        zone = Zone(told["zone"])
        site = Site(keys.site, zone, str(told["title"])[:120])
    except (PublicKeysError, SitesError, ValueError, KeyError, TypeError):
        return None
    whole = zone not in addresses.WITHOUT_POST and sites.NAME.fullmatch(site.name) and site.title.strip()
    return Introduction(site, keys) if whole else None
