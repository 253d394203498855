"""Sealing the audit: nothing waits for it, and every tampering is found."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desist.wall import seals
from desist.wall.models import AuditEvent, AuditSeal

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)

Tamper = Callable[[str], None]


def events(number: int) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=NOW,
            who="alice",
            role="manager",
            action="a",
            row=f"r:{n}",
            allowed=True,
            reason="",
            correlation=uuid.uuid4(),
        )
        for n in range(number)
    )


@pytest.fixture
def tamper(committed: Any, server: Any) -> Tamper:
    """Run a statement as somebody who owns the server, with the triggers switched off."""

    def run(statement: str) -> None:
        with psycopg.connect(
            server.url("postgres", committed.settings_dict["NAME"]), autocommit=True
        ) as superuser:
            superuser.execute("SET session_replication_role = replica")
            superuser.execute(statement.encode())

    return run


@pytest.fixture
def sealed(tamper: Tamper) -> seals.Head:
    """Ten sealed events and the head that was kept outside."""
    events(10)
    return seals.seal()


def found(head: seals.Head | None) -> list[str]:
    return [finding.what for finding in seals.verify(head)[1]]


def test_an_untouched_audit_has_no_finding(sealed: seals.Head) -> None:
    head, findings = seals.verify(sealed)

    assert (head, findings) == (sealed, [])
    assert sealed.position == 10


def test_sealing_again_without_new_events_changes_nothing(sealed: seals.Head) -> None:
    assert seals.seal() == sealed


@pytest.mark.parametrize(
    "change",
    [
        "who = 'eve'",
        "allowed = false",
        "reason = 'x'",
        "row = 'r:99'",
        "at = at + interval '1 microsecond'",
        "role = 'officer'",
        "action = 'b'",
        "correlation = gen_random_uuid()",
    ],
)
def test_an_edited_event_is_found(sealed: seals.Head, tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE wall_auditevent SET {change} WHERE row = 'r:4'")

    assert found(sealed) == ["an event was edited, or the links before it were rewritten"]


def test_a_removed_event_is_found(sealed: seals.Head, tamper: Tamper) -> None:
    tamper("DELETE FROM wall_auditevent WHERE row = 'r:4'")

    assert found(sealed) == ["an event was removed"]


def test_an_event_removed_with_its_seal_is_found(sealed: seals.Head, tamper: Tamper) -> None:
    tamper("DELETE FROM wall_auditevent WHERE row = 'r:4'")
    tamper("DELETE FROM wall_auditseal WHERE position = 5")

    assert found(sealed)[0] == "a seal was removed"


def test_a_cut_off_tail_is_found_by_the_head_kept_outside(sealed: seals.Head, tamper: Tamper) -> None:
    tamper("DELETE FROM wall_auditevent WHERE row IN ('r:8', 'r:9')")
    tamper("DELETE FROM wall_auditseal WHERE position > 8")

    assert found(None) == []
    assert found(sealed) == ["the audit was cut off or rewritten before the head kept outside"]


def test_an_audit_rewritten_from_an_early_event_on_is_found_by_the_head(
    sealed: seals.Head, tamper: Tamper
) -> None:
    tamper("UPDATE wall_auditevent SET who = 'eve' WHERE row = 'r:0'")
    tamper("DELETE FROM wall_auditseal")
    seals.seal()

    assert found(sealed) == ["the audit was cut off or rewritten before the head kept outside"]


def test_a_head_of_an_empty_audit_is_sound_and_a_later_loss_of_everything_is_found(tamper: Tamper) -> None:
    empty = seals.seal()
    assert found(empty) == []

    events(3)
    head = seals.seal()
    tamper("TRUNCATE wall_auditevent, wall_auditseal")

    assert found(head) == ["the audit was cut off or rewritten before the head kept outside"]


def test_an_event_that_commits_late_is_sealed_later(sealed: seals.Head, server: Any) -> None:
    place = server.url("tests_app", connection.settings_dict["NAME"])
    insert = (
        "INSERT INTO wall_auditevent (at, who, role, action, row, allowed, reason, correlation) "
        "VALUES (now(), 'late', 'r', 'a', 'late', true, '', gen_random_uuid())"
    )
    with psycopg.connect(place) as late:
        late.execute(insert)
        events(1)
        before = seals.seal()
        late.commit()

        after = seals.seal()

    assert (before.position, after.position) == (11, 12)
    assert found(after) == []


@pytest.mark.django_db
def test_more_than_one_batch_is_sealed_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BATCH", 3)
    events(7)

    positions = [seals.seal().position for _ in range(4)]

    assert positions == [3, 6, 7, 7]
    assert AuditSeal.objects.count() == 7
    assert seals.verify(seals.seal())[1] == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 10**12), link=st.binary(min_size=32, max_size=32))
def test_a_head_survives_the_file_it_is_kept_in(tmp_path: Path, position: int, link: bytes) -> None:
    head = seals.Head(position, link)

    seals.write_head(tmp_path / "heads" / "site", head)

    assert seals.read_head(tmp_path / "heads" / "site") == head


def test_there_is_no_head_before_one_was_written(tmp_path: Path) -> None:
    assert seals.read_head(tmp_path / "none") is None
