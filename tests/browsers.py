"""The browser that tests drive, and another one when it died."""

from collections.abc import Callable

from playwright.sync_api import Browser, Error


class Browsers:
    """One browser at a time; `launch` starts it."""

    def __init__(self, launch: Callable[[], Browser]) -> None:
        """Start none before a test asks."""
        self._launch = launch
        self._browser: Browser | None = None

    def running(self) -> Browser:
        """Return the browser, or start another if it died."""
        if self._browser is None or not answers(self._browser):
            self._browser = self._launch()
        return self._browser

    def close(self) -> None:
        """End the browser, if one was started."""
        if self._browser:
            self._browser.close()


def answers(browser: Browser) -> bool:
    """Ask the browser itself: the news that it died comes some time after its death."""
    try:
        browser.new_browser_cdp_session().detach()
    except Error:
        return False
    return True
