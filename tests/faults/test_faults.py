"""Whatever is killed, frozen or filled up: no save and no envelope is lost or doubled, and all goes on by itself."""

import dataclasses

import pytest

from tools.bench import faults
from tools.bench.faults_area import Area

pytestmark = [pytest.mark.processes, pytest.mark.slow]

#: generous: a loaded machine is slow, and a frozen process is taken for dead after ten seconds
RECOVERY = 60.0
#: seconds for an answer while PostgreSQL says nothing: a page, never a wait without end
ANSWER = 15.0


@pytest.mark.parametrize("fault", faults.FAULTS)
def test_nothing_is_lost_or_doubled_and_work_goes_on(area: Area, fault: str) -> None:
    outcome = faults.suffer(area, fault)

    assert outcome.whole, outcome
    assert outcome.saved > 0
    assert outcome.sent > 0
    assert outcome.recovery < RECOVERY, outcome
    assert outcome.words_lost == 0, outcome
    if fault in faults.SILENT:
        assert outcome.files, outcome
        assert outcome.longest < ANSWER, outcome


WELL = faults.Outcome(
    fault="kill -9 worker",
    saved=40,
    lost=0,
    doubled=0,
    sent=9,
    envelopes_lost=0,
    envelopes_doubled=0,
    recovery=0.4,
    longest=0.3,
    seen="nothing",
    words_lost=0,
    files=True,
)


def test_the_table_says_which_fault_costs_more_than_it_may() -> None:
    frozen = dataclasses.replace(WELL, fault="freeze web process", recovery=10.0)

    assert WELL.holds
    assert frozen.holds
    assert not dataclasses.replace(WELL, recovery=5.1).holds
    assert not dataclasses.replace(frozen, envelopes_lost=1).holds
    assert set(faults.LONGER) <= set(faults.FAULTS)


def test_no_log_holds_what_was_written_meanwhile(area: Area) -> None:
    logs = [path.read_text("utf-8", "replace") for path in (area.folder / "log").glob("*") if path.is_file()]

    assert logs
    assert not any("An account as long" in log or "Note 1 of" in log for log in [*logs, area.said()])
