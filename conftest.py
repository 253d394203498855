"""Settings for every test, the product's and the libraries': the day on which it happens, and the browser."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings
from tests import clock

# No test is timed: a busy machine says nothing about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that set the day on which the tests happen."""
    parser.addoption("--day", type=clock.moment, default=clock.ORDINARY, help="YYYY-MM-DD, or with THH:MM")


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock before any test module is imported: some modules take their moment on import."""
    clock.start(config.getoption("day"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start Debian's Chromium, also as root; each zone's name leads to this machine and no other name anywhere."""
    found = os.environ.get("DESIST_CHROMIUM") or shutil.which("chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    cut = ["--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    chosen = {"executable_path": found} if found else {}
    return {**chosen, "args": [*flags, *quiet, *cut]}
