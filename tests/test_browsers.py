"""A browser that dies takes one test with it, not all that follow."""

import os
import re
import signal

import pytest
from playwright.sync_api import Error

from tests.browsers import Browsers
from tests.processes import below, words

pytestmark = pytest.mark.browser


def end_the_browser() -> None:
    """Kill the browser that this process started, as a crash would."""
    for pid in below(os.getpid()):
        command = words(pid)
        if "--remote-debugging-pipe" in command and not any(word.startswith("--type=") for word in command):
            os.kill(pid, signal.SIGKILL)


def test_a_browser_that_runs_is_used_again(browsers: Browsers) -> None:
    assert browsers.running() is browsers.running()


def test_after_a_browser_died_there_is_another(browsers: Browsers) -> None:
    first = browsers.running()

    end_the_browser()

    assert browsers.running() is not first
    assert browsers.running().new_page().evaluate("1 + 1") == 2


def test_the_words_of_a_dead_browser_are_those_after_which_a_test_runs_again(
    browsers: Browsers, request: pytest.FixtureRequest
) -> None:
    page = browsers.running().new_page()
    end_the_browser()

    with pytest.raises(Error) as told:
        page.get_by_text("any").click()

    again = request.node.get_closest_marker("flaky")
    assert re.search(again.kwargs["only_rerun"][0], str(told.value))
