"""Someone who worked here left: what they wrote stays readable, under their name."""

import dataclasses
from collections.abc import Callable

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts import commands as accounts
from desist.accounts.models import Account
from desist.programme.chains.models import Chain
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.sessions import commands as sessions
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import Record
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(episode: Episode, actor: Actor) -> Session:
    """Kit's session with Robin as Kit recorded it, and below it a chain."""
    row = factories.session(episode=episode)
    sessions.save(
        actor=actor,
        ref=row.ref,
        record=Record(work_done="A drive on Friday."),
        version=row.version,
        at=staff.NOW,
    )
    return row


@pytest.fixture
def chain(session: Session) -> Chain:
    return factories.chain(session=session, links=2, behaviour="Rang the bell at noon")


@pytest.fixture
def successor(
    kit: Account, actor: Actor, episode: Episode, chain: Chain, signed_in: Callable[..., Client]
) -> Client:
    """Kit left, and Robin works with someone else, who is signed in."""
    administrator = dataclasses.replace(actor, who="ada", role=Role.ADMINISTRATOR)
    accounts.record_leaver(actor=administrator, ref=kit.ref, at=staff.NOW)
    other = factories.account(name="Sam Ashgrove")
    Allocation.objects.filter(episode=episode).update(ended_at=staff.NOW)
    Allocation.objects.create(
        episode=episode,
        practitioner=factories.practitioner(account=other),
        made_by="carol",
        made_at=staff.NOW,
    )
    return signed_in(account=other)


def test_a_leavers_session_is_read_by_whoever_follows(successor: Client, session: Session) -> None:
    shown = text(successor.get(f"/sessions/{session.ref}/"))
    versions = text(successor.get(f"/sessions/{session.ref}/versions/"))

    assert "A drive on Friday." in shown
    assert "Kit Marlow" in versions


def test_a_leavers_chain_is_read_by_whoever_follows(successor: Client, chain: Chain) -> None:
    shown = text(successor.get(f"/chains/{chain.ref}/"))

    assert "Rang the bell at noon" in shown
    assert "Thought 2" in shown
    assert "by Kit Marlow" in shown


def test_a_manager_sees_who_worked_with_somebody_before(
    successor: Client, signed_in: Callable[..., Client], session: Session, episode: Episode
) -> None:
    manager = signed_in(account=factories.account(name="Carol Penhale"), role=Role.MANAGER)

    assert "A drive on Friday." in text(manager.get(f"/sessions/{session.ref}/"))
    assert "Kit Marlow" in text(manager.get(f"/history/{episode.ref}/"))
