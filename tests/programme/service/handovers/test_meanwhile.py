"""A colleague takes a person over while the other finishes a session: the words are kept, whichever comes first."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.handovers import commands
from desist.programme.sessions.models import Session
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

WORDS = "He drove past twice and turned back."


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    return factories.practitioner(account=factories.account(name="Noor Hale"))


@pytest.fixture
def begun(episode: Episode) -> Session:
    """A session that began an hour ago."""
    start = timezone.now() - timedelta(hours=1)
    return factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(minutes=90)))


@pytest.fixture
def accept(actor: Actor, episode: Episode, noor: Practitioner) -> Callable[[], object]:
    """What Noor does: she takes over the person."""
    asked = factories.handover(episode=episode, to=noor)
    herself = Actor(who=noor.ref, role=Role.PRACTITIONER, area=factories.AREA, correlation=actor.correlation)
    return partial(commands.accept, actor=herself, ref=asked.ref, at=timezone.now())


def record(session: Session, **more: str) -> dict[str, str]:
    said = {"attendance": "attended", "minutes_late": "0", "ended": "planned", "risk_check": "nothing"}
    work = {"homework_done": "none_set", "compliance": "worked", "work_done": WORDS, "skill": ""}
    return {**said, **work, "form_version": str(session.version), "form_submission": "once", **more}


def works(episode: Episode) -> str:
    return Allocation.objects.get(episode=episode, ended_at=None).practitioner.name


def test_who_loses_the_person_meanwhile_gets_the_words_back_and_the_other_finishes(
    kit_browser: Client, noor: Practitioner, episode: Episode, begun: Session, accept: Callable[[], object]
) -> None:
    page = record(begun, next="finish")
    accept()

    answer = kit_browser.post(f"/sessions/{begun.ref}/record/", page)

    assert works(episode) == "Noor Hale"
    assert answer.status_code == 404
    assert "What you typed is kept here" in text(answer)
    assert WORDS in text(answer)
    hers = staff.browser(account=Account.objects.get(ref=noor.ref), role=Role.PRACTITIONER)
    hers.post(f"/sessions/{begun.ref}/record/", record(begun))
    begun.refresh_from_db()
    hers.post(f"/sessions/{begun.ref}/finish/", {"form_version": str(begun.version)})
    begun.refresh_from_db()
    assert (begun.state, begun.work_done) == ("attended", WORDS)


def test_a_record_finished_before_goes_along_with_the_person(
    kit_browser: Client, noor: Practitioner, episode: Episode, begun: Session, accept: Callable[[], object]
) -> None:
    kit_browser.post(f"/sessions/{begun.ref}/record/", record(begun))
    begun.refresh_from_db()
    finished = kit_browser.post(f"/sessions/{begun.ref}/finish/", {"form_version": str(begun.version)})
    accept()

    begun.refresh_from_db()
    assert (finished.status_code, begun.state, works(episode)) == (302, "attended", "Noor Hale")
    assert kit_browser.get(f"/sessions/{begun.ref}/").status_code == 404
    hers = staff.browser(account=Account.objects.get(ref=noor.ref), role=Role.PRACTITIONER)
    assert WORDS in text(hers.get(f"/sessions/{begun.ref}/"))
