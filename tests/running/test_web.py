"""One process serves a site's pages: which form waits for which is kept in its memory alone."""

import multiprocessing
from typing import Any

import pytest

from desist.running import web


class Watched:
    """What the web server is told, instead of the server."""

    told: dict[str, Any] = {}

    def __init__(self, target: str, **told: Any) -> None:
        Watched.told = {"target": target, **told}

    def serve(self, **_: Any) -> None:
        """Nothing is served."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(web, "Granian", Watched)
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda *_, **__: None)
    monkeypatch.setenv("DESIST_PORT", "8701")
    web.serve()
    return Watched.told


def test_a_site_has_one_web_process(told: dict[str, Any]) -> None:
    assert told["workers"] == 1


def test_it_is_reached_from_this_machine_alone_unless_another_address_is_named(told: dict[str, Any]) -> None:
    assert (told["address"], told["port"]) == ("127.0.0.1", 8701)
