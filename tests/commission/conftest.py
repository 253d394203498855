"""A commission site with its keys."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desist.keys import keyfile


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the site its own keys: the page of partners shows their digits."""
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site=settings.DESIST_SITE, on=date(2026, 1, 1))
