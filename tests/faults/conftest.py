"""One running area for every fault, as `./desist bench faults` has it."""

from collections.abc import Iterator

import pytest

from tools.bench.faults_area import Area, running


@pytest.fixture(scope="module")
def area() -> Iterator[Area]:
    with running() as area:
        yield area
