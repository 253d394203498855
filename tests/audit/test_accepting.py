"""Anyone who runs the machine goes on from an audit that lawfully lost its end."""

from pathlib import Path

import pytest
from django.utils import timezone
from tests.wall.test_sealing_on import CUT, findings, head
from tests.wall.test_seals import KEY, Tamper, tamper

from desist.audit import commands
from desist.wall import actors, seals
from desist.wall.gate import Forbidden
from desist.wall.models import AuditEvent
from desist.zones import worker

__all__ = ["head", "tamper"]


def test_sealing_goes_on_from_where_the_audit_ends_and_the_event_says_who_went_on(
    head: Path, tamper: Tamper
) -> None:
    before = head.read_text()
    tamper(CUT)
    worker.keep_sealed(head, key=KEY)

    found = commands.accept_end(actor=actors.console(), head=head, at=timezone.now())

    assert found.position == 8
    assert worker.keep_sealed(head, key=KEY) == worker.SEAL_EVERY
    assert findings(head) == []
    assert AuditEvent.objects.filter(action="audit.accept_end", who="console", allowed=True).count() == 1
    assert [kept.read_text() for kept in head.parent.iterdir() if kept != head] == [before]


def test_links_that_were_rewritten_are_found_all_the_same(head: Path, tamper: Tamper) -> None:
    tamper("UPDATE wall_auditevent SET who = 'eve' WHERE row = 'r:0'")

    commands.accept_end(actor=actors.console(), head=head, at=timezone.now())

    assert findings(head) == ["an event was edited, or the links before it were rewritten"]


def test_a_head_that_was_lost_is_made_anew(head: Path) -> None:
    head.unlink()

    found = commands.accept_end(actor=actors.console(), head=head, at=timezone.now())

    assert seals.read_head(head) == found


def test_nobody_on_a_page_may(head: Path) -> None:
    with pytest.raises(Forbidden):
        commands.accept_end(actor=actors.clock(), head=head, at=timezone.now())
