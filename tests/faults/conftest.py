"""One running area for every fault, as `./desist bench faults` has it."""

from collections.abc import Iterator

import pytest
from tests import tables

from desist.sites import Zone
from tools.bench.faults_area import Area, running


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    like = tmp_path_factory.mktemp("like")
    tables.before_a_demo(like, Zone.PROGRAMME, Zone.PARTNERSHIP)
    with running(like=like) as area:
        yield area
