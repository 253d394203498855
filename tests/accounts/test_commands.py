"""Roles that are given, taken, switched and left behind, with their events."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.accounts.conftest import AREA, actor_for, sign_in_of

from desist.accounts import commands, queries
from desist.accounts.models import Account, RoleGrant, SignIn
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

SignedIn = Callable[..., Client]


def last_event() -> AuditEvent:
    return AuditEvent.objects.latest("pk")


def test_a_switch_names_the_role_left_and_the_role_taken(
    kit: Account, signed_in: SignedIn, now: datetime
) -> None:
    row = sign_in_of(signed_in(kit))
    taken = kit.grants.get(role=Role.MANAGER)

    commands.switch_role(actor=actor_for(kit, Role.PRACTITIONER), sign_in=row.ref, grant=taken.ref, at=now)

    row.refresh_from_db()
    event = last_event()
    assert row.grant == taken
    assert (event.who, event.role, event.row) == (kit.ref, "practitioner", f"accounts.rolegrant:{taken.ref}")
    assert event.allowed


@pytest.mark.parametrize("whose", ["someone else's", "an ended one"])
def test_nobody_goes_on_in_a_role_that_they_do_not_hold(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime, whose: str
) -> None:
    row = sign_in_of(signed_in(kit))
    wanted = ada.grants.get() if whose == "someone else's" else kit.grants.get(role=Role.MANAGER)
    RoleGrant.objects.filter(pk=wanted.pk, account=kit).update(ended_at=now)

    with pytest.raises(gate.NotFound):
        commands.switch_role(
            actor=actor_for(kit, Role.PRACTITIONER), sign_in=row.ref, grant=wanted.ref, at=now
        )

    row.refresh_from_db()
    assert row.grant.role == Role.PRACTITIONER
    assert not last_event().allowed


def test_a_switch_changes_no_session_of_anybody_else(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime
) -> None:
    row = sign_in_of(signed_in(ada))
    wanted = kit.grants.get(role=Role.MANAGER)

    commands.switch_role(actor=actor_for(kit, Role.PRACTITIONER), sign_in=row.ref, grant=wanted.ref, at=now)

    row.refresh_from_db()
    assert row.grant.account == ada


def test_an_administrator_gives_somebody_else_a_role(kit: Account, ada: Account, now: datetime) -> None:
    commands.give_role(
        actor=actor_for(ada, Role.ADMINISTRATOR), ref=kit.ref, role="supervisor", area=AREA, at=now
    )

    given = kit.grants.get(role=Role.SUPERVISOR)
    assert (given.given_by, given.given_at, given.ended_at) == (ada.ref, now, None)
    assert last_event().action == "accounts.give_role"


@pytest.mark.parametrize("role", ["advocate", "post", "participant", "nonsense"])
def test_a_role_of_another_side_or_of_the_system_is_refused(
    kit: Account, ada: Account, now: datetime, role: str
) -> None:
    with pytest.raises(commands.NotARoleHere):
        commands.give_role(
            actor=actor_for(ada, Role.ADMINISTRATOR), ref=kit.ref, role=role, area=AREA, at=now
        )

    assert kit.grants.count() == 2


def test_a_role_is_held_once(kit: Account, ada: Account, now: datetime) -> None:
    with pytest.raises(Refused):
        commands.give_role(
            actor=actor_for(ada, Role.ADMINISTRATOR), ref=kit.ref, role="manager", area=AREA, at=now
        )


def test_an_administrator_changes_nothing_of_their_own(ada: Account, now: datetime) -> None:
    actor = actor_for(ada, Role.ADMINISTRATOR)

    with pytest.raises(gate.NotFound):
        commands.give_role(actor=actor, ref=ada.ref, role="manager", area=AREA, at=now)
    with pytest.raises(gate.NotFound):
        commands.end_role(actor=actor, ref=ada.grants.get().ref, at=now)
    with pytest.raises(gate.NotFound):
        commands.record_leaver(actor=actor, ref=ada.ref, at=now)

    ada.refresh_from_db()
    assert ada.left_at is None
    assert [grant.ended_at for grant in ada.grants.all()] == [None]
    assert AuditEvent.objects.filter(who=ada.ref, allowed=False).count() == 3


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.POST}))
def test_no_other_role_gives_roles(kit: Account, ada: Account, now: datetime, role: Role) -> None:
    with pytest.raises(gate.Forbidden):
        commands.give_role(actor=actor_for(kit, role), ref=ada.ref, role="manager", area=AREA, at=now)


def test_an_ended_role_ends_its_sessions_alone(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime
) -> None:
    ended = sign_in_of(signed_in(kit))
    going_on = SignIn.objects.create(grant=kit.grants.get(role=Role.MANAGER), began_at=now, last_seen_at=now)

    commands.end_role(actor=actor_for(ada, Role.ADMINISTRATOR), ref=ended.grant.ref, at=now)

    ended.refresh_from_db()
    going_on.refresh_from_db()
    assert (ended.ended_at, ended.ended_by, ended.grant.ended_at) == (now, ada.ref, now)
    assert going_on.ended_at is None


def test_a_role_ends_once(kit: Account, ada: Account, now: datetime) -> None:
    actor, grant = actor_for(ada, Role.ADMINISTRATOR), kit.grants.get(role=Role.MANAGER)
    commands.end_role(actor=actor, ref=grant.ref, at=now)

    with pytest.raises(Refused):
        commands.end_role(actor=actor, ref=grant.ref, at=now + timedelta(hours=1))

    grant.refresh_from_db()
    assert grant.ended_at == now


def test_whoever_left_holds_nothing_and_keeps_their_name(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime
) -> None:
    row = sign_in_of(signed_in(kit))

    commands.record_leaver(actor=actor_for(ada, Role.ADMINISTRATOR), ref=kit.ref, at=now)

    row.refresh_from_db()
    assert (row.ended_at, row.ended_by) == (now, ada.ref)
    assert {grant.ended_at for grant in kit.grants.all()} == {now}
    assert queries.name(ref=kit.ref) == "Kit Marlow"
    assert not Account.objects.get(pk=kit.pk).is_active


def test_nobody_leaves_twice_and_no_leaver_gets_a_role(kit: Account, ada: Account, now: datetime) -> None:
    actor = actor_for(ada, Role.ADMINISTRATOR)
    commands.record_leaver(actor=actor, ref=kit.ref, at=now)

    with pytest.raises(Refused):
        commands.record_leaver(actor=actor, ref=kit.ref, at=now + timedelta(hours=1))
    with pytest.raises(Refused):
        commands.give_role(actor=actor, ref=kit.ref, role="manager", area=AREA, at=now)

    kit.refresh_from_db()
    assert kit.left_at == now


def test_somebody_elses_session_cannot_be_ended(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime
) -> None:
    row = sign_in_of(signed_in(ada))

    with pytest.raises(gate.NotFound):
        commands.end_sign_in(actor=actor_for(kit, Role.PRACTITIONER), ref=row.ref, at=now)

    row.refresh_from_db()
    assert row.ended_at is None


def test_a_session_that_was_ended_keeps_who_ended_it_first(
    kit: Account, ada: Account, signed_in: SignedIn, now: datetime
) -> None:
    row = sign_in_of(signed_in(kit))
    commands.end_role(actor=actor_for(ada, Role.ADMINISTRATOR), ref=row.grant.ref, at=now)

    commands.end_sign_in(actor=actor_for(kit, Role.MANAGER), ref=row.ref, at=now + timedelta(hours=1))

    row.refresh_from_db()
    assert (row.ended_at, row.ended_by) == (now, ada.ref)
