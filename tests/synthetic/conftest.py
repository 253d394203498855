"""The staff and rooms of the synthetic area, and its demo people on both sides in one database."""

from datetime import UTC, datetime

import pytest

from desist.synthetic import cases, load, partnership_rows, programme_rows
from desist.synthetic.cases import Block

#: a Wednesday with a bank holiday six weeks before it
NOW = datetime(2026, 2, 4, 11, 40, tzinfo=UTC)


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
