"""Whatever is tried in whatever order: a concern never leaves the table, and its steps tell every stage."""

import contextlib
import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.programme import factories

from desist.programme.concerns import commands
from desist.programme.concerns.commands import Closing, Done
from desist.programme.concerns.models import Concern
from desist.programme.concerns.stages import DAYS, NEXT, STEPS, TRANSITIONS, Stage, Step
from desist.programme.concerns.states import Outcome
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

AT = factories.NOW
_numbers = itertools.count(1)
RESULTS = sorted({(step, result) for (_, step), ways in STEPS.items() for result in ways})


def try_step(actor: Actor, concern: Concern, step: Step, result: str) -> None:
    done = Done(words="w", kind="child", result=result, owner=actor.who, due_on=AT.date(), council="c")
    commands.take(actor=actor, ref=concern.ref, step=step, done=done, submission=f"w-{next(_numbers)}", at=AT)


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.lists(st.sampled_from([*RESULTS, None]), min_size=1, max_size=9))
def test_no_walk_leaves_the_table(session: Session, walk: list[Any]) -> None:
    leader = Actor(who="noor", role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())
    raised = AT + timedelta(minutes=next(_numbers))
    concern = factories.concern(
        session=session, kind="child", raised_role="practitioner", raised_at=raised, acknowledged_at=AT
    )
    seen = [Stage.SCREENING]

    for one in walk:
        with contextlib.suppress(Refused):
            if one is None:
                closing = Closing(Outcome.ACTED, "Done", "", "The council is silent")
                commands.close(actor=leader, ref=concern.ref, closing=closing, at=AT)
            else:
                try_step(leader, concern, *one)
        concern.refresh_from_db()
        now = commands.stage_of(concern, commands.last_step(concern))
        assert now == seen[-1] or now in TRANSITIONS[seen[-1]]
        if now != seen[-1]:
            seen.append(now)

    told = [
        Stage.SCREENING,
        *(Stage(one) for one in concern.steps_taken.order_by("number").values_list("stage", flat=True)),
    ]
    told += [Stage.CLOSED] if concern.closed_at else []
    assert [stage for stage, _ in itertools.groupby(told)] == seen


def test_the_tables_agree() -> None:
    for (stage, _), ways in STEPS.items():
        assert set(ways.values()) <= set(TRANSITIONS[stage])
    closable = {stage for stage, following in TRANSITIONS.items() if Stage.CLOSED in following}
    assert closable == commands.CLOSABLE
    assert set(NEXT) == set(Stage) - {Stage.CLOSED}
    assert set(DAYS) == set(NEXT) - {Stage.ENQUIRY}
    assert TRANSITIONS[Stage.CLOSED] == ()
