"""The worker seals on only where the audit still holds the head that was kept outside."""

from pathlib import Path
from typing import Any

import pytest
from tests.wall.test_seals import KEY, Tamper, events, tamper

from desist.wall import seals
from desist.wall.models import AuditSeal
from desist.zones import worker

__all__ = ["tamper"]

CUT = "DELETE FROM wall_auditseal WHERE position > 8; DELETE FROM wall_auditevent WHERE row IN ('r:8', 'r:9')"
REWRITTEN = "UPDATE wall_auditevent SET who = 'eve' WHERE row = 'r:0'; DELETE FROM wall_auditseal"
EMPTIED = "TRUNCATE wall_auditevent, wall_auditseal"


@pytest.fixture
def head(tamper: Tamper, tmp_path: Path) -> Path:
    """Where the head of ten events is that a worker sealed."""
    path = tmp_path / "heads" / "site"
    events(10)
    assert worker.keep_sealed(path, key=KEY) == worker.SEAL_EVERY
    return path


def findings(head: Path) -> list[str]:
    return [finding.what for finding in seals.verify(seals.read_head(head), keys=[KEY])[1]]


@pytest.mark.parametrize("tampering", [CUT, REWRITTEN, EMPTIED])
def test_over_an_audit_that_lost_something_it_seals_no_more_and_leaves_the_head(
    head: Path, tamper: Tamper, caplog: pytest.LogCaptureFixture, tampering: str
) -> None:
    kept = head.read_text()
    tamper(tampering)
    if tampering == REWRITTEN:
        seals.seal(key=KEY)  # somebody who has the keys too
    events(5)
    before = AuditSeal.objects.count()

    pauses = [worker.keep_sealed(head, key=KEY) for _ in range(3)]

    assert pauses == [worker.TRY_SEALING_EVERY] * 3
    assert head.read_text() == kept
    assert AuditSeal.objects.count() == before
    assert (
        "The audit is not sealed any more: its first 10 events are not those of the head kept" in caplog.text
    )
    assert "the audit was cut off or rewritten before the head kept outside" in findings(head)


def test_what_is_sound_is_sealed_on(head: Path) -> None:
    events(2)

    worker.keep_sealed(head, key=KEY)

    assert seals.read_head(head) == seals.seal(key=KEY)
    assert AuditSeal.objects.count() == 12
    assert findings(head) == []


def test_where_nothing_waits_the_head_outside_is_not_written_again(head: Path) -> None:
    before, sealed = head.stat(), list(AuditSeal.objects.values())

    pauses = [worker.keep_sealed(head, key=KEY) for _ in range(2)]

    assert pauses == [worker.SEAL_EVERY] * 2
    assert (head.stat().st_ino, head.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert list(AuditSeal.objects.values()) == sealed
    assert findings(head) == []


def test_a_head_that_was_taken_away_is_not_made_anew(head: Path, caplog: pytest.LogCaptureFixture) -> None:
    head.unlink()

    worker.keep_sealed(head, key=KEY)

    assert not head.exists()
    assert f"the head {head} is missing" in caplog.text


def test_there_is_a_head_before_the_first_seal(tmp_path: Path, monkeypatch: Any, tamper: Tamper) -> None:
    """Killed between the two, a site must not be taken for one whose head was taken away."""
    events(1)
    monkeypatch.setattr(seals, "BATCH", "killed")
    with pytest.raises(Exception, match="killed"):
        seals.go_on(tmp_path / "head", key=KEY)

    assert seals.read_head(tmp_path / "head") == seals.START


def test_a_disk_that_is_full_stops_neither_the_worker_nor_the_events(
    head: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (head.with_suffix(".new")).mkdir()  # as good as full: the new head cannot be written
    events(2)

    pause = worker.keep_sealed(head, key=KEY)
    (head.with_suffix(".new")).rmdir()
    again = worker.keep_sealed(head, key=KEY)

    assert (pause, again) == (worker.TRY_SEALING_EVERY, worker.SEAL_EVERY)
    assert "cannot be kept (Is a directory). Events are still recorded." in caplog.text
    assert findings(head) == []
