"""A worker that is killed at any commit leaves every piece in one place, and the next one goes on."""

import random
from pathlib import Path
from typing import Any

import pytest
from tests.advocacy import factories
from tests.advocacy.conftest import SITE
from tests.advocacy.mortals import runs

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import State as Kept
from desist.advocacy.submissions import commands
from desist.advocacy.submissions.models import SubmittedPiece
from desist.advocacy.submissions.states import State
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

pytestmark = [pytest.mark.processes, pytest.mark.slow]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the worker is a process of its own."""


def test_a_worker_killed_at_each_commit_loses_no_piece_and_keeps_none_twice(
    committed: Any, actor: Actor, robin: Victim, own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PIECE", 64)
    whole = random.Random(3).randbytes(600)
    row = factories.submitted(victim=robin.ref, content=whole)
    own = commands.accept(actor=actor, ref=row.ref, at=factories.NOW)
    kills = 0

    for _ in runs(committed.settings_dict, own_keys, SITE, "tests.advocacy.submissions.worker.work"):
        kills += 1
        kept = Original.objects.get(ref=own)
        assert kept.pieces.count() == kept.done
        assert kept.pieces.count() + SubmittedPiece.objects.count() == 10

    kept, row = Original.objects.get(ref=own), type(row).objects.get(pk=row.pk)
    assert kills >= 3
    assert (kept.state, row.state) == (Kept.LOOKING, State.KEPT)
    assert b"".join(keeping.contents(vault.box(person=robin.ref), kept)) == whole
