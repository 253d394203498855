"""A recall that comes while a study is made waits for it and deletes it, and two recalls at one moment wait in one order."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from tests import staff
from tests.commission import factories
from tests.commission.extracts.test_outcomes import RECALL, WITH_TOKEN, came
from tests.commission.extracts.test_studies import arrived
from tests.commission.factories import AT
from tests.waiting import meanwhile, until_somebody_waits

from desist.commission.extracts import chores, commands, outcomes, studying
from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes, Study
from desist.commission.extracts.states import Sources, TimeZero
from desist.wall.actors import Actor, Role

OVER = datetime(2029, 1, 1, 12, tzinfo=AT.tzinfo)


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits, seen from two connections."""


@pytest.fixture
def extract(db: None, settings: Any) -> OutcomeExtract:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    factories.service()
    factories.force()
    with transaction.atomic():
        commands.receive(arrived(WITH_TOKEN))
        outcomes.receive(came())
    return OutcomeExtract.objects.get()


def by_the_force() -> None:
    with transaction.atomic():
        commands.note_recall(came(RECALL))


def by_the_service() -> None:
    with transaction.atomic():
        commands.note_recall(arrived(RECALL))


def by_the_clock() -> None:
    chores.empty(at=OVER)


@pytest.mark.parametrize("end", [by_the_force, by_the_service, by_the_clock])
def test_a_study_that_is_made_while_its_rows_are_deleted_keeps_nothing(
    extract: OutcomeExtract, monkeypatch: pytest.MonkeyPatch, end: Callable[[], None]
) -> None:
    begun = threading.Event()

    def annex(*_: object) -> dict[str, str]:
        begun.set()
        until_somebody_waits()
        return {"annex.html": "of recalled rows"}

    monkeypatch.setattr(studying, "annex", annex)
    evaluator = Actor(who="ellis", role=Role.EVALUATOR, area=staff.AREA, correlation=uuid.uuid4())

    def make() -> None:
        try:
            commands.make(
                actor=evaluator,
                ref=extract.ref,
                time_zero=TimeZero.REFERRAL,
                horizon=365,
                lag_days=0,
                sources=Sources.RECORDED,
                submission="once",
                at=AT,
            )
        finally:
            connection.close()

    thread = threading.Thread(target=make)
    thread.start()
    begun.wait(timeout=60)
    end()
    thread.join()

    assert [one.files for one in Study.objects.all()] == [""]
    assert PoliceOutcomes.objects.get().people_lines == ""


@pytest.mark.usefixtures("extract")
@pytest.mark.parametrize("second", [by_the_force, by_the_service, by_the_clock])
@pytest.mark.parametrize("first", [RECALL, replace(RECALL, why="late")])
def test_two_who_delete_at_one_moment_wait_for_one_another(first: Any, second: Callable[[], None]) -> None:
    note = arrived(first) if first is RECALL else came(first)

    with meanwhile(lambda: commands.note_recall(note)):
        second()

    assert PoliceOutcomes.objects.get().people_lines == ""
