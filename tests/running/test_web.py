"""As many processes serve a site's pages as the deployment says."""

import multiprocessing
from typing import Any

import pytest

from desist import deployment
from desist.privatefile import SettingError
from desist.running import web


class Watched:
    """What the web server is told, instead of the server."""

    told: dict[str, Any] = {}

    def __init__(self, target: str, **told: Any) -> None:
        Watched.told = {"target": target, **told}

    def serve(self, **_: Any) -> None:
        """Nothing is served."""


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_WEB_PROCESSES", "3")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(web, "Granian", Watched)
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda *_, **__: None)
    monkeypatch.setenv("DESIST_PORT", "8701")
    monkeypatch.setenv("DESIST_SITE", "northmere-programme")
    web.serve()
    return Watched.told


def test_one_process_answers_unless_more_are_wanted(told: dict[str, Any]) -> None:
    assert told["workers"] == 1


@pytest.mark.usefixtures("several")
def test_as_many_answer_as_the_setting_says_and_each_that_ends_is_replaced(told: dict[str, Any]) -> None:
    assert (told["workers"], told["respawn_failed_workers"]) == (3, True)


@pytest.mark.parametrize("given", ["0", "-1", "two", "65", "1.5", "²"])
def test_what_is_no_number_of_processes_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("DESIST_WEB_PROCESSES", given)

    with pytest.raises(SettingError, match="Write how many processes answer requests for a site, 1 to 64"):
        deployment.web_processes()


def test_it_is_reached_from_this_machine_alone_unless_another_address_is_named(told: dict[str, Any]) -> None:
    assert (told["address"], told["port"]) == ("127.0.0.1", 8701)
