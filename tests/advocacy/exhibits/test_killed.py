"""A worker that is killed at any commit leaves an exhibit to be made, or whole; the next one makes it."""

from pathlib import Path
from typing import Any

import pytest
from tests.advocacy import factories
from tests.advocacy.conftest import SITE
from tests.advocacy.evidence.test_reading import CHAT, bring, choose
from tests.advocacy.exhibits.test_making import archive, begun, every
from tests.advocacy.mortals import runs

from desist.advocacy.evidence import keeping, scratch
from desist.advocacy.evidence.models import Original
from desist.advocacy.exhibits import commands
from desist.advocacy.exhibits.models import Exhibit, ExhibitPiece
from desist.advocacy.exhibits.states import State
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

__all__ = ["bring"]

pytestmark = [pytest.mark.processes, pytest.mark.slow]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the worker is a process of its own."""


def test_a_worker_killed_at_each_commit_leaves_nothing_half_made(
    committed: Any, actor: Actor, robin: Victim, own_keys: Path, bring: Any
) -> None:
    row: Original = choose(actor, bring(CHAT))
    ref = begun(actor, robin, rows=every(row)[:20])
    commands.finish(actor=actor, ref=ref, version=1, at=factories.NOW)

    kills = 0
    for _ in runs(committed.settings_dict, own_keys, SITE, "tests.advocacy.exhibits.worker.work"):
        kills += 1
        made = Exhibit.objects.get(ref=ref).state == State.MADE
        assert ExhibitPiece.objects.count() == (1 if made else 0)
        assert row.custody.filter(action="exhibited").count() == (1 if made else 0)

    exhibit = Exhibit.objects.get(ref=ref)
    assert kills >= 8
    assert exhibit.state == State.MADE
    assert archive(exhibit).startswith(b"PK")
    assert keeping.log_is_whole(row)
    assert list(scratch.PLACE.glob(f"{scratch.prefix()}*")) == []
