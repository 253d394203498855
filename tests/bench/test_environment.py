"""The peers' environment: made once, made again when it must differ, and a plain word when it cannot be."""

from pathlib import Path

import pytest

from tools.bench.environment import EnvironmentFailedError, python_with


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_it_is_made_once(tmp_path: Path) -> None:
    python = python_with(name="example", requirements=[])
    (python.parent / "kept").touch()

    again = python_with(name="example", requirements=[])

    assert again == python
    assert (again.parent / "kept").exists()


def test_what_cannot_be_installed_is_said_and_not_taken_for_made(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(EnvironmentFailedError, match="the installer's last words"):
            python_with(name="example", requirements=[str(tmp_path / "no-such-package")])
