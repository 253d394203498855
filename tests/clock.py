"""The day on which the tests happen, whatever today is: `pytest --day 2027-12-25`, or `--day 2028-02-29T23:05`.

A plugin of pytest (pyproject.toml), because a folder's conftest is read before the root's can say anything: this process
moves to that day before either, and so does every Python process that a test starts (clockwork/sitecustomize.py);
from there time goes on. PostgreSQL and the browser keep the machine's clock, which no test
reads (tests/rules/test_clock.py). every_day.py runs the tests on many days.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

LONDON = ZoneInfo("Europe/London")
#: a Tuesday without anything special
ORDINARY = "2026-11-24"
MORNING = "T11:00"
CLOCKWORK = Path(__file__).parent / "clockwork"
SHIFT = "DESIST_TESTS_SHIFT"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that sets the day on which the tests happen."""
    parser.addoption("--day", type=moment, default=ORDINARY, help="YYYY-MM-DD, or with THH:MM")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the clock before anything of the tests is read: some modules take their moment on import."""
    start(early_config.known_args_namespace.day)


def moment(written: str) -> datetime:
    """Return the moment of a written day in London, at eleven unless it states an hour."""
    return datetime.fromisoformat(written if "T" in written else written + MORNING).replace(tzinfo=LONDON)


def start(at: datetime) -> None:
    """Set the clock before any test is read. A process that pytest started is on the day already."""
    if SHIFT not in os.environ:
        path = os.environ.get("PYTHONPATH", "")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CLOCKWORK), path]))
        move_to(at)


def move_to(at: datetime) -> None:
    """Move the clock to another moment, here and in the processes to come."""
    machine = time_machine.escape_hatch.time if time_machine.escape_hatch.is_travelling() else time
    os.environ[SHIFT] = str(at.timestamp() - machine.time())
    time_machine.travel(at.timestamp()).start()
    time.time()  # time goes on from here


@contextmanager
def in_the_morning() -> Iterator[None]:
    """Set eleven o'clock on the day that it is, within the block."""
    eleven = moment(f"{datetime.now(LONDON):%Y-%m-%d}")
    with time_machine.travel(eleven.timestamp()):
        time.time()  # time goes on from here
        yield


@contextmanager
def later(at: datetime) -> Iterator[None]:
    """Set a later moment within the block."""
    with time_machine.travel(at.timestamp()):
        time.time()  # time goes on from here
        yield


def in_sql() -> str:
    """Return the set moment as SQL, for a statement that would otherwise ask PostgreSQL's own clock."""
    return f"timestamptz '{datetime.now(UTC).isoformat()}'"
