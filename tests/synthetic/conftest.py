"""The staff and rooms of the synthetic area, and its demo people on both sides in one database."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from desist.keys import keyfile
from tools.synthetic import cases, load, partnership_rows, programme_rows
from tools.synthetic.cases import Block

#: a Wednesday with a bank holiday six weeks before it
NOW = datetime(2026, 2, 4, 11, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the site its own keys: it locks what staff type about a case with them."""
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=settings.DESIST_SITE, on=date(2026, 1, 1))


@pytest.fixture
def demo() -> Block:
    return cases.demo(at=NOW)


@pytest.fixture
def loaded(db: None, demo: Block) -> Block:
    """The demo's people, written on both sides."""
    load._team()
    programme_rows.write(demo)
    partnership_rows.write(demo.cases)
    return demo
