"""No test reads the machine's clock: tests happen on a day that they set, in this process and in those they start."""

import os
import re
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests import clock
from tests.rules.code import ROOT, Module, modules

#: how long the tests may take; only by accident do they run on the machine's own day
AT_MOST = timedelta(hours=6)
TELLS = (
    "import datetime, time; print(time.time(), datetime.date.today(), datetime.datetime.now().timestamp())"
)
#: the ways round the set clock: its own back door, PostgreSQL's clock, the browser's, and a process without it
ROUND_IT = re.compile(
    r"escape_hatch|\btime_machine\b|DESIST_TESTS_SHIFT"
    r"|(?<![\w.])(?<!def )now\(\)|\b(clock|statement|transaction)_timestamp\(|\bcurrent_(date|time|timestamp)\b"
    r"|functions import .*\bNow\b|\bDate\.now\b|\bnew Date\(\)"
    r"|\benv=\{\"(?!COLUMNS)|(?-i:\"-[EIS]+\")|^(?!.*(environ|prepend)).*\"PYTHONPATH\"",
    re.IGNORECASE,
)
ABOUT_THE_CLOCK = (
    "tests/clock.py",
    "tests/clockwork/sitecustomize.py",
    "tests/every_day.py",
    "tests/rules/test_clock.py",
)


def ways_round(text: str) -> list[str]:
    """The lines of a test that go round the set clock."""
    return [line for line in text.splitlines() if ROUND_IT.search(line)]


def test_no_test_goes_round_the_clock_that_is_set() -> None:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for folder in (ROOT / "tests", *ROOT.glob("packages/*/tests"))
        for path in folder.rglob("*.py")
    }

    found = {name: ways_round(text) for name, text in files.items() if name not in ABOUT_THE_CLOCK}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "at = time_machine.escape_hatch.datetime.datetime.now(UTC)",
        "from time_machine import travel",
        "connection.execute(\"UPDATE post_outbox SET sent_at = now() - interval '1 day'\")",
        "connection.execute('SELECT clock_timestamp()')",
        "connection.execute('SELECT CURRENT_DATE')",
        "from django.db.models.functions import Lower, Now",
        "page.evaluate('Date.now()')",
        "page.evaluate('new Date().toISOString()')",
        'subprocess.run(command, env={"PATH": "/bin"}, check=True)',
        'subprocess.run([sys.executable, "-I", "-c", code], check=True)',
        'monkeypatch.setenv("PYTHONPATH", "/elsewhere")',
    ],
)
def test_a_way_round_is_found(line: str) -> None:
    assert ways_round(f"import os\n\n{line}\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "at = timezone.now()",
        "today = date.today()",
        "now = datetime.now(UTC)",
        "def now() -> datetime:",
        "end = time.monotonic() + 10",
        'subprocess.run(command, env={**os.environ, "COLUMNS": "300"}, check=True)',
    ],
)
def test_what_reads_the_set_clock_is_none(line: str) -> None:
    assert ways_round(line) == []


#: code that takes the date of a moment by universal time, where `dates.day_of` gives the people's own day
ITS_OWN_DAY = re.compile(r"\b(at|now|\w+_at)\.date\(\)")
#: a day that was made a moment in London, a tool's own time zone, and invented people
MAY_TAKE_ITS_OWN = ("programme/pages/history/queries.py", "desist_chronicle/", "tools/")


def takes_its_own_day(module: Module) -> bool:
    """Return whether a module of the product takes the day of a moment without its time zone."""
    return not module.path.startswith(MAY_TAKE_ITS_OWN) and bool(ITS_OWN_DAY.search(module.text))


def test_the_day_of_a_moment_is_the_one_in_london() -> None:
    assert [module.path for module in modules() if takes_its_own_day(module)] == []


@pytest.mark.parametrize("line", ["on = at.date()", "today = now.date()", "on = row.printed_at.date()"])
def test_a_day_by_universal_time_is_found(line: str) -> None:
    assert takes_its_own_day(Module("advocacy/letters/commands.py", line))
    assert not takes_its_own_day(Module("advocacy/letters/commands.py", "on = dates.day_of(at)"))


def test_this_process_is_on_the_day_that_was_set(pytestconfig: pytest.Config) -> None:
    begun = pytestconfig.getoption("day")
    seen = []
    thread = threading.Thread(target=lambda: seen.append(datetime.now(UTC)))
    thread.start()
    thread.join()

    assert begun <= datetime.now(UTC) < begun + AT_MOST
    assert begun <= seen[0] < begun + AT_MOST
    assert begun.date() <= date.today() <= (begun + AT_MOST).date()  # noqa: DTZ011 -- however it is read


def test_a_process_of_a_test_is_on_it_as_well() -> None:
    before = datetime.now(UTC).timestamp()
    told = subprocess.run([sys.executable, "-c", TELLS], capture_output=True, text=True, check=True).stdout
    by_time, day, by_datetime = told.split()

    assert before < float(by_time) < float(by_datetime) < datetime.now(UTC).timestamp()
    assert day == str(datetime.fromtimestamp(float(by_time)).date())  # noqa: DTZ006 -- as the process counted it


def test_a_folders_own_conftest_is_read_on_the_set_day(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("import datetime\n\nREAD_ON = datetime.date.today()\n")
    (tmp_path / "test_planted.py").write_text(
        "def test_it(pytestconfig):\n"
        "    loaded = pytestconfig.pluginmanager.get_plugins()\n"
        "    assert [str(one.READ_ON) for one in loaded if hasattr(one, 'READ_ON')] == ['2027-12-24']\n"
    )
    how = ["-q", "-n0", "-p", "conftest", f"--config-file={ROOT / 'pyproject.toml'}", "--day", "2027-12-24"]
    begun_by_hand = {
        name: value for name, value in os.environ.items() if name not in {clock.SHIFT, "PYTHONPATH"}
    }

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *how, str(tmp_path)],
        cwd=ROOT,
        env=begun_by_hand,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 passed" in ran.stdout, ran.stdout + ran.stderr


@pytest.mark.usefixtures("morning")
def test_a_test_may_ask_for_the_morning_of_its_day(pytestconfig: pytest.Config) -> None:
    begun = pytestconfig.getoption("day").astimezone(clock.LONDON)
    now = datetime.now(clock.LONDON)

    assert (now.date(), now.hour) == (begun.date(), 11)


def test_a_day_is_written_with_its_hour_or_without() -> None:
    assert clock.moment("2027-12-25").isoformat() == "2027-12-25T11:00:00+00:00"
    assert clock.moment("2028-06-30T23:05").isoformat() == "2028-06-30T23:05:00+01:00"
    with pytest.raises(ValueError, match="28th February"):
        clock.moment("28th February")
