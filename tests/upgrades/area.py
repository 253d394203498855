"""The synthetic area as each released version left it: a dump of every site's database, and the keys to what is sealed.

The keys are drawn from the sites' names, so that no key file lies beside the dumps. make.py made the dumps.
"""

import hashlib
import lzma
from datetime import date, datetime
from pathlib import Path

from tests.clock import LONDON

from desist.backup import dump
from desist.embedded import Cluster
from desist.keys import keyfile
from desist.keys.sitekeys import KeySet, SiteKeys
from desist.sites import Site, Zone
from tools.synthetic import area

HOME = Path(__file__).parent
#: the versions whose areas lie here
VERSIONS = tuple(sorted(path.name for path in HOME.glob("[0-9]*.[0-9]*.[0-9]*")))
OLDEST = HOME / VERSIONS[0]
#: referrals to the programme that its police wrote, sealed
ENVELOPES = "envelopes.json.xz"
#: an archive of its police, with these words in the place of a dump
BACKUP, DUMP = "northmere-police.backup.xz", b"Ada Plainly-Invented"
#: the moment around which its people were invented
MADE = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
SUPERUSER = "postgres"


def staffed(port_base: int = area.PORT_BASE) -> tuple[Site, ...]:
    """The sites that have a database."""
    return tuple(site for site in area.sites(port_base) if site.zone is not Zone.PUBLIC)


def make_keys(folder: Path, sites: tuple[Site, ...]) -> None:
    """Write the key file of every site."""
    for site in sites:
        root = hashlib.sha256(site.name.encode()).digest()
        keys = SiteKeys(site.name, (KeySet(site.name, date(2026, 3, 2), root),))
        keyfile.write_new(folder=folder, keys=keys)


def note_moment(folder: Path) -> None:
    """Write the moment to where an area keeps it."""
    (folder / "synthetic").mkdir(parents=True, exist_ok=True)
    (folder / "synthetic" / "moment").write_text(MADE.isoformat(), "ascii")


def stored(site: Site, *, folder: Path = OLDEST) -> Path:
    """Return where the dump of a site lies, in pg_dump's custom format."""
    return folder / f"{site.name}.dump.xz"


def restore(cluster: Cluster, site: Site, *, folder: Path = OLDEST) -> None:
    """Restore a site's database into the empty one that is there."""
    packed = stored(site, folder=folder).read_bytes()
    dump.load(url=cluster.url(SUPERUSER, site.database), chunks=[lzma.decompress(packed)])
