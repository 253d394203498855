"""The two sites, with their schemas."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.post.two_sites import HANDLED, Site, schemas_of

from desist.embedded import Cluster
from desist.sites import Zone

NAMES = {"northmere-programme": Zone.PROGRAMME, "northmere-police": Zone.PARTNERSHIP}


@pytest.fixture(scope="module")
def schemas(django_db_setup: None, server: Cluster) -> Iterator[None]:
    """Make a schema with the post's tables for each site."""
    with schemas_of(server, NAMES):
        yield


@pytest.fixture
def with_handlers(settings: Settings) -> Settings:
    """The settings of both sites."""
    settings.DESIST_HANDLERS = ["tests.post.two_sites", "desist.post.rotation.handlers"]
    return settings


@pytest.fixture
def two(schemas: None, db: None, with_handlers: Settings, tmp_path: Path) -> tuple[Site, Site]:
    """The programme and the police, who know each other."""
    HANDLED.clear()
    programme, police = (Site(name, zone, tmp_path / name) for name, zone in NAMES.items())
    programme.know(police)
    police.know(programme)
    return programme, police
