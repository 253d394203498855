"""Whatever is killed, frozen or filled up: no save and no envelope is lost or doubled, and all goes on by itself."""

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


def test_no_log_holds_what_was_written_meanwhile(area: Area) -> None:
    logs = [path.read_text("utf-8", "replace") for path in (area.folder / "log").glob("*") if path.is_file()]

    assert logs
    assert not any("An account as long" in log or "Note 1 of" in log for log in [*logs, area.said()])
