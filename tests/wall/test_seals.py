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
from tests import clock

from desist.wall import seals
from desist.wall.models import AuditEvent, AuditSeal

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)

KEY, OLDER = b"k" * 32, b"o" * 32

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
    """Run a statement as someone who owns the server, with the triggers switched off."""

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
    return seals.seal(key=KEY)


def found(head: seals.Head | None) -> list[str]:
    return [finding.what for finding in seals.verify(head, keys=[KEY])[1]]


def test_an_untouched_audit_has_no_finding(sealed: seals.Head) -> None:
    head, findings = seals.verify(sealed, keys=[KEY])

    assert (head, findings) == (sealed, [])
    assert sealed.position == 10


def test_sealing_again_without_new_events_changes_nothing(sealed: seals.Head) -> None:
    assert seals.seal(key=KEY) == sealed


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

    assert found(None) == ["no head is kept outside, so nobody can tell whether more was cut off"]
    assert found(sealed) == ["the audit was cut off or rewritten before the head kept outside"]


def test_an_audit_rewritten_from_an_early_event_on_is_found_by_the_head(
    sealed: seals.Head, tamper: Tamper
) -> None:
    tamper("UPDATE wall_auditevent SET who = 'eve' WHERE row = 'r:0'")
    tamper("DELETE FROM wall_auditseal")
    seals.seal(key=KEY)

    assert found(sealed) == ["the audit was cut off or rewritten before the head kept outside"]


def test_whoever_has_the_database_and_no_key_can_make_no_link(sealed: seals.Head, tamper: Tamper) -> None:
    tamper("UPDATE wall_auditevent SET who = 'eve' WHERE row = 'r:0'")
    tamper("DELETE FROM wall_auditseal")
    forged = seals.seal(key=b"")

    assert found(forged) == ["an event was edited, or the links before it were rewritten"] * 10


def test_seals_of_the_keys_before_a_change_of_keys_stay_good_and_none_is_made_with_them_later(
    tamper: Tamper,
) -> None:
    events(2)
    seals.seal(key=OLDER)
    events(2)
    changed = seals.seal(key=KEY)
    after_the_change = seals.verify(changed, keys=[KEY, OLDER])[1]
    events(1)
    later = seals.seal(key=OLDER)

    assert after_the_change == []
    assert [finding.position for finding in seals.verify(later, keys=[KEY, OLDER])[1]] == [5]


def test_a_head_of_an_empty_audit_is_sound_and_a_later_loss_of_everything_is_found(tamper: Tamper) -> None:
    empty = seals.seal(key=KEY)
    assert found(empty) == []

    events(3)
    head = seals.seal(key=KEY)
    tamper("TRUNCATE wall_auditevent, wall_auditseal")

    assert found(head) == ["the audit was cut off or rewritten before the head kept outside"]


def test_an_event_that_commits_late_is_sealed_later(sealed: seals.Head, server: Any) -> None:
    place = server.url("tests_app", connection.settings_dict["NAME"])
    insert = (
        "INSERT INTO wall_auditevent (at, who, role, action, row, allowed, reason, correlation) "
        f"VALUES ({clock.in_sql()}, 'late', 'r', 'a', 'late', true, '', gen_random_uuid())"
    )
    with psycopg.connect(place) as late:
        late.execute(insert)
        events(1)
        before = seals.seal(key=KEY)
        late.commit()

        after = seals.seal(key=KEY)

    assert (before.position, after.position) == (11, 12)
    assert found(after) == []


@pytest.mark.django_db
def test_more_than_one_batch_is_sealed_batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BATCH", 3)
    events(7)

    positions = [seals.seal(key=KEY).position for _ in range(4)]

    assert positions == [3, 6, 7, 7]
    assert AuditSeal.objects.count() == 7
    assert seals.verify(seals.seal(key=KEY), keys=[KEY])[1] == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 10**12), link=st.binary(min_size=32, max_size=32))
def test_a_head_survives_the_file_it_is_kept_in(tmp_path: Path, position: int, link: bytes) -> None:
    head = seals.Head(position, link)

    seals.write_head(tmp_path / "heads" / "site", head)

    assert seals.read_head(tmp_path / "heads" / "site") == head


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"position": 1, "link": "xyz"}', '{"position": null, "link": ""}']
)
def test_a_head_that_cannot_be_read_is_no_missing_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "head").write_text(text)

    with pytest.raises(seals.Broken, match="cannot be read"):
        seals.read_head(tmp_path / "head")


def test_there_is_no_head_before_one_was_written(tmp_path: Path) -> None:
    assert seals.read_head(tmp_path / "none") is None
