"""A worker that is killed at any commit leaves an export as it was, or whole, or removed; the next one goes on."""

from pathlib import Path
from typing import Any

import pytest
from tests.advocacy import factories
from tests.advocacy.conftest import SITE
from tests.advocacy.evidence.test_reading import ROBIN, SAM
from tests.advocacy.mortals import runs

from desist.advocacy.evidence import blocks, commands, keeping, scratch
from desist.advocacy.evidence.models import Block, Original, Piece, Record
from desist.advocacy.evidence.states import Came, State
from desist.advocacy.evidence.texts import Answers
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

pytestmark = [pytest.mark.processes, pytest.mark.slow]

WORKER = "tests.advocacy.evidence.worker.work"
#: messages of one conversation, and at least how often a worker dies over them
MESSAGES, KILLS = 10_000, 36
CHAT = "".join(
    f"{1 + number // 500:02d}/03/2024, {number % 500 // 60:02d}:{number % 60:02d} - {SAM if number % 3 else ROBIN}: {number}\n"
    for number in range(MESSAGES)
)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the worker is a process of its own."""


def test_a_worker_killed_at_each_commit_loses_nothing_and_keeps_nothing_twice(
    committed: Any, actor: Actor, robin: Victim, own_keys: Path
) -> None:
    ref = commands.upload(
        actor=actor,
        ref=robin.ref,
        name="Chat.txt",
        content=CHAT.encode(),
        came=Came.SENT,
        submission="one",
        at=factories.NOW,
    )
    kills = 0
    for _ in runs(committed.settings_dict, own_keys, SITE, WORKER):
        kills += 1
        assert not Record.objects.exists()
    row = Original.objects.get(ref=ref)
    assert row.state == State.ASKING

    answers = Answers(person=[0], conversations=[0])
    commands.choose(actor=actor, ref=ref, answers=answers, at=factories.NOW)
    for _ in runs(committed.settings_dict, own_keys, SITE, WORKER):
        kills += 1
        whole = Original.objects.get(ref=ref).state == State.KEPT
        assert (Record.objects.count(), Block.objects.count()) == (
            (MESSAGES, -(-MESSAGES // blocks.ROWS)) if whole else (0, 0)
        )

    row.refresh_from_db()
    assert (row.state, Record.objects.count()) == (State.KEPT, MESSAGES)
    assert list(row.custody.order_by("position").values_list("action", flat=True)) == [
        "begun",
        "whole",
        "read",
    ]
    assert keeping.log_is_whole(row)

    commands.drop(actor=actor, ref=ref, at=factories.NOW)
    for _ in runs(committed.settings_dict, own_keys, SITE, WORKER):
        kills += 1
        here = Original.objects.get(ref=ref).state == State.DROPPING
        assert (Record.objects.count(), Piece.objects.count()) == ((MESSAGES, 1) if here else (0, 0))

    assert Original.objects.get(ref=ref).state == State.DROPPED
    assert kills >= KILLS
    assert list(scratch.PLACE.glob(f"{scratch.prefix()}*")) == []
