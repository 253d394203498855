"""This process's own site, and the keys it seals, signs and opens with."""

from functools import cache
from pathlib import Path

from django.conf import settings

from desist import sites
from desist.keys import keyfile
from desist.keys.sitekeys import SiteKeys
from desist.sites import Site, Zone


def site() -> Site:
    """The site this process serves, as far as the post needs it."""
    return Site(settings.DESIST_SITE, Zone(settings.DESIST_ZONE), settings.DESIST_SITE_NAME)


def keys() -> SiteKeys:
    """The site's keys, read once; a change of keys takes effect when the process starts again."""
    return _read(sites.data_folder(), settings.DESIST_SITE)


@cache
def _read(folder: Path, site: str) -> SiteKeys:
    return keyfile.read(folder=folder, site=site)
