"""One throwaway server that the tests of this folder share, except those that kill it."""

from collections.abc import Iterator

import pytest

from desist.embedded import Cluster, create_site
from desist.embedded.throwaway import throwaway_cluster
from desist.sites import Site, Zone

PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service")
PARTICIPANT = Site("northmere-participant", Zone.PARTICIPANT, "Your sessions", shares="northmere-programme")
ADVOCACY = Site("northmere-advocacy", Zone.ADVOCACY, "Harbour advocacy")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        for site in (PROGRAMME, PARTICIPANT, ADVOCACY):
            create_site(cluster, site)
        yield cluster
