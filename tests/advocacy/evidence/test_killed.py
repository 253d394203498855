"""A worker that is killed at any statement leaves an export as it was, or whole, or removed; the next one goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.advocacy import factories
from tests.advocacy.conftest import SITE
from tests.advocacy.evidence.test_reading import ROBIN, SAM
from tests.advocacy.mortals import runs

from desist.advocacy.evidence import blocks, chores, commands, keeping, scratch
from desist.advocacy.evidence.models import Block, HourCount, Original, Piece, Record
from desist.advocacy.evidence.states import Came, State
from desist.advocacy.evidence.texts import Answers
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

pytestmark = [pytest.mark.processes, pytest.mark.slow]

WORKER = "tests.advocacy.evidence.worker.work"
#: messages of one conversation, and how often a worker dies over them at each stage
MESSAGES, KILLS = 10_000, 50
CHAT = "".join(
    f"{1 + number // 500:02d}/03/2024, {number % 500 // 60:02d}:{number % 60:02d} - {SAM if number % 3 else ROBIN}: {number}\n"
    for number in range(MESSAGES)
)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the worker is a process of its own."""


class Stage(NamedTuple):
    """What the worker does to a file: how a person asks for it, the state that it ends in, and the last edge of a kill."""

    ask: Callable[[Actor, str], object]
    ends: State
    last: int


def choose(actor: Actor, ref: str) -> None:
    answers = Answers(person=[0], conversations=[0])
    commands.choose(actor=actor, ref=ref, answers=answers, at=factories.NOW)


def drop(actor: Actor, ref: str) -> None:
    commands.drop(actor=actor, ref=ref, at=factories.NOW)


STAGES = {
    "looking": Stage(lambda *_: None, State.ASKING, 92),
    "bringing": Stage(choose, State.KEPT, 98),
    "removing": Stage(drop, State.DROPPED, 34),
}


def rows() -> tuple[int, int, int, int]:
    """The numbers of pieces, records, counted records and blocks."""
    counted = sum(HourCount.objects.values_list("count", flat=True))
    return Piece.objects.count(), Record.objects.count(), counted, Block.objects.count()


WHOLE = {
    State.LOOKING: (1, 0, 0, 0),
    State.ASKING: (1, 0, 0, 0),
    State.BRINGING: (1, 0, 0, 0),
    State.KEPT: (1, MESSAGES, MESSAGES, -(-MESSAGES // blocks.ROWS)),
    State.DROPPING: (1, MESSAGES, MESSAGES, -(-MESSAGES // blocks.ROWS)),
    State.DROPPED: (0, 0, 0, 0),
}
LOG = {"looking": ["begun", "whole"], "bringing": ["begun", "whole", "read"]}


@pytest.mark.parametrize("name", STAGES)
def test_a_worker_killed_fifty_times_at_each_stage_loses_nothing_and_keeps_nothing_twice(
    committed: Any, actor: Actor, robin: Victim, own_keys: Path, name: str
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
    before = list(STAGES)[: list(STAGES).index(name)]
    for earlier in before:
        STAGES[earlier].ask(actor, ref)
        chores.go_on(at=factories.NOW)
    stage = STAGES[name]
    stage.ask(actor, ref)

    kills = 0
    dies_at = [1 + stage.last * kill // KILLS for kill in range(KILLS)]
    for _ in runs(committed.settings_dict, own_keys, SITE, WORKER, statements=dies_at):
        kills += 1
        assert rows() == WHOLE[State(Original.objects.get(ref=ref).state)]

    row = Original.objects.get(ref=ref)
    assert (kills, row.state, rows()) == (KILLS, stage.ends, WHOLE[stage.ends])
    log = list(row.custody.order_by("position").values_list("action", flat=True))
    assert log == LOG.get(name, ["begun", "whole", "read", "ended"])
    assert keeping.log_is_whole(row)
    assert list(scratch.PLACE.glob(f"{scratch.prefix()}*")) == []
